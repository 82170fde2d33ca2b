import {dbFromFactor} from '../model/decibel.ts';
import type {BlockSums} from './block-sums.ts';
import {rmsDb} from './level-convention.ts';
import {lufsOfPower} from './loudness-gate.ts';

/** How two sides stand to each other, and what of the level is waste. What is undefined has no valid input: it is unknown, not fine. */
export interface StereoReading {
  /** −1 (opposed) … 0 (unrelated) … 1 (alike), over 300 ms; undefined while either side is under −60 dBFS RMS. */
  readonly correlation: number | undefined;
  /** RMS of each side over the same 300 ms, in dBFS, referenced to a sine. */
  readonly leftDb: number;
  readonly rightDb: number;
  /** What is left in mono, K-weighted over 3 s, in dB: 0 for mono, −3.01 for unrelated sides, −6.02 at a correlation of −0.5, `-Infinity` for opposed ones. */
  readonly monoFoldDb: number | undefined;
  /** How much louder the left is, in LU, K-weighted over 3 s; ±Infinity where one side is silent. */
  readonly balanceLu: number | undefined;
  /** Direct current of the worse side over 3 s, in dBFS. */
  readonly dcDb: number | undefined;
  /** Highest peak of 3 s above the mathematical RMS of the louder side, in dB: 3.01 for a sine. */
  readonly crestDb: number | undefined;
  /** Highest true peak of 3 s above the short-term loudness (PSR), in dB. */
  readonly peakToShortTermDb: number | undefined;
  /** Loudness of the 3 s, in LUFS. */
  readonly shortTermLufs: number | undefined;
}

/** Takes the sums of blocks as they come. */
export interface StereoImage {
  add(sums: BlockSums): void;
  /** Forgets everything: what follows is from another place. */
  restart(): void;
  reading(): StereoReading;
}

/** Time constant of the correlation meter. */
const correlationSeconds = 0.3;
/** Either side must be louder than this for a correlation to mean anything. */
const heardDb = -60;
/** The absolute gate of BS.1770: what is quieter counts as silence. */
const silenceLufs = -70;
const cellsASecond = 10;
const windowCells = 30;

/** What a cell of 100 ms adds up. */
const field = {
  frames: 0,
  energyLeft: 1,
  energyRight: 2,
  sumLeft: 3,
  sumRight: 4,
  weightedLeft: 5,
  weightedRight: 6,
  weightedProduct: 7,
  peak: 8,
} as const;
const cellLength = 9;

/**
 * A meter that has heard nothing. The 3 s are 30 cells of 100 ms and the one in progress; what reaches over the end of a cell is shared out by time,
 * and its peak counts in both. Nothing is said of 3 s before 3 s were heard.
 */
