import {isAudible} from '../../model/audibility.ts';
import {noAutomationStatus} from '../../model/automation-status.ts';
import {formatDb} from '../../model/decibel.ts';
import {meterTypes} from '../../model/meter-type.ts';
import {masterId, type Strip} from '../../model/mixer.ts';
import {plainText} from '../../model/problem.ts';
import type {Reading} from '../../model/reading.ts';
import {deskTaper} from '../../model/taper.ts';
import {encoderParameter, faderParameter, type Parameter} from '../../model/view.ts';
import {positionOn} from '../../surface/knob.ts';
import {hasParameter} from '../../surface/ownership.ts';
import {masterStrip, shownStrips} from '../../surface/shown-strips.ts';
import {fullValueText} from '../../surface/value-text.ts';
import type {DeskStatus} from '../desk-status.ts';
import {assistanceLine} from '../proposal-words.ts';
import {drawAdvice} from './advice.ts';
import {automationMark, drawAutomation, usesAutomation} from './automation-line.ts';
import {meterMark} from './bar.ts';
import {drawLoudness} from './loudness-line.ts';
import {drawPanel, panelLines} from './panel.ts';
import {drawRuler} from './ruler.ts';
import {type Column, columnWidth, drawColumn, fittingName} from './strip-column.ts';
import {line, padded, type Span, type Style, span} from './style.ts';
import {footer, title} from './title.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

const scaleWidth = 4;
/** Lines that are not meters: title, ruler, name, underline, four under the faders, rule, the panel, and the two of the footer. */
const deskLines = 11 + panelLines;
/** Lines of automation while it is used: under each strip, and under the panel. */
const automationLines = 2;
/** Lines of meters that warnings leave alone. */
const wantedMeters = 8;
const mostMeters = 24;
/** Lines that warnings with their advice may take. */
const mostAdvice = 8;

/** The whole desk as lines for a terminal of that size; never more lines or wider ones than it has. `knob` is the chosen one of the page. */
export function drawDesk(status: DeskStatus, size: Size, style: Style, knob = 0): readonly string[] {
  const width = size.columns;
  const automated = usesAutomation(status.automation ?? noAutomationStatus);
  const fixedLines = deskLines + (automated ? automationLines : 0);
  const panel = drawPanel(status, knob, width, style);
  const room = Math.max(1, Math.min(mostAdvice, size.rows - fixedLines - wantedMeters));
  const needed = drawAdvice(status, room, width, style).length;
  const notices = status.notices.slice(0, Math.max(0, Math.min(3, size.rows - fixedLines - wantedMeters - 2 - needed)));
  const meterRows = Math.max(3, Math.min(mostMeters, size.rows - fixedLines - needed - notices.length));
  // A panel of one line leaves the other to the advice: so the meters do not jump when a page opens.
  const help = assistanceLine(status.assistance, status.mixer);
  const helped = help === undefined ? [] : [line([span(` ${help}`, 'bold')], width, style)];
  const left = needed + panelLines - panel.length - helped.length;
  const under = [...panel, ...helped, ...(left > 0 ? drawAdvice(status, left, width, style) : [])];
  const blank = Array.from({length: Math.max(0, panelLines + needed - under.length)}, () => '');
  const lines = [
    title(status, width, style),
    drawRuler(status.playback, width, style),
    ...strips(status, width, meterRows, style),
    drawLoudness(status, width, style),
    ...(automated ? [drawAutomation(status, width, style)] : []),
    ...under,
    ...notices.map((notice) => line([span(` ${plainText(notice)}`, 'dim')], width, style)),
    ...blank,
    ...footer(status, width, style),
  ];
  return lines.slice(0, size.rows);
}

/** Strips that fit beside the master on a terminal of that width. */
export function stripsThatFit(width: number): number {
  return Math.max(1, Math.floor((width - scaleWidth - columnWidth - 2) / columnWidth));
}

/**
 * The strips that the terminal has room for: from the bank's first on, but no emptier than need be, and the selected strip of the bank always
 * among them.
 */
