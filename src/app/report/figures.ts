import type {Spectrum} from '../../gain/third-octave.ts';
import type {TracedLoudness} from './loudness-trace.ts';

/** Levels of something from beginning to end, in dBFS unless said otherwise. Silence is `-Infinity`; what is undefined could not be measured. */
export interface LevelFigures {
  readonly samplePeakDb: number;
  /** In dBTP. */
  readonly truePeakDb: number;
  /** Working peak of the loudest passage: highest of all 95th percentiles over 20 s. Undefined where less than 3 s sound. */
  readonly workingPeakDb: number | undefined;
  /** RMS of the louder side, referenced to a sine. */
  readonly rmsDb: number;
  readonly loudness: TracedLoudness;
  readonly history: History;
}

/** How level and loudness went, in a few hundred points. All lists are of the same length. */
export interface History {
  /** Distance of the points in seconds; the first stands for the time from 0 on. */
  readonly stepSeconds: number;
  /** Highest peak in each step. */
  readonly peakDb: readonly number[];
  /** Highest momentary, last short-term and integrated loudness up to the end of each step. */
  readonly momentaryLufs: readonly number[];
  readonly shortTermLufs: readonly number[];
  readonly integratedLufs: readonly number[];
}

/** All that is measured of sound of which the samples are at hand. */
export interface TrackFigures extends LevelFigures {
  readonly seconds: number;
  /** True peak above the integrated loudness, in dB; undefined where either is silence. */
  readonly plrDb: number | undefined;
  /** Lowest and median distance of the true peak of 3 s and their loudness, in dB; undefined below 3 s, and where it was not asked for. */
  readonly lowestPsrDb: number | undefined;
  readonly medianPsrDb: number | undefined;
  /** Sample peak above the mathematical RMS of the louder side, in dB: 3.01 for a sine. */
  readonly crestDb: number | undefined;
  /** A tenth of all 400 ms that are no digital silence lie below this RMS. */
  readonly floorDb: number | undefined;
  /** Direct current of the worse side. */
  readonly dcDb: number;
  readonly clippedRuns: number;
  /** Samples that were NaN or infinite. */
  readonly nonFinite: number;
  readonly image: ImageFigures | undefined;
  readonly spectrum: Spectrum;
}

/** How the sides of something stereo stand to each other. */
export interface ImageFigures {
  /** Of all of it, −1…1; undefined where a side is silent. */
  readonly correlation: number | undefined;
  /** Lowest correlation over 300 ms, and when. */
  readonly lowestCorrelation: {readonly value: number; readonly atSeconds: number} | undefined;
  /** What is left in mono, K-weighted, in dB: 0 for mono, −3 for unrelated sides; undefined for silence. */
  readonly monoFoldDb: number | undefined;
  /** How much louder the left is, K-weighted, in LU; ±Infinity where one side is silent. */
  readonly balanceLu: number | undefined;
  /** Difference of the sides against their sum, K-weighted, in dB; `-Infinity` for mono. */
  readonly widthDb: number | undefined;
}
