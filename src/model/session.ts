import type {AutomationSettings} from './automation.ts';
import type {MeterSettings} from './meter-settings.ts';
import type {MidiTarget} from './midi-profile.ts';
import type {Mixer, StripId} from './mixer.ts';
import type {Problem} from './problem.ts';
import type {RuleChange} from './rule-change.ts';
import type {Snapshot} from './snapshot.ts';
import type {Timeline} from './timeline.ts';

/** A session as it was read from its folder: the mixer and where each strip's sound lies. */
export interface Session {
  /** Absolute path of the folder. */
  readonly folder: string;
  /** Made once, for good: what belongs to the session says the same. None until it was first written by a desk. */
  readonly id?: string;
  readonly name: string;
  readonly sampleRate: number;
  readonly mixer: Mixer;
  /** The last entry of its journal that is in it; 0 if absent. */
  readonly journal?: number;
  /** Where its lanes are, and how they are used; none if absent. */
  readonly automation?: SessionAutomation;
  /** Mixes to come back to; none if absent. */
  readonly snapshots?: readonly Snapshot[];
  /** Which meter the desk shows; the usual one if absent. */
  readonly meters?: MeterSettings;
  /** What it changes in the gain table; nothing if absent. */
  readonly rules?: readonly RuleChange[];
  /** Markers and loop; none if it is absent. */
  readonly timeline?: Timeline;
  readonly stems: readonly StemFile[];
  /** The device at the end of a MIDI wire that is mixed instead of stems. */
  readonly midi?: MidiTarget;
  /** Nothing blinks on surfaces, and no texts take turns. */
  readonly reducedMotion?: true;
  /** Finished tracks to compare the mix with, at most `mostReferences`; none if it is absent. */
  readonly references?: readonly ReferenceFile[];
  /** Whether changes may be written back (the demo and read-only folders say no). */
  readonly writable: boolean;
  /** What was found wrong while reading and can be lived with: missing stems, default names. */
  readonly problems: readonly Problem[];
}

/** What a session file says of automation. */
export interface SessionAutomation {
  readonly settings: AutomationSettings;
  /** Name of the file of lanes in the session's folder; no lanes if absent. */
  readonly file?: string;
  /** The last entry of the journal that is in that file; that of the session if absent. */
  readonly journal?: number;
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
  /** Length of the file when the session was last written: by it a stem is found again that was moved. */
  readonly bytes?: number;
  /** The file was not there when the session was read: the strip stays, silent, and the path is kept. */
  readonly missing?: true;
}
