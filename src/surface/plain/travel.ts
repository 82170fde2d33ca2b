import type {Address, Control, Surface} from '../../model/surface.ts';
import {isWide} from '../../wire/address-value.ts';

/** Seven bits have no middle: this value is taken for it, so that a knob can say exactly half. */
const middle = 64;
const sevenBits = 127;
const fourteenBits = 16_383;

/** The value of a fader or knob at the end of its travel: its own, else for faders what the mapping says, within what the message can carry. */
export function highestValue(
  {faders}: Pick<Surface, 'faders'>,
  {message, top}: Address,
  kind: Control['kind'],
): number {
  const most = isWide(message) ? fourteenBits : sevenBits;
  const said = top ?? (kind === 'fader' ? faders.topValue : most);
  return Math.min(most, Math.max(1, said));
}

/** Where a value stands, 0…1. */
export function travelOf(
  surface: Pick<Surface, 'faders'>,
  address: Address,
  kind: Control['kind'],
  value: number,
): number {
  const travel = shareOf(highestValue(surface, address, kind), hasMiddle(surface, address, kind), value);
  return address.reverse === true ? 1 - travel : travel;
}

/** The value that stands there. */
export function valueAtTravel(
  surface: Pick<Surface, 'faders'>,
  address: Address,
  kind: Control['kind'],
  position: number,
): number {
  const top = highestValue(surface, address, kind);
  const bounded = Math.min(1, Math.max(0, position));
  const share = address.reverse === true ? 1 - bounded : bounded;
  if (!hasMiddle(surface, address, kind)) return Math.round(share * top);
  return share < 0.5 ? Math.round(share * 2 * middle) : middle + Math.round((share - 0.5) * 2 * (sevenBits - middle));
}

/** How far a value is of the way from 0 to the highest. */
function shareOf(top: number, withMiddle: boolean, value: number): number {
  if (!withMiddle) return Math.min(1, value / top);
  return value < middle ? value / (2 * middle) : 0.5 + (value - middle) / (2 * (sevenBits - middle));
}

function hasMiddle(surface: Pick<Surface, 'faders'>, address: Address, kind: Control['kind']): boolean {
  return kind === 'knob' && !isWide(address.message) && highestValue(surface, address, kind) === sevenBits;
}
