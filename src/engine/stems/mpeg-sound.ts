import type {MPEGDecoder} from 'mpg123-decoder';
import {DeskError} from '../../model/problem.ts';
import type {AudioFile} from './audio-file.ts';
import {readMpegFrames} from './mpeg-header.ts';
import {quietly} from './quiet.ts';
import type {MpegBody, SoundHeader} from './sound-header.ts';

/** Bytes decoded at a time. */
const bytesAtOnce = 8192;

/**
 * The sound of an MP3 file. The decoder takes away what the encoder put before and after it, where the information frame tells how much.
 * A frame that is not where it must be, or that the decoder stumbles on, ends it in a DeskError.
 */
export async function* decodeMpeg(
  file: AudioFile,
  header: SoundHeader,
  body: MpegBody,
): AsyncGenerator<Float32Array[]> {
  const {MPEGDecoder} = await import('mpg123-decoder');
  const decoder = new MPEGDecoder();
  await decoder.ready;
  try {
    const bytes = new Uint8Array(bytesAtOnce);
    let filled = 0;
    for await (const frame of readMpegFrames(file, body.audioOffset, body.audioEnd)) {
      if (filled + frame.length > bytes.length) {
        yield decode(decoder, bytes.subarray(0, filled), header.channels);
        filled = 0;
      }
      bytes.set(frame, filled);
      filled += frame.length;
    }
    yield decode(decoder, bytes.subarray(0, filled), header.channels);
  } finally {
    decoder.free();
  }
}

function decode(decoder: MPEGDecoder, bytes: Uint8Array, channels: number): Float32Array[] {
  const {channelData, errors} = quietly(() => decoder.decode(bytes));
  const [error] = errors;
  if (error !== undefined) throw new DeskError('audio.invalid', `the MP3 decoder failed: ${error.message}`);
  return channelData.slice(0, channels);
}
