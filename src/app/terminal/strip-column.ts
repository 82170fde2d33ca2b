import type {Colour, Strip} from '../../model/mixer.ts';
import {plainText} from '../../model/problem.ts';
import {shortName} from '../../model/short-name.ts';
import type {Warning} from '../../model/warning.ts';
import {faderCell, meterCell, meterLook} from './bar.ts';
import {centre, chip, type Look, padded, type Span, type Style, span} from './style.ts';

/** Cells of one strip, with the gap to the next. */
export const columnWidth = 9;

/** A strip's name, shortened sensibly where it does not fit. */
export function fittingName({name}: Pick<Strip, 'name'>, cells: number): string {
  const shown = plainText(name);
  return Array.from(shown).length <= cells ? shown : shortName(shown, cells);
}

export interface Column {
  readonly name: string;
  readonly colour: Colour;
  readonly selected: boolean;
  /** What it is, where that is no recording: `GROUP`, `RETURN`, `VCA`. */
  readonly kind: string;
  /** Where the fader stands, 0…1. */
  readonly faderPosition: number;
  /** What faders and encoders carry, as text. */
  readonly faderText: string;
  readonly encoderText: string;
  readonly muted: boolean;
  readonly soloed: boolean;
  readonly audible: boolean;
  /** Of the bars, on the headroom scale. */
  readonly leftDb: number;
  readonly rightDb: number;
  /** What the chosen meter says, on its own scale; empty for silence. */
  readonly levelText: string;
  /** What the compressor takes away in dB; undefined shows none. */
  readonly reductionDb: number | undefined;
  readonly warning: Warning | undefined;
  /** Its automation, in a line of its own; without it there is no such line. */
  readonly automation?: readonly Span[];
}

/** One strip as lines of exactly `columnWidth` cells: name, `rows` lines of fader and meter, level, pan, switches, state. */
export function drawColumn(column: Column, rows: number, style: Style): Span[][] {
  const name = padded(column.name, columnWidth - 1);
  const lines: Span[][] = [
    [column.selected ? span(name, 'reverse') : chip(name, column.colour), span(' ', 'plain')],
    [chip(underline(column.kind, style), column.colour), span(' ', 'plain')],
  ];
  for (let row = rows - 1; row >= 0; row--) {
    const look = column.audible ? meterLook(row, rows) : 'dim';
    lines.push([
      span(` ${faderCell(column.faderPosition, row, rows, style)} `, column.muted ? 'dim' : 'plain'),
      span(meterCell(column.leftDb, row, rows, style) + meterCell(column.rightDb, row, rows, style), look),
      span('  ', 'plain'),
    ]);
  }
  lines.push([span(padded(centre(column.faderText, columnWidth - 1), columnWidth), 'bold')]);
  lines.push([span(padded(centre(column.encoderText, columnWidth - 1), columnWidth), 'plain')]);
  lines.push(switches(column, style));
  const [text, look] = stateOf(column);
  lines.push([span(padded(centre(text, columnWidth - 1), columnWidth), look)]);
  if (column.automation !== undefined) lines.push([...column.automation]);
  return lines;
}

function underline(kind: string, style: Style): string {
  const stroke = style.unicode ? '▔' : '=';
  const left = Math.floor((columnWidth - 1 - kind.length) / 2);
  return (stroke.repeat(Math.max(0, left)) + kind).padEnd(columnWidth - 1, stroke);
}

/** Mute and solo, and beside them what the compressor takes away. */
function switches({muted, soloed, audible, reductionDb}: Column, style: Style): Span[] {
  const mute = span('M', muted ? 'alarm' : audible ? 'dim' : 'hot');
  const solo = span('S', soloed ? 'hot' : 'dim');
  if (reductionDb === undefined) return [span('  ', 'plain'), mute, span('  ', 'plain'), solo, span('   ', 'plain')];
  const amount =
    reductionDb < 9.95 ? Math.max(0, reductionDb).toFixed(1) : String(Math.min(99, Math.round(reductionDb)));
  const text = `${style.unicode ? '↓' : '-'}${amount}`;
  return [mute, span(' ', 'plain'), solo, span(' ', 'plain'), span(padded(text, columnWidth - 4), 'good')];
}

/** The strip's state in words, so that colour is never alone. */
function stateOf(column: Column): readonly [string, Look] {
  if (column.warning !== undefined) return [column.warning.short, warningLook(column.warning)];
  const levelDb = Math.max(column.leftDb, column.rightDb);
  return [column.levelText, levelDb > -6 ? 'hot' : levelDb >= -12 ? 'good' : 'low'];
}

/** Looks by severity; an acknowledged warning is calm. */
export function warningLook(warning: Warning): Look {
  if (warning.acknowledged) return 'dim';
  return warning.severity >= 4 ? 'alarm' : warning.severity >= 2 ? 'hot' : 'plain';
}
