import {endianness} from 'node:os';
import {quantised, triangular} from './dither.ts';
import {openNewFile} from './new-file.ts';
import type {SoundWriter, SoundWriterOptions} from './sound-writer.ts';
import {frameBytes, type WavFormat, wavHeader} from './wav-header.ts';

/** Begins a stereo WAV file. Rejects with a DeskError where it cannot be written. */
export async function openWavWriter(options: SoundWriterOptions & {readonly format: WavFormat}): Promise<SoundWriter> {
  const {target, format, sampleRate, frames: mostFrames} = options;
  const file = await openNewFile(target);
  let frames = 0;
  try {
    await file.append(wavHeader(format, sampleRate, mostFrames, mostFrames));
  } catch (error) {
    await file.abandon();
    throw error;
  }
  const complete = async (): Promise<void> => {
    if (frames !== mostFrames) await file.patch(wavHeader(format, sampleRate, frames, mostFrames), 0);
    await file.complete();
  };
  return {
    async write(left, right) {
      const bytes = samplesAsBytes(format, left, right, frames);
      frames += left.length;
      await file.append(bytes);
    },
    complete,
    place: () => file.place(),
    async finish() {
      await complete();
      await file.place();
    },
    abandon: () => file.abandon(),
  };
}

function samplesAsBytes(format: WavFormat, left: Float32Array, right: Float32Array, atFrame: number): Uint8Array {
  switch (format) {
    case 'pcm16':
      return pcm16Bytes(left, right, atFrame);
    case 'pcm24':
      return pcm24Bytes(left, right, atFrame);
    case 'float32':
      return float32Bytes(left, right);
  }
}

function pcm16Bytes(left: Float32Array, right: Float32Array, atFrame: number): Uint8Array {
  const bytes = new Uint8Array(left.length * frameBytes('pcm16'));
  let to = 0;
  for (let frame = 0; frame < left.length; frame++) {
    const index = 2 * (atFrame + frame);
    const leftValue = quantised(left[frame] ?? 0, triangular(index), 16);
    const rightValue = quantised(right[frame] ?? 0, triangular(index + 1), 16);
    bytes[to] = leftValue;
    bytes[to + 1] = leftValue >> 8;
    bytes[to + 2] = rightValue;
    bytes[to + 3] = rightValue >> 8;
    to += 4;
  }
  return bytes;
}

function pcm24Bytes(left: Float32Array, right: Float32Array, atFrame: number): Uint8Array {
  const bytes = new Uint8Array(left.length * frameBytes('pcm24'));
  let to = 0;
  for (let frame = 0; frame < left.length; frame++) {
    const index = 2 * (atFrame + frame);
    const leftValue = quantised(left[frame] ?? 0, triangular(index), 24);
    const rightValue = quantised(right[frame] ?? 0, triangular(index + 1), 24);
    bytes[to] = leftValue;
    bytes[to + 1] = leftValue >> 8;
    bytes[to + 2] = leftValue >> 16;
    bytes[to + 3] = rightValue;
    bytes[to + 4] = rightValue >> 8;
    bytes[to + 5] = rightValue >> 16;
    to += 6;
  }
  return bytes;
}

function float32Bytes(left: Float32Array, right: Float32Array): Uint8Array {
  const samples = new Float32Array(2 * left.length);
  for (let frame = 0; frame < left.length; frame++) {
    samples[2 * frame] = left[frame] ?? 0;
    samples[2 * frame + 1] = right[frame] ?? 0;
  }
  const bytes = Buffer.from(samples.buffer);
  return endianness() === 'BE' ? bytes.swap32() : bytes;
}
