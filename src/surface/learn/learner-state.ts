import type {MidiMessage} from '../../wire/midi-message.ts';
import {initialStream, type MidiStream} from '../../wire/midi-stream.ts';
import type {Finding} from './conclusion.ts';
import type {Task} from './task.ts';

/** Everything that a learner knows; a value, so that every step can be taken back. */
export interface Learner {
  readonly task: Task;
  /** What was found, by the name of the control (`fader.1`, `encoder.1`, `mute.3`, `play`). */
  readonly found: ReadonlyMap<string, Finding>;
  /** Names of keys (`mute.*`, `play`) whose lamp was seen to light. */
  readonly lamps: ReadonlySet<string>;
  readonly motors: boolean;
  /** What was said last: a finding, or advice. */
  readonly said: string;
  /** What is heard of the gesture that goes on. */
  readonly heard: readonly MidiMessage[];
  /** The way to the right of a knob, while that back is awaited. */
  readonly right: readonly MidiMessage[] | undefined;
  /** Whose lamp or motor is being tried, with what makes it dark again; undefined while consent is asked for. */
  readonly trial: {readonly name: string; readonly dark: readonly Uint8Array[]} | undefined;
  readonly stream: MidiStream;
  /** When something was heard last. */
  readonly heardAtMs: number;
  /** When the gesture that goes on began. */
  readonly begunAtMs: number;
}

/** What can happen while learning. */
export type LearnInput =
  | {readonly type: 'bytes'; readonly bytes: Uint8Array; readonly atMs: number}
  /** Time passes; to be told about ten times a second. */
  | {readonly type: 'time'; readonly atMs: number}
  | {readonly type: 'key'; readonly key: 'done' | 'skip' | 'again' | 'back' | 'yes' | 'no'};

/** What comes of it: the learner after it, and messages to send. */
export interface LearnStep {
  readonly learner: Learner;
  readonly send: readonly Uint8Array[];
}

/** A learner before anything was done. */
export const newLearner: Learner = {
  task: {group: 'fader', index: 0},
  found: new Map(),
  lamps: new Set(),
  motors: false,
  said: '',
  heard: [],
  right: undefined,
  trial: undefined,
  stream: initialStream,
  heardAtMs: 0,
  begunAtMs: 0,
};

/** The learner with a task before it, of which nothing was heard yet. */
export function started(learner: Learner, task: Task): Learner {
  return {...learner, task, heard: [], right: undefined, trial: undefined};
}
