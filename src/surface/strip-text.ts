import type {Assistance} from '../model/assistance.ts';
import {type AutomationStatus, stripMode} from '../model/automation-status.ts';
import {type Mixer, masterId, type Strip, type StripId} from '../model/mixer.ts';
import type {Cell} from '../model/picture.ts';
import {encoderParameter, faderParameter, type Parameter} from '../model/view.ts';
import type {Warning} from '../model/warning.ts';
import {automationText, modeNote, offsetText} from './automation-text.ts';
import {hasParameter, returnOf} from './ownership.ts';
import {listeningText, proposalText} from './proposal-text.ts';
import {isAutomationTurn, isWarningTurn, valueText} from './scribble.ts';
import {rangeOn} from './setting.ts';
import {stripOf} from './shown-strips.ts';
import {isSameTarget, pageTarget, stripAt, type Target, type UnitContext} from './target.ts';
import {warningText} from './warning-text.ts';

/** What the texts of one unit depend on. */
export interface TextInput extends Pick<UnitContext, 'view' | 'mixer' | 'firstStrip'> {
  /** A name for so many cells. */
  readonly shortName: (strip: Strip, cells: number) => string;
  readonly warningOf: (strip: Strip) => Warning | undefined;
  /** What hands were on a moment ago, by channel strip of the unit. */
  readonly inHand: ReadonlyMap<number, Target>;
  readonly assistance: Assistance;
  readonly automation: AutomationStatus;
  /** The tick at which a strip's automation mode last changed. */
  readonly modeChanges: ReadonlyMap<StripId, number>;
  /** What people call this unit: whoever else writes is named. */
  readonly unitName: string;
  readonly tick: number;
  /** Texts do not take turns. */
  readonly reducedMotion: boolean;
}

type TextCell = Extract<Cell, {type: 'text'}>;

const noText: TextCell = {type: 'text', top: '', bottom: ''};

/** The two lines of a channel strip: its strip's name and value, or what the page puts there. */
export function renderText(input: TextInput, channel: number, cells: number): TextCell {
  const paged = pageTarget(input, channel);
  if (paged !== undefined) return pageText(input, channel, paged, cells);
  const strip = stripAt(input, channel);
  if (strip === undefined) return noText;
  const bottom =
    newsText(input, channel, strip, cells) ?? owned(input.mixer, strip, encoderParameter(input.view), cells);
  return {type: 'text', top: headText(input, strip, cells), bottom};
}

/** The one line of a channel strip that has no more: its name, or for as long as there is anything else to say of it, that. */
export function renderLine(input: TextInput, channel: number, cells: number): TextCell {
  const paged = pageTarget(input, channel);
  if (paged !== undefined) {
    const {top, bottom} = pageText(input, channel, paged, cells);
    return {type: 'text', top: input.inHand.has(channel) ? bottom : top, bottom: ''};
  }
  const strip = stripAt(input, channel);
  if (strip === undefined) return noText;
  return {type: 'text', top: newsText(input, channel, strip, cells) ?? headText(input, strip, cells), bottom: ''};
}

function headText(input: TextInput, strip: Strip, cells: number): string {
  const {view, mixer} = input;
  return view.showValues ? owned(mixer, strip, faderParameter(view), cells) : nameOf(input, strip, cells);
}

/** What is to be said of a strip now beside its name: what the hand does, what changed, what is wrong; undefined for nothing. */
function newsText(input: TextInput, channel: number, strip: Strip, cells: number): string | undefined {
  const handled = input.inHand.get(channel)?.parameter;
  const {automation, tick, reducedMotion} = input;
  if (handled !== undefined) {
    const isOffset = handled === 'level' && stripMode(automation.settings, strip.id) === 'trim';
    const offset = isOffset ? offsetText(automation.offsetsDb.get(strip.id) ?? 0, cells) : undefined;
    return offset ?? valueText(strip, handled, cells);
  }
  const told =
    modeNote(input.modeChanges, automation, strip.id, tick, cells) ?? helpText(input.assistance, strip, cells);
  if (told !== undefined) return told;
  const warning = input.warningOf(strip);
  if (warning !== undefined && (reducedMotion || isWarningTurn(tick))) return warningText(warning, cells);
  const written = automationText(automation, strip.id, input.unitName, cells);
  if (written !== undefined && (reducedMotion || isAutomationTurn(tick, warning !== undefined))) return written;
  return undefined;
}

/** What listening and proposals say of a strip. */
function helpText({listening, proposal}: Assistance, {id}: Strip, cells: number): string | undefined {
  if (listening.has(id)) return listeningText.slice(0, cells);
  const finding = proposal?.findings.get(id);
  return proposal === undefined || finding === undefined ? undefined : proposalText(proposal.what, finding, cells);
}

/**
 * A page's lines: the parameter's name and value. While the hand is on something else of the channel strip, as its fader, that is
 * named instead. Values instead of names show whose faders these are.
 */
function pageText(input: TextInput, channel: number, paged: Target | null, cells: number): TextCell {
  const {view, mixer} = input;
  const handled = input.inHand.get(channel);
  const shown = handled ?? paged;
  const strip = shown === null ? undefined : stripOf(mixer, shown.strip);
  const bottom = shown === null || strip === undefined ? '' : valueText(strip, shown.parameter, cells);
  const isOther = handled !== undefined && !isSameTarget(handled, paged ?? undefined);
  if (isOther && strip !== undefined) return {type: 'text', top: nameOf(input, strip, cells), bottom};
  const under = view.showValues ? stripAt(input, channel) : undefined;
  if (under !== undefined) return {type: 'text', top: nameOf(input, under, cells), bottom};
  if (paged === null || strip === undefined) return {type: 'text', top: '', bottom};
  return {type: 'text', top: parameterName(input, strip, paged.parameter, cells), bottom};
}

/** What a scribble strip calls a parameter: a send by the return it feeds, all others by the table. */
export function parameterName(
  {mixer, shortName}: Pick<TextInput, 'mixer' | 'shortName'>,
  strip: Strip,
  parameter: Parameter,
  cells: number,
): string {
  const fed = returnOf(mixer, parameter);
  if (fed !== undefined) return shortName(fed, cells).slice(0, cells);
  return (rangeOn(strip, parameter)?.short ?? '').slice(0, cells);
}

function nameOf({shortName}: TextInput, strip: Strip, cells: number): string {
  return (strip.id === masterId ? strip.name : shortName(strip, cells)).slice(0, cells);
}

function owned(mixer: Mixer, strip: Strip, parameter: Parameter, cells: number): string {
  return valueText(strip, hasParameter(mixer, strip, parameter) ? parameter : 'level', cells);
}
