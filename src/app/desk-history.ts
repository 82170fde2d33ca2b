import type {Engine} from '../engine/contract.ts';
import {applyCommand, type MixerCommand} from '../model/command.ts';
import {type History, type Move, redone, type Step, undone, withStep} from '../model/history.ts';
import type {JournalEntry} from '../model/journal.ts';
import {laneCommand, laneTarget} from '../model/lane.ts';
import {type LaneChange, type Lanes, withChange} from '../model/lane-change.ts';
import {editsBetween} from '../model/mixer-edit.ts';

/** The lanes of the desk, as its history changes them. */
export interface HistoryLanes {
  readonly lanes: Lanes;
  /** Whether a command would change nothing that lasts, because a lane moves what it sets. */
  isMoved(command: MixerCommand): boolean;
  /** Other lanes are there from now on; what the engine follows goes with them. */
  become(lanes: Lanes): void;
}

/** All steps of the desk, of mixer and lanes, each to be taken back and again as a whole. */
export interface DeskHistory {
  /** Does all of it as one step; changes of lanes in their order. */
  apply(name: string, commands: readonly MixerCommand[], changes?: readonly LaneChange[]): void;
  /** Notes a step that took effect already. */
  wrote(step: Step): void;
  /** Takes the last step back; says in a sentence what came of it. */
  undo(): string;
  redo(): string;
  /** The steps that would be taken back, and again. */
  readonly next: {readonly undo: string | undefined; readonly redo: string | undefined};
  readonly history: History;
}

export interface DeskHistoryOptions {
  readonly engine: Engine;
  readonly lanes: HistoryLanes;
  /** Steps of earlier runs. */
  readonly history: History;
  readonly journal: (entry: JournalEntry) => void;
}

/** The history of a desk, from where an earlier run left it. */
export function createDeskHistory({engine, lanes, history: given, journal}: DeskHistoryOptions): DeskHistory {
  let history = given;

  function wrote(step: Step): void {
    const next = withStep(history, step);
    if (next === history) return;
    history = next;
    journal({type: 'step', step});
  }

  function move(made: Move | undefined, done: 'Undone' | 'Redone'): string {
    if (made === undefined) return `There is nothing to be ${done.toLowerCase()}.`;
    history = made.history;
    for (const command of made.commands) engine.apply(command);
    const before = lanes.lanes;
    lanes.become(made.lanes.reduce(withChange, before));
    if (done === 'Undone') for (const command of firstValues(before, lanes.lanes)) engine.apply(command);
    journal({type: done === 'Undone' ? 'undone' : 'redone'});
    const {name, kept} = made;
    const values = kept === 1 ? '1 value was changed since and stays' : `${kept} values were changed since and stay`;
    return kept === 0 ? `${done}: ${name}.` : `${done}: ${name}; ${values}.`;
  }

  const stage = () => ({mixer: engine.mixer, lanes: lanes.lanes});
  return {
    apply(name, commands, changes = []) {
      const before = engine.mixer;
      // What lanes move is left to them: it would be back at once, and no step could say so.
      const lasting = commands.filter((command) => !lanes.isMoved(command));
      for (const command of lasting) engine.apply(command);
      if (changes.length > 0) lanes.become(changes.reduce(withChange, lanes.lanes));
      const edits = editsBetween(before, lasting.reduce(applyCommand, before));
      wrote(changes.length === 0 ? {name, edits} : {name, edits, lanes: changes});
    },
    wrote,
    undo: () => move(undone(history, stage()), 'Undone'),
    redo: () => move(redone(history, stage()), 'Redone'),
    get next() {
      return {undo: history.past.at(-1)?.name, redo: history.future.at(-1)?.name};
    },
    get history() {
      return history;
    },
  };
}

/** A lane that is no more because its first step was taken back leaves its parameter where it was before the first point was written: that is the value it began with. */
function firstValues(before: Lanes, after: Lanes): readonly MixerCommand[] {
  return [...before].flatMap(([id, {values}]) => {
    const target = after.has(id) ? undefined : laneTarget(id);
    const value = values[0];
    const command = target === undefined || value === undefined ? undefined : laneCommand(target, value);
    return command === undefined ? [] : [command];
  });
}
