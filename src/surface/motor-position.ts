import type {Output, Surface} from '../model/surface.ts';
import {deviceValue} from './travel.ts';

/** Where a motor is to go, in 14 bits, as the Mackie Control and HUI protocols number faders: eight of strips, and the master's. */
export interface MotorPosition {
  readonly type: 'fader-position';
  readonly strip: number;
  readonly value: number;
}

const masterStrip = 8;
const highestValue = 0x3fff;

/** The message for a position 0…1; undefined for a fader that has no number. */
export function motorPosition(surface: Surface, {id, strip}: Output, position: number): MotorPosition | undefined {
  const number = id === 'fader.master' ? masterStrip : strip;
  return number === undefined
    ? undefined
    : {type: 'fader-position', strip: number, value: Math.min(highestValue, deviceValue(surface.faders, position))};
}
