import type {ReferenceComparison} from '../../gain/reference-compare.ts';
import type {TargetComparison} from '../../gain/target-compare.ts';
import type {DeliveryTargetRow} from '../../model/delivery-target.ts';
import type {Group, StripKind} from '../../model/mixer.ts';
import type {Problem} from '../../model/problem.ts';
import type {StemFacts} from '../../model/stem-facts.ts';
import type {LevelFigures, TrackFigures} from './figures.ts';
import type {TrimProposal} from './trim-proposal.ts';
import type {LoggedWarning} from './warning-log.ts';

/** All that a report tells, before it becomes text, JSON or a page. */
export interface Report {
  readonly subject: SessionSubject | FilesSubject;
  readonly target: DeliveryTargetRow | undefined;
  readonly references: readonly ReferenceTrack[];
  readonly problems: readonly Problem[];
  /** How much sound was measured, and how long that took. */
  readonly soundSeconds: number;
  readonly elapsedSeconds: number;
}

export interface SessionSubject {
  readonly type: 'session';
  readonly name: string;
  readonly folder: string;
  readonly sampleRate: number;
  readonly strips: readonly StripReport[];
  readonly mix: MixReport;
}

export interface FilesSubject {
  readonly type: 'files';
  readonly files: readonly FileReport[];
}

/** A strip of a session: as recorded, behind its processing, and behind its fader. */
export interface StripReport {
  readonly id: string;
  readonly name: string;
  readonly kind: Exclude<StripKind, 'vca'>;
  readonly group: Group;
  readonly channels: 1 | 2;
  readonly muted: boolean;
  readonly trimDb: number;
  /** Of stems that could be read. */
  readonly recorded: TrackFigures | undefined;
  readonly pre: LevelFigures;
  readonly post: LevelFigures;
  readonly trim: TrimProposal | undefined;
  readonly warnings: readonly LoggedWarning[];
}

/** Something finished: held against a target and against references. */
export interface Programme {
  readonly figures: TrackFigures;
  readonly warnings: readonly LoggedWarning[];
  readonly target: TargetComparison | undefined;
  /** In the order of the report's references. */
  readonly references: readonly ReferenceComparison[];
}

export interface MixReport extends Programme {
  /** Samples that the safety ceiling had to hold. */
  readonly overs: number;
  readonly vocal: VocalReport | undefined;
}

/** How loud the vocals stand in the mix. */
export interface VocalReport {
  readonly strips: readonly string[];
  /** Median of their short-term loudness less that of the mix before its master processing, while they sing, in LU. */
  readonly balanceLu: number;
  readonly activeSeconds: number;
  readonly advice: string | undefined;
}

export interface FileReport extends Programme {
  readonly path: string;
  readonly name: string;
  /** What it was taken for: material for a mix, or a finished mix. */
  readonly as: 'stem' | 'mix';
  readonly format: StemFacts['format'];
  readonly channels: 1 | 2;
  readonly sampleRate: number;
  readonly bits: number | undefined;
  readonly trim: TrimProposal | undefined;
}

export interface ReferenceTrack {
  readonly path: string;
  readonly name: string;
  readonly figures: TrackFigures;
}
