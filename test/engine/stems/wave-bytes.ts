/** Chunks of RIFF and FORM files made by hand, for what no library writes. */

/** A chunk: name, size (as told, or as it is), content, padding to an even length. */
export function riffChunk(name: string, content: Uint8Array, toldSize = content.length): Uint8Array {
  const chunk = Buffer.alloc(8 + content.length + (content.length % 2));
  chunk.write(name, 0, 'latin1');
  chunk.writeUInt32LE(toldSize, 4);
  chunk.set(content, 8);
  return chunk;
}

/** The same with a big-endian size. */
export function formChunk(name: string, content: Uint8Array, toldSize = content.length): Uint8Array {
  const chunk = Buffer.from(riffChunk(name, content));
  chunk.writeUInt32BE(toldSize, 4);
  return chunk;
}

/** A whole WAVE file of chunks. */
export function waveFile(chunks: readonly Uint8Array[], name = 'RIFF'): Uint8Array {
  return riffChunk(name, Buffer.concat([Buffer.from('WAVE'), ...chunks]));
}

/** A whole AIFF or AIFF-C file of chunks. */
export function aiffFile(chunks: readonly Uint8Array[], kind: 'AIFF' | 'AIFC' = 'AIFF'): Uint8Array {
  return formChunk('FORM', Buffer.concat([Buffer.from(kind), ...chunks]));
}

/** Content of a format chunk. */
export function formatContent(given: {
  tag?: number;
  channels?: number;
  rate?: number;
  bits?: number;
  blockAlign?: number;
}): Buffer {
  const {tag = 1, channels = 1, rate = 48_000, bits = 16} = given;
  const {blockAlign = channels * Math.ceil(bits / 8)} = given;
  const content = Buffer.alloc(16);
  content.writeUInt16LE(tag, 0);
  content.writeUInt16LE(channels, 2);
  content.writeUInt32LE(rate, 4);
  content.writeUInt32LE(rate * blockAlign, 8);
  content.writeUInt16LE(blockAlign, 12);
  content.writeUInt16LE(bits, 14);
  return content;
}

/** Content of an extensible format chunk, whose true format is `sub`. */
export function extensibleContent(sub: number, bits: number, validBits: number, channels = 1): Buffer {
  const tail = Buffer.alloc(24);
  tail.writeUInt16LE(22, 0);
  tail.writeUInt16LE(validBits, 2);
  tail.writeUInt32LE(3, 4);
  tail.writeUInt16LE(sub, 8);
  Buffer.from('000000001000800000aa00389b71', 'hex').copy(tail, 10);
  return Buffer.concat([formatContent({tag: 0xfffe, bits, channels}), tail]);
}

/** Content of an AIFF common chunk; the rate as an 80-bit float. */
export function commonContent(given: {
  channels?: number;
  frames: number;
  bits?: number;
  rate?: number;
  compression?: string;
}): Buffer {
  const {channels = 1, frames, bits = 16, rate = 48_000, compression} = given;
  const content = Buffer.alloc(compression === undefined ? 18 : 24);
  content.writeUInt16BE(channels, 0);
  content.writeUInt32BE(frames, 2);
  content.writeUInt16BE(bits, 6);
  const exponent = Math.floor(Math.log2(rate));
  content.writeUInt16BE(16_383 + exponent, 8);
  content.writeBigUInt64BE(BigInt(rate) << BigInt(63 - exponent), 10);
  if (compression !== undefined) content.write(compression, 18, 'latin1');
  return content;
}

/** A plain 16-bit file of these samples (−1…1), one array a channel. */
export function wave16(channels: readonly Float32Array[], rate = 48_000): Uint8Array {
  const frames = channels[0]?.length ?? 0;
  const data = Buffer.alloc(frames * channels.length * 2);
  channels.forEach((samples, channel) => {
    samples.forEach((sample, frame) => {
      const value = Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768)));
      data.writeInt16LE(value, (frame * channels.length + channel) * 2);
    });
  });
  return waveFile([riffChunk('fmt ', formatContent({channels: channels.length, rate})), riffChunk('data', data)]);
}

/** A file of 32-bit floats. */
export function wave32f(channels: readonly Float32Array[], rate = 48_000): Uint8Array {
  const frames = channels[0]?.length ?? 0;
  const data = Buffer.alloc(frames * channels.length * 4);
  channels.forEach((samples, channel) => {
    samples.forEach((sample, frame) => {
      data.writeFloatLE(sample, (frame * channels.length + channel) * 4);
    });
  });
  const format = formatContent({tag: 3, channels: channels.length, rate, bits: 32});
  return waveFile([riffChunk('fmt ', format), riffChunk('data', data)]);
}
