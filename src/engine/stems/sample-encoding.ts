import {endianness} from 'node:os';

/** How one sample of a linear file is written. 8-bit WAVE is unsigned, everything else two's complement or IEEE 754. */
export interface SampleEncoding {
  readonly kind: 'int' | 'unsigned' | 'float';
  readonly bytes: 1 | 2 | 3 | 4 | 8;
  readonly littleEndian: boolean;
}

/**
 * Spreads interleaved bytes, beginning with the byte `from`, into one array a channel from `at` on, as amplitudes with full scale 1 (integers divided by
 * 2^(bits − 1)). The bytes must hold at least `frames` frames.
 */
export function decodeSamples(
  encoding: SampleEncoding,
  bytes: Uint8Array,
  frames: number,
  into: readonly Float32Array[],
  at = 0,
  from = 0,
): void {
  const done = into.length > 2 ? 0 : decodeWords(encoding, bytes, frames, into, at, from);
  if (done === frames) return;
  const step = encoding.bytes * into.length;
  for (let channel = 0; channel < into.length; channel++) {
    const target = into[channel];
    if (target === undefined) continue;
    decodeChannel(
      encoding,
      bytes,
      from + done * step + channel * encoding.bytes,
      step,
      frames - done,
      target,
      at + done,
    );
  }
}

/** Samples stand in the upper 24 bits of a word. */
const wordScale = 2 ** -31;

const isLittleEndian = endianness() === 'LE';

/** Reads 24-bit integers as words: four samples in three reads, not twelve. Tells how many frames were done so: none where words cannot be had. */
function decodeWords(
  encoding: SampleEncoding,
  bytes: Uint8Array,
  frames: number,
  [left, right]: readonly Float32Array[],
  at: number,
  from: number,
): number {
  if (encoding.kind !== 'int' || encoding.bytes !== 3 || !encoding.littleEndian || !isLittleEndian) return 0;
  const start = bytes.byteOffset + from;
  if (left === undefined || start % 4 !== 0) return 0;
  const done = frames - (frames % (right === undefined ? 4 : 2));
  const words = new Int32Array(bytes.buffer, start, (done * 3 * (right === undefined ? 1 : 2)) / 4);
  if (right === undefined) decodeMonoWords(words, left, at, at + done);
  else decodeStereoWords(words, left, right, at, at + done);
  return done;
}

/** Three words hold two frames: `R0 L0 L0 L0`, `L1 L1 R0 R0`, `R1 R1 R1 L1`, highest byte first. */
function decodeStereoWords(words: Int32Array, left: Float32Array, right: Float32Array, at: number, end: number): void {
  let word = 0;
  for (let frame = at; frame < end; frame += 2, word += 3) {
    const first = words[word] ?? 0;
    const second = words[word + 1] ?? 0;
    const third = words[word + 2] ?? 0;
    left[frame] = (first << 8) * wordScale;
    right[frame] = (((first >>> 16) & 0xff00) | (second << 16)) * wordScale;
    left[frame + 1] = (((second >>> 8) & 0xffff00) | (third << 24)) * wordScale;
    right[frame + 1] = (third & ~0xff) * wordScale;
  }
}

/** Three words hold four samples. */
function decodeMonoWords(words: Int32Array, target: Float32Array, at: number, end: number): void {
  let word = 0;
  for (let frame = at; frame < end; frame += 4, word += 3) {
    const first = words[word] ?? 0;
    const second = words[word + 1] ?? 0;
    const third = words[word + 2] ?? 0;
    target[frame] = (first << 8) * wordScale;
    target[frame + 1] = (((first >>> 16) & 0xff00) | (second << 16)) * wordScale;
    target[frame + 2] = (((second >>> 8) & 0xffff00) | (third << 24)) * wordScale;
    target[frame + 3] = (third & ~0xff) * wordScale;
  }
}

/** One channel: every `step` bytes from `from` on. The common encodings have loops of their own because playback is made of them. */
function decodeChannel(
  encoding: SampleEncoding,
  bytes: Uint8Array,
  from: number,
  step: number,
  frames: number,
  target: Float32Array,
  at: number,
): void {
  const end = at + frames;
  const {kind, littleEndian} = encoding;
  let p = from;
  if (kind === 'int' && encoding.bytes === 2 && littleEndian) {
    for (let i = at; i < end; i++, p += step) {
      target[i] = ((((bytes[p] ?? 0) << 16) | ((bytes[p + 1] ?? 0) << 24)) >> 16) / 0x8000;
    }
    return;
  }
  if (kind === 'int' && encoding.bytes === 3 && littleEndian) {
    for (let i = at; i < end; i++, p += step) {
      const high = ((bytes[p] ?? 0) << 8) | ((bytes[p + 1] ?? 0) << 16) | ((bytes[p + 2] ?? 0) << 24);
      target[i] = high / 0x80000000;
    }
    return;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = at; i < end; i++, p += step) target[i] = sampleAt(encoding, view, p);
}

function sampleAt({kind, bytes, littleEndian}: SampleEncoding, view: DataView, p: number): number {
  if (kind === 'float') return bytes === 8 ? view.getFloat64(p, littleEndian) : view.getFloat32(p, littleEndian);
  if (kind === 'unsigned') return (view.getUint8(p) - 128) / 128;
  switch (bytes) {
    case 1:
      return view.getInt8(p) / 0x80;
    case 2:
      return view.getInt16(p, littleEndian) / 0x8000;
    case 3:
      return littleEndian
        ? (view.getUint16(p, true) | (view.getInt8(p + 2) << 16)) / 0x800000
        : ((view.getInt8(p) << 16) | view.getUint16(p + 1, false)) / 0x800000;
    default:
      return view.getInt32(p, littleEndian) / 0x80000000;
  }
}

/**
 * Interleaves channels into bytes, little-endian: integers of 2 or 3 bytes (rounded and held within range) or 4-byte floats.
 * The inverse of `decodeSamples` for everything that was such an integer or float before.
 */
export function encodeSamples(encoding: SampleEncoding, channels: readonly Float32Array[], frames: number): Uint8Array {
  const step = encoding.bytes * channels.length;
  const bytes = new Uint8Array(frames * step);
  const view = new DataView(bytes.buffer);
  const fullScale = 2 ** (encoding.bytes * 8 - 1);
  channels.forEach((samples, channel) => {
    let p = channel * encoding.bytes;
    for (let i = 0; i < frames; i++, p += step) {
      const sample = samples[i] ?? 0;
      if (encoding.kind === 'float') {
        view.setFloat32(p, sample, true);
        continue;
      }
      const value = Math.max(-fullScale, Math.min(fullScale - 1, Math.round(sample * fullScale)));
      view.setInt16(p, encoding.bytes === 2 ? value : value & 0xffff, true);
      if (encoding.bytes === 3) view.setInt8(p + 2, value >> 16);
    }
  });
  return bytes;
}
