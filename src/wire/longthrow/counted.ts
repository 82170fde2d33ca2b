import {u16List} from './little-endian.ts';

/**
 * Outputs in a row: what METER, LED, WARN, COLOUR and RING have in common.
 *   0 first   1 count, not 0   2 values of one size × count; first + count is at most 256
 */
export interface Counted {
  readonly first: number;
  readonly values: readonly number[];
}

/** Reads a row of values of 1 or 2 bytes; undefined where it is malformed. */
export function readCounted(payload: Uint8Array, size: 1 | 2): Counted | undefined {
  const [first = 0, count = 0] = payload;
  if (payload.length < 2 || count === 0 || payload.length !== 2 + size * count || first + count > 256) return undefined;
  return {first, values: size === 1 ? [...payload.subarray(2)] : u16List(payload, 2)};
}
