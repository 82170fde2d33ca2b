import {u16Bytes, u16List} from './little-endian.ts';

/**
 * FADER, device to host: 10, STATE, and MOTOR, host to device: 20, STATE
 *   0 first   1 mask, not 0   2 u16 for each bit set, lowest first: 0 bottom … FFFF top of the travel, of fader first + bit
 */
export interface Travels {
  readonly type: 'faders' | 'motors';
  readonly first: number;
  readonly mask: number;
  readonly values: readonly number[];
}

/** Where one fader is or should be, 0…65,535. */
export interface Travel {
  readonly index: number;
  readonly value: number;
}

/** Reads either; undefined where it is malformed. */
export function readTravels(type: Travels['type'], payload: Uint8Array): Travels | undefined {
  const [first = 0, mask = 0] = payload;
  if (mask === 0 || payload.length !== 2 + 2 * bitsOf(mask) || first + highestBit(mask) > 255) return undefined;
  return {type, first, mask, values: u16List(payload, 2)};
}

/** Writes either. */
export function writeTravels({first, mask, values}: Travels): readonly number[] {
  return [first, mask, ...values.flatMap(u16Bytes)];
}

/** What a message says, fader by fader. */
export function travelsOf({first, mask, values}: Travels): readonly Travel[] {
  const travels: Travel[] = [];
  for (let bit = 0; bit < 8; bit++) {
    if ((mask >> bit) & 1) travels.push({index: first + bit, value: values[travels.length] ?? 0});
  }
  return travels;
}

/** The fewest messages that say this; of several values of one fader the last counts. */
export function travelMessages(type: Travels['type'], travels: readonly Travel[]): readonly Travels[] {
  const sorted = [...new Map(travels.map(({index, value}) => [index, value]))].sort(([one], [other]) => one - other);
  const messages: {first: number; mask: number; values: number[]}[] = [];
  for (const [index, value] of sorted) {
    const last = messages.at(-1);
    if (last !== undefined && index - last.first < 8) {
      last.mask |= 1 << (index - last.first);
      last.values.push(value);
    } else messages.push({first: index, mask: 1, values: [value]});
  }
  return messages.map((message) => ({type, ...message}));
}

function bitsOf(mask: number): number {
  let bits = 0;
  for (let left = mask; left > 0; left >>= 1) bits += left & 1;
  return bits;
}

function highestBit(mask: number): number {
  return 31 - Math.clz32(mask);
}
