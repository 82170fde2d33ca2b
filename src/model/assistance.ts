import type {StripId} from './mixer.ts';
import type {RuleId} from './warning.ts';

/** A warning's advice that is being read on the scribble strips. */
export interface ReadAdvice {
  readonly strip: StripId;
  readonly rule: RuleId;
  readonly text: string;
  /** Tick (50 ms) of the one lamp clock at which reading began. */
  readonly sinceTick: number;
}

/** What was found out about one strip. */
export type Finding =
  /** It should be set to `toDb`; `limited`: that is as far as it goes, and not enough. */
  | {readonly type: 'change'; readonly fromDb: number; readonly toDb: number; readonly limited: boolean}
  /** It is right as it is, or as far as it goes. */
  | {readonly type: 'fine'}
  /** Nothing was heard of it. */
  | {readonly type: 'silent'};

/** Values that the desk proposes and a hand may accept, all at once; it never sets them by itself. */
export interface Proposal {
  readonly what: 'trim' | 'level';
  readonly findings: ReadonlyMap<StripId, Finding>;
}

/** Whose sound an auto-trim is made of: one strip's, or that of all strips that are shown. */
export type TrimScope = StripId | 'shown';

/** What the desk does beside mixing, as surfaces and terminal show it. */
export interface Assistance {
  /** Whose advice is being read. */
  readonly advice: ReadAdvice | undefined;
  /** Strips that are being listened to. */
  readonly listening: ReadonlySet<StripId>;
  /** What the listening, or the proposal of trims, was asked for. */
  readonly scopes: readonly TrimScope[];
  readonly proposal: Proposal | undefined;
  /** What was last done or found, in a sentence; undefined after a while. */
  readonly told: string | undefined;
  /** Names of the steps that undo and redo would take. */
  readonly undo: string | undefined;
  readonly redo: string | undefined;
}

/** Nothing is going on. */
export const noAssistance: Assistance = {
  advice: undefined,
  listening: new Set(),
  scopes: [],
  proposal: undefined,
  told: undefined,
  undo: undefined,
  redo: undefined,
};
