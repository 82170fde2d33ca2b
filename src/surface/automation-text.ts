import {type AutomationMode, type AutomationSettings, isSafe} from '../model/automation.ts';
import {type AutomationStatus, isLaneOf, stripMode, writingOn} from '../model/automation-status.ts';
import {formatDb} from '../model/decibel.ts';
import {type Mixer, masterId, type StripId} from '../model/mixer.ts';
import {shortName} from '../model/short-name.ts';
import {lcdText} from '../wire/mackie/characters.ts';
import {fitValue} from './fit-text.ts';
import {valueTicks} from './scribble.ts';

/** One letter a mode; in trim mode what is written is added. */
export const modeLetters: Readonly<Record<AutomationMode, string>> = {
  off: '-',
  read: 'R',
  touch: 'T',
  latch: 'L',
  write: 'W',
  trim: '+',
};

/** What a strip's mode is called in at most five letters; protected is said before any mode. */
function modeWord(settings: AutomationSettings, strip: StripId): string {
  return isSafe(settings, {strip, parameter: 'level'}) ? 'SAFE' : stripMode(settings, strip).toUpperCase();
}

/** What trim mode adds: `d+2.5`, `d-12.5`. */
export function offsetText(offsetDb: number, cells: number): string {
  return `d${fitValue(formatDb(offsetDb), cells - 1)}`.slice(0, cells);
}

/**
 * What automation says of a strip beside its value, if anything: that its fader has left it to be set by ear, the mode in which it is written, what is added in trim mode, or who else
 * writes it: `TOUCH page`, on a few cells `T page`.
 */
export function automationText(
  status: AutomationStatus,
  strip: StripId,
  unitName: string,
  cells: number,
): string | undefined {
  const writing = writingOn(status, strip);
  const mode = stripMode(status.settings, strip);
  if (writing !== undefined && writing.by !== unitName && writing.by !== '') return handText(mode, writing.by, cells);
  const offsetDb = status.offsetsDb.get(strip) ?? 0;
  if (mode === 'trim' && (writing !== undefined || offsetDb !== 0)) return offsetText(offsetDb, cells);
  if (writing !== undefined) return mode.toUpperCase().slice(0, cells);
  const isPreviewed = [...status.previewed].some((lane) => isLaneOf(lane, strip));
  return isPreviewed ? (cells < 7 ? 'PREVW' : 'PREVIEW').slice(0, cells) : undefined;
}

function handText(mode: AutomationMode, by: string, cells: number): string {
  const full = lcdText(`${mode.toUpperCase()} ${by}`);
  if (full.length <= cells) return full;
  return `${modeLetters[mode]} ${shortName(by, Math.max(1, cells - 2))}`.slice(0, cells);
}

/** When the modes of strips last changed, in 50 ms ticks of the one lamp clock. */
export interface ModeNews {
  readonly settings: AutomationSettings;
  readonly changedAt: ReadonlyMap<StripId, number>;
}

/** What is new with these settings; at the beginning nothing is. */
export function newsAfter(
  news: ModeNews | undefined,
  settings: AutomationSettings,
  mixer: Mixer,
  tick: number,
): ModeNews {
  if (news === undefined) return {settings, changedAt: new Map()};
  if (news.settings === settings) return news;
  const changedAt = new Map([...news.changedAt].filter(([, at]) => tick - at < valueTicks));
  for (const strip of [...mixer.strips.map(({id}) => id), masterId])
    if (modeWord(news.settings, strip) !== modeWord(settings, strip)) changedAt.set(strip, tick);
  return {settings, changedAt};
}

/** The mode's word for a moment after it changed. */
export function modeNote(
  changedAt: ReadonlyMap<StripId, number>,
  {settings}: AutomationStatus,
  strip: StripId,
  tick: number,
  cells: number,
): string | undefined {
  const at = changedAt.get(strip);
  return at === undefined || tick - at >= valueTicks ? undefined : modeWord(settings, strip).slice(0, cells);
}
