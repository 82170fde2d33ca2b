import {readCounted} from './counted.ts';
import {u16Bytes} from './little-endian.ts';

/** COLOUR, host to device: 25, STATE:  0 first   1 count   2 RGB565 u16 × count: b15-11 red, b10-5 green, b4-0 blue */
export interface Colours {
  readonly type: 'colours';
  readonly first: number;
  readonly colours: readonly number[];
}

/** Reads a COLOUR; undefined where it is malformed. */
export function readColours(payload: Uint8Array): Colours | undefined {
  const row = readCounted(payload, 2);
  return row && {type: 'colours', first: row.first, colours: row.values};
}

/** Writes a COLOUR. */
export function writeColours({first, colours}: Colours): readonly number[] {
  return [first, colours.length, ...colours.flatMap(u16Bytes)];
}

/** A colour on the wire, of parts 0…255. */
export function rgb565(red: number, green: number, blue: number): number {
  return ((red >> 3) << 11) | ((green >> 2) << 5) | (blue >> 3);
}
