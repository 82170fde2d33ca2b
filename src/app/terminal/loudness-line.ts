import {formatDb} from '../../model/decibel.ts';
import type {MeterSettings} from '../../model/meter-settings.ts';
import {meterTypes} from '../../model/meter-type.ts';
import type {ProgramReading} from '../../model/program.ts';
import type {DeskStatus} from '../desk-status.ts';
import {line, type Span, type Style, span, widthOf} from './style.ts';

/**
 * The rule under the strips, with the chosen meter on its left and on its right what the programme meters say of the mix: momentary, short-term and integrated
 * loudness, range, highest true peak. What has no room is left out; `~` stands before a range that is not stable yet.
 */
export function drawLoudness({meters, program}: DeskStatus, width: number, style: Style): string {
  const stroke = style.unicode ? '─' : '-';
  const left = [span(stroke, 'dim'), span(` ${chosenText(meters)} `, 'plain')];
  const texts = program === undefined ? [[]] : loudnessSpans(program, meters.paused, style);
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

/** The same in three lengths, the longest first. */
function loudnessSpans(program: ProgramReading, paused: boolean, style: Style): readonly (readonly Span[])[] {
  const text = (levelDb: number): string => formatDb(levelDb, style.unicode ? '-∞' : '-inf');
  const integrated = [
    span(`I ${text(program.integratedLufs)} LUFS`, 'bold'),
    ...(paused ? [span(' paused', 'hot')] : []),
  ];
  const moving = span(`M ${text(program.momentaryLufs)} S ${text(program.shortTermLufs)} `, 'plain');
  const range = span(` LRA ${program.rangeIsStable ? '' : '~'}${program.rangeLu.toFixed(1)} LU`, 'plain');
  const {maxTruePeakDb} = program;
  const peak = span(` TP ${text(maxTruePeakDb)} dBTP`, maxTruePeakDb > -1 ? 'alarm' : 'plain');
  return [[moving, ...integrated, range, peak], [...integrated, peak], integrated];
}
