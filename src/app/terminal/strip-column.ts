import {formatDb} from '../../model/decibel.ts';
import type {Colour} from '../../model/mixer.ts';
import {deskTaper, positionOf} from '../../model/taper.ts';
import type {Warning} from '../../model/warning.ts';
import {faderCell, meterCell, meterLook} from './bar.ts';
import {centre, chip, type Look, padded, type Span, type Style, span} from './style.ts';

/** Cells of one strip, with the gap to the next. */
export const columnWidth = 9;

export interface Column {
  readonly name: string;
  readonly colour: Colour;
  readonly selected: boolean;
  readonly levelDb: number;
  /** What the faders carry when that is not the level; undefined shows the level. */
  readonly faderPosition: number | undefined;
  readonly panText: string;
  readonly muted: boolean;
  readonly soloed: boolean;
  readonly audible: boolean;
  readonly leftDb: number;
  readonly rightDb: number;
  readonly peakDb: number;
  readonly warning: Warning | undefined;
}

/** One strip as lines of exactly `columnWidth` cells: name, `rows` lines of fader and meter, level, pan, switches, state. */
export function drawColumn(column: Column, rows: number, style: Style): Span[][] {
  const name = padded(column.name, columnWidth - 1);
  const lines: Span[][] = [
    [column.selected ? span(name, 'reverse') : chip(name, column.colour), span(' ', 'plain')],
    [chip((style.unicode ? '▔' : '=').repeat(columnWidth - 1), column.colour), span(' ', 'plain')],
  ];
  const position = column.faderPosition ?? positionOf(deskTaper, column.levelDb);
  for (let row = rows - 1; row >= 0; row--) {
    const look = column.audible ? meterLook(row, rows) : 'dim';
    lines.push([
      span(` ${faderCell(position, row, rows, style)} `, column.muted ? 'dim' : 'plain'),
      span(meterCell(column.leftDb, row, rows, style) + meterCell(column.rightDb, row, rows, style), look),
      span('  ', 'plain'),
    ]);
  }
  const shown = formatDb(column.levelDb, style.unicode ? '-∞' : '-inf');
  lines.push([span(padded(centre(shown, columnWidth - 1), columnWidth), 'bold')]);
  lines.push([span(padded(centre(column.panText, columnWidth - 1), columnWidth), 'plain')]);
  lines.push([
    span('  ', 'plain'),
    span('M', column.muted ? 'alarm' : 'dim'),
    span('  ', 'plain'),
    span('S', column.soloed ? 'hot' : 'dim'),
    span('   ', 'plain'),
  ]);
  const [text, look] = stateOf(column);
  lines.push([span(padded(centre(text, columnWidth - 1), columnWidth), look)]);
  return lines;
}

/** The strip's state in words, so that colour is never alone. */
function stateOf(column: Column): readonly [string, Look] {
  if (column.warning !== undefined) return [column.warning.short, warningLook(column.warning)];
  if (column.peakDb === Number.NEGATIVE_INFINITY) return ['', 'dim'];
  return [`${formatDb(column.peakDb)}`, column.peakDb > -6 ? 'hot' : column.peakDb >= -12 ? 'good' : 'low'];
}

/** Looks by severity; an acknowledged warning is calm. */
export function warningLook(warning: Warning): Look {
  if (warning.acknowledged) return 'dim';
  return warning.severity >= 4 ? 'alarm' : warning.severity >= 2 ? 'hot' : 'plain';
}

/** `L30`, `C`, `R100`: percent from the centre. */
export function panText(pan: number): string {
  const percent = Math.round(Math.abs(pan) * 100);
  return percent === 0 ? 'C' : `${pan < 0 ? 'L' : 'R'}${percent}`;
}
