import {dbFromFactor} from '../model/decibel.ts';
import type {NeedleMeter} from './needle.ts';

/**
 * Quasi-peak programme meters of IEC 60268-10, types I (DIN, Nordic) and II (BBC, EBU): slow enough not to show what no ear hears, so that a burst of 5 kHz
 * reads low by what its shortness says.
 *
 *   type I    10 ms −1 dB   5 ms −2 dB   3 ms −4 dB   0.4 ms −15 dB      back by 20 dB in 1.7 s
 *   type II  100 ms  0 dB  10 ms −2 dB   5 ms −4 dB   1.5 ms −9 dB   0.5 ms −17 dB      back by 24 dB in 2.8 s
 *
 * One charger cannot do all of that: two run side by side, each going towards |x| while that is above it at its own rate, both falling
 * alike; what is read is their sum. The constants were fitted to the two tables. A steady sine reads its peak level.
 */
export interface QuasiPeakBallistics {
  /** Rates of the two chargers and of their common fall, per second. */
  readonly slowRate: number;
  readonly fastRate: number;
  readonly fallRate: number;
  /** What the sum of both is multiplied by. */
  readonly gain: number;
}

/** 20 dB in 1.7 s: 11.8 dB/s. */
export const quasiPeakTypeI: QuasiPeakBallistics = {
  slowRate: 424,
  fastRate: 1203,
  fallRate: (Math.LN10 * 20) / 20 / 1.7,
  gain: 0.5114,
};

/** 24 dB in 2.8 s: 8.6 dB/s. */
export const quasiPeakTypeII: QuasiPeakBallistics = {
  slowRate: 204,
  fastRate: 890,
  fallRate: (Math.LN10 * 24) / 20 / 2.8,
  gain: 0.5137,
};

/** −400 dBFS: what has fallen below is silence. */
const faint = 1e-20;

/** Both needles at rest; the reading is in dBFS of a sine's peak. `sampleRate` in hertz. */
export function createQuasiPeakMeter(sampleRate: number, ballistics: QuasiPeakBallistics): NeedleMeter {
  const slow = 1 - Math.exp(-ballistics.slowRate / sampleRate);
  const fast = 1 - Math.exp(-ballistics.fastRate / sampleRate);
  const fall = Math.exp(-ballistics.fallRate / sampleRate);
  /** Slow and fast charger of the left, then of the right. */
  const charge = new Float64Array(4);
  const read = (side: number): number =>
    dbFromFactor(ballistics.gain * ((charge[2 * side] ?? 0) + (charge[2 * side + 1] ?? 0)));

  function run(samples: Float32Array, frames: number, at: number): void {
    let one = charge[at] ?? 0;
    let other = charge[at + 1] ?? 0;
    for (let frame = 0; frame < frames; frame++) {
      const level = Math.abs(samples[frame] ?? 0);
      one *= fall;
      other *= fall;
      // Neither comparison holds for NaN; infinity is no level.
      if (level > one && level < Number.POSITIVE_INFINITY) one += slow * (level - one);
      if (level > other && level < Number.POSITIVE_INFINITY) other += fast * (level - other);
    }
    charge[at] = one < faint ? 0 : one;
    charge[at + 1] = other < faint ? 0 : other;
  }

  return {
    push(left, right, frames) {
      const length = Math.min(frames, left.length, right.length);
      run(left, length, 0);
      run(right, length, 2);
    },
    reading: () => [read(0), read(1)],
    reset: () => void charge.fill(0),
  };
}
