import type {Output, Surface} from '../model/surface.ts';

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
    : {type: 'fader-position', strip: number, value: motorValue(surface, position)};
}

/** On the motor's own steps, never above its top nor above what 14 bits hold. */
function motorValue({faders}: Surface, position: number): number {
  const step = Math.max(1, faders.stepValue);
  const travel = position > 0 ? Math.min(1, position) : 0;
  return Math.min(highestValue, faders.topValue, Math.round((travel * faders.topValue) / step) * step);
}
