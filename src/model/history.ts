import type {MixerCommand} from './command.ts';
import type {Mixer} from './mixer.ts';
import {type Edit, editsBetween, isAsSet} from './mixer-edit.ts';

/** One step that can be taken back whole, however many values it changed. */
export interface Step {
  /** What people call it: `auto-trim of 8 strips`. */
  readonly name: string;
  readonly edits: readonly Edit[];
}

/** The steps that can be taken back, and those that were and can be taken again; the last of each list is the next. */
export interface History {
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}

/** Nothing was done yet. */
export const noHistory: History = {past: [], future: []};

/** What taking a step back or again asks of the mixer. */
export interface Move {
  readonly history: History;
  readonly name: string;
  readonly commands: readonly MixerCommand[];
  /** Values that were changed by something else since; they stay as they are. */
  readonly kept: number;
}

/** A step that brought one state of the mixer to another. What was taken back before it cannot be taken again; a step that changed nothing is none. */
export function recorded(history: History, name: string, before: Mixer, after: Mixer): History {
  const edits = editsBetween(before, after);
  return edits.length === 0 ? history : {past: [...history.past, {name, edits}], future: []};
}

/** Takes the last step back: each value it changed, unless that was changed again since. Undefined if there is none. */
export function undone({past, future}: History, mixer: Mixer): Move | undefined {
  const step = past.at(-1);
  if (step === undefined) return undefined;
  const free = step.edits.filter(({forth}) => isAsSet(mixer, forth));
  return {
    history: {past: past.slice(0, -1), future: [...future, step]},
    name: step.name,
    commands: free.flatMap(({back}) => back),
    kept: step.edits.length - free.length,
  };
}

/** Takes the step that was taken back last again: each value that is as it was before it. Undefined if there is none. */
export function redone({past, future}: History, mixer: Mixer): Move | undefined {
  const step = future.at(-1);
  if (step === undefined) return undefined;
  const free = step.edits.filter(({back}) => isAsSet(mixer, back));
  return {
    history: {past: [...past, step], future: future.slice(0, -1)},
    name: step.name,
    commands: free.flatMap(({forth}) => forth),
    kept: step.edits.length - free.length,
  };
}
