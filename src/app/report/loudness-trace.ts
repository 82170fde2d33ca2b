import {createPowerList, integratedPower, lufsOfPower, rangeLu} from '../../gain/loudness-gate.ts';
import {createWindowSum} from '../../gain/loudness-window.ts';
import {createNumberList} from './number-list.ts';

/** Loudness of something that was heard from beginning to end (BS.1770-5, EBU Tech 3341 and 3342). Silence is `-Infinity`. */
export interface TracedLoudness {
  readonly integratedLufs: number;
  readonly rangeLu: number;
  /** Whether 60 s were heard, before which the range says little. */
  readonly rangeIsStable: boolean;
  readonly maxMomentaryLufs: number;
  readonly maxShortTermLufs: number;
}

/** Loudness, and how it went. */
export interface LoudnessTrace {
  /** Takes the sum of the K-weighted squares of both sides over the next frames. */
  add(weighted: number, frames: number): void;
  /** Loudness of the last 3 s; `-Infinity` before 3 s were heard. */
  shortTermLufs(): number;
  loudness(): TracedLoudness;
  /** Every 100 ms: the highest momentary loudness since the last value and the short-term loudness. */
  momentary(): Float64Array;
  shortTerm(): Float64Array;
  /** Integrated loudness of the first so many times 100 ms. */
  integratedUpTo(values: number): number;
}

const stepsASecond = 100;
const momentarySteps = 40;
const shortTermSteps = 300;
const stepsAValue = 10;
const stableSeconds = 60;

/**
 * A trace at rest. It works on energies of blocks where `gain/loudness-program` works on samples: blocks that end on every 10 ms read the same; of others, the energy is
 * taken to be spread evenly over the block, which is within 0.1 LU for blocks of 512 frames.
 */
export function createLoudnessTrace(sampleRate: number): LoudnessTrace {
  const momentary = createWindowSum(momentarySteps);
  const shortTerm = createWindowSum(shortTermSteps);
  const gatingBlocks = createPowerList();
  const rangeValues = createPowerList();
  const momentaryValues = createNumberList();
  const shortTermValues = createNumberList();
  let steps = 0;
  let frame = 0;
  let energy = 0;
  let shortTermPower = 0;
  let maxMomentary = 0;
  let maxShortTerm = 0;
  let recentMomentary = 0;

  const edge = (step: number): number => Math.round((step * sampleRate) / stepsASecond);
  const windowFrames = (length: number): number => (steps < length ? edge(length) : edge(steps) - edge(steps - length));

  function finishStep(): void {
    steps++;
    const momentaryPower = momentary.push(energy) / windowFrames(momentarySteps);
    shortTermPower = shortTerm.push(energy) / windowFrames(shortTermSteps);
    energy = 0;
    recentMomentary = Math.max(recentMomentary, momentaryPower);
    maxMomentary = Math.max(maxMomentary, momentaryPower);
    maxShortTerm = Math.max(maxShortTerm, shortTermPower);
    if (steps % stepsAValue !== 0) return;
    if (steps >= momentarySteps) gatingBlocks.push(momentaryPower);
    if (steps >= shortTermSteps) rangeValues.push(shortTermPower);
    momentaryValues.push(lufsOfPower(recentMomentary));
    shortTermValues.push(lufsOfPower(shortTermPower));
    recentMomentary = 0;
  }

  return {
    add(weighted, frames) {
      if (!(frames > 0)) return;
      const density = weighted > 0 && Number.isFinite(weighted) ? weighted / frames : 0;
      for (let left = frames; left > 0; ) {
        const taken = Math.min(left, edge(steps + 1) - frame);
        energy += density * taken;
        frame += taken;
        left -= taken;
        if (frame === edge(steps + 1)) finishStep();
      }
    },
    shortTermLufs: () => (steps < shortTermSteps ? Number.NEGATIVE_INFINITY : lufsOfPower(shortTermPower)),
    loudness: () => ({
      integratedLufs: lufsOfPower(integratedPower(gatingBlocks.all())),
      rangeLu: rangeLu(rangeValues.all()),
      rangeIsStable: frame >= stableSeconds * sampleRate,
      maxMomentaryLufs: lufsOfPower(maxMomentary),
      maxShortTermLufs: lufsOfPower(maxShortTerm),
    }),
    momentary: () => momentaryValues.all(),
    shortTerm: () => shortTermValues.all(),
    integratedUpTo(values) {
      const blocks = Math.max(0, values - (momentarySteps / stepsAValue - 1));
      return lufsOfPower(integratedPower(gatingBlocks.all().subarray(0, blocks)));
    },
  };
}
