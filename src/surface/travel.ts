import type {FaderTraits} from '../model/surface.ts';

/** A position as the motor can take it: on the device's own steps, so that what it cannot tell apart is equal here too. */
export function deviceTravel({topValue, stepValue}: FaderTraits, position: number): number {
  const step = Math.max(1, stepValue);
  return Math.min(topValue, Math.round((clampTravel(position) * topValue) / step) * step) / topValue;
}

function clampTravel(position: number): number {
  return position > 0 ? Math.min(1, position) : 0;
}
