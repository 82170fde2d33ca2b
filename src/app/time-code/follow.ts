import {createActor} from 'xstate';
import {timeCodeMachine} from '../../machines/time-code.ts';
import type {TimeCodeStatus} from '../../model/time-code-status.ts';
import type {MidiMessage} from '../../wire/midi-message.ts';
import {createCodeClock} from '../../wire/time-code/code-clock.ts';
import {readFullFrame} from '../../wire/time-code/full-frame.ts';
import {noQuarterFrames, stepQuarterFrame} from '../../wire/time-code/quarter-frame.ts';
import {formatTimeCode, framesASecond, secondsOfCode, timeCodeAt} from '../../wire/time-code/time-code.ts';
import {actorClock, type Clock} from '../clock.ts';
import type {Desk, DeskOptions} from '../desk-contract.ts';

export interface FollowOptions {
  readonly engine: DeskOptions['engine'];
  readonly perform: Desk['perform'];
  readonly clock: Clock;
  /** Seconds of time code at the start of the tape. */
  readonly startSeconds: number;
  /** For how long a drop-out is bridged, in ms. */
  readonly freewheelMs?: number;
}

/** What keeps a tape with time code. */
export interface TimeCodeFollow {
  heard(messages: readonly MidiMessage[]): void;
  readonly state: NonNullable<TimeCodeStatus['followed']>['state'];
  readonly code: string | undefined;
  /** The tape against the code, in ms; late is negative. Undefined while it does not follow. */
  readonly offMs: number | undefined;
  end(): void;
}

const standardFreewheelMs = 500;
/** How often the tape is compared with the code, in ms. */
const lookEveryMs = 20;
/** Pieces after the first whole code that are waited for: jitter is a mean by then. */
const steadyPieces = 8;
/** No piece for so long, and it has ceased: two frames, and any jitter. */
const ceasedMs = 120;
/** A tape whose speed can be set is brought back within about so many seconds, by so much speed at most: little, for a desk that stalls steers on. */
const steerSeconds = 0.25;
const mostSteer = 0.05;
/** So far off it is no use to steer, in seconds. */
const locateSeconds = 0.05;
/** Code that is so far off from where it would be has jumped, in seconds. */
const jumpSeconds = 0.25;
/** How far a tape that runs at a sound device's rate may drift before it is located again, and how long it is left alone afterwards. */
const driftSeconds = 0.05;
const settleMs = 1500;
/** No engine begins later than this, in seconds. */
const mostLate = 0.5;

