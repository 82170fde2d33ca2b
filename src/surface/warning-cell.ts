import type {StripId} from '../model/mixer.ts';
import type {Cell} from '../model/picture.ts';
import {rhythmOf, type WarningsByStrip} from './worst-warning.ts';

/** Nothing to warn of: always the same cell. */
const fine: Cell = {type: 'warning', severity: 0, rule: undefined};

/** The warning of a strip itself, or of the mix; without a strip none. What nothing is known of is never shown as fine. */
export function renderWarning(strip: StripId | undefined, warnings: WarningsByStrip): Cell {
  const worst = strip === undefined ? undefined : warnings.worst(strip);
  if (worst === undefined) return fine;
  return {type: 'warning', severity: rhythmOf(worst) === 'stale' ? 'unknown' : worst.severity, rule: worst.rule};
}
