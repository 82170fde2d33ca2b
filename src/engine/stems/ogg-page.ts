import {crc32} from './checksum.ts';

/**
 * An OGG page (RFC 3533), little-endian.
 *
 *   0 "OggS"  4 version 0  5 flags: 1 goes on from the page before, 2 first, 4 last  6 granule position i64
 *   14 serial number u32  18 page number u32  22 CRC-32 of the page with these four bytes 0
 *   26 number of segments n  27 n segment lengths  27 + n content
 */
export interface OggPage {
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Samples up to the end of the last packet that ends on this page; −1 if none does. */
  readonly granule: number;
  readonly serial: number;
  readonly number: number;
  readonly contentOffset: number;
  /** Length of the whole page. */
  readonly bytes: number;
}

/** The longest page there is: 27 + 255 + 255 × 255 bytes. */
export const longestOggPage = 65_307;

/** Reads the page at `at`; undefined if there is none, it is not wholly there, or its checksum does not fit. */
export function readOggPage(bytes: Uint8Array, at: number): OggPage | undefined {
  if (bytes[at] !== 0x4f || bytes[at + 1] !== 0x67 || bytes[at + 2] !== 0x67 || bytes[at + 3] !== 0x53)
    return undefined;
  if (at + 27 > bytes.length || bytes[at + 4] !== 0) return undefined;
  const contentOffset = 27 + (bytes[at + 26] ?? 0);
  let length = contentOffset;
  for (let index = at + 27; index < at + contentOffset; index++) length += bytes[index] ?? 0;
  if (at + length > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, length);
  const crc = crc32(bytes, at + 26, at + length, crc32(zeros, 0, 4, crc32(bytes, at, at + 22)));
  if (crc !== view.getUint32(22, true)) return undefined;
  const flags = view.getUint8(5);
  return {
    isFirst: (flags & 2) !== 0,
    isLast: (flags & 4) !== 0,
    granule: Number(view.getBigInt64(6, true)),
    serial: view.getUint32(14, true),
    number: view.getUint32(18, true),
    contentOffset,
    bytes: length,
  };
}

const zeros = new Uint8Array(4);
