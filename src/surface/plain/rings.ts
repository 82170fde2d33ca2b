import type {Cell, RingStyle} from '../../model/picture.ts';
import type {Address, RingValues} from '../../model/surface.ts';
import {addressBytes} from '../../wire/address-message.ts';

type RingCell = Extract<Cell, {type: 'ring'}>;

/**
 * The bytes that bring a ring of lamps, at addresses of the mapping, to a cell; none where it cannot draw at all. Each way of drawing has its span of values
 * from left to right, and all have one value for dark; where the way of drawing is chosen apart, that message goes first, or alone where it chooses darkness. A
 * small lamp is a number added.
 */
export function ringBytes(address: Address, ring: RingValues, cell: RingCell): Uint8Array | undefined {
  const style = styleFor(ring, cell.style);
  const span = style && ring.styles[style];
  if (style === undefined || span === undefined) return undefined;
  const value = addressBytes(address, ringValue(ring, span, cell));
  if (ring.styleAt === undefined) return value;
  if (cell.position === undefined)
    return ring.styleAt.dark === undefined ? value : addressBytes(ring.styleAt.address, ring.styleAt.dark);
  const chosen = ring.styleAt.values[style];
  if (chosen === undefined) return value;
  return Uint8Array.from([...addressBytes(ring.styleAt.address, chosen), ...value]);
}

/** The style itself if the ring has values for it, else the first that it has. */
function styleFor({styles}: RingValues, style: RingStyle): RingStyle | undefined {
  if (styles[style] !== undefined) return style;
  return (['wrap', 'dot', 'boost-cut', 'spread'] as const).find((other) => styles[other] !== undefined);
}

function ringValue({dark, centre}: RingValues, [first, last]: readonly [number, number], cell: RingCell): number {
  const {position} = cell;
  const lit = cell.centre ? centre : 0;
  if (position === undefined || Number.isNaN(position)) return dark + lit;
  return first + Math.round((last - first) * Math.min(1, Math.max(0, position))) + lit;
}
