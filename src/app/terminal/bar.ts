import {deflectionDb, type MeterType} from '../../model/meter-type.ts';
import {levelAt, positionOf, type Taper} from '../../model/taper.ts';
import type {Look, Style} from './style.ts';

/** The meter's scale: finer where gain staging happens. Position 0…1 of its height for a level in dBFS. */
const meterScale: Taper = [
  {position: 0, levelDb: Number.NEGATIVE_INFINITY},
  {position: 0.02, levelDb: -60},
  {position: 0.2, levelDb: -36},
  {position: 0.4, levelDb: -20},
  {position: 0.6, levelDb: -12},
  {position: 0.8, levelDb: -6},
  {position: 1, levelDb: 0},
];

const eighths = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** One cell of an upright meter of `rows` cells; row 0 is the lowest. */
export function meterCell(levelDb: number, row: number, rows: number, style: Style): string {
  const filled = positionOf(meterScale, Math.min(levelDb, 0)) * rows - row;
  if (filled <= 0) return ' ';
  if (!style.unicode) return filled >= 0.5 ? '#' : '.';
  return eighths[Math.max(1, Math.min(8, Math.round(filled * 8)))] ?? ' ';
}

/** The zone a meter cell lies in, whatever the level: below the window, in it, over it, near full scale. */
export function meterLook(row: number, rows: number): Look {
  const levelDb = levelAt(meterScale, (row + 0.5) / rows);
  if (levelDb >= -3) return 'alarm';
  if (levelDb >= -6) return 'hot';
  return levelDb >= -12 ? 'good' : 'low';
}

/** What is printed beside a meter cell: the mark of the meter's own scale that falls into it. */
export function meterMark(row: number, rows: number, type: MeterType): string {
  const mark = type.marks.findLast((one) => {
    const at = positionOf(meterScale, Math.min(0, deflectionDb(type, one))) * rows;
    return Math.min(rows - 1, Math.floor(at - 1e-9)) === row;
  });
  return mark === undefined ? '' : String(mark);
}

/** One cell of an upright fader of `rows` cells: its cap where the fader stands, its slot elsewhere. */
export function faderCell(position: number, row: number, rows: number, style: Style): string {
  const cap = Math.min(rows - 1, Math.floor(position * (rows - 1) + 0.5));
  if (row === cap) return style.unicode ? '▐█▌' : '[=]';
  return style.unicode ? ' │ ' : ' | ';
}
