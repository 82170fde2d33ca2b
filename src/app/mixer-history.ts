import type {Engine} from '../engine/contract.ts';
import type {MixerCommand} from '../model/command.ts';
import {type Move, noHistory, recorded, redone, undone} from '../model/history.ts';

/** The steps that were made on an engine's mixer, each to be taken back and again as a whole. */
export interface MixerHistory {
  /** Does all of it as one step. */
  apply(name: string, commands: readonly MixerCommand[]): void;
  /** Takes the last step back; says in a sentence what came of it. */
  undo(): string;
  redo(): string;
  /** The steps that would be taken back, and again. */
  readonly next: {readonly undo: string | undefined; readonly redo: string | undefined};
}

/** A history in which nothing was done yet. */
export function createMixerHistory(engine: Engine): MixerHistory {
  let history = noHistory;

  function move(made: Move | undefined, done: string): string {
    if (made === undefined) return `There is nothing to be ${done.toLowerCase()}.`;
    history = made.history;
    for (const command of made.commands) engine.apply(command);
    const {name, kept} = made;
    const values = kept === 1 ? '1 value was changed since and stays' : `${kept} values were changed since and stay`;
    return kept === 0 ? `${done}: ${name}.` : `${done}: ${name}; ${values}.`;
  }

  return {
    apply(name, commands) {
      const before = engine.mixer;
      for (const command of commands) engine.apply(command);
      history = recorded(history, name, before, engine.mixer);
    },
    undo: () => move(undone(history, {mixer: engine.mixer, lanes: new Map()}), 'Undone'),
    redo: () => move(redone(history, {mixer: engine.mixer, lanes: new Map()}), 'Redone'),
    get next() {
      return {undo: history.past.at(-1)?.name, redo: history.future.at(-1)?.name};
    },
  };
}
