import {
  addFrames,
  createPairFilter,
  energyAt,
  type PairFilter,
  peakAt,
  resetFilter,
  restFilter,
} from './loudness-filter.ts';
import {createPowerList, integratedPower, lufsOfPower} from './loudness-gate.ts';
import {createRangeList} from './loudness-range.ts';
import {createWindowSum} from './loudness-window.ts';
import {addToTruePeak, betweenSamples, createTruePeakMeter, resetTruePeak} from './true-peak.ts';

/** Weights of BS.1770-5 for left, right, centre, low-frequency effects, left and right surround. */
export const surroundWeights: readonly number[] = [1, 1, 1, 0, 1.41, 1.41];

/** All of a programme's loudness, for any channels; `createLoudnessMeter` is the one for strips and mixes. */
export interface LoudnessProgram {
  /** Takes the next frames of all channels; fewer if an array is shorter. */
  push(channels: readonly Float32Array[], frames: number): void;
  /** While held, only momentary and short-term loudness and peaks go on; what stood in a window across a hold is never measured. */
  hold(held: boolean): void;
  reset(): void;
  /** Begins integrated loudness, range and maxima anew; momentary and short-term loudness and the peaks go on. */
  restart(): void;
  momentaryLufs(): number;
  shortTermLufs(): number;
  integratedLufs(): number;
  rangeLu(): number;
  maxMomentaryLufs(): number;
  maxShortTermLufs(): number;
  /** Of all channels, as amplitudes. */
  samplePeak(): number;
  truePeak(): number;
  /** Frames measured since the start, holds left out. */
  measuredFrames(): number;
  /** Samples that were no finite numbers and counted as 0. */
  nonFinite(): number;
}

export interface ProgramOptions {
  /** In hertz, 8,000 and more. */
  readonly sampleRate: number;
  /** Weight of each channel in the loudness; 0 leaves it out (but not out of the peaks). */
  readonly weights: readonly number[];
  /** Whether true peaks are measured, which is most of the work. Without, `truePeak` is the sample peak. */
  readonly truePeak: boolean;
}

/** Energies are summed in steps of 10 ms: windows that advance by less fine steps miss the top of a short burst. */
const stepsASecond = 100;
const momentarySteps = 40;
const shortTermSteps = 300;
/** Gating blocks and values for the range: every 100 ms. */
const stepsAValue = 10;

