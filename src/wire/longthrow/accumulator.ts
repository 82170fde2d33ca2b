import {u16Bytes, u16List} from './little-endian.ts';

/** ENCODER, device to host: 13, STATE:  0 first   1 accumulators u16, which wrap; clockwise counts up */
export interface Accumulators {
  readonly type: 'encoders';
  readonly first: number;
  readonly values: readonly number[];
}

/** Reads an ENCODER; undefined where it is malformed. */
export function readAccumulators(payload: Uint8Array): Accumulators | undefined {
  const [first = 0] = payload;
  const count = (payload.length - 1) / 2;
  if (!Number.isInteger(count) || count < 1 || first + count > 256) return undefined;
  return {type: 'encoders', first, values: u16List(payload, 1)};
}

/** Writes an ENCODER. */
export function writeAccumulators({first, values}: Accumulators): readonly number[] {
  return [first, ...values.flatMap(u16Bytes)];
}

/** Steps between two accumulators, positive clockwise; a session begins at 0. */
export function stepsBetween(before: number, after: number): number {
  return ((after - before) << 16) >> 16;
}
