import type {MeterSettings} from './meter-settings.ts';
import type {Mixer, StripId} from './mixer.ts';
import type {Problem} from './problem.ts';
import type {RuleChange} from './rule-change.ts';
import type {Timeline} from './timeline.ts';

/** A session as it was read from its folder: the mixer and where each strip's sound lies. */
export interface Session {
  /** Absolute path of the folder. */
  readonly folder: string;
  readonly name: string;
  readonly sampleRate: number;
  readonly mixer: Mixer;
  /** Which meter the desk shows; the usual one if absent. */
  readonly meters?: MeterSettings;
  /** What it changes in the gain table; nothing if absent. */
  readonly rules?: readonly RuleChange[];
  /** Markers and loop; none if it is absent. */
  readonly timeline?: Timeline;
  readonly stems: readonly StemFile[];
  /** Nothing blinks on surfaces, and no texts take turns. */
  readonly reducedMotion?: true;
  /** Finished tracks to compare the mix with, at most `mostReferences`; none if it is absent. */
  readonly references?: readonly ReferenceFile[];
  /** Whether changes may be written back (the demo and read-only folders say no). */
  readonly writable: boolean;
  /** What was found wrong while reading and can be lived with: missing stems, default names. */
  readonly problems: readonly Problem[];
}

/** A finished track to compare the mix with. */
export interface ReferenceFile {
  /** Absolute path of the audio file. */
  readonly path: string;
  /** The file was not there when the session was read; the path is kept. */
  readonly missing?: true;
  /** Named for this run only: it is not written into the session. */
  readonly passing?: true;
}

export interface StemFile {
  readonly strip: StripId;
  /** Absolute path of the audio file. */
  readonly path: string;
  /** The file was not there when the session was read: the strip stays, silent, and the path is kept. */
  readonly missing?: true;
}