/** Follows from the first piece on; a hand that stops the tape is not overruled until the code starts again. */
export function followTimeCode(options: FollowOptions): TimeCodeFollow {
  const {engine, perform, clock, startSeconds, freewheelMs = standardFreewheelMs} = options;
  const code = createCodeClock();
  const actor = createActor(timeCodeMachine, {input: {freewheelMs}, clock: actorClock(clock)});
  let frames = noQuarterFrames;
  let heardAtMs = Number.NEGATIVE_INFINITY;
  let endLooking: (() => void) | undefined;
  /** The code plays, and the tape is to begin as soon as the code is on it. */
  let begins = false;
  /** The tape plays because of the code. */
  let isChasing = false;
  let locatedAtMs = Number.NEGATIVE_INFINITY;
  /** How much later than it was told a tape begins that has a look-ahead, in seconds: found out as it plays. */
  let lateSeconds = 0;
  let isLearned = false;

  const frameAt = (seconds: number): number => Math.round((seconds - startSeconds) * engine.playback.sampleRate);
  const locate = (seconds: number): void => {
    locatedAtMs = clock.now();
    isLearned = false;
    const frame = Math.min(engine.playback.lengthFrames, Math.max(0, frameAt(seconds)));
    perform({type: 'playback.locate', frame});
  };
  const offSeconds = (): number | undefined => {
    const seconds = code.at(clock.now());
    const {frame, sampleRate} = engine.playback;
    return seconds === undefined ? undefined : frame / sampleRate + startSeconds - seconds;
  };
  const begin = (): void => {
    const seconds = code.at(clock.now());
    if (!begins || seconds === undefined) return;
    const frame = frameAt(seconds);
    if (frame < 0 || frame >= engine.playback.lengthFrames) return;
    begins = false;
    isChasing = true;
    locate(seconds + lateSeconds);
    if (engine.playback.state !== 'playing') perform({type: 'playback.play'});
  };
  const stop = (): void => {
    begins = false;
    engine.setSpeed?.(1);
    if (isChasing && engine.playback.state === 'playing') perform({type: 'playback.stop'});
    isChasing = false;
  };
  const steer = (): void => {
    const off = offSeconds();
    if (!isChasing || off === undefined) return;
    // A hand stopped the tape, or it ran out.
    if (engine.playback.state !== 'playing') {
      isChasing = false;
      return;
    }
    const nowMs = clock.now();
    if (engine.setSpeed !== undefined) {
      if (Math.abs(off) > locateSeconds) locate(code.at(nowMs) ?? 0);
      const pull = Math.min(mostSteer, Math.max(-mostSteer, -off / steerSeconds));
      engine.setSpeed(Math.abs(off) > locateSeconds ? code.speed : code.speed + pull);
      return;
    }
    if (nowMs - locatedAtMs < settleMs) return;
    // What it was late after the last locate it will be late after the next one, too; what comes later is drift.
    if (!isLearned) lateSeconds = Math.min(mostLate, Math.max(-mostLate, lateSeconds - off));
    isLearned = true;
    if (Math.abs(off) > driftSeconds) locate((code.at(nowMs) ?? 0) + lateSeconds);
  };
  const look = (): void => {
    endLooking = undefined;
    const {value} = actor.getSnapshot();
    if (value !== 'freewheel' && clock.now() - heardAtMs > ceasedMs) {
      frames = noQuarterFrames;
      actor.send({type: 'code.ceased'});
    }
    const snapshot = actor.getSnapshot();
    if (snapshot.hasTag('following')) {
      begin();
      steer();
    }
    if (snapshot.hasTag('following') || snapshot.value === 'locking') endLooking = clock.after(lookEveryMs, look);
  };
  const lookSoon = (): void => {
    endLooking ??= clock.after(lookEveryMs, look);
  };
  const heardPiece = (value: number): void => {
    const atMs = clock.now();
    const read = stepQuarterFrame(frames, value);
    frames = read.state;
    heardAtMs = atMs;
    lookSoon();
    if (read.heard === undefined) {
      actor.send({type: 'code.begun'});
      return;
    }
    const {quarter, rate, direction} = read.heard;
    const seconds = quarter / 4 / framesASecond(rate);
    if (direction < 0) {
      // A tape that is wound back is followed place by place.
      if (quarter % 8 === 0) actor.send({type: 'code.placed', seconds});
      return;
    }
    const expected = code.at(atMs);
    // Jitter is far less; after a drop-out the code goes on where it would be, or it is another place.
    if (expected !== undefined && (read.heard.jumped || Math.abs(expected - seconds) > jumpSeconds)) {
      code.reset();
      actor.send({type: 'code.jumped'});
    }
    code.heard(seconds, atMs);
    if (code.pieces >= steadyPieces && actor.getSnapshot().value !== 'locked') actor.send({type: 'code.steadied'});
  };

  actor.on('chase.started', () => {
    begins = true;
    begin();
  });
  actor.on('chase.stopped', () => {
    const last = code.at(heardAtMs);
    const wasChasing = isChasing;
    stop();
    code.reset();
    if (wasChasing && last !== undefined) locate(last);
  });
  actor.on('chase.located', ({seconds}) => locate(seconds));
  actor.start();

  return {
    heard(messages) {
      for (const message of messages) {
        if (message.type === 'quarter-frame') heardPiece(message.value);
        if (message.type !== 'sysex') continue;
        const placed = readFullFrame(message.data);
        if (placed === undefined) continue;
        frames = noQuarterFrames;
        actor.send({type: 'code.placed', seconds: secondsOfCode(placed)});
      }
    },
    get state() {
      return actor.getSnapshot().value;
    },
    get code() {
      const seconds = code.at(clock.now());
      const {rate} = frames;
      return seconds === undefined ? undefined : formatTimeCode(timeCodeAt(seconds * framesASecond(rate), rate));
    },
    get offMs() {
      const off = isChasing && actor.getSnapshot().hasTag('following') ? offSeconds() : undefined;
      return off === undefined ? undefined : off * 1000;
    },
    end() {
      endLooking?.();
      engine.setSpeed?.(1);
      actor.stop();
    },
  };
}
