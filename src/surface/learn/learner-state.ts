import type {MidiMessage} from '../../wire/midi-message.ts';
import {initialStream, type MidiStream} from '../../wire/midi-stream.ts';
import type {Finding, Heard} from './finding.ts';
import {type ReportStreams, silentStreams} from './report-streams.ts';
import type {Role} from './roles.ts';
import {begin, type Task} from './task.ts';

/** What a learner must know of a device before it says anything. */
export type LearnedDevice =
  | {readonly kind: 'midi'}
  /** `numbered`: whether its reports begin with a number; undefined where the system does not tell. */
  | {readonly kind: 'hid'; readonly numbered: boolean | undefined};

/** Everything that a learner knows; a value, so that every step can be taken back. */
export interface Learner {
  readonly device: LearnedDevice;
  readonly task: Task;
  /** What was found, by the name of the control (`fader.1`, `encoder.1`, `mute.3`, `play`). */
  readonly found: ReadonlyMap<string, Finding>;
  /** What the row is for that is being learned; undefined before that is said. */
  readonly role: Role | undefined;
  /** The first control of a row: what the row shall be for is asked. */
  readonly choice: {readonly finding: Finding; readonly roles: readonly Role[]} | undefined;
  /** Names of keys (`mute.*`, `play`) whose lamp was seen to light. */
  readonly lamps: ReadonlySet<string>;
  readonly motors: boolean;
  /** What was said last: a finding, or advice. */
  readonly said: string;
  /** What is heard of the gesture that goes on. */
  readonly heard: readonly Heard[];
  /** The way to the right of a knob, while that back is awaited. */
  readonly right: readonly Heard[] | undefined;
  /** What selected parameters in gestures of this control that said too little: a device may not say it again. */
  readonly selected: readonly MidiMessage[];
  /** Whose lamp or motor is being tried, with what makes it dark again; undefined while consent is asked for. */
  readonly trial: {readonly name: string; readonly dark: readonly Uint8Array[]} | undefined;
  readonly stream: MidiStream;
  readonly streams: ReportStreams;
  /** Whether anything was heard from the device. */
  readonly hasSpoken: boolean;
  /** When something was heard last. */
  readonly heardAtMs: number;
  /** When the gesture that goes on began. */
  readonly begunAtMs: number;
  /** When the learner was first told of the time. */
  readonly startedAtMs: number | undefined;
  /** Before the last control that was found or passed over. */
  readonly past: Learner | undefined;
}

/** What can happen while learning. */
export type LearnInput =
  | {readonly type: 'bytes'; readonly bytes: Uint8Array; readonly atMs: number}
  /** Time passes; to be told about ten times a second. */
  | {readonly type: 'time'; readonly atMs: number}
  | {readonly type: 'key'; readonly key: 'done' | 'skip' | 'again' | 'back' | 'yes' | 'no'}
  /** A digit was pressed, 0…9. */
  | {readonly type: 'digit'; readonly digit: number};

/** What comes of it: the learner after it, and messages to send. */
export interface LearnStep {
  readonly learner: Learner;
  readonly send: readonly Uint8Array[];
}

/** A learner before anything was done. */
export function newLearner(device: LearnedDevice): Learner {
  return {
    device,
    task: begin(device.kind === 'hid' ? 'rest' : 'fader'),
    found: new Map(),
    role: undefined,
    choice: undefined,
    lamps: new Set(),
    motors: false,
    said: '',
    heard: [],
    right: undefined,
    selected: [],
    trial: undefined,
    stream: initialStream,
    streams: silentStreams,
    hasSpoken: false,
    heardAtMs: 0,
    begunAtMs: 0,
    startedAtMs: undefined,
    past: undefined,
  };
}

/** The learner with a task before it, of which nothing was heard yet. */
export function started(learner: Learner, task: Task): Learner {
  return {...learner, task, choice: undefined, heard: [], right: undefined, trial: undefined};
}

/** A learner that goes on to the next task with what it knows now, and can come back to where it was. */
export function advanced(before: Learner, now: Learner, task: Task): Learner {
  const {group, row} = task;
  const role = group === now.task.group && row === now.task.row ? now.role : undefined;
  const past = {...before, heard: [], right: undefined, choice: undefined};
  return {...now, task, role, choice: undefined, heard: [], right: undefined, selected: [], trial: undefined, past};
}
