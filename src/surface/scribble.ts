import type {Strip} from '../model/mixer.ts';
import type {Parameter} from '../model/view.ts';
import type {Warning} from '../model/warning.ts';
import {fullValueText} from './value-text.ts';
import {warningText} from './warning-text.ts';

/** For how many 50 ms ticks a value stays on the strip after the hand has left it: 1.5 s. */
export const valueTicks = 30;
/** For how many ticks warning and value take turns: 1.5 s each. */
export const alternateTicks = 30;

/** A value as a scribble strip shows it, in ASCII, cut to the cells there are. */
export function valueText(strip: Strip, parameter: Parameter, cells: number): string {
  return fullValueText(strip, parameter).slice(0, cells);
}

/** Whether it is the warning's turn, not the value's. */
export function isWarningTurn(tick: number): boolean {
  return Math.floor(tick / alternateTicks) % 2 === 0;
}

/**
 * The lower line: what the hand is on comes first and stays 1.5 s; then a warning whose turn it is, else the value.
 * `handled` is the parameter in the hand, `shown` the one of the encoder.
 */
export function bottomText(
  strip: Strip,
  handled: Parameter | undefined,
  shown: Parameter,
  warning: Warning | undefined,
  cells: number,
): string {
  if (handled !== undefined) return valueText(strip, handled, cells);
  if (warning !== undefined) return warningText(warning, cells);
  return valueText(strip, shown, cells);
}
