/**
 * Header of a stereo WAV file. Chunks, all little-endian: `RIFF` size `WAVE`, then
 *
 *   ds64  28 bytes  sizes of 64 bits: RIFF, data, frames, table length 0      only beyond 4 GB (EBU Tech 3306, RF64)
 *   fmt   40 bytes  WAVE_FORMAT_EXTENSIBLE, as integers of more than 16 bits ask for: 0xfffe, channels, rate, bytes/s,
 *                   bytes a frame, bits, 22, valid bits, speakers (1 left | 2 right), GUID of integer samples
 *      or 16 bytes  WAVE_FORMAT_PCM: 1, channels, rate, bytes/s, bytes a frame, 16
 *      or 18 bytes  WAVE_FORMAT_IEEE_FLOAT: 3, channels, rate, bytes/s, bytes a frame, bits, 0
 *   fact   4 bytes  frames                                                   only with floats
 *   data            samples
 */

/** How samples are written: integers of 16 or 24 bits or 32-bit floats, little-endian, left before right. */
export type WavFormat = 'pcm16' | 'pcm24' | 'float32';

/** Bytes of one stereo frame. */
export function frameBytes(format: WavFormat): number {
  return {pcm16: 4, pcm24: 6, float32: 8}[format];
}

const sizeBeyond = 0xffff_ffff;
const pcmGuid = [1, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];

/**
 * The header of a file of `frames` stereo frames, complete: samples may follow at once. Where `mostFrames` would go beyond 4 GB it is RF64,
 * so that headers of a file that may still grow are all of one length.
 */
export function wavHeader(format: WavFormat, sampleRate: number, frames: number, mostFrames = frames): Uint8Array {
  const dataBytes = frames * frameBytes(format);
  const fact = format === 'float32' ? chunk('fact', [uint32(Math.min(frames, sizeBeyond))]) : [];
  const rest = [...chunk('fmt ', formatFields(format, sampleRate)), ...fact];
  const riffBytes = 4 + rest.length + 8 + dataBytes;
  if (riffBytes + (mostFrames - frames) * frameBytes(format) < sizeBeyond) {
    return Uint8Array.from([
      ...text('RIFF'),
      ...uint32(riffBytes),
      ...text('WAVE'),
      ...rest,
      ...text('data'),
      ...uint32(dataBytes),
    ]);
  }
  const sizes = chunk('ds64', [uint64(riffBytes + 36), uint64(dataBytes), uint64(frames), uint32(0)]);
  return Uint8Array.from([
    ...[...text('RF64'), ...uint32(sizeBeyond), ...text('WAVE')],
    ...[...sizes, ...rest, ...text('data'), ...uint32(sizeBeyond)],
  ]);
}

function formatFields(format: WavFormat, sampleRate: number): readonly number[][] {
  const bytes = frameBytes(format);
  const plain = (tag: number, bits: number): number[] => [
    ...[...uint16(tag), ...uint16(2), ...uint32(sampleRate), ...uint32(sampleRate * bytes)],
    ...[...uint16(bytes), ...uint16(bits)],
  ];
  if (format === 'float32') return [plain(3, 32), uint16(0)];
  if (format === 'pcm16') return [plain(1, 16)];
  return [plain(0xfffe, 24), [...uint16(22), ...uint16(24), ...uint32(3)], pcmGuid];
}

function chunk(name: string, fields: readonly (readonly number[])[]): number[] {
  const body = fields.flat();
  return [...text(name), ...uint32(body.length), ...body];
}

function text(name: string): number[] {
  return [...Buffer.from(name, 'latin1')];
}

function uint16(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff];
}

function uint32(value: number): number[] {
  return [...uint16(value & 0xffff), ...uint16(Math.floor(value / 0x1_0000))];
}

function uint64(value: number): number[] {
  return [...uint32(value % 0x1_0000_0000), ...uint32(Math.floor(value / 0x1_0000_0000))];
}
