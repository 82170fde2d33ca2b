import {DeskError} from '../../model/problem.ts';
import type {AudioFile} from './audio-file.ts';
import {createChunkReader} from './chunk-reader.ts';
import {longestOggPage, readOggPage} from './ogg-page.ts';
import {quietly} from './quiet.ts';
import type {OggBody} from './sound-header.ts';

/** Bytes decoded at a time; at least one page. */
const bytesAtOnce = 8192;

/**
 * The sound of an OGG file. Every page's checksum, number and stream are verified before it is decoded; the decoder drops what stands before
 * the start and after the end. A damaged page ends it in a DeskError.
 */
export async function* decodeOgg(file: AudioFile, body: OggBody): AsyncGenerator<Float32Array[]> {
  const decoder =
    body.coding === 'vorbis'
      ? new (await import('@wasm-audio-decoders/ogg-vorbis')).OggVorbisDecoder()
      : new (await import('ogg-opus-decoder')).OggOpusDecoder();
  await decoder.ready;
  const factor = 10 ** (body.gainDb / 20);
  try {
    for await (const pages of readPages(file, body.serial)) {
      yield amplify((await quietly(() => decoder.decode(pages))).channelData, factor);
    }
    yield amplify((await quietly(() => decoder.flush())).channelData, factor);
  } catch (error) {
    if (error instanceof DeskError) throw error;
    throw new DeskError('audio.invalid', 'its content cannot be decoded', error);
  } finally {
    quietly(() => decoder.free());
  }
}

function amplify(channels: Float32Array[], factor: number): Float32Array[] {
  if (factor === 1) return channels;
  return channels.map((samples) => samples.map((sample) => sample * factor));
}

/** Whole verified pages in order, several at a time. */
async function* readPages(file: AudioFile, serial: number): AsyncGenerator<Uint8Array> {
  const reader = createChunkReader(file, 0, file.size);
  let number: number | undefined;
  let length = 0;
  for (let count = 0; ; count++) {
    const buffered = await reader.fill(length + longestOggPage);
    if (buffered === length) break;
    const page = readOggPage(reader.bytes(), length);
    const isNext = page !== undefined && (number === undefined || page.number === number + 1);
    if (!isNext || page.serial !== serial || page.isFirst !== (count === 0)) {
      throw new DeskError('audio.invalid', `page ${count} damaged at byte ${reader.position() + length}`);
    }
    number = page.number;
    length += page.bytes;
    if (length < bytesAtOnce) continue;
    yield reader.bytes().slice(0, length);
    reader.skip(length);
    length = 0;
  }
  if (length > 0) yield reader.bytes().slice(0, length);
}
