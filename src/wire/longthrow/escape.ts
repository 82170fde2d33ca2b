import {u32At, u32Bytes} from './little-endian.ts';

/** ESCAPE, both ways: 7F, STATE or RELIABLE:  0 vendor u32   4 anything */
export interface Escape {
  readonly type: 'escape';
  readonly reliable: boolean;
  readonly vendor: number;
  readonly bytes: Uint8Array;
}

/** Reads an ESCAPE; undefined where it is malformed. */
export function readEscape(payload: Uint8Array, reliable: boolean): Escape | undefined {
  if (payload.length < 4) return undefined;
  return {type: 'escape', reliable, vendor: u32At(payload, 0), bytes: payload.slice(4)};
}

/** Writes an ESCAPE. */
export function writeEscape({vendor, bytes}: Escape): readonly number[] {
  return [...u32Bytes(vendor), ...bytes];
}
