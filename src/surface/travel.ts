import type {FaderTraits} from '../model/surface.ts';

/** What the device is told of a position 0…1, 0…`topValue`: on the motor's own steps, never above its top. */
export function deviceValue({topValue, stepValue}: FaderTraits, position: number): number {
  const step = Math.max(1, stepValue);
  return Math.min(topValue, Math.round((clampTravel(position) * topValue) / step) * step);
}

/** A position as the motor can take it, so that what it cannot tell apart is equal here too. */
export function deviceTravel(traits: FaderTraits, position: number): number {
  return deviceValue(traits, position) / traits.topValue;
}

function clampTravel(position: number): number {
  return position > 0 ? Math.min(1, position) : 0;
}
