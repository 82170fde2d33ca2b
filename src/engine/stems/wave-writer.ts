import type {SampleEncoding} from './sample-encoding.ts';

/** Length of every header written here: RIFF 12, ds64 or JUNK 36, fmt 24, data 8. */
export const waveHeaderBytes = 80;

/**
 * Header of a little-endian WAVE file of 2- or 3-byte integers or floats: RIFF, or RF64 (EBU Tech 3306) where 4 GB are not enough,
 * with the same length for both.
 *
 *   0 "RIFF" | "RF64"  4 size | −1  8 "WAVE"   12 "JUNK" | "ds64"  16 28  20 RIFF size u64  28 data size u64  36 frames u64  44 0
 *   48 "fmt "  52 16  56 format (1 integer, 3 float)  58 channels  60 rate  64 bytes/s  68 block align  70 bits   72 "data"  76 size | −1
 */
export function waveHeader(encoding: SampleEncoding, channels: number, rate: number, frames: number): Uint8Array {
  const header = Buffer.alloc(waveHeaderBytes);
  const blockAlign = encoding.bytes * channels;
  const dataBytes = frames * blockAlign;
  const riffBytes = waveHeaderBytes - 8 + dataBytes + (dataBytes % 2);
  const isLong = riffBytes >= 0xffffffff;
  header.write(isLong ? 'RF64' : 'RIFF', 0, 'latin1');
  header.writeUInt32LE(isLong ? 0xffffffff : riffBytes, 4);
  header.write(`WAVE${isLong ? 'ds64' : 'JUNK'}`, 8, 'latin1');
  header.writeUInt32LE(28, 16);
  if (isLong) {
    header.writeBigUInt64LE(BigInt(riffBytes), 20);
    header.writeBigUInt64LE(BigInt(dataBytes), 28);
    header.writeBigUInt64LE(BigInt(frames), 36);
  }
  header.write('fmt ', 48, 'latin1');
  header.writeUInt32LE(16, 52);
  header.writeUInt16LE(encoding.kind === 'float' ? 3 : 1, 56);
  header.writeUInt16LE(channels, 58);
  header.writeUInt32LE(rate, 60);
  header.writeUInt32LE(rate * blockAlign, 64);
  header.writeUInt16LE(blockAlign, 68);
  header.writeUInt16LE(encoding.bytes * 8, 70);
  header.write('data', 72, 'latin1');
  header.writeUInt32LE(isLong ? 0xffffffff : dataBytes, 76);
  return header;
}
