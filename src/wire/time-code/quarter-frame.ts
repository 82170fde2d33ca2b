import {
  frameNumberOf,
  framesADay,
  isTimeCode,
  rateBits,
  rateOfBits,
  type TimeCode,
  type TimeCodeRate,
} from './time-code.ts';

/**
 * MIDI time code, quarter frames: F1 0nnn dddd, four a frame, eight for a whole code.
 *
 *   nnn  0 frames, low half    2 seconds, low    4 minutes, low    6 hours, low
 *        1 frames, high        3 seconds, high   5 minutes, high   7 0rrh: rate (0 24, 1 25, 2 29.97 drop, 3 30) and the hours' high bit
 *
 * The code is that of the moment of piece 0. Pieces rise while time goes forward and fall while it goes back.
 */
export function quarterFrameValue(code: TimeCode, piece: number): number {
  const {hours, minutes, seconds, frames, rate} = code;
  const values = [frames, seconds, minutes, hours];
  const value = values[piece >> 1] ?? 0;
  const high = piece === 7 ? (rateBits(rate) << 1) | (hours >> 4) : value >> 4;
  return (piece << 4) | (piece % 2 === 0 ? value & 0x0f : high);
}

/** What was read so far. */
export interface QuarterFrames {
  /** What each piece said last. */
  readonly pieces: readonly number[];
  /** The last piece, and how many came in a row in one direction (falling: negative). */
  readonly last: number | undefined;
  readonly run: number;
  /** Where the last piece was, in quarter frames from 00:00:00:00; undefined while nobody knows. */
  readonly quarter: number | undefined;
  readonly rate: TimeCodeRate;
}

export const noQuarterFrames: QuarterFrames = {
  pieces: [0, 0, 0, 0, 0, 0, 0, 0],
  last: undefined,
  run: 0,
  quarter: undefined,
  rate: '30',
};

/** What a piece tells once a whole code was read before it. */
export interface CodeHeard {
  /** The moment of this very piece, in quarter frames from 00:00:00:00. */
  readonly quarter: number;
  readonly rate: TimeCodeRate;
  readonly direction: 1 | -1;
  /** The code that was read is not the one that had to come. */
  readonly jumped: boolean;
}

/** The reader after a quarter frame (its data byte), and where it is; undefined until eight came in a row. */
export function stepQuarterFrame(
  state: QuarterFrames,
  value: number,
): {readonly state: QuarterFrames; readonly heard: CodeHeard | undefined} {
  const piece = (value >> 4) & 7;
  const pieces = state.pieces.map((before, at) => (at === piece ? value & 0x0f : before));
  const run = runAfter(state, piece);
  const direction = run < 0 ? -1 : 1;
  const isBroken = Math.abs(run) < 2;
  const expected = isBroken || state.quarter === undefined ? undefined : wrapped(state.quarter + direction, state.rate);
  const ends = piece === (direction === 1 ? 7 : 0) && Math.abs(run) >= 8;
  const read = ends ? codeOf(pieces) : undefined;
  if (read !== undefined) {
    const quarter = 4 * frameNumberOf(read) + (direction === 1 ? 7 : 0);
    const at = wrapped(quarter, read.rate);
    const jumped = expected !== undefined && (expected !== at || read.rate !== state.rate);
    const next = {pieces, last: piece, run, quarter: at, rate: read.rate};
    return {state: next, heard: {quarter: at, rate: read.rate, direction, jumped}};
  }
  // A code that cannot be is none: what was known holds no more.
  const quarter = ends ? undefined : expected;
  const next = {pieces, last: piece, run, quarter, rate: state.rate};
  return {
    state: next,
    heard: quarter === undefined ? undefined : {quarter, rate: state.rate, direction, jumped: false},
  };
}

function runAfter({last, run}: QuarterFrames, piece: number): number {
  if (last !== undefined && piece === (last + 1) % 8) return run >= 1 ? run + 1 : 2;
  if (last !== undefined && piece === (last + 7) % 8) return run <= -2 ? run - 1 : -2;
  return 1;
}

function wrapped(quarter: number, rate: TimeCodeRate): number {
  const day = 4 * framesADay(rate);
  return ((quarter % day) + day) % day;
}

function codeOf(pieces: readonly number[]): TimeCode | undefined {
  const pair = (low: number, mask: number): number => (((pieces[low + 1] ?? 0) & mask) << 4) | (pieces[low] ?? 0);
  const rate = rateOfBits((pieces[7] ?? 0) >> 1);
  const code = {rate, hours: pair(6, 1), minutes: pair(4, 3), seconds: pair(2, 3), frames: pair(0, 1)};
  return isTimeCode(code) ? code : undefined;
}
