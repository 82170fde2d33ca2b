import {crc8} from './checksum.ts';

/**
 * Header of a FLAC frame (RFC 9639, section 9.1), most significant bit first.
 *
 *   15 bits sync 0b111111111111100 · 1 blocking strategy (0 fixed, 1 variable size)
 *   4 block size code · 4 sample rate code · 4 channels code · 3 bit depth code · 1 reserved, 0
 *   8…56 frame number (fixed) or sample number (variable), coded like UTF-8
 *   0, 8 or 16 block size − 1 · 0, 8 or 16 sample rate · 8 CRC-8 of everything before
 */
export interface FlacFrameHeader {
  /** Frame number for fixed, first sample for variable block sizes. */
  readonly number: number;
  readonly variable: boolean;
  /** Samples a channel in this frame. */
  readonly blockSize: number;
  readonly channels: number;
  /** Length of the header itself. */
  readonly bytes: number;
}

/** The longest header there is, in bytes. */
export const longestFlacHeader = 16;

/** Reads a frame header at `at`; undefined if there is none or its checksum does not fit. */
export function readFlacFrameHeader(bytes: Uint8Array, at: number): FlacFrameHeader | undefined {
  const second = bytes[at + 1] ?? 0;
  if (bytes[at] !== 0xff || (second & 0xfe) !== 0xf8) return undefined;
  const sizeCode = (bytes[at + 2] ?? 0) >> 4;
  const rateCode = (bytes[at + 2] ?? 0) & 15;
  const channelCode = (bytes[at + 3] ?? 0) >> 4;
  if (sizeCode === 0 || rateCode === 15 || channelCode > 10 || ((bytes[at + 3] ?? 0) & 1) !== 0) return undefined;
  const number = readCodedNumber(bytes, at + 4);
  if (number === undefined) return undefined;
  let position = at + 4 + number.bytes;
  const blockSize = blockSizeOf(sizeCode, bytes, position);
  position += sizeCode === 6 ? 1 : sizeCode === 7 ? 2 : 0;
  position += rateCode === 12 ? 1 : rateCode > 12 ? 2 : 0;
  if (position >= bytes.length || crc8(bytes, at, position) !== bytes[position]) return undefined;
  const channels = channelCode < 8 ? channelCode + 1 : 2;
  return {number: number.value, variable: (second & 1) === 1, blockSize, channels, bytes: position + 1 - at};
}

function blockSizeOf(code: number, bytes: Uint8Array, at: number): number {
  if (code === 1) return 192;
  if (code < 6) return 576 * 2 ** (code - 2);
  if (code === 6) return (bytes[at] ?? 0) + 1;
  if (code === 7) return (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)) + 1;
  return 256 * 2 ** (code - 8);
}

/** A number coded like UTF-8, but with up to 36 bits. */
function readCodedNumber(bytes: Uint8Array, at: number): {value: number; bytes: number} | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < 0x80) return {value: first, bytes: 1};
  const length = Math.clz32(~(first << 24));
  if (length < 2 || length > 7) return undefined;
  let value = first & (0x7f >> length);
  for (let index = 1; index < length; index++) {
    const next = bytes[at + index] ?? 0;
    if ((next & 0xc0) !== 0x80) return undefined;
    value = value * 64 + (next & 0x3f);
  }
  return {value, bytes: length};
}
