import type {FLACDecoder} from '@wasm-audio-decoders/flac';
import {DeskError} from '../../model/problem.ts';
import type {AudioFile} from './audio-file.ts';
import {crc16} from './checksum.ts';
import {createChunkReader} from './chunk-reader.ts';
import {type FlacFrameHeader, longestFlacHeader, readFlacFrameHeader} from './flac-frame.ts';
import {firstSample} from './flac-header.ts';
import {quietly} from './quiet.ts';
import {endsEarly, type FlacBody, type SoundHeader} from './sound-header.ts';

/** No frame of two channels is longer. */
const longestFrame = 1 << 20;
/** Frames decoded at a time, in samples a channel. */
const samplesAtOnce = 16_384;

interface FlacFrame {
  readonly bytes: Uint8Array;
  readonly samples: number;
}

/**
 * The sound of a FLAC file, frame by frame. Every frame's place, number and both checksums are verified before it is decoded,
 * so that a damaged file ends in a DeskError naming the frame and never in wrong samples.
 */
export async function* decodeFlac(
  file: AudioFile,
  header: SoundHeader,
  body: FlacBody,
): AsyncGenerator<Float32Array[]> {
  const {FLACDecoder} = await import('@wasm-audio-decoders/flac');
  const decoder = new FLACDecoder();
  await decoder.ready;
  try {
    let frames: Uint8Array[] = [streamHead(body)];
    let samples = 0;
    for await (const frame of readFrames(file, header, body)) {
      frames.push(frame.bytes);
      samples += frame.samples;
      if (samples < samplesAtOnce) continue;
      yield rescale(await decode(decoder, frames, samples), header.bits ?? 32);
      frames = [];
      samples = 0;
    }
    if (samples > 0) yield rescale(await decode(decoder, frames, samples), header.bits ?? 32);
  } finally {
    decoder.free();
  }
}

/** The file's beginning with nothing but STREAMINFO: frames may refer to it for rate and depth. */
function streamHead(body: FlacBody): Uint8Array {
  return Uint8Array.from([0x66, 0x4c, 0x61, 0x43, 0x80, 0, 0, 34, ...body.streamInfo]);
}

async function decode(decoder: FLACDecoder, frames: Uint8Array[], samples: number): Promise<Float32Array[]> {
  const {channelData, samplesDecoded, errors} = await quietly(() => decoder.decodeFrames(frames));
  if (samplesDecoded !== samples || errors.length > 0) {
    throw new DeskError('audio.invalid', `the FLAC decoder failed: ${errors[0]?.message ?? 'samples are missing'}`);
  }
  return channelData;
}

/**
 * The decoder divides integers by 2^(bits − 1) − 1; the desk, like everyone else, by 2^(bits − 1). Up to 24 bits the integers
 * come back exactly, above that the difference is below the precision of a float.
 */
function rescale(channels: Float32Array[], bits: number): Float32Array[] {
  if (bits > 24) return channels;
  const fullScale = 2 ** (bits - 1);
  for (const samples of channels) {
    for (let i = 0; i < samples.length; i++) samples[i] = Math.round((samples[i] ?? 0) * (fullScale - 1)) / fullScale;
  }
  return channels;
}

async function* readFrames(file: AudioFile, header: SoundHeader, body: FlacBody): AsyncGenerator<FlacFrame> {
  const reader = createChunkReader(file, body.audioOffset, body.audioEnd);
  const fixedSize = ((body.streamInfo[0] ?? 0) << 8) | (body.streamInfo[1] ?? 0);
  let sample = 0;
  for (let count = 0; ; count++) {
    const at = reader.position();
    const buffered = await reader.fill(longestFlacHeader);
    if (buffered === 0) break;
    const damaged = (): DeskError => new DeskError('audio.invalid', `frame ${count} damaged at byte ${at}`);
    const frame = readFlacFrameHeader(reader.bytes(), 0);
    if (frame === undefined || frame.channels !== header.channels) throw damaged();
    if (firstSample(frame, fixedSize) !== sample) throw damaged();
    sample += frame.blockSize;
    const length = await frameLength(reader, frame, sample, fixedSize);
    if (length === undefined) throw damaged();
    yield {bytes: reader.bytes().slice(0, length), samples: frame.blockSize};
    reader.skip(length);
  }
  const missing = header.lengthFrames - sample;
  if (missing > 0) throw new DeskError('audio.invalid', endsEarly(missing, header.sampleRate));
}

/** Length of the frame at the reader's start: up to the next frame's header, or the end, where the checksum comes out as 0. */
async function frameLength(
  reader: ReturnType<typeof createChunkReader>,
  frame: FlacFrameHeader,
  nextSample: number,
  fixedSize: number,
): Promise<number | undefined> {
  let crc = 0;
  let summed = 0;
  let at = frame.bytes + 2;
  while (at <= longestFrame) {
    const buffered = await reader.fill(at + longestFlacHeader + 1);
    const bytes = reader.bytes();
    const atEnd = buffered <= at + longestFlacHeader;
    const last = atEnd ? buffered : buffered - longestFlacHeader;
    for (; at < last; at++) {
      if (bytes[at] !== 0xff) continue;
      const next = readFlacFrameHeader(bytes, at);
      if (next === undefined || firstSample(next, fixedSize) !== nextSample) continue;
      crc = crc16(bytes, summed, at, crc);
      summed = at;
      if (crc === 0) return at;
    }
    if (atEnd) return crc16(bytes, summed, buffered, crc) === 0 ? buffered : undefined;
    at = last;
  }
  return undefined;
}
