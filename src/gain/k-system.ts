import {rmsDb} from './level-convention.ts';
import {createWindowSum} from './loudness-window.ts';
import {atRest, type NeedleMeter, type NeedleReading, soundOf} from './needle.ts';

/**
 * The average of a K-System meter (Bob Katz, K-20/14/12): RMS over a window of 600 ms, flat, referenced to a sine. The system leaves the ballistics of the
 * average open; a rectangular window has no name but its length, and reads the same everywhere. Peaks stand beside it, falling by 26 dB in
 * 3 s. 0 on the scale is −20, −14 or −12 dBFS.
 */
export const kWindowSeconds = 0.6;
export const kPeakFall = {holdMs: 0, fallDbPerSecond: 26 / 3} as const;

/** The window advances in steps of 10 ms. */
const stepsASecond = 100;

/** Both needles at rest; the reading is RMS in dBFS, referenced to a sine. */
export function createRmsMeter(sampleRate: number): NeedleMeter {
  const stepFrames = Math.round(sampleRate / stepsASecond);
  const steps = Math.round(kWindowSeconds * stepsASecond);
  const windows = [createWindowSum(steps), createWindowSum(steps)] as const;
  let shown: NeedleReading = atRest;
  let energyLeft = 0;
  let energyRight = 0;
  let taken = 0;

  function finishStep(): void {
    const mean = (side: 0 | 1, energy: number): number => windows[side].push(energy) / (steps * stepFrames);
    shown = [rmsDb(mean(0, energyLeft)), rmsDb(mean(1, energyRight))];
    energyLeft = energyRight = taken = 0;
  }

  return {
    push(left, right, frames) {
      const length = Math.min(frames, left.length, right.length);
      for (let from = 0; from < length; ) {
        const to = Math.min(length, from + stepFrames - taken);
        energyLeft = withEnergy(energyLeft, left, from, to);
        energyRight = withEnergy(energyRight, right, from, to);
        taken += to - from;
        from = to;
        if (taken === stepFrames) finishStep();
      }
    },
    reading: () => shown,
    reset() {
      for (const window of windows) window.reset();
      shown = atRest;
      energyLeft = energyRight = taken = 0;
    },
  };
}

/** The sum with the squares of these samples, added one by one: blocks of any length give the same reading to the bit. */
function withEnergy(sum: number, samples: Float32Array, from: number, to: number): number {
  let energy = sum;
  for (let frame = from; frame < to; frame++) energy += soundOf(samples[frame]) ** 2;
  return energy;
}
