import type {Surface} from '../../model/surface.ts';

/** The value of a fader at its top: what the mapping says, within seven bits. */
export function highestFaderValue({faders}: Surface): number {
  return Math.min(127, Math.max(1, faders.topValue));
}
