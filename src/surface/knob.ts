import type {Strip} from '../model/mixer.ts';
import {type ParameterRange, positionInRange, valueAfterTicksIn, valueInRange} from '../model/parameter.ts';
import {levelAt, lowestLevelDb, positionOf, type Taper} from '../model/taper.ts';
import type {Parameter} from '../model/view.ts';
import {rangeOn, valueOn} from './setting.ts';

/** Travel of one encoder tick on a level: 0.4 dB in the upper half of the desk's taper, wider where the taper is. */
const levelTickTravel = 0.01;
/** Half the width, in travel, of the detent of values with a centre: a hand cannot find one step in 128. */
const centreDetent = 0.012;

/** Whether a parameter is a level in dB that follows the fader's taper. */
export function isLevel(parameter: Parameter): boolean {
  return parameter === 'level' || parameter.endsWith('.levelDb');
}

/** Whether a level in dB stands for silence: of a fader `-Infinity`, of a send its lowest. */
export function isSilence(parameter: Parameter, levelDb: number): boolean {
  return levelDb <= (parameter === 'level' ? Number.NEGATIVE_INFINITY : lowestLevelDb);
}

/** Whether it lies evenly around its neutral value. */
export function isCentred({low, high, standard, scale}: ParameterRange): boolean {
  return scale === 'linear' && low + high === 2 * standard;
}

/** Where an absolute control shows a strip's value, 0…1. */
export function positionOn(strip: Strip, parameter: Parameter, taper: Taper): number {
  const value = valueOn(strip, parameter);
  if (isLevel(parameter)) return positionOf(taper, value);
  const range = rangeOn(strip, parameter);
  return range === undefined ? 0 : positionInRange(range, value);
}

/** The value at an absolute control's position 0…1, exactly neutral within the detent at the centre. */
export function valueAt(strip: Strip, parameter: Parameter, position: number, taper: Taper): number {
  if (isLevel(parameter)) return levelAt(taper, position);
  const range = rangeOn(strip, parameter);
  if (range === undefined) return 0;
  if (isCentred(range) && Math.abs(position - 0.5) <= centreDetent) return range.standard;
  const value = valueInRange(range, position);
  return range.unit === 'switch' || range.unit === 'choice' ? Math.round(value) : value;
}

/** A value moved on by encoder ticks from where the mixer is. */
export function turnedBy(strip: Strip, parameter: Parameter, steps: number, taper: Taper): number {
  const value = valueOn(strip, parameter);
  if (isLevel(parameter)) return turnedLevel(taper, value, steps);
  const range = rangeOn(strip, parameter);
  if (range === undefined) return value;
  // Counted in whole ticks, so that the way back leads through the exact centre.
  if (isCentred(range)) return onGrid(range, value, steps);
  const next = valueAfterTicksIn(range, value, steps);
  return Math.abs(next - range.standard) < 1e-9 * Math.abs(range.standard) ? range.standard : next;
}

/** In travel, not in dB: as a finger on the fader would, fine near 0 dB and quick far below. Rounded to tenths of a dB. */
function turnedLevel(taper: Taper, levelDb: number, steps: number): number {
  const position = positionOf(taper, levelDb) + steps * levelTickTravel;
  if (position <= levelTickTravel / 2) return Number.NEGATIVE_INFINITY;
  return Math.round(levelAt(taper, Math.min(1, position)) * 10) / 10;
}

/** The next grid points from a value on both sides of its centre. */
function onGrid({high, standard, tick}: ParameterRange, value: number, steps: number): number {
  const ticks = Math.round((value - standard) / tick) + steps;
  const reach = high - standard;
  const limit = Math.round(reach / tick);
  return standard + (Math.max(-limit, Math.min(limit, ticks)) * reach) / limit + 0;
}
