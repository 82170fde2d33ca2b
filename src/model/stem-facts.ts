import type {Problem} from './problem.ts';

/** What one look through a whole audio file tells; the basis of names, order, and first warnings of a new session. */
export interface StemFacts {
  /** Absolute path. */
  readonly path: string;
  readonly format: 'wav' | 'aiff' | 'flac' | 'mp3' | 'ogg';
  readonly channels: number;
  readonly sampleRate: number;
  readonly lengthFrames: number;
  /** Bits a sample for linear formats and FLAC, undefined for lossy ones. */
  readonly bits: number | undefined;
  /** Highest absolute sample in dBFS, `-Infinity` for silence. */
  readonly peakDb: number;
  /** Runs of three or more consecutive samples at or above −0.01 dBFS. */
  readonly clippedRuns: number;
  /** Hex digest of the decoded samples: equal for equal recordings, whatever the file's name or format. */
  readonly digest: string;
}

/** A file that was looked at: its facts, or why it is not used. */
export type StemInspection =
  | {readonly type: 'stem'; readonly facts: StemFacts}
  | {readonly type: 'refused'; readonly problem: Problem};
