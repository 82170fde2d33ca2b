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

/** Both needles of one kind of meter, moved by blocks instead of samples. */
export interface ChosenNeedle {
  /**
   * What a block of so many frames says of both sides, in the measure of the needle's source: highest amplitudes (of quasi-peak meters their highest
   * readings), or sums over the block of absolute samples (`average`), of squares (`rms`), of squares behind the K-weighting (`momentary`).
   */
  add(left: number, right: number, frames: number): void;
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
      const needles = [make(), make()] as const;
      return {
        add(left, right, frames) {
          needles[0].add(left, frames);
          needles[1].add(right, frames);
        },
        reading: () => [dbFromFactor(needles[0].factor), dbFromFactor(needles[1].factor)],
      };
    }
    case 'average': {
      const needles = [createVuNeedle(sampleRate), createVuNeedle(sampleRate)] as const;
      return {
        add(left, right, frames) {
          needles[0].drive(left / frames, frames);
          needles[1].drive(right / frames, frames);
        },
        reading: () => [dbFromFactor(needles[0].factor), dbFromFactor(needles[1].factor)],
      };
    }
    case 'rms': {
      const window = createSumWindow(sampleRate, kWindowSeconds);
      return {
        add: window.push,
        reading() {
          const [left, right] = window.means();
          return [rmsDb(left), rmsDb(right)];
        },
      };
    }
    case 'momentary': {
      const window = createSumWindow(sampleRate, momentarySeconds);
      return {
        add: window.push,
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
        add(left, right) {
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
