import type {Strip} from '../model/mixer.ts';
import type {Parameter} from '../model/view.ts';
import {fitValue} from './fit-text.ts';
import {fullValueText} from './value-text.ts';

/** For how many 50 ms ticks a value stays on the strip after the hand has left it: 1.5 s. */
export const valueTicks = 30;
/** For how many ticks texts that take turns stay: 1.5 s each. */
export const alternateTicks = 30;

/** A value as a scribble strip shows it, in ASCII, cut to the cells there are. */
export function valueText(strip: Strip, parameter: Parameter, cells: number): string {
  return fitValue(fullValueText(strip, parameter), cells);
}

/** Whether it is the warning's turn, not the value's. */
export function isWarningTurn(tick: number): boolean {
  return Math.floor(tick / alternateTicks) % 2 === 0;
}

/** Whether it is automation's turn: the warning's where there is none, else every other turn of the value. */
export function isAutomationTurn(tick: number, isWarned: boolean): boolean {
  return isWarned ? Math.floor(tick / alternateTicks) % 4 === 1 : isWarningTurn(tick);
}