/** A programme meter at rest. Results do not depend on how the sound was cut into pushes, to the bit. */
export function createLoudnessProgram({sampleRate, weights, truePeak}: ProgramOptions): LoudnessProgram {
  const filters: PairFilter[] = [];
  for (let channel = 0; channel < weights.length; channel += 2) filters.push(createPairFilter(sampleRate));
  const interpolated = truePeak ? weights.map(() => createTruePeakMeter()) : [];
  const momentary = createWindowSum(momentarySteps);
  const shortTerm = createWindowSum(shortTermSteps);
  const blocks = createPowerList();
  const rangeValues = createRangeList();
  const nothing = new Float32Array(0);
  const cleanLeft = new Float32Array(Math.ceil(sampleRate / stepsASecond) + 1);
  const cleanRight = new Float32Array(cleanLeft.length);
  let steps = 0;
  let frame = 0;
  let measured = 0;
  let nonFinite = 0;
  let held = false;
  let interrupted = false;
  /** Steps measured since the start or the last hold. */
  let sinceHold = 0;
  let momentaryPower = 0;
  let shortTermPower = 0;
  let maxMomentary = 0;
  let maxShortTerm = 0;

  /** The frame at which a step ends: rates need not be multiples of 100. */
  const edge = (step: number): number => Math.round((step * sampleRate) / stepsASecond);
  let stepEnd = edge(1);

  /** Frames of a window that ends with the current step; at the start silence stands before the sound. */
  const windowFrames = (length: number): number => (steps < length ? edge(length) : stepEnd - edge(steps - length));

  function finishStep(): void {
    steps++;
    let energy = 0;
    filters.forEach((filter, pair) => {
      energy += (weights[2 * pair] ?? 0) * (filter[energyAt] ?? 0);
      energy += (weights[2 * pair + 1] ?? 0) * (filter[energyAt + 1] ?? 0);
      restFilter(filter);
    });
    momentaryPower = momentary.push(energy) / windowFrames(momentarySteps);
    shortTermPower = shortTerm.push(energy) / windowFrames(shortTermSteps);
    stepEnd = edge(steps + 1);
    if (held) return;
    sinceHold++;
    if (!interrupted || sinceHold >= momentarySteps) maxMomentary = Math.max(maxMomentary, momentaryPower);
    if (!interrupted || sinceHold >= shortTermSteps) maxShortTerm = Math.max(maxShortTerm, shortTermPower);
    if (sinceHold % stepsAValue !== 0) return;
    if (sinceHold >= momentarySteps) blocks.push(momentaryPower);
    if (sinceHold >= shortTermSteps) rangeValues.push(shortTermPower);
  }

  /** Copies a piece with everything that is no finite number as 0. */
  function clean(samples: Float32Array, from: number, to: number, into: Float32Array): void {
    for (let at = from; at < to; at++) {
      const sample = samples[at] ?? 0;
      const isSound = Number.isFinite(sample);
      into[at - from] = isSound ? sample : 0;
      if (!isSound) nonFinite++;
    }
  }

  function addPair(pair: number, left: Float32Array, right: Float32Array, from: number, to: number): void {
    const filter = filters[pair];
    if (filter === undefined) return;
    // A lone last channel has no neighbour: it keeps itself company, and only its own sum counts.
    const isLone = 2 * pair + 1 >= weights.length;
    if (!addFrames(filter, left, isLone ? left : right, from, to)) {
      clean(left, from, to, cleanLeft);
      if (!isLone) clean(right, from, to, cleanRight);
      addPair(pair, cleanLeft, cleanRight, 0, to - from);
      return;
    }
    const [one, other] = [interpolated[2 * pair], interpolated[2 * pair + 1]];
    if (one !== undefined) addToTruePeak(one, left, from, to);
    if (other !== undefined) addToTruePeak(other, right, from, to);
  }

  function restart(): void {
    blocks.clear();
    rangeValues.clear();
    measured = sinceHold = maxMomentary = maxShortTerm = 0;
    interrupted = true;
  }

  function reset(): void {
    restart();
    for (const filter of filters) resetFilter(filter);
    for (const meter of interpolated) resetTruePeak(meter);
    momentary.reset();
    shortTerm.reset();
    steps = frame = nonFinite = momentaryPower = shortTermPower = 0;
    interrupted = held;
    stepEnd = edge(1);
  }

  const samplePeak = (): number =>
    filters.reduce((highest, filter) => Math.max(highest, filter[peakAt] ?? 0, filter[peakAt + 1] ?? 0), 0);

  return {
    push(channels, frames) {
      let most = frames;
      for (let channel = 0; channel < weights.length; channel++) most = Math.min(most, channels[channel]?.length ?? 0);
      for (let at = 0; at < most; ) {
        const to = Math.min(most, at + stepEnd - frame);
        for (let pair = 0; pair < filters.length; pair++) {
          addPair(pair, channels[2 * pair] ?? nothing, channels[2 * pair + 1] ?? nothing, at, to);
        }
        frame += to - at;
        if (!held) measured += to - at;
        at = to;
        if (frame === stepEnd) finishStep();
      }
    },
    hold(now) {
      if (now === held) return;
      held = now;
      interrupted = true;
      sinceHold = 0;
    },
    reset,
    restart,
    momentaryLufs: () => lufsOfPower(momentaryPower),
    shortTermLufs: () => lufsOfPower(shortTermPower),
    integratedLufs: () => lufsOfPower(integratedPower(blocks.all())),
    rangeLu: () => rangeValues.rangeLu(),
    maxMomentaryLufs: () => lufsOfPower(maxMomentary),
    maxShortTermLufs: () => lufsOfPower(maxShortTerm),
    samplePeak,
    truePeak: () => interpolated.reduce((highest, meter) => Math.max(highest, betweenSamples(meter)), samplePeak()),
    measuredFrames: () => measured,
    nonFinite: () => nonFinite,
  };
}
