import {type LaneKind, type LaneParameter, laneKind} from '../../model/lane.ts';
import {deskTaper, levelAt, lowestLevelDb, positionOf} from '../../model/taper.ts';

/** Highest value of a 14-bit controller; 0 is the lowest. */
export const highest = 16_383;
/** What stands for the middle of a range that has one: 64 in the upper seven bits. */
export const middle = 8192;

/** How a parameter's range lies on a controller. `taper`: as the desk's fader travels; `sides`: with the middle at 8192; all others evenly in unit or octaves. */
export type ControllerLaw = 'taper' | 'sides' | 'line' | 'octaves' | 'choice';

/** The law of a parameter. */
export function lawOf(parameter: LaneParameter): ControllerLaw {
  if (parameter === 'level' || /^send\d\.levelDb$/.test(parameter)) return 'taper';
  const {low, high, curve} = laneKind(parameter);
  if (curve !== 'line') return curve === 'steps' ? 'choice' : 'octaves';
  return low === -high ? 'sides' : 'line';
}

/** A value as a 14-bit controller, 0…16,383; what lies outside the range is taken for its end. */
export function controllerValue(parameter: LaneParameter, value: number): number {
  return Math.min(highest, Math.max(0, Math.round(exactValue(parameter, value))));
}

function exactValue(parameter: LaneParameter, value: number): number {
  const kind = laneKind(parameter);
  switch (lawOf(parameter)) {
    case 'taper':
      return positionOf(deskTaper, value) * highest;
    case 'sides':
      return middle + (value / kind.high) * (value < 0 ? middle : highest - middle);
    case 'octaves':
      return (Math.log(value / kind.low) / Math.log(kind.high / kind.low)) * highest;
    case 'line':
    case 'choice':
      return ((value - kind.low) / (kind.high - kind.low)) * highest;
  }
}

/** The value that a 14-bit controller stands for: the inverse of `controllerValue`, within the parameter's range; −90 dB is silence. */
export function valueOfController(parameter: LaneParameter, controller: number): number {
  const kind = laneKind(parameter);
  const share = Math.min(1, Math.max(0, controller / highest));
  return within(kind, readValue(parameter, kind, controller, share));
}

function readValue(parameter: LaneParameter, kind: LaneKind, controller: number, share: number): number {
  switch (lawOf(parameter)) {
    case 'taper':
      return Math.max(lowestLevelDb, levelAt(deskTaper, share));
    case 'sides':
      return ((controller - middle) / (controller < middle ? middle : highest - middle)) * kind.high;
    case 'octaves':
      return kind.low * (kind.high / kind.low) ** share;
    case 'line':
      return kind.low + share * (kind.high - kind.low);
    case 'choice':
      return Math.round(kind.low + share * (kind.high - kind.low));
  }
}

function within({low, high}: LaneKind, value: number): number {
  return Math.min(high, Math.max(low, value)) + 0;
}

/** A controller of seven bits as one of 14: ends and middle stay what they are. */
export function widened(sevenBits: number): number {
  return sevenBits <= 64 ? sevenBits * 128 : Math.round(middle + ((sevenBits - 64) * (highest - middle)) / 63);
}