export function createStereoImage(sampleRate: number): StereoImage {
  const cellFrames = Math.round(sampleRate / cellsASecond);
  const cells = new Float64Array((windowCells + 1) * cellLength);
  const total = new Float64Array(cellLength);
  let open = 0;
  let heardFrames = 0;
  let weight = 0;
  let left = 0;
  let right = 0;
  let product = 0;
  let known: StereoReading | undefined;

  /** Adds to the cell in progress. */
  function put(at: number, value: number): void {
    const index = open * cellLength + at;
    cells[index] = (cells[index] ?? 0) + value;
  }

  function addToWindow(sums: BlockSums): void {
    for (let rest = sums.frames; rest > 0; ) {
      const taken = Math.min(rest, cellFrames - (cells[open * cellLength] ?? 0));
      addToCell(sums, taken, taken / sums.frames);
      rest -= taken;
      if ((cells[open * cellLength] ?? 0) < cellFrames) return;
      open = (open + 1) % (windowCells + 1);
      cells.fill(0, open * cellLength, (open + 1) * cellLength);
    }
  }

  function addToCell(sums: BlockSums, frames: number, share: number): void {
    put(field.frames, frames);
    put(field.energyLeft, sums.energyLeft * share);
    put(field.energyRight, sums.energyRight * share);
    put(field.sumLeft, sums.sumLeft * share);
    put(field.sumRight, sums.sumRight * share);
    put(field.weightedLeft, sums.weightedLeft * share);
    put(field.weightedRight, sums.weightedRight * share);
    put(field.weightedProduct, sums.weightedProduct * share);
    const peakAt = open * cellLength + field.peak;
    cells[peakAt] = Math.max(cells[peakAt] ?? 0, sums.peak);
  }

  function sumUp(): void {
    total.fill(0);
    for (let start = 0; start < cells.length; start += cellLength) {
      for (let at = 0; at < field.peak; at++) total[at] = (total[at] ?? 0) + (cells[start + at] ?? 0);
      total[field.peak] = Math.max(total[field.peak] ?? 0, cells[start + field.peak] ?? 0);
    }
  }

  const mean = (at: number): number => (total[at] ?? 0) / (total[field.frames] || 1);

  function measure(): StereoReading {
    const leftDb = weight > 0 ? rmsDb(left / weight) : Number.NEGATIVE_INFINITY;
    const rightDb = weight > 0 ? rmsDb(right / weight) : Number.NEGATIVE_INFINITY;
    const isHeard = leftDb >= heardDb && rightDb >= heardDb;
    const correlation = isHeard ? Math.max(-1, Math.min(1, product / Math.sqrt(left * right))) : undefined;
    return {correlation, leftDb, rightDb, ...measureWindow()};
  }

  function measureWindow(): Omit<StereoReading, 'correlation' | 'leftDb' | 'rightDb'> {
    if (heardFrames < windowCells * cellFrames) return unheard;
    sumUp();
    const [weightedLeft, weightedRight] = [mean(field.weightedLeft), mean(field.weightedRight)];
    const loud = weightedLeft + weightedRight;
    const shortTermLufs = lufsOfPower(loud);
    const dcDb = dbFromFactor(Math.max(Math.abs(mean(field.sumLeft)), Math.abs(mean(field.sumRight))));
    if (shortTermLufs <= silenceLufs) return {...unheard, shortTermLufs, dcDb};
    const mono = Math.max(0, loud + 2 * mean(field.weightedProduct)) / (2 * loud);
    const peakDb = dbFromFactor(total[field.peak] ?? 0);
    const energy = Math.max(mean(field.energyLeft), mean(field.energyRight));
    return {
      // What rounding leaves of two opposed sides is no sound.
      monoFoldDb: mono > 1e-9 ? 10 * Math.log10(mono) : Number.NEGATIVE_INFINITY,
      balanceLu: ratioDb(weightedLeft, weightedRight),
      dcDb,
      crestDb: energy > 0 ? peakDb - 10 * Math.log10(energy) : undefined,
      peakToShortTermDb: peakDb - shortTermLufs,
      shortTermLufs,
    };
  }

  return {
    add(sums) {
      known = undefined;
      if (!(sums.frames > 0) || !isSound(sums)) return;
      const kept = Math.exp(-sums.frames / (correlationSeconds * sampleRate));
      weight = weight * kept + sums.frames;
      left = left * kept + sums.energyLeft;
      right = right * kept + sums.energyRight;
      product = product * kept + sums.product;
      heardFrames += sums.frames;
      addToWindow(sums);
    },
    restart() {
      known = undefined;
      cells.fill(0);
      open = heardFrames = weight = left = right = product = 0;
    },
    reading() {
      known ??= measure();
      return known;
    },
  };
}

const unheard = {
  monoFoldDb: undefined,
  balanceLu: undefined,
  dcDb: undefined,
  crestDb: undefined,
  peakToShortTermDb: undefined,
  shortTermLufs: undefined,
} as const;

function ratioDb(one: number, other: number): number {
  if (other <= 0) return Number.POSITIVE_INFINITY;
  return one > 0 ? 10 * Math.log10(one / other) : Number.NEGATIVE_INFINITY;
}

/** A block in which anything is no finite number says nothing. */
function isSound(sums: BlockSums): boolean {
  return Number.isFinite(
    sums.energyLeft +
      sums.energyRight +
      sums.product +
      sums.sumLeft +
      sums.sumRight +
      sums.weightedLeft +
      sums.weightedRight +
      sums.weightedProduct +
      sums.peak,
  );
}
