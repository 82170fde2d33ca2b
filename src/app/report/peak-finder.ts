import {
  addToTruePeak,
  betweenSamples,
  createTruePeakMeter,
  interpolator,
  restTruePeak,
  type TruePeakMeter,
} from '../../gain/true-peak.ts';

/** True peaks of both sides, block by block. */
export interface PeakFinder {
  /**
   * Takes the next frames, all finite, and their highest sample. Returns the true peak of the block as an amplitude; a finder that only wants the highest of all returns
   * the sample peak of a block that cannot hold it.
   */
  add(left: Float32Array, right: Float32Array, frames: number, samplePeak: number): number;
}

const sumOfAbsolutes = (fraction: number): number =>
  interpolator(fraction).reduce((sum, factor) => sum + Math.abs(factor), 0);

/** No sound between samples is higher than this times the highest of the samples around it. */
const most = Math.max(sumOfAbsolutes(0.5), sumOfAbsolutes(0.25));

/** Samples that the meter looks back. */
const memory = 11;

/** A finder at rest. `wanted`: true peaks of every block, or only the highest of all, which spares most of the work. */
export function createPeakFinder(wanted: 'every' | 'highest'): PeakFinder {
  const meters: readonly [TruePeakMeter, TruePeakMeter] = [createTruePeakMeter(), createTruePeakMeter()];
  let highest = 0;
  let before = 0;

  /** A meter is a row of the last eleven samples, oldest first, then the highest value between samples. */
  function remember(meter: TruePeakMeter, samples: Float32Array, frames: number): void {
    meter.set(samples.subarray(frames - memory, frames));
  }

  function measure(meter: TruePeakMeter, samples: Float32Array, frames: number): number {
    restTruePeak(meter);
    addToTruePeak(meter, samples, 0, frames);
    return betweenSamples(meter);
  }

  return {
    add(left, right, frames, samplePeak) {
      const around = Math.max(before, samplePeak);
      before = samplePeak;
      if (wanted === 'highest' && frames >= memory && around * most <= highest) {
        remember(meters[0], left, frames);
        remember(meters[1], right, frames);
        return samplePeak;
      }
      const peak = Math.max(samplePeak, measure(meters[0], left, frames), measure(meters[1], right, frames));
      highest = Math.max(highest, peak);
      return peak;
    },
  };
}
