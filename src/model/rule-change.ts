import type {Group} from './mixer.ts';
import type {RuleId, Severity} from './warning.ts';

/** What a session changes in one row of the gain table. What is absent stays as it is shipped. */
export interface RuleChange {
  readonly rule: RuleId;
  /** For one instrument group, or for the mix bus only; absent: everywhere. */
  readonly only?: Group | 'master';
  readonly on?: boolean;
  /** The limits, in the rule's unit. A rule that asks for a range has both of its ends. A clear limit that is absent moves along with `raise`. */
  readonly raise?: number | readonly [low: number, high: number];
  readonly clear?: number | readonly [low: number, high: number];
  /** 0…600,000. */
  readonly raiseAfterMs?: number;
  readonly clearAfterMs?: number;
  readonly severity?: Severity;
}

/** What a rule's limits are told in, and between which numbers they make sense. */
export interface RuleLimits {
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  /** Whether the limits are both ends of a range. */
  readonly range?: true;
  /** Neither of its limits is a number a person may choose. */
  readonly fixed?: true;
}

const levelDb = {unit: 'dBFS', low: -100, high: 24};
const ratioDb = {unit: 'dB', low: -60, high: 60};

/** The limits of each rule. */
export const ruleLimits: Readonly<Record<RuleId, RuleLimits>> = {
  'clip.out': {...levelDb, fixed: true},
  'clip.in': {unit: 'samples', low: 1, high: 1000},
  broken: {unit: 'samples', low: 1, high: 100_000},
  'over.float': levelDb,
  'tp.limit': {unit: 'dB over the ceiling', low: -12, high: 12},
  isp: {unit: 'dB', low: 0, high: 12},
  stale: {unit: 'ms', low: 100, high: 10_000, fixed: true},
  'bus.head': levelDb,
  'bus.pred': levelDb,
  hot: levelDb,
  low: levelDb,
  'vu.hot': {unit: 'VU', low: -60, high: 24},
  'vu.low': {unit: 'VU', low: -60, high: 24},
  stage: {unit: 'dB', low: 0, high: 60},
  'fader.low': ratioDb,
  'fader.top': ratioDb,
  dc: levelDb,
  noise: levelDb,
  phase: {unit: '', low: -1, high: 1},
  mono: ratioDb,
  dead: levelDb,
  bal: {unit: 'LU', low: 0, high: 60},
  dualmono: {unit: '', low: -1, high: 1},
  silent: levelDb,
  squash: {unit: 'dB', low: 0, high: 40},
  'vox.comp': {unit: 'dB', low: 0, high: 60},
  'vox.bal': {unit: 'LU', low: -60, high: 0, range: true},
  'low.end': {unit: 'dB', low: -60, high: 60, range: true},
  'ref.match': {unit: 'LU', low: -60, high: 60, range: true},
  'loud.i': {unit: 'LU', low: -60, high: 60, range: true},
  'loud.s': {unit: 'LU over the limit', low: -24, high: 24},
  mask: {unit: '%', low: 0, high: 100},
  name: {unit: '', low: 0, high: 1, fixed: true},
};

/** Longest time that a rule may wait, in ms. */
export const longestWaitMs = 600_000;