export function stripsInSight({mixer, view}: DeskStatus, fitting: number): readonly Strip[] {
  const shown = shownStrips(mixer, view);
  const selected = shown.findIndex(({id}) => id === view.selected);
  const isInBank = selected >= view.bankOffset && selected < view.bankOffset + view.bankSize;
  const first = Math.max(0, Math.min(view.bankOffset, shown.length - fitting));
  const start = isInBank && selected >= first + fitting ? selected - fitting + 1 : first;
  return shown.slice(start, start + fitting);
}

function strips(status: DeskStatus, width: number, rows: number, style: Style): string[] {
  const shown = stripsInSight(status, stripsThatFit(width)).filter(({id}) => id !== masterId);
  const columns = [...shown, masterStrip(status.mixer)].map((strip) =>
    drawColumn(stripColumn(status, strip, style), rows, style),
  );
  const height = rows + 6 + (usesAutomation(status.automation ?? noAutomationStatus) ? 1 : 0);
  return Array.from({length: height}, (_, index) => {
    const row = rows + 1 - index;
    const mark = row >= 0 && row < rows ? meterMark(row, rows, meterTypes[status.meters.type]) : '';
    const spans: Span[] = [span(padded(mark.padStart(scaleWidth - 1), scaleWidth), 'dim')];
    columns.forEach((lines, column) => {
      if (column === columns.length - 1) spans.push(span(style.unicode ? '┃ ' : '| ', 'dim'));
      spans.push(...(lines[index] ?? []));
    });
    return line(spans, width, style);
  });
}

const kindMarks: Readonly<Record<Strip['kind'], string>> = {stem: '', group: 'GROUP', return: 'RETURN', vca: 'VCA'};

function stripColumn(status: DeskStatus, strip: Strip, style: Style): Column {
  const {mixer, view, automation} = status;
  const isMaster = strip.id === masterId;
  const reading = status.reading(strip.id);
  // With a page on the faders the strips' own parameter lies on the encoders: that is what a strip shows here.
  const onFader = isMaster
    ? 'level'
    : view.flipped && view.page !== undefined
      ? view.layer.fader
      : faderParameter(view);
  const has = (parameter: Parameter): boolean => hasParameter(mixer, strip, parameter);
  return {
    name: isMaster ? 'MASTER' : fittingName(strip, columnWidth - 1),
    kind: isMaster ? '' : kindMarks[strip.kind],
    colour: strip.colour,
    selected: view.selected === strip.id,
    faderPosition: has(onFader) ? positionOn(strip, onFader, deskTaper) : 0,
    faderText: has(onFader) ? shownValue(strip, onFader, style) : '',
    encoderText: isMaster || !has(encoderParameter(view)) ? '' : shownValue(strip, encoderParameter(view), style),
    muted: strip.muted,
    soloed: strip.soloed,
    audible: isMaster || isAudible(mixer, strip),
    ...levelsOf(status, reading),
    reductionDb: reading?.gainReductionDb,
    warning: status.warnings.find((warning) => warning.strip === strip.id),
    ...(automation !== undefined && usesAutomation(automation)
      ? {automation: automationMark(automation, strip.id, style)}
      : {}),
  };
}

/** What the chosen meter says of a strip, and for its bars the level on the headroom scale. */
function levelsOf(
  {meters}: DeskStatus,
  reading: Reading | undefined,
): Pick<Column, 'leftDb' | 'rightDb' | 'levelText'> {
  if (reading === undefined)
    return {leftDb: Number.NEGATIVE_INFINITY, rightDb: Number.NEGATIVE_INFINITY, levelText: ''};
  const {leftDb, rightDb, mark} = reading.shown ?? {...reading, mark: reading.peakDb};
  if (mark === Number.NEGATIVE_INFINITY) return {leftDb, rightDb, levelText: ''};
  // A scale without a unit has no sign either.
  return {leftDb, rightDb, levelText: meterTypes[meters.type].unit === '' ? mark.toFixed(1) : formatDb(mark)};
}

function shownValue(strip: Strip, parameter: Parameter, style: Style): string {
  return fullValueText(strip, parameter).replace('-oo', style.unicode ? '-∞' : '-inf');
}
