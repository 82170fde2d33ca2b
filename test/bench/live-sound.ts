/** What was heard at the device: where nothing was there to be heard, and when what a hand did was heard. */

/** One side of what a sound device got. */
export interface Heard {
  readonly samples: Float32Array;
  readonly sampleRate: number;
  /** First frame of each cycle of the device, rising. */
  readonly cycleFrames: Float64Array;
  /** When the device took that cycle, in ms. */
  readonly cycleMs: Float64Array;
}

export interface Gaps {
  readonly frames: number;
  /** Undefined where only frames were counted. */
  readonly count: number | undefined;
  readonly longestMs: number | undefined;
  /** Frames the recorder did not hear itself. */
  readonly unheardFrames: number;
}

/** A move of the fader of the steady sound: handed to the engine then, to that sample value. */
export interface Move {
  readonly atMs: number;
  readonly value: number;
}

/** Share of a value by which two samples may differ and be the same still: single precision. */
const sameShare = 1e-7;
/** A ramp has arrived. */
const arrivedShare = 1e-4;
/** A move not heard for so long was not heard. */
const giveUpSeconds = 3;

/** The frame that the device plays at a time, by the cycle that was taken last before; its own latency is not counted. */
export function frameAt({cycleFrames, cycleMs, sampleRate}: Heard, ms: number): number {
  const cycle = lastAtOrBelow(cycleMs, ms);
  return (cycleFrames[cycle] ?? 0) + Math.max(0, Math.round(((ms - (cycleMs[cycle] ?? 0)) * sampleRate) / 1000));
}

/** When the device plays a frame, in ms. */
export function msOf({cycleFrames, cycleMs, sampleRate}: Heard, frame: number): number {
  const cycle = lastAtOrBelow(cycleFrames, frame);
  return (cycleMs[cycle] ?? 0) + ((frame - (cycleFrames[cycle] ?? 0)) * 1000) / sampleRate;
}

/** Silence in a sound that is never 0. */
export function gapsIn({samples, sampleRate}: Heard, fromFrame: number, toFrame: number): Gaps {
  let [frames, count, run, longest, unheardFrames] = [0, 0, 0, 0, 0];
  for (let frame = Math.max(0, fromFrame); frame < Math.min(toFrame, samples.length); frame++) {
    const sample = samples[frame] ?? Number.NaN;
    if (Number.isNaN(sample)) unheardFrames++;
    if (sample !== 0) {
      run = 0;
      continue;
    }
    if (run === 0) count++;
    run++;
    frames++;
    longest = Math.max(longest, run);
  }
  return {frames, count, longestMs: (longest * 1000) / sampleRate, unheardFrames};
}

/** From each move to the first frame with it, or with a later one that overtook it, in ms; undefined for what was never heard. */
export function delaysOf(heard: Heard, moves: readonly Move[]): readonly (number | undefined)[] {
  let soonest: number | undefined;
  return moves
    .toReversed()
    .map(({atMs, value}) => {
      const frame = departure(heard, frameAt(heard, atMs), value) ?? soonest;
      soonest = Math.min(frame ?? Number.POSITIVE_INFINITY, soonest ?? Number.POSITIVE_INFINITY);
      return frame === undefined ? undefined : msOf(heard, Math.min(frame, soonest)) - atMs;
    })
    .toReversed();
}

/** First frame of the ramp that arrives at a value, from a frame on. */
function departure({samples, sampleRate}: Heard, fromFrame: number, value: number): number | undefined {
  const end = Math.min(samples.length, fromFrame + giveUpSeconds * sampleRate);
  let frame = fromFrame;
  while (frame < end && !(Math.abs((samples[frame] ?? 0) / value - 1) < arrivedShare)) frame++;
  if (frame >= end) return undefined;
  while (frame > fromFrame && !isSame(samples[frame], samples[frame - 1])) frame--;
  return frame;
}

function isSame(one = 0, other = 0): boolean {
  return Math.abs(one - other) <= sameShare * Math.abs(other);
}

/** Index of the last value that is not above; 0 if all are. */
function lastAtOrBelow(values: Float64Array, limit: number): number {
  let [low, high] = [0, values.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= limit) low = middle;
    else high = middle;
  }
  return low;
}
