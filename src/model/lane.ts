import type {MixerCommand} from './command.ts';
import {findStrip, type Mixer, masterId, type StripId} from './mixer.ts';
import {isParameterId, type ParameterId, type ParameterRange, parameterValue, rangeOf} from './parameter.ts';
import {highestLevelDb, lowestLevelDb} from './taper.ts';

/** What of a strip can be automated: the fader, what is added to it in trim mode, and everything that a hand can set. */
export type LaneParameter = 'level' | 'level.offset' | 'pan' | 'trim' | 'mute' | ParameterId;

/** What a lane moves. `strip` is `masterId` for the mix bus. */
export interface LaneTarget {
  readonly strip: StripId;
  readonly parameter: LaneParameter;
}

/** A lane's name in files and on the command line: `vox level`, `vox send1.levelDb`. */
export type LaneId = string & {readonly brand?: 'LaneId'};

/**
 * Automation of one parameter: points in rising order of their frames, no two at the same one; both arrays are equally long and never changed
 * in place. Values are in the parameter's unit, −90 dB standing for silence. Before the first point it has the first value, after the last the last.
 */
export interface Lane {
  readonly frames: Int32Array;
  readonly values: Float64Array;
}

/** A lane without a point moves nothing. */
export const emptyLane: Lane = {frames: new Int32Array(0), values: new Float64Array(0)};

/** How a lane goes from point to point: straight in the unit (levels: in dB), straight in octaves, or in steps at the points. */
export type LaneCurve = 'line' | 'octaves' | 'steps';

/** What a lane's values may be and how it goes on between points. */
export interface LaneKind {
  readonly low: number;
  readonly high: number;
  /** Value where neither lane nor hand said anything. */
  readonly standard: number;
  readonly unit: ParameterRange['unit'];
  readonly curve: LaneCurve;
}

const own: Readonly<Record<Exclude<LaneParameter, ParameterId>, LaneKind>> = {
  level: {low: lowestLevelDb, high: highestLevelDb, standard: 0, unit: 'dB', curve: 'line'},
  'level.offset': {low: -40, high: 40, standard: 0, unit: 'dB', curve: 'line'},
  pan: {low: -1, high: 1, standard: 0, unit: 'side', curve: 'line'},
  trim: {low: -24, high: 24, standard: 0, unit: 'dB', curve: 'line'},
  mute: {low: 0, high: 1, standard: 0, unit: 'switch', curve: 'steps'},
};

export function isLaneParameter(text: string): text is LaneParameter {
  return Object.hasOwn(own, text) || isParameterId(text);
}

/** What values a lane of this parameter takes. */
export function laneKind(parameter: LaneParameter): LaneKind {
  if (!isParameterId(parameter)) return own[parameter];
  const {low, high, standard, unit, scale} = rangeOf(parameter);
  const curve = unit === 'switch' || unit === 'choice' ? 'steps' : scale === 'log' ? 'octaves' : 'line';
  return {low, high, standard, unit, curve};
}

export function laneId({strip, parameter}: LaneTarget): LaneId {
  return `${strip} ${parameter}`;
}

/** What a lane of that name moves; undefined if it names no parameter. Whether the strip is there, the mixer knows. */
export function laneTarget(id: LaneId): LaneTarget | undefined {
  const space = id.indexOf(' ');
  const parameter = id.slice(space + 1);
  return space > 0 && isLaneParameter(parameter) ? {strip: id.slice(0, space), parameter} : undefined;
}

/** What the mixer has there, in the lane's unit (silence is −90 dB); undefined if it has no such strip or parameter. An offset is in no mixer: 0. */
export function laneValue(mixer: Mixer, {strip: id, parameter}: LaneTarget): number | undefined {
  if (parameter === 'level.offset') return 0;
  if (id === masterId) {
    if (parameter === 'level') return Math.max(lowestLevelDb, mixer.masterLevelDb);
    return isParameterId(parameter) ? parameterValue(mixer.masterParameters, parameter) : undefined;
  }
  const strip = findStrip(mixer, id);
  if (strip === undefined) return undefined;
  switch (parameter) {
    case 'level':
      return Math.max(lowestLevelDb, strip.levelDb);
    case 'pan':
      return strip.pan;
    case 'trim':
      return strip.trimDb;
    case 'mute':
      return strip.muted ? 1 : 0;
    default:
      return parameterValue(strip.parameters, parameter);
  }
}

/** The command that sets a target to a lane's value; undefined for an offset, which is added to its level. */
export function laneCommand({strip, parameter}: LaneTarget, value: number): MixerCommand | undefined {
  switch (parameter) {
    case 'level':
      return {type: 'strip.setLevel', strip, levelDb: value};
    case 'level.offset':
      return undefined;
    case 'pan':
      return {type: 'strip.setPan', strip, pan: value};
    case 'trim':
      return {type: 'strip.setTrim', strip, trimDb: value};
    case 'mute':
      return {type: 'strip.setMute', strip, muted: value >= 0.5};
    default:
      return {type: 'strip.setParameter', strip, parameter, value};
  }
}

/** What a command would write into a lane; undefined for commands that no lane holds. */
export function laneWrittenBy(
  command: MixerCommand,
): {readonly target: LaneTarget; readonly value: number} | undefined {
  switch (command.type) {
    case 'strip.setLevel':
      return {target: {strip: command.strip, parameter: 'level'}, value: Math.max(lowestLevelDb, command.levelDb)};
    case 'strip.setPan':
      return {target: {strip: command.strip, parameter: 'pan'}, value: command.pan};
    case 'strip.setTrim':
      return {target: {strip: command.strip, parameter: 'trim'}, value: command.trimDb};
    case 'strip.setMute':
      return {target: {strip: command.strip, parameter: 'mute'}, value: command.muted ? 1 : 0};
    case 'strip.setParameter':
      return {target: {strip: command.strip, parameter: command.parameter}, value: command.value};
    default:
      return undefined;
  }
}
