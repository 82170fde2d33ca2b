import type {Address, Control, Surface} from '../../src/model/surface.ts';

/**
 * How plain devices count, written down a second time from what is published: a slip in the program's own arithmetic must not be repeated
 * here. Seven bits 0…127, fourteen 0…16383; a knob of seven bits has its centre at 64;
 * what is wired the other way round has 0 at its top.
 */
const wide: readonly string[] = ['cc14', 'nrpn', 'rpn', 'bend'];

/** Whether a message carries fourteen bits. */
export function isWide({message}: Address): boolean {
  return wide.includes(message);
}

/** The value at the top of a travel. */
export function topOf({faders}: Surface, address: Address, kind: Control['kind']): number {
  const most = isWide(address) ? 16_383 : 127;
  return Math.min(most, address.top ?? (kind === 'fader' ? faders.topValue : most));
}

/** The value nearest to a position. */
export function valueAt(surface: Surface, address: Address, kind: Control['kind'], where: number): number {
  const position = address.reverse ? 1 - where : where;
  const top = topOf(surface, address, kind);
  if (!isCentred(address, kind, top)) return Math.round(position * top);
  return position < 0.5 ? Math.round(position * 128) : Math.round(1 + position * 126);
}

/** The position of a value. */
export function positionAt(surface: Surface, address: Address, kind: Control['kind'], value: number): number {
  const top = topOf(surface, address, kind);
  const centred = value < 64 ? value / 128 : (value - 1) / 126;
  const position = isCentred(address, kind, top) ? centred : Math.min(1, value / top);
  return address.reverse ? 1 - position : position;
}

function isCentred(address: Address, kind: Control['kind'], top: number): boolean {
  return kind === 'knob' && !isWide(address) && top === 127;
}

/** The seven bits of so many steps in the custom that has these values for one step up and down; undefined where it cannot say so many at once. */
export function stepsValue({on, off}: Pick<Address, 'on' | 'off'>, steps: number): number | undefined {
  const size = Math.abs(steps);
  switch (`${on} ${off}`) {
    case '1 127':
      return size > 63 ? undefined : (128 + steps) % 128;
    case '1 65':
      return size > 63 ? undefined : size + (steps < 0 ? 64 : 0);
    case '65 1':
      return size > 63 ? undefined : size + (steps > 0 ? 64 : 0);
    case '65 63':
      return size > 63 ? undefined : 64 + steps;
    case '17 15':
      return size > 15 ? undefined : 16 + steps;
    default:
      return size > 1 ? undefined : steps > 0 ? on : off;
  }
}
