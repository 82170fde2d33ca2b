import type {MixerCommand} from './command.ts';
import {isAsWritten, type LaneChange, type Lanes, reversed} from './lane-change.ts';
import type {Mixer} from './mixer.ts';
import {type Edit, editsBetween, isAsSet} from './mixer-edit.ts';

/** One step that can be taken back whole, however many values and lanes it changed. */
export interface Step {
  /** What people call it: `auto-trim of 8 strips`, `ride Lead Vocal 0:42–0:51`. */
  readonly name: string;
  readonly edits: readonly Edit[];
  /** What it wrote into lanes; nothing if absent. */
  readonly lanes?: readonly LaneChange[];
}

/** The steps that can be taken back, and those that were and can be taken again; the last of each list is the next. */
export interface History {
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}

/** What steps are taken on. */
export interface Stage {
  readonly mixer: Mixer;
  readonly lanes: Lanes;
}

/** Nothing was done yet. */
export const noHistory: History = {past: [], future: []};

/** What taking a step back or again asks of mixer and lanes. */
export interface Move {
  readonly history: History;
  readonly name: string;
  readonly commands: readonly MixerCommand[];
  /** To be applied in this order. */
  readonly lanes: readonly LaneChange[];
  /** Values and parts of lanes that were changed by something else since; they stay as they are. */
  readonly kept: number;
}

/** The history with a step that was done. What was taken back before it cannot be taken again; a step that changed nothing is none. */
export function withStep(history: History, step: Step): History {
  if (step.edits.length === 0 && (step.lanes ?? []).length === 0) return history;
  return {past: [...history.past, step], future: []};
}

/** A step that brought one state of the mixer to another. */
export function recorded(history: History, name: string, before: Mixer, after: Mixer): History {
  return withStep(history, {name, edits: editsBetween(before, after)});
}

/** Takes the last step back: each value and part of a lane it changed, unless that was changed again since. Undefined if there is none. */
export function undone({past, future}: History, {mixer, lanes}: Stage): Move | undefined {
  const step = past.at(-1);
  if (step === undefined) return undefined;
  const {edits, lanes: changes = []} = step;
  const free = edits.filter(({forth}) => isAsSet(mixer, forth));
  const freeLanes = changes.filter((change) => isAsWritten(lanes, change));
  return {
    history: {past: past.slice(0, -1), future: [...future, step]},
    name: step.name,
    commands: free.flatMap(({back}) => back),
    lanes: freeLanes.map(reversed).reverse(),
    kept: edits.length - free.length + changes.length - freeLanes.length,
  };
}

/** Takes the step that was taken back last again: each value and part of a lane that is as it was before it. Undefined if there is none. */
export function redone({past, future}: History, {mixer, lanes}: Stage): Move | undefined {
  const step = future.at(-1);
  if (step === undefined) return undefined;
  const {edits, lanes: changes = []} = step;
  const free = edits.filter(({back}) => isAsSet(mixer, back));
  const freeLanes = changes.filter((change) => isAsWritten(lanes, reversed(change)));
  return {
    history: {past: [...past, step], future: future.slice(0, -1)},
    name: step.name,
    commands: free.flatMap(({forth}) => forth),
    lanes: freeLanes,
    kept: edits.length - free.length + changes.length - freeLanes.length,
  };
}
