import {createBlockSummer} from '../../gain/block-summer.ts';
import type {BlockSums} from '../../gain/block-sums.ts';
import {rmsDb} from '../../gain/level-convention.ts';
import {createStereoImage} from '../../gain/stereo-image.ts';
import {createSpectrumMeter} from '../../gain/third-octave.ts';
import {dbFromFactor, factorFromDb} from '../../model/decibel.ts';
import type {ImageFigures, TrackFigures} from './figures.ts';
import {createLevelMeter} from './level-meter.ts';
import {createNumberList, percentile} from './number-list.ts';
import {createPeakFinder} from './peak-finder.ts';

/** Measures all there is to measure of sound from beginning to end. */
export interface SoundMeter {
  /** Takes the next frames; a mono sound comes on both sides alike. */
  push(left: Float32Array, right: Float32Array, frames: number): void;
  /** Of all that was taken. Nothing may be pushed after. */
  figures(): TrackFigures;
  /** Short-term loudness every 100 ms. */
  shortTerm(): Float64Array;
}

export interface SoundMeterOptions {
  /** In hertz. */
  readonly sampleRate: number;
  readonly channels: 1 | 2;
  /** Whether the distance of peaks and short-term loudness is wanted, which costs as much as all else together. */
  readonly psr: boolean;
}

/** Clipped: three samples and more in a row that reach this. */
const clipFactor = factorFromDb(-0.01);
const shortestClipRun = 3;
const floorSeconds = 0.4;
/** What is below is digital silence and says nothing of a noise floor. */
const nothingDb = -120;
/** −160 dBFS: what rounding leaves of a sound that swings around zero. */
const faintest = 1e-8;
/** Quieter passages say nothing of peaks above loudness: BS.1770 counts them as silence. */
const silenceLufs = -70;

