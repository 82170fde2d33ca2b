import {DeskError, describeError} from '../../model/problem.ts';
import {type AudioFile, readBytes, refuseUnreadable, systemCode} from './audio-file.ts';
import {decodeFlac} from './flac-sound.ts';
import {decodeMpeg} from './mpeg-sound.ts';
import {decodeOgg} from './ogg-sound.ts';
import {decodeSamples} from './sample-encoding.ts';
import {copyAgain, endsEarly, type LinearBody, type Refusal, refuse, type SoundHeader} from './sound-header.ts';

/** Frames read at a time from a linear file. */
const framesAtOnce = 16_384;

/**
 * A file's samples from first to last at the file's own rate, one array a channel, in blocks of any length: exactly `header.lengthFrames` frames.
 * Rejects with a DeskError whose message is the reason, if the file is damaged, cut, or cannot be read.
 */
export async function* decodeSound(file: AudioFile, header: SoundHeader): AsyncGenerator<readonly Float32Array[]> {
  let done = 0;
  for await (const block of decodeBody(file, header)) {
    const frames = Math.min(block[0]?.length ?? 0, header.lengthFrames - done);
    if (frames <= 0) continue;
    if (block.length !== header.channels) throw new DeskError('audio.invalid', 'its number of channels changes');
    done += frames;
    yield block[0]?.length === frames ? block : block.map((samples) => samples.subarray(0, frames));
  }
  if (done < header.lengthFrames) {
    throw new DeskError('audio.invalid', endsEarly(header.lengthFrames - done, header.sampleRate));
  }
}

/** The refusal that fits what `decodeSound` rejected with. */
export function refuseFailure(error: unknown): Refusal {
  if (error instanceof DeskError) return refuse(error.message, copyAgain);
  if (systemCode(error) !== undefined) return refuseUnreadable(error);
  return refuse(`it cannot be decoded: ${describeError(error)}`, copyAgain);
}

function decodeBody(file: AudioFile, header: SoundHeader): AsyncGenerator<readonly Float32Array[]> {
  const {body} = header;
  switch (body.coding) {
    case 'linear':
      return decodeLinear(file, header, body);
    case 'flac':
      return decodeFlac(file, header, body);
    case 'mpeg':
      return decodeMpeg(file, header, body);
    default:
      return decodeOgg(file, body);
  }
}

async function* decodeLinear(file: AudioFile, header: SoundHeader, body: LinearBody): AsyncGenerator<Float32Array[]> {
  const frameBytes = body.encoding.bytes * header.channels;
  for (let frame = 0; frame < header.lengthFrames; frame += framesAtOnce) {
    const wanted = Math.min(framesAtOnce, header.lengthFrames - frame);
    const bytes = await readBytes(file, body.dataOffset + frame * frameBytes, wanted * frameBytes);
    const frames = Math.floor(bytes.length / frameBytes);
    const block = Array.from({length: header.channels}, () => new Float32Array(frames));
    decodeSamples(body.encoding, bytes, frames, block);
    yield block;
    if (frames < wanted) return;
  }
}
