import {formatDb} from '../../model/decibel.ts';
import {effectValue} from '../../model/effect.ts';
import {type Mixer, masterId, type Strip} from '../../model/mixer.ts';
import {parameterValue} from '../../model/parameter.ts';
import {plainText} from '../../model/problem.ts';
import {shortName} from '../../model/short-name.ts';
import {noteNames} from '../../model/tempo.ts';
import {pageNumber, pageWidth} from '../../model/view.ts';
import {stageSwitch} from '../../surface/setting.ts';
import {shownStrips, stripOf} from '../../surface/shown-strips.ts';
import {parameterName} from '../../surface/strip-text.ts';
import {pageTarget} from '../../surface/target.ts';
import {fullValueText} from '../../surface/value-text.ts';
import type {DeskStatus} from '../desk-status.ts';
import {fittingName} from './strip-column.ts';
import {chip, line, padded, type Span, type Style, span} from './style.ts';

/** Cells before the first knob, and of each. */
const headCells = 15;
const knobCells = 8;

/** Lines of the panel while a page is open; else it has one. */
export const panelLines = 2;

/**
 * The selected strip: the page's names and values with the chosen knob marked, or in a sentence what is switched on. Values of a stage that
 * is off are dim.
 */
export function drawPanel(status: DeskStatus, knob: number, width: number, style: Style): readonly string[] {
  const {view, mixer} = status;
  const strip = view.selected === undefined ? undefined : stripOf(mixer, view.selected);
  if (strip === undefined) return [line([span(' No strip is selected.', 'dim')], width, style)];
  const name = chip(` ${padded(fittingName(strip, headCells - 2), headCells - 1)}`, strip.colour);
  if (view.page === undefined) return [line([name, ...summary(status, strip)], width, style)];
  const {number, count} = pageNumber(view);
  const title = `${view.page.name}${count > 1 ? ` ${number}/${count}` : ''}`;
  const tops: Span[] = [name];
  const values: Span[] = [span(` ${padded(title, headCells - 1)}`, 'title')];
  const places = Array.from({length: pageWidth}, (_, place) => pageTarget({view, mixer, firstStrip: 0}, place));
  const hasAny = places.some((target) => target !== null && target !== undefined);
  for (let place = 0; place < pageWidth; place++) {
    const shown = places[place]?.parameter;
    const naming = {mixer, shortName: (one: Strip, cells: number) => shortName(one.name, cells)};
    const top = shown === undefined ? '' : parameterName(naming, strip, shown, knobCells - 1);
    const value = shown === undefined ? '' : fullValueText(strip, shown);
    const stage = shown === undefined ? undefined : stageSwitch(shown);
    const isOff = stage !== undefined && parameterValue(strip.parameters, stage) === 0;
    tops.push(span(padded(top, knobCells - 1), place === knob ? 'reverse' : 'dim'), span(' ', 'plain'));
    if (hasAny) values.push(span(padded(value, knobCells), isOff ? 'dim' : 'bold'));
  }
  if (!hasAny) values.push(span('Nothing of this page is on this strip.', 'dim'));
  return [line(tops, width, style), line(values, width, style)];
}

/** What a strip is and what of it is switched on, in few words. */
function summary({mixer, reading}: DeskStatus, strip: Strip): readonly Span[] {
  const {parameters: values} = strip;
  const isOn = (stage: Parameters<typeof parameterValue>[1]): boolean => parameterValue(values, stage) === 1;
  const bands = ([1, 2, 3, 4] as const).filter((band) => isOn(`eq${band}.on`)).length;
  const reduction = reading(strip.id)?.gainReductionDb;
  const parts = [
    routeText(mixer, strip),
    strip.trimDb === 0 ? '' : `trim ${formatDb(strip.trimDb)}`,
    strip.polarityInverted ? 'inverted' : '',
    isOn('hp.on') ? `HP ${fullValueText(strip, 'hp.hz')}` : '',
    isOn('lp.on') ? `LP ${fullValueText(strip, 'lp.hz')}` : '',
    bands === 0 ? '' : `EQ ${bands}`,
    isOn('gate.on') ? 'gate' : '',
    isOn('comp.on') ? `comp${reduction === undefined ? '' : ` -${reduction.toFixed(1)} dB`}` : '',
    isOn('sat.on') ? 'saturator' : '',
    isOn('limiter.on') ? `limiter ${fullValueText(strip, 'limiter.ceilingDb')}` : '',
    ...sendTexts(mixer, strip),
  ];
  return [span(parts.filter((part) => part !== '').join(', '), 'plain')];
}

function routeText(mixer: Mixer, strip: Strip): string {
  if (strip.id === masterId) return 'mix bus';
  const members = shownStrips(mixer, {shown: 'all', spilled: strip.id}).length;
  const vcas = strip.vcas.flatMap((id) => stripOf(mixer, id)?.name ?? []);
  const to = strip.output === masterId ? '' : ` to ${stripOf(mixer, strip.output)?.name ?? 'nowhere'}`;
  const under = vcas.length === 0 ? '' : ` under ${vcas.join(' and ')}`;
  const groups = strip.muteGroups.length === 0 ? '' : `, mute group ${strip.muteGroups.join(' ')}`;
  const kinds: Readonly<Record<Strip['kind'], string>> = {
    stem: strip.channels === 1 ? 'mono' : 'stereo',
    group: `group of ${members}`,
    return: effectText(strip),
    vca: `VCA of ${members}`,
  };
  return plainText(`${kinds[strip.kind]}${strip.kind === 'vca' ? '' : to}${under}${groups}`);
}

/** A return's effect, with its note and what that comes to. */
function effectText({effect}: Strip): string {
  if (effect === undefined) return 'return';
  const note = effectValue(effect, 'note');
  if (note === 0) return effect.kind;
  const timeText = `${Math.round(effectValue(effect, 'timeMs'))} ms`;
  return `${effect.kind} ${noteNames[note]} (${effect.isCutShort ? `too long at this tempo, cut to ${timeText}` : timeText})`;
}

function sendTexts(mixer: Mixer, strip: Strip): readonly string[] {
  const returns = mixer.strips.filter(({kind}) => kind === 'return').slice(0, 8);
  return ([1, 2, 3, 4, 5, 6, 7, 8] as const).flatMap((number) => {
    const fed = returns[number - 1];
    if (fed === undefined || parameterValue(strip.parameters, `send${number}.on`) === 0) return [];
    return [plainText(`${fed.name} ${fullValueText(strip, `send${number}.levelDb`)}`)];
  });
}
