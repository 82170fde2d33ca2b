import {formatDb} from '../../model/decibel.ts';
import {type DeliveryTargetRow, deliveryTargetOf} from '../../model/delivery-target.ts';
import type {MeterSettings} from '../../model/meter-settings.ts';
import {meterTypes} from '../../model/meter-type.ts';
import type {ProgramReading} from '../../model/program.ts';
import type {DeskStatus} from '../desk-status.ts';
import {line, type Span, type Style, span, widthOf} from './style.ts';

/**
 * The rule under the strips, with the chosen meter on its left and on its right what the programme meters say of the mix: momentary, short-term and integrated
 * loudness with its distance from the delivery target, range, highest true peak. What has no room is left out; `~` stands before a range that is not stable yet.
 */
export function drawLoudness({meters, program}: DeskStatus, width: number, style: Style): string {
  const stroke = style.unicode ? '─' : '-';
  const left = [span(stroke, 'dim'), span(` ${chosenText(meters)} `, 'plain')];
  const texts = program === undefined ? [[]] : loudnessSpans(program, meters, style);
  const right = texts.find((spans) => widthOf(left) + widthOf(spans) + 4 <= width) ?? [];
  const isShown = right.length > 0;
  const gap = width - widthOf(left) - widthOf(right) - (isShown ? 3 : 0);
  const fill = span(stroke.repeat(Math.max(0, gap)), 'dim');
  if (!isShown) return line([...left, fill], width, style);
  return line([...left, fill, span(' ', 'plain'), ...right, span(' ', 'plain'), span(stroke, 'dim')], width, style);
}

/** `PPM BBC, line-up -18 dBFS`: the line-up level only where the scale hangs on it. */
function chosenText({type, lineUpDb}: MeterSettings): string {
  const {short, lineUpMark} = meterTypes[type];
  return lineUpMark === undefined ? short : `${short} ${lineUpDb}`;
}

/** The same in several lengths, the longest first. */
function loudnessSpans(
  program: ProgramReading,
  {paused, target}: MeterSettings,
  style: Style,
): readonly (readonly Span[])[] {
  const wanted = deliveryTargetOf(target);
  const text = (levelDb: number): string => formatDb(levelDb, style.unicode ? '-∞' : '-inf');
  const integrated = [
    span(`I ${text(program.integratedLufs)} LUFS`, 'bold'),
    ...(paused ? [span(' paused', 'hot')] : []),
  ];
  const moving = span(`M ${text(program.momentaryLufs)} S ${text(program.shortTermLufs)} `, 'plain');
  const range = span(` LRA ${program.rangeIsStable ? '' : '~'}${program.rangeLu.toFixed(1)} LU`, 'plain');
  const {maxTruePeakDb} = program;
  const ceilingDbtp = wanted?.ceilingDbtp ?? -1;
  const peak = span(` TP ${text(maxTruePeakDb)} dBTP`, maxTruePeakDb > ceilingDbtp ? 'alarm' : 'plain');
  if (wanted === undefined) return [[moving, ...integrated, range, peak], [...integrated, peak], integrated];
  const held = [...integrated, span(` (${distanceText(program.integratedLufs, wanted)})`, 'plain')];
  return [
    [moving, ...held, range, peak],
    [moving, ...held, peak],
    [...held, range, peak],
    [...held, peak],
    held,
    integrated,
  ];
}

/** `2.2 under Spotify -14`: what is told to a tenth is judged to a tenth. */
function distanceText(integratedLufs: number, {name, short = name, integratedLufs: wanted}: DeliveryTargetRow): string {
  if (!Number.isFinite(integratedLufs)) return `${short} ${wanted}`;
  const apart = Math.abs(integratedLufs - wanted).toFixed(1);
  if (apart === '0.0') return `on ${short} ${wanted}`;
  return `${apart} ${integratedLufs > wanted ? 'over' : 'under'} ${short} ${wanted}`;
}
