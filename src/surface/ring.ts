import {targetWindow} from '../gain/headroom.ts';
import type {Strip} from '../model/mixer.ts';
import {type ParameterRange, parameterValue} from '../model/parameter.ts';
import type {Cell, RingStyle} from '../model/picture.ts';
import type {Surface} from '../model/surface.ts';
import type {Parameter} from '../model/view.ts';
import {isCentred, isLevel, isSilence, positionOn} from './knob.ts';
import {rangeOn, stageSwitch, valueOn} from './setting.ts';

type RingCell = Extract<Cell, {type: 'ring'}>;

/** A ring without a value. */
export const darkRing: RingCell = {type: 'ring', style: 'wrap', position: undefined, centre: false};

/** Lamps of a full ring; gain reduction lights one a dB. */
const ringSteps = 11;

/**
 * The ring of a value: what has a centre grows from it, frequencies and choices are a dot, all else fills from the left; silence and a
 * switch that is off are dark. The small lamp says that the stage of the parameter is on, or, where it belongs to none, that the value is
 * exactly neutral.
 */
export function renderRing(strip: Strip, parameter: Parameter, surface: Surface): RingCell {
  const range = rangeOn(strip, parameter);
  if (range === undefined) return darkRing;
  const value = valueOn(strip, parameter);
  const centre = isMarked(strip, parameter, range, value);
  if (isLevel(parameter) ? isSilence(parameter, value) : range.unit === 'switch' && value === 0)
    return {...darkRing, centre};
  const position = positionOn(strip, parameter, surface.faders.taper);
  return {type: 'ring', style: drawn(styleOf(parameter, range), surface), position, centre};
}

/** What the compressor takes away, one lamp a dB from the left, dark under half a dB; the small lamp says that it is on. */
export function renderReduction(gainReductionDb: number, surface: Surface): RingCell {
  const lamps = Math.min(ringSteps, Math.round(gainReductionDb));
  if (!(lamps >= 1)) return {...darkRing, centre: true};
  return {type: 'ring', style: drawn('wrap', surface), position: (lamps - 1) / (ringSteps - 1), centre: true};
}

/** dB of the working peak that one lamp of the trim view stands for. */
const trimLampDb = 3;

/**
 * The trim view: where a strip peaks when it plays, three dB a lamp around the middle of the target window at the centre; left of it the strip
 * is quiet, right of it hot. Dark, without the small lamp, while its working peak is not known.
 */
export function renderTrimView(workingPeakDb: number | undefined, surface: Surface): RingCell {
  if (workingPeakDb === undefined || Number.isNaN(workingPeakDb)) return darkRing;
  const middle = (ringSteps - 1) / 2;
  const lamp = middle + Math.round((workingPeakDb - targetWindow.centreDb) / trimLampDb);
  const position = Math.min(ringSteps - 1, Math.max(0, lamp)) / (ringSteps - 1);
  return {type: 'ring', style: drawn('boost-cut', surface), position, centre: true};
}

function styleOf(parameter: Parameter, range: ParameterRange): RingStyle {
  if (range.unit === 'switch' || isLevel(parameter)) return 'wrap';
  if (range.unit === 'Hz' || range.unit === 'choice') return 'dot';
  if (!isCentred(range)) return 'wrap';
  return range.low < 0 ? 'boost-cut' : 'spread';
}

function isMarked(strip: Strip, parameter: Parameter, range: ParameterRange, value: number): boolean {
  const stage = stageSwitch(parameter);
  if (stage !== undefined) return parameterValue(strip.parameters, stage) === 1;
  return range.unit === 'switch' ? value === 1 : range.unit !== 'choice' && value === range.standard;
}

/** The style if the surface draws it, else the one it has. */
function drawn(style: RingStyle, {ringStyles}: Surface): RingStyle {
  return ringStyles === undefined || ringStyles.includes(style) ? style : (ringStyles[0] ?? 'dot');
}
