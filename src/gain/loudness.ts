import {dbFromFactor} from '../model/decibel.ts';
import {createLoudnessProgram} from './loudness-program.ts';

/** What the ear makes of a strip or a mix, in the 'EBU Mode' of Tech 3341: no value is ever NaN, silence is `-Infinity`. */
export interface LoudnessReading {
  /** Loudness of the last 400 ms and of the last 3 s, ungated, in LUFS. */
  readonly momentaryLufs: number;
  readonly shortTermLufs: number;
  /** Loudness of all that was measured since the start, gated. */
  readonly integratedLufs: number;
  /** Loudness range in LU; `rangeIsStable` tells whether at least 60 s were measured, before which it says little. */
  readonly rangeLu: number;
  readonly rangeIsStable: boolean;
  readonly maxMomentaryLufs: number;
  readonly maxShortTermLufs: number;
  /** Of both channels, in dBTP and dBFS. A meter made without true peak gives the sample peak for both. */
  readonly truePeakDb: number;
  readonly samplePeakDb: number;
  /** Peak to loudness ratio: true peak above the integrated loudness, in dB; undefined where either is silence. */
  readonly peakToLoudnessDb: number | undefined;
  /** How long it was measured, in seconds, holds left out. */
  readonly measuredSeconds: number;
  /** Samples that were NaN or infinite, and counted as 0. */
  readonly nonFinite: number;
}

/** Loudness, range and peaks of a stream (BS.1770-5, EBU Tech 3341 and 3342). Not cheap to read many times a second for hours. */
export interface LoudnessMeter {
  /** Takes the next frames; `right` is not looked at by a mono meter. Blocks of any length give the same readings to the bit. */
  push(left: Float32Array, right: Float32Array, frames: number): void;
  reading(): LoudnessReading;
  /** Starts anew; a meter that is paused stays so. */
  reset(): void;
  /** Integrated loudness, range and maxima stand still until `resume`; momentary, short-term and peaks go on. */
  pause(): void;
  resume(): void;
}

export interface LoudnessMeterOptions {
  /** In hertz, 8,000 and more. */
  readonly sampleRate: number;
  /** A mono strip is measured as dual mono, since it is heard from both sides: 3 LU more than its one channel. */
  readonly channels: 1 | 2;
  /** Whether true peaks are measured, which is two thirds of the work; yes unless said otherwise. */
  readonly truePeak?: boolean;
}

const stableSeconds = 60;

/** A meter at rest. */
export function createLoudnessMeter({sampleRate, channels, truePeak = true}: LoudnessMeterOptions): LoudnessMeter {
  const program = createLoudnessProgram({sampleRate, weights: channels === 1 ? [2] : [1, 1], truePeak});
  const sides: [Float32Array, Float32Array] = [new Float32Array(), new Float32Array()];
  return {
    push(left, right, frames) {
      sides[0] = left;
      sides[1] = right;
      program.push(sides, frames);
    },
    reading() {
      const integratedLufs = program.integratedLufs();
      const truePeakDb = dbFromFactor(program.truePeak());
      const measuredSeconds = program.measuredFrames() / sampleRate;
      return {
        momentaryLufs: program.momentaryLufs(),
        shortTermLufs: program.shortTermLufs(),
        integratedLufs,
        rangeLu: program.rangeLu(),
        rangeIsStable: measuredSeconds >= stableSeconds,
        maxMomentaryLufs: program.maxMomentaryLufs(),
        maxShortTermLufs: program.maxShortTermLufs(),
        truePeakDb,
        samplePeakDb: dbFromFactor(program.samplePeak()),
        peakToLoudnessDb: integratedLufs > Number.NEGATIVE_INFINITY ? truePeakDb - integratedLufs : undefined,
        measuredSeconds,
        nonFinite: program.nonFinite(),
      };
    },
    reset: () => program.reset(),
    pause: () => program.hold(true),
    resume: () => program.hold(false),
  };
}
