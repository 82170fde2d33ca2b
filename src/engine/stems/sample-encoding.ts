/** How one sample of a linear file is written. 8-bit WAVE is unsigned, everything else two's complement or IEEE 754. */
export interface SampleEncoding {
  readonly kind: 'int' | 'unsigned' | 'float';
  readonly bytes: 1 | 2 | 3 | 4 | 8;
  readonly littleEndian: boolean;
}

/**
 * Spreads interleaved bytes into one array a channel from `at` on, as amplitudes with full scale 1 (integers divided by 2^(bits − 1)).
 * The bytes must hold at least `frames` frames.
 */
export function decodeSamples(
  encoding: SampleEncoding,
  bytes: Uint8Array,
  frames: number,
  into: readonly Float32Array[],
  at = 0,
): void {
  const step = encoding.bytes * into.length;
  for (let channel = 0; channel < into.length; channel++) {
    const target = into[channel];
    if (target !== undefined) decodeChannel(encoding, bytes, channel * encoding.bytes, step, frames, target, at);
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
