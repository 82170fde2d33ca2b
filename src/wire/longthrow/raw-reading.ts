import {u16At, u16Bytes} from './little-endian.ts';

/** RAW, device to host: 14, STATE, only while calibrating:  0 fader   1 what: 0 position, 1 touch   2 reading u16 */
export interface RawReading {
  readonly type: 'raw';
  readonly fader: number;
  readonly what: 'position' | 'touch';
  readonly reading: number;
}

/** Reads a RAW; undefined where it is malformed. */
export function readRawReading(payload: Uint8Array): RawReading | undefined {
  const [fader = 0, what = 0] = payload;
  if (payload.length !== 4 || what > 1) return undefined;
  return {type: 'raw', fader, what: what === 0 ? 'position' : 'touch', reading: u16At(payload, 2)};
}

/** Writes a RAW. */
export function writeRawReading({fader, what, reading}: RawReading): readonly number[] {
  return [fader, what === 'position' ? 0 : 1, ...u16Bytes(reading)];
}
