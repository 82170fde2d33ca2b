import type {AutomationMode} from '../../model/automation.ts';
import {
  type AutomationStatus,
  isLaneOf,
  noAutomationStatus,
  stripMode,
  writingOn,
} from '../../model/automation-status.ts';
import {formatDb} from '../../model/decibel.ts';
import {type LaneId, laneTarget} from '../../model/lane.ts';
import type {StripId} from '../../model/mixer.ts';
import {plainText} from '../../model/problem.ts';
import {shortName} from '../../model/short-name.ts';
import {modeLetters} from '../../surface/automation-text.ts';
import {stripOf} from '../../surface/shown-strips.ts';
import type {DeskStatus} from '../desk-status.ts';
import {columnWidth, fittingName} from './strip-column.ts';
import {type Look, line, padded, type Span, type Style, span, widthOf} from './style.ts';

/** Cells of a strip's name, and most lanes of it that are named. */
const nameCells = 14;
const mostLanes = 6;

/** Whether automation is used at all: as long as it is not, it takes no room. */
export function usesAutomation({lanes, writing, previewing, previewed, settings}: AutomationStatus): boolean {
  const {mode, stripModes, laneModes, safeStrips, safeLanes} = settings;
  const marks = [lanes, previewed, stripModes, laneModes, safeStrips, safeLanes];
  return mode !== 'read' || previewing || writing.length > 0 || marks.some(({size}) => size > 0);
}

/** A strip's mode as a letter, and beside it who writes, what is added, or that it is protected; as wide as its column. */
export function automationMark(automation: AutomationStatus, strip: StripId, style: Style): readonly Span[] {
  const {settings, previewed, offsetsDb} = automation;
  const mode = stripMode(settings, strip);
  const letter = mode === 'trim' && style.unicode ? '±' : modeLetters[mode];
  const isOwn = settings.stripModes.has(strip) || settings.laneModes.has(`${strip} level`);
  const first = span(` ${letter}`, isArmed(mode) ? 'hot' : isOwn ? 'bold' : 'dim');
  const writing = writingOn(automation, strip);
  const rest = columnWidth - 3;
  if (writing !== undefined) {
    const by = shortName(plainText(writing.by), rest - 1);
    return [first, span(style.unicode ? '●' : '*', 'alarm'), span(padded(by, rest), 'bold')];
  }
  const offsetDb = offsetsDb.get(strip) ?? 0;
  const [text, look]: readonly [string, Look] = isStrip(previewed, strip)
    ? ['prevw', 'hot']
    : settings.safeStrips.has(strip)
      ? ['safe', 'plain']
      : offsetDb !== 0
        ? [formatDb(offsetDb), 'plain']
        : ['', 'plain'];
  return [first, span(` ${padded(text, rest)}`, look)];
}

/**
 * What automation does, in a line: the mode of the desk, what is being written and by whom, what is previewed, the selected strip with its lanes, and the steps that can be taken back and
 * again. What has no room is left out.
 */
export function drawAutomation(status: DeskStatus, width: number, style: Style): string {
  const {automation = noAutomationStatus, assistance} = status;
  const {settings} = automation;
  const stepText = (name: string): string => plainText(style.unicode ? name : name.replaceAll('–', '-'));
  const dot = style.unicode ? '●' : '*';
  const pieces: readonly (readonly Span[])[] = [
    [span(' Automation ', 'dim'), span(settings.mode, isArmed(settings.mode) ? 'hot' : 'bold')],
    writtenText(status, automation).map((text) => span(`${dot} ${text}`, 'alarm')),
    automation.previewing || automation.previewed.size > 0
      ? [span(`preview of ${automation.previewed.size}: k v ends, k V writes`, 'hot')]
      : [],
    selectedText(status, automation).map((text) => span(text, 'plain')),
    assistance.undo === undefined ? [] : [span(`Z undoes ${stepText(assistance.undo)}`, 'plain')],
    assistance.redo === undefined ? [] : [span(`Y redoes ${stepText(assistance.redo)}`, 'plain')],
    [span('k keys', 'dim')],
  ];
  const shown: Span[] = [];
  for (const piece of pieces.filter(({length}) => length > 0)) {
    const gap = shown.length === 0 ? [] : [span('  ', 'plain')];
    if (shown.length === 0 || widthOf([...shown, ...gap, ...piece]) <= width) shown.push(...gap, ...piece);
  }
  return line(shown, width, style);
}

/** `Lead Vocal level by page and 2 more`, the last one that was begun first. */
function writtenText({mixer}: DeskStatus, {writing}: AutomationStatus): readonly string[] {
  const last = writing.at(-1);
  const target = last && laneTarget(last.lane);
  if (last === undefined || target === undefined) return [];
  const strip = stripOf(mixer, target.strip);
  const name = strip === undefined ? target.strip : fittingName(strip, nameCells);
  const more = writing.length > 1 ? ` and ${writing.length - 1} more` : '';
  const by = last.by === '' ? '' : ` by ${plainText(last.by)}`;
  return [`${name} ${target.parameter}${by}${more}`];
}

/** `Lead Vocal touch, safe: level, pan`. */
function selectedText({mixer, view}: DeskStatus, {settings, lanes}: AutomationStatus): readonly string[] {
  const strip = view.selected === undefined ? undefined : stripOf(mixer, view.selected);
  if (strip === undefined) return [];
  const own = [...lanes].flatMap((lane) => {
    const target = laneTarget(lane);
    return target?.strip === strip.id ? [target.parameter] : [];
  });
  const named = own.slice(0, mostLanes).join(', ') + (own.length > mostLanes ? ' …' : '');
  const words = `${stripMode(settings, strip.id)}${settings.safeStrips.has(strip.id) ? ', safe' : ''}`;
  return [`${fittingName(strip, nameCells)} ${words}${own.length === 0 ? '' : `: ${named.replace('…', '...')}`}`];
}

function isArmed(mode: AutomationMode): boolean {
  return mode !== 'off' && mode !== 'read';
}

function isStrip(lanes: ReadonlySet<LaneId>, strip: StripId): boolean {
  return [...lanes].some((lane) => isLaneOf(lane, strip));
}
