import {lampOf} from '../gain/rules.ts';
import {masterId, type StripId} from '../model/mixer.ts';
import type {Severity, Warning} from '../model/warning.ts';

/** The warnings that still ask for attention, looked up by strip. */
export interface WarningsByStrip {
  /** The one warning a strip shows: the gravest that nobody has acknowledged, the newest of equals. */
  worst(strip: StripId): Warning | undefined;
  /** The gravest of all strips and the bus. */
  readonly worstOfAll: Warning | undefined;
  /** Whether samples were lost at this strip and nobody has acknowledged it. */
  overloaded(strip: StripId): boolean;
}

/** What was sorted last: all units show the same warnings, for many pictures. */
const sorted = new WeakMap<readonly Warning[], WarningsByStrip>();

/**
 * Sorts the warnings by strip. An acknowledged warning is silent until it is raised anew; only `stale` cannot be
 * silenced, since what is unknown must never look fine, and if the bus is stale every strip is.
 */
export function warningsByStrip(warnings: readonly Warning[]): WarningsByStrip {
  const byStrip = sorted.get(warnings) ?? sort(warnings);
  sorted.set(warnings, byStrip);
  return byStrip;
}

function sort(warnings: readonly Warning[]): WarningsByStrip {
  const worst = new Map<StripId, Warning>();
  const overloaded = new Set<StripId>();
  let worstOfAll: Warning | undefined;
  let allStale: Warning | undefined;
  for (const warning of warnings) {
    if (warning.acknowledged && warning.rule !== 'stale') continue;
    if (warning.rule === 'stale' && warning.strip === masterId) allStale = warning;
    if (warning.rule === 'clip.in' || warning.rule === 'clip.out') overloaded.add(warning.strip);
    worst.set(warning.strip, graver(worst.get(warning.strip), warning));
    worstOfAll = graver(worstOfAll, warning);
  }
  return {
    worst: (strip) => worst.get(strip) ?? allStale,
    worstOfAll,
    overloaded: (strip) => overloaded.has(strip),
  };
}

/** The rhythm in which a warning blinks: its severity's, unless its rule has one of its own. */
export function rhythmOf({rule, severity}: Warning): Severity | 'stale' {
  return lampOf(rule, severity) === 'stale' ? 'stale' : severity;
}

function graver(one: Warning | undefined, other: Warning): Warning {
  if (one === undefined || other.severity > one.severity) return other;
  return other.severity === one.severity && other.raisedAtMs >= one.raisedAtMs ? other : one;
}
