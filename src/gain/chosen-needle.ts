import {dbFromFactor} from '../model/decibel.ts';
import type {MeterSource} from '../model/meter-type.ts';
import type {ProgramReading} from '../model/program.ts';
import {amplitude, createPeakMeter} from './ballistics.ts';
import {kWindowSeconds} from './k-system.ts';
import {rmsDb} from './level-convention.ts';
import {lufsOfPower} from './loudness-gate.ts';
import {atRest, type NeedleReading} from './needle.ts';
import {createSumWindow} from './sum-window.ts';
import {createVuNeedle} from './vu.ts';

/** What one block says of both sides, whichever needle moves by it: pairs of left and right. */
export interface BlockLevels {
  readonly frames: number;
  readonly peak: Pair;
  readonly truePeak: Pair;
  /** Highest reading of a quasi-peak meter of the chosen type, as an amplitude. */
  readonly quasiPeak: Pair;
  /** Sums of absolute samples, of squares, and of squares behind the K-weighting. */
  readonly average: Pair;
  readonly energy: Pair;
  readonly weighted: Pair;
}
export type Pair = readonly [left: number, right: number];

const none: Pair = [0, 0];

/** Nothing was heard for so many frames. */
export function silentLevels(frames: number): BlockLevels {
  return {frames, peak: none, truePeak: none, quasiPeak: none, average: none, energy: none, weighted: none};
}

/** Both needles of one kind of meter, moved by blocks instead of samples. */
export interface ChosenNeedle {
  add(levels: BlockLevels): void;
  /** In dB of a full-scale sine; loudness in LUFS, alike on both sides. */
  reading(): NeedleReading;
}

const momentarySeconds = 0.4;
/** Hold of peak meters (IEC 60268-18: 1.0 s). */
const holdMs = 1000;

/** Needles at rest. `fallDbPerSecond` is for peak meters; all others fall by their standard. */
export function createChosenNeedle(sampleRate: number, source: MeterSource, fallDbPerSecond: number): ChosenNeedle {
  switch (source) {
    case 'peak':
    case 'truePeak': {
      const make = () => createPeakMeter(sampleRate, {holdMs, fallDbPerSecond});
      const [left, right] = [make(), make()];
      return {
        add(levels) {
          left.add(levels[source][0], levels.frames);
          right.add(levels[source][1], levels.frames);
        },
        reading: () => [dbFromFactor(left.factor), dbFromFactor(right.factor)],
      };
    }
    case 'average': {
      const [left, right] = [createVuNeedle(sampleRate), createVuNeedle(sampleRate)];
      return {
        add({average, frames}) {
          left.drive(average[0] / frames, frames);
          right.drive(average[1] / frames, frames);
        },
        reading: () => [dbFromFactor(left.factor), dbFromFactor(right.factor)],
      };
    }
    case 'rms': {
      const window = createSumWindow(sampleRate, kWindowSeconds);
      return {
        add: ({energy, frames}) => window.push(energy[0], energy[1], frames),
        reading() {
          const [left, right] = window.means();
          return [rmsDb(left), rmsDb(right)];
        },
      };
    }
    case 'momentary': {
      const window = createSumWindow(sampleRate, momentarySeconds);
      return {
        add: ({weighted, frames}) => window.push(weighted[0], weighted[1], frames),
        reading() {
          const [left, right] = window.means();
          const lufs = lufsOfPower(left + right);
          return [lufs, lufs];
        },
      };
    }
    case 'quasiPeakI':
    case 'quasiPeakII': {
      // The needle itself moves where the samples are; here only where it stood comes in.
      let shown: NeedleReading = atRest;
      return {
        add({quasiPeak: [left, right]}) {
          shown = [dbFromFactor(amplitude(left)), dbFromFactor(amplitude(right))];
        },
        reading: () => shown,
      };
    }
  }
}

/** The needles of the finished mix, where the programme meters have them. */
export function programNeedle(
  {needles, momentaryLufs}: ProgramReading,
  source: MeterSource,
): NeedleReading | undefined {
  switch (source) {
    case 'quasiPeakI':
      return needles.ppm1;
    case 'quasiPeakII':
      return needles.ppm2;
    case 'average':
      return needles.vu;
    case 'rms':
      return needles.rms;
    case 'momentary':
      return [momentaryLufs, momentaryLufs];
    case 'peak':
    case 'truePeak':
      return undefined;
  }
}
