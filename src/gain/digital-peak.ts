import {dbFromFactor} from '../model/decibel.ts';
import {type Ballistics, createPeakMeter, digitalPeak} from './ballistics.ts';
import {type NeedleMeter, soundOf} from './needle.ts';

/** Peaks are handed to the needle in steps of 10 ms, so that blocks of any length give the same reading. */
const stepsASecond = 100;

/**
 * The digital peak meter of IEC 60268-18: every single sample is shown in full, held for 1 s, and falls by 20 dB in 1.7 s (other ballistics may be given). The
 * reading is in dBFS and ends at −120.
 */
export function createDigitalPeakMeter(sampleRate: number, ballistics: Ballistics = digitalPeak): NeedleMeter {
  const stepFrames = Math.round(sampleRate / stepsASecond);
  const make = () => [createPeakMeter(sampleRate, ballistics), createPeakMeter(sampleRate, ballistics)] as const;
  let needles = make();
  let peakLeft = 0;
  let peakRight = 0;
  let taken = 0;

  function finishStep(): void {
    needles[0].add(peakLeft, taken);
    needles[1].add(peakRight, taken);
    peakLeft = peakRight = taken = 0;
  }

  return {
    push(left, right, frames) {
      const length = Math.min(frames, left.length, right.length);
      for (let frame = 0; frame < length; frame++) {
        peakLeft = Math.max(peakLeft, Math.abs(soundOf(left[frame])));
        peakRight = Math.max(peakRight, Math.abs(soundOf(right[frame])));
        if (++taken === stepFrames) finishStep();
      }
    },
    // What came since the last step is shown at once.
    reading: () => [
      dbFromFactor(Math.max(needles[0].factor, peakLeft)),
      dbFromFactor(Math.max(needles[1].factor, peakRight)),
    ],
    reset() {
      needles = make();
      peakLeft = peakRight = taken = 0;
    },
  };
}
