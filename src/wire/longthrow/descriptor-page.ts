import {u16At, u16Bytes} from './little-endian.ts';

/** DESC_READ, host to device: 03, SYSTEM:  0 offset u16   2 length u8 */
export interface DescriptorRead {
  readonly type: 'descriptor-read';
  readonly offset: number;
  readonly length: number;
}

/** DESC_DATA, device to host: 04, SYSTEM:  0 offset u16   2 bytes, fewer than asked at the end, none past it */
export interface DescriptorData {
  readonly type: 'descriptor-data';
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Reads a DESC_READ; undefined where it is malformed. */
export function readDescriptorRead(payload: Uint8Array): DescriptorRead | undefined {
  if (payload.length !== 3) return undefined;
  return {type: 'descriptor-read', offset: u16At(payload, 0), length: payload[2] ?? 0};
}

/** Writes a DESC_READ. */
export function writeDescriptorRead({offset, length}: DescriptorRead): readonly number[] {
  return [...u16Bytes(offset), length];
}

/** Reads a DESC_DATA; undefined where it is malformed. */
export function readDescriptorData(payload: Uint8Array): DescriptorData | undefined {
  if (payload.length < 2) return undefined;
  return {type: 'descriptor-data', offset: u16At(payload, 0), bytes: payload.slice(2)};
}

/** Writes a DESC_DATA. */
export function writeDescriptorData({offset, bytes}: DescriptorData): readonly number[] {
  return [...u16Bytes(offset), ...bytes];
}
