/**
 * The two checks of the Longthrow protocol.
 *
 *   frames      CRC-16/MCRF4XX: polynomial 8408 reflected, no final inversion; starts at FFFF xor session.  "123456789" → 6F91
 *   descriptor  CRC-32 of zlib and Ethernet: polynomial EDB88320 reflected, starts at FFFFFFFF, inverted.    "123456789" → CBF43926
 */
const table16 = Uint16Array.from({length: 256}, (_, byte) => rounds(byte, 0x8408));
const table32 = Uint32Array.from({length: 256}, (_, byte) => rounds(byte, 0xedb88320));

function rounds(byte: number, polynomial: number): number {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
  return value >>> 0;
}

/** The check of a frame's first `length` bytes in a session, 0 outside of any. */
export function frameCheck(bytes: Uint8Array, length: number, session: number): number {
  let crc = 0xffff ^ session;
  for (let at = 0; at < length; at++) crc = (crc >>> 8) ^ (table16[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return crc;
}

/** The check of a whole descriptor or of what is stored, 0…4,294,967,295. */
export function storedCheck(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table32[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}
