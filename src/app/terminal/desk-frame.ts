import {isAudible} from '../../model/audibility.ts';
import {masterId, type Strip} from '../../model/mixer.ts';
import {formatClock} from '../../model/playback.ts';
import {plainText} from '../../model/problem.ts';
import {deskTaper, positionOf} from '../../model/taper.ts';
import {faderParameter} from '../../model/view.ts';
import type {DeskStatus} from '../desk-status.ts';
import {meterMark} from './bar.ts';
import {type Column, columnWidth, drawColumn, panText, warningLook} from './strip-column.ts';
import {line, padded, type Span, type Style, span, widthOf} from './style.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

const scaleWidth = 4;
/** Lines that are not meters: title, rule, name, underline, four under the faders, rule, and the two of the footer. */
const fixedLines = 11;

/** The whole desk as lines for a terminal of that size; never more lines or wider ones than it has. */
export function drawDesk(status: DeskStatus, size: Size, style: Style): readonly string[] {
  const width = size.columns;
  const shownWarnings = status.warnings.slice(0, Math.max(1, Math.min(5, size.rows - fixedLines - 8)));
  const notices = status.notices.slice(0, Math.max(0, Math.min(3, size.rows - fixedLines - 10 - shownWarnings.length)));
  const meterRows = Math.max(
    3,
    Math.min(24, size.rows - fixedLines - Math.max(1, shownWarnings.length) - notices.length),
  );
  const rule = line([span((style.unicode ? '─' : '-').repeat(width), 'dim')], width, style);
  const lines = [
    title(status, width, style),
    rule,
    ...strips(status, width, meterRows, style),
    rule,
    ...warningLines(status, shownWarnings.length, width, style),
    ...notices.map((notice) => line([span(` ${plainText(notice)}`, 'dim')], width, style)),
    ...footer(status, width, style),
  ];
  return lines.slice(0, size.rows);
}

/** Strips that fit beside the master on a terminal of that width. */
export function stripsThatFit(width: number): number {
  return Math.max(1, Math.floor((width - scaleWidth - columnWidth - 2) / columnWidth));
}

function title(status: DeskStatus, width: number, style: Style): string {
  const {playback, view} = status;
  const mark = playback.state === 'playing' ? (style.unicode ? '▶' : '>') : style.unicode ? '■' : '#';
  const clock = `${formatClock(playback.frame, playback.sampleRate)} / ${formatClock(playback.lengthFrames, playback.sampleRate)}`;
  const left = [span(' Longthrow ', 'title'), span(` ${plainText(status.sessionName)}`, 'bold')];
  const right = [
    span(`${mark} ${clock}`, playback.state === 'playing' ? 'good' : 'plain'),
    span(playback.looping ? '  loop' : '', 'plain'),
    span(`  layer ${view.layer.id}${view.flipped ? ' flipped' : ''} `, 'plain'),
  ];
  const gap = Math.max(1, width - widthOf(left) - widthOf(right));
  return line([...left, span(' '.repeat(gap), 'plain'), ...right], width, style);
}

function strips(status: DeskStatus, width: number, rows: number, style: Style): string[] {
  const {mixer, view} = status;
  const shown = mixer.strips.slice(view.bankOffset, view.bankOffset + stripsThatFit(width));
  const columns = [...shown.map((strip) => stripColumn(status, strip)), masterColumn(status)].map((column) =>
    drawColumn(column, rows, style),
  );
  const height = rows + 6;
  return Array.from({length: height}, (_, index) => {
    const row = rows + 1 - index;
    const mark = row >= 0 && row < rows ? meterMark(row, rows) : '';
    const spans: Span[] = [span(padded(mark.padStart(scaleWidth - 1), scaleWidth), 'dim')];
    columns.forEach((lines, column) => {
      if (column === columns.length - 1) spans.push(span(style.unicode ? '┃ ' : '| ', 'dim'));
      spans.push(...(lines[index] ?? []));
    });
    return line(spans, width, style);
  });
}

function stripColumn(status: DeskStatus, strip: Strip): Column {
  const reading = status.reading(strip.id);
  const parameter = faderParameter(status.view);
  return {
    name: plainText(strip.name),
    colour: strip.colour,
    selected: status.view.selected === strip.id,
    levelDb: strip.levelDb,
    faderPosition:
      parameter === 'pan' ? (strip.pan + 1) / 2 : parameter === 'trim' ? (strip.trimDb + 24) / 48 : undefined,
    panText: panText(strip.pan),
    muted: strip.muted,
    soloed: strip.soloed,
    audible: isAudible(status.mixer, strip),
    leftDb: reading?.leftDb ?? Number.NEGATIVE_INFINITY,
    rightDb: reading?.rightDb ?? Number.NEGATIVE_INFINITY,
    peakDb: reading?.peakDb ?? Number.NEGATIVE_INFINITY,
    warning: status.warnings.find((warning) => warning.strip === strip.id),
  };
}

function masterColumn(status: DeskStatus): Column {
  const reading = status.reading(masterId);
  const levelDb = status.mixer.masterLevelDb;
  return {
    name: 'MASTER',
    colour: 'white',
    selected: status.view.selected === masterId,
    levelDb,
    faderPosition: positionOf(deskTaper, levelDb),
    panText: '',
    muted: false,
    soloed: false,
    audible: true,
    leftDb: reading?.leftDb ?? Number.NEGATIVE_INFINITY,
    rightDb: reading?.rightDb ?? Number.NEGATIVE_INFINITY,
    peakDb: reading?.peakDb ?? Number.NEGATIVE_INFINITY,
    warning: status.warnings.find((warning) => warning.strip === masterId),
  };
}

function warningLines(status: DeskStatus, shown: number, width: number, style: Style): string[] {
  if (shown === 0)
    return [line([span(' No warnings. Aim: every strip peaks between -12 and -6 dBFS.', 'dim')], width, style)];
  return status.warnings.slice(0, shown).map((warning) => {
    const name = status.mixer.strips.find((strip) => strip.id === warning.strip)?.name ?? 'Master';
    const head = span(` ${padded(warning.short, 7)}${padded(plainText(name), 14)} `, warningLook(warning));
    return line([head, span(warning.advice, warning.acknowledged ? 'dim' : 'plain')], width, style);
  });
}

function footer(status: DeskStatus, width: number, style: Style): string[] {
  const {engine, units} = status;
  const surfaces =
    units.length === 0 ? 'no surface' : units.map((unit) => `${plainText(unit.name)} ${unit.state}`).join(', ');
  const sound = engine.output === 'device' ? engine.deviceName : 'silent';
  const late = engine.lateBlocks > 0 ? `, ${engine.lateBlocks} late blocks` : '';
  const keys = style.unicode
    ? ' ←→ strip  ↑↓ fader  ⇧↑↓ fine  < > pan  m mute  s solo  space play  , . locate  [ ] bank  a acknowledge  ? keys  q quit'
    : ' left/right strip  up/down fader  m mute  s solo  space play  , . locate  [ ] bank  a acknowledge  ? keys  q quit';
  return [
    line([span(` Sound: ${sound}${late}.  Surfaces: ${surfaces}.`, 'dim')], width, style),
    line([span(keys, 'plain')], width, style),
  ];
}