/** A meter that has heard nothing. Sound is measured in steps of 10 ms, however it is pushed. */
export function createSoundMeter({sampleRate, channels, psr}: SoundMeterOptions): SoundMeter {
  const summer = createBlockSummer({sampleRate, truePeak: false});
  const levels = createLevelMeter(sampleRate);
  const spectrum = createSpectrumMeter(sampleRate, channels);
  const finder = createPeakFinder(psr ? 'every' : 'highest');
  const image = createStereoImage(sampleRate);
  const psrValues = createNumberList();
  const floorValues = createNumberList();
  const longest = Math.ceil(sampleRate / 100) + 1;
  const sides = [new Float32Array(longest), new Float32Array(longest)] as const;
  const runs = [0, 0];
  const totals = {energyLeft: 0, energyRight: 0, product: 0, sumLeft: 0, sumRight: 0};
  const weighted = {left: 0, right: 0, product: 0};
  let frame = 0;
  let steps = 0;
  let filled = 0;
  let clippedRuns = 0;
  let nonFinite = 0;
  let floorEnergy = {left: 0, right: 0, frames: 0};
  let lowest: ImageFigures['lowestCorrelation'];

  /** Copies samples into the step in progress, as 0 what is no finite number, and counts clips. */
  function take(side: 0 | 1, samples: Float32Array, from: number, to: number): void {
    const into = sides[side];
    let run = runs[side] ?? 0;
    for (let at = from; at < to; at++) {
      const sample = samples[at] ?? 0;
      const sound = Number.isFinite(sample);
      if (!sound) nonFinite++;
      into[filled + at - from] = sound ? sample : 0;
      run = Math.abs(sample) >= clipFactor ? run + 1 : 0;
      if (run === shortestClipRun) clippedRuns++;
    }
    runs[side] = run;
  }

  function finishStep(): void {
    const [left, right] = sides;
    const sums = summer.add(left, right, filled);
    const truePeak = finder.add(left, right, filled, sums.peak);
    levels.add({...sums, weighted: sums.weightedLeft + sums.weightedRight, samplePeak: sums.peak, truePeak});
    spectrum.push(left, right, filled);
    image.add({...sums, peak: truePeak});
    add(sums);
    steps++;
    filled = 0;
    if (steps % 10 === 0) look();
  }

  function add(sums: BlockSums): void {
    totals.energyLeft += sums.energyLeft;
    totals.energyRight += sums.energyRight;
    totals.product += sums.product;
    totals.sumLeft += sums.sumLeft;
    totals.sumRight += sums.sumRight;
    weighted.left += sums.weightedLeft;
    weighted.right += sums.weightedRight;
    weighted.product += sums.weightedProduct;
    floorEnergy.left += sums.energyLeft;
    floorEnergy.right += sums.energyRight;
    floorEnergy.frames += sums.frames;
    if (floorEnergy.frames < floorSeconds * sampleRate) return;
    const level = rmsDb(Math.max(floorEnergy.left, floorEnergy.right) / floorEnergy.frames);
    if (level > nothingDb) floorValues.push(level);
    floorEnergy = {left: 0, right: 0, frames: 0};
  }

  function look(): void {
    const {correlation, peakToShortTermDb, shortTermLufs} = image.reading();
    if (correlation !== undefined && correlation < (lowest?.value ?? 2)) {
      lowest = {value: correlation, atSeconds: frame / sampleRate};
    }
    if (psr && peakToShortTermDb !== undefined && (shortTermLufs ?? silenceLufs) > silenceLufs) {
      psrValues.push(peakToShortTermDb);
    }
  }

  return {
    push(left, right, frames) {
      for (let from = 0; from < frames; ) {
        const stepEnd = Math.round(((steps + 1) * sampleRate) / 100);
        const to = Math.min(frames, from + stepEnd - frame);
        take(0, left, from, to);
        if (channels === 2) take(1, right, from, to);
        else sides[1].set(sides[0].subarray(filled, filled + to - from), filled);
        filled += to - from;
        frame += to - from;
        from = to;
        if (frame === stepEnd) finishStep();
      }
    },
    figures() {
      if (filled > 0) finishStep();
      const measured = levels.figures();
      const {integratedLufs} = measured.loudness;
      const energy = Math.max(totals.energyLeft, totals.energyRight);
      const direct = Math.max(Math.abs(totals.sumLeft), Math.abs(totals.sumRight)) / Math.max(1, frame);
      const silent = measured.samplePeakDb === Number.NEGATIVE_INFINITY;
      return {
        ...measured,
        seconds: frame / sampleRate,
        plrDb: integratedLufs > Number.NEGATIVE_INFINITY ? measured.truePeakDb - integratedLufs : undefined,
        lowestPsrDb: percentile(psrValues.all(), 0),
        medianPsrDb: percentile(psrValues.all(), 0.5),
        crestDb: silent ? undefined : measured.samplePeakDb - 10 * Math.log10(energy / frame),
        floorDb: percentile(floorValues.all(), 0.1),
        dcDb: dbFromFactor(direct > faintest ? direct : 0),
        clippedRuns,
        nonFinite,
        image: channels === 2 ? imageFigures() : undefined,
        spectrum: spectrum.reading(),
      };
    },
    shortTerm: () => levels.shortTerm(),
  };

  function imageFigures(): ImageFigures {
    const {energyLeft, energyRight, product} = totals;
    const loud = weighted.left + weighted.right;
    const sum = Math.max(0, loud + 2 * weighted.product);
    const difference = Math.max(0, loud - 2 * weighted.product);
    const heard = energyLeft > 0 && energyRight > 0;
    return {
      correlation: heard ? Math.max(-1, Math.min(1, product / Math.sqrt(energyLeft * energyRight))) : undefined,
      lowestCorrelation: lowest,
      monoFoldDb: loud > 0 ? ratioDb(sum, 2 * loud) : undefined,
      balanceLu: loud > 0 ? ratioDb(weighted.left, weighted.right) : undefined,
      widthDb: loud > 0 ? ratioDb(difference, sum) : undefined,
    };
  }
}

/** What rounding leaves of two sides that are alike, or opposed, is nothing. */
const rounding = 1e-9;

function ratioDb(one: number, other: number): number {
  if (one <= other * rounding) return Number.NEGATIVE_INFINITY;
  return other <= one * rounding ? Number.POSITIVE_INFINITY : 10 * Math.log10(one / other);
}
