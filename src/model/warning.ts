import type {StripId} from './mixer.ts';

/** The rules of the gain table that the desk can raise. */
export const ruleIds = [
  'clip.out',
  'clip.in',
  'broken',
  'over.float',
  'tp.limit',
  'isp',
  'stale',
  'bus.head',
  'bus.pred',
  'hot',
  'low',
  'vu.hot',
  'vu.low',
  'stage',
  'fader.low',
  'fader.top',
  'dc',
  'noise',
  'phase',
  'mono',
  'dead',
  'bal',
  'dualmono',
  'silent',
  'squash',
  'vox.comp',
  'vox.bal',
  'low.end',
  'ref.match',
  'loud.i',
  'loud.s',
  'mask',
  'name',
] as const;
export type RuleId = (typeof ruleIds)[number];

/** 4 alarm (latched), 3 warning, 2 advice, 1 information. */
export type Severity = 1 | 2 | 3 | 4;

export interface Warning {
  readonly rule: RuleId;
  /** The strip it speaks of; `masterId` for the bus and the output. */
  readonly strip: StripId;
  readonly severity: Severity;
  /** At most six ASCII characters for a scribble strip. */
  readonly short: string;
  /** One or two plain sentences with a number in them. */
  readonly advice: string;
  readonly raisedAtMs: number;
  readonly acknowledged: boolean;
}

/** What a rule finds at one strip now. Between the raise and the clear threshold the verdict is `hold`. */
export type Verdict = 'raise' | 'hold' | 'clear' | 'unknown';
