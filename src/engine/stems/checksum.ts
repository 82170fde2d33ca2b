/** A checksum whose bits are worked most significant first, as FLAC and OGG do: no reflection, start value 0, no final inversion. */
function tableOf(polynomial: number, bits: 8 | 16 | 32): Uint32Array {
  const table = new Uint32Array(256);
  const top = 2 ** (bits - 1);
  const mask = 2 ** bits - 1;
  for (let value = 0; value < 256; value++) {
    let crc = (value * 2 ** (bits - 8)) >>> 0;
    for (let bit = 0; bit < 8; bit++) crc = (crc & top) !== 0 ? ((crc << 1) ^ polynomial) >>> 0 : (crc << 1) >>> 0;
    table[value] = (crc & mask) >>> 0;
  }
  return table;
}

const table8 = tableOf(0x07, 8);
const table16 = tableOf(0x8005, 16);
const table32 = tableOf(0x04c11db7, 32);

/** CRC-8 of a FLAC frame header (RFC 9639, polynomial x^8 + x^2 + x + 1). */
export function crc8(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0;
  for (let i = from; i < to; i++) crc = table8[crc ^ (bytes[i] ?? 0)] ?? 0;
  return crc;
}

/** CRC-16 of a FLAC frame (RFC 9639, polynomial x^16 + x^15 + x^2 + 1), going on from `crc`; over a whole frame with its checksum it is 0. */
export function crc16(bytes: Uint8Array, from: number, to: number, crc = 0): number {
  let value = crc;
  for (let i = from; i < to; i++) value = ((value << 8) & 0xffff) ^ (table16[(value >> 8) ^ (bytes[i] ?? 0)] ?? 0);
  return value;
}

/** CRC-32 of an OGG page (RFC 3533, polynomial 0x04C11DB7), going on from `crc`. */
export function crc32(bytes: Uint8Array, from: number, to: number, crc = 0): number {
  let value = crc;
  for (let i = from; i < to; i++) value = (value << 8) ^ (table32[(value >>> 24) ^ (bytes[i] ?? 0)] ?? 0);
  return value >>> 0;
}
