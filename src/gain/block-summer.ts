import type {BlockSums} from './block-sums.ts';
import {addFrames, createPairFilter, energyAt, type PairFilter, restFilter} from './loudness-filter.ts';
import {addToTruePeak, betweenSamples, createTruePeakMeter, restTruePeak} from './true-peak.ts';

/** Makes of samples what the engine's meter frames carry. */
export interface BlockSummer {
  /** The sums of the next frames, any number of them. Samples that are no finite numbers count as 0. */
  add(left: Float32Array, right: Float32Array, frames: number): BlockSums;
}

export interface BlockSummerOptions {
  /** In hertz, 8,000 and more. */
  readonly sampleRate: number;
  /** Whether peaks are true peaks, which is most of the work; else they are sample peaks. */
  readonly truePeak: boolean;
}

/**
 * A summer at rest. The weighted product takes no filter of its own kind: of a = l and b = l + r, weighted, the product of the sides is
 * (Σ b² − Σ l² − Σ r²) / 2.
 */
export function createBlockSummer({sampleRate, truePeak}: BlockSummerOptions): BlockSummer {
  const sides = createPairFilter(sampleRate);
  const middle = createPairFilter(sampleRate);
  const meters = [createTruePeakMeter(), createTruePeakMeter()] as const;
  let one = new Float32Array(0);
  let other = new Float32Array(0);
  let both = new Float32Array(0);

  return {
    add(left, right, frames) {
      const length = Math.min(frames, left.length, right.length);
      if (one.length < length) {
        one = new Float32Array(length);
        other = new Float32Array(length);
        both = new Float32Array(length);
      }
      let energyLeft = 0;
      let energyRight = 0;
      let product = 0;
      let sumLeft = 0;
      let sumRight = 0;
      let peak = 0;
      for (let frame = 0; frame < length; frame++) {
        const l = sound(left[frame]);
        const r = sound(right[frame]);
        one[frame] = l;
        other[frame] = r;
        both[frame] = l + r;
        energyLeft += l * l;
        energyRight += r * r;
        product += l * r;
        sumLeft += l;
        sumRight += r;
        peak = Math.max(peak, Math.abs(l), Math.abs(r));
      }
      const [weightedLeft, weightedRight] = weigh(sides, one, other, length);
      const [weightedBoth] = weigh(middle, both, both, length);
      if (truePeak) {
        for (const [meter, samples] of [[meters[0], one] as const, [meters[1], other] as const]) {
          restTruePeak(meter);
          addToTruePeak(meter, samples, 0, length);
          peak = Math.max(peak, betweenSamples(meter));
        }
      }
      return {
        frames: length,
        energyLeft,
        energyRight,
        product,
        sumLeft,
        sumRight,
        weightedLeft,
        weightedRight,
        weightedProduct: (weightedBoth - weightedLeft - weightedRight) / 2,
        peak,
      };
    },
  };
}

function weigh(filter: PairFilter, left: Float32Array, right: Float32Array, length: number): [number, number] {
  addFrames(filter, left, right, 0, length);
  const energies: [number, number] = [filter[energyAt] ?? 0, filter[energyAt + 1] ?? 0];
  restFilter(filter);
  return energies;
}

function sound(sample: number | undefined): number {
  return sample !== undefined && Number.isFinite(sample) ? sample : 0;
}
