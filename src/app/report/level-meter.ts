import {rmsDb} from '../../gain/level-convention.ts';
import {createWorkingPeak} from '../../gain/working-peak.ts';
import {dbFromFactor} from '../../model/decibel.ts';
import type {History, LevelFigures} from './figures.ts';
import {createLoudnessTrace} from './loudness-trace.ts';
import {createNumberList} from './number-list.ts';

/** What a block brings: sums of squares of each side, plain and K-weighted, and amplitudes. */
export interface LevelBlock {
  readonly frames: number;
  readonly energyLeft: number;
  readonly energyRight: number;
  readonly weighted: number;
  readonly samplePeak: number;
  /** At least the sample peak. */
  readonly truePeak: number;
}

/** Levels from block to block. */
export interface LevelMeter {
  add(block: LevelBlock): void;
  /** Loudness of the last 3 s; `-Infinity` before 3 s were heard. */
  shortTermLufs(): number;
  figures(): LevelFigures;
  /** Short-term loudness every 100 ms. */
  shortTerm(): Float64Array;
}

/** Points of a history at most. */
export const mostPoints = 600;
const cellSeconds = 0.1;
/** How often the working peak is asked for. */
const workingSeconds = 0.4;

/** A meter that has heard nothing. */
export function createLevelMeter(sampleRate: number): LevelMeter {
  const trace = createLoudnessTrace(sampleRate);
  const working = createWorkingPeak(sampleRate);
  const cells = createNumberList();
  let frames = 0;
  let energyLeft = 0;
  let energyRight = 0;
  let samplePeak = 0;
  let truePeak = 0;
  let cellPeak = 0;
  let workingPeak: number | undefined;
  let nextWorking = 0;

  const cellEnd = (): number => Math.round((cells.length + 1) * cellSeconds * sampleRate);

  return {
    add(block) {
      if (!(block.frames > 0)) return;
      trace.add(block.weighted, block.frames);
      working.add(block.samplePeak, block.frames);
      frames += block.frames;
      energyLeft += finite(block.energyLeft);
      energyRight += finite(block.energyRight);
      samplePeak = Math.max(samplePeak, finite(block.samplePeak));
      truePeak = Math.max(truePeak, finite(block.truePeak), samplePeak);
      cellPeak = Math.max(cellPeak, finite(block.samplePeak));
      while (frames >= cellEnd()) {
        cells.push(cellPeak);
        cellPeak = frames > cellEnd() - Math.round(cellSeconds * sampleRate) ? finite(block.samplePeak) : 0;
      }
      if (frames < nextWorking) return;
      nextWorking = frames + workingSeconds * sampleRate;
      const level = working.level();
      if (level !== undefined) workingPeak = Math.max(workingPeak ?? level, level);
    },
    shortTermLufs: () => trace.shortTermLufs(),
    shortTerm: () => trace.shortTerm(),
    figures() {
      const level = working.level();
      if (level !== undefined) workingPeak = Math.max(workingPeak ?? level, level);
      return {
        samplePeakDb: dbFromFactor(samplePeak),
        truePeakDb: dbFromFactor(truePeak),
        workingPeakDb: workingPeak,
        rmsDb: frames > 0 ? rmsDb(Math.max(energyLeft, energyRight) / frames) : Number.NEGATIVE_INFINITY,
        loudness: trace.loudness(),
        history: history(),
      };
    },
  };

  function history(): History {
    const momentary = trace.momentary();
    const shortTerm = trace.shortTerm();
    const all = cells.all();
    const group = Math.max(1, Math.ceil(all.length / mostPoints));
    const points = Math.ceil(all.length / group);
    const at = (point: number): readonly [number, number] => [point * group, Math.min(all.length, (point + 1) * group)];
    const each = (value: (from: number, to: number) => number): readonly number[] =>
      Array.from({length: points}, (_, point) => value(...at(point)));
    const highest = (values: Float64Array, from: number, to: number): number =>
      values.subarray(from, to).reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    return {
      stepSeconds: group * cellSeconds,
      peakDb: each((from, to) => dbFromFactor(highest(all, from, to))),
      momentaryLufs: each((from, to) => highest(momentary, from, to)),
      shortTermLufs: each((_, to) => shortTerm[to - 1] ?? Number.NEGATIVE_INFINITY),
      integratedLufs: each((_, to) => trace.integratedUpTo(to)),
    };
  }
}

function finite(value: number): number {
  return Number.isFinite(value) && value > 0 ? value : 0;
}
