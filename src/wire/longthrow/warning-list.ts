import type {RuleId, Severity} from '../../model/warning.ts';
import {readCounted} from './counted.ts';

/**
 * WARN, host to device: 23, STATE
 *   0 first   1 count   2 u8 × count: b7-4 severity 0 none, 1…4, F unknown; b3-0 reason
 */
export interface WarningList {
  readonly type: 'warnings';
  readonly first: number;
  readonly warnings: readonly StripWarning[];
}

/** What stands worst with one strip. */
export interface StripWarning {
  /** 0 for none, 15 for unknown. */
  readonly severity: 0 | Severity | 15;
  /** An index into `reasons`. */
  readonly reason: number;
}

/** Why, in the order of their numbers. */
export const reasons = [
  ...['none', 'clip', 'hot', 'low', 'headroom', 'true-peak', 'staging', 'phase'],
  ...['mono', 'balance', 'noise', 'silent', 'dynamics', 'loudness', 'masked', 'other'],
] as const;

const reasonOfRule: Readonly<Record<RuleId, (typeof reasons)[number]>> = {
  'clip.out': 'clip',
  'clip.in': 'clip',
  broken: 'other',
  'over.float': 'clip',
  'tp.limit': 'true-peak',
  isp: 'true-peak',
  stale: 'other',
  'bus.head': 'headroom',
  'bus.pred': 'headroom',
  hot: 'hot',
  low: 'low',
  'vu.hot': 'hot',
  'vu.low': 'low',
  stage: 'staging',
  'fader.low': 'staging',
  'fader.top': 'staging',
  dc: 'other',
  noise: 'noise',
  phase: 'phase',
  mono: 'mono',
  dead: 'silent',
  bal: 'balance',
  dualmono: 'mono',
  silent: 'silent',
  squash: 'dynamics',
  'vox.comp': 'dynamics',
  'vox.bal': 'balance',
  'low.end': 'balance',
  'ref.match': 'loudness',
  'loud.i': 'loudness',
  'loud.s': 'loudness',
  mask: 'masked',
  name: 'other',
};

/** The number of the reason for which a rule warns. */
export function reasonNumber(rule: RuleId): number {
  const name = reasonOfRule[rule];
  return reasons.indexOf(name);
}

/** Reads a WARN; undefined where it is malformed. */
export function readWarningList(payload: Uint8Array): WarningList | undefined {
  const row = readCounted(payload, 1);
  if (row === undefined) return undefined;
  const warnings: StripWarning[] = [];
  for (const value of row.values) {
    const severity = severityOf(value >> 4);
    if (severity === undefined) return undefined;
    warnings.push({severity, reason: value & 0x0f});
  }
  return {type: 'warnings', first: row.first, warnings};
}

/** Writes a WARN. */
export function writeWarningList({first, warnings}: WarningList): readonly number[] {
  return [first, warnings.length, ...warnings.map(({severity, reason}) => (severity << 4) | (reason & 0x0f))];
}

function severityOf(number: number): StripWarning['severity'] | undefined {
  switch (number) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
    case 15:
      return number;
    default:
      return undefined;
  }
}
