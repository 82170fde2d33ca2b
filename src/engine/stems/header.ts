import {readAiffHeader} from './aiff-header.ts';
import {type AudioFile, readBytes, refuseUnreadable} from './audio-file.ts';
import {readFlacHeader} from './flac-header.ts';
import {readMpegHeader} from './mpeg-header.ts';
import {readOggHeader} from './ogg-header.ts';
import {readRiffHeader} from './riff-header.ts';
import {type HeaderRead, refuse} from './sound-header.ts';

/** Reads a file's header, by what its first bytes are and not by its name. Never rejects: what cannot be read is refused. */
export async function readHeader(file: AudioFile): Promise<HeaderRead> {
  try {
    const {start, hasTag} = await skipTags(file);
    const head = Buffer.from(await readBytes(file, start, 12)).toString('latin1');
    const [name, kind] = [head.slice(0, 4), head.slice(8)];
    if (start === 0 && (name === 'RIFF' || name === 'RF64' || name === 'BW64') && kind === 'WAVE') {
      return await readRiffHeader(file);
    }
    if (start === 0 && name === 'FORM' && (kind === 'AIFF' || kind === 'AIFC')) return await readAiffHeader(file);
    if (start === 0 && name === 'OggS') return await readOggHeader(file);
    if (name === 'fLaC') return await readFlacHeader(file, start);
    const isNamed = hasTag || file.path.toLowerCase().endsWith('.mp3');
    const read = await readMpegHeader(file, start, isNamed);
    return read.type === 'refused' && !isNamed ? notAudio : read;
  } catch (error) {
    return refuseUnreadable(error);
  }
}

const notAudio = refuse('it is not an audio file', 'WAV, AIFF, FLAC, MP3 and OGG (Vorbis or Opus) can be used.');

/**
 * The end of the ID3v2 tags at the start (id3.org, ID3v2.4 structure): "ID3", version in two bytes, flags (16: a footer of 10 bytes),
 * and the length in four bytes of seven bits each.
 */
async function skipTags(file: AudioFile): Promise<{start: number; hasTag: boolean}> {
  let start = 0;
  for (let tag = 0; tag < 16; tag++) {
    const head = await readBytes(file, start, 10);
    if (head.length < 10 || head[0] !== 0x49 || head[1] !== 0x44 || head[2] !== 0x33) break;
    const [a = 0, b = 0, c = 0, d = 0] = head.subarray(6);
    start += 10 + (a & 127) * 2 ** 21 + (b & 127) * 2 ** 14 + (c & 127) * 2 ** 7 + (d & 127);
    if (((head[5] ?? 0) & 16) !== 0) start += 10;
  }
  return {start, hasTag: start > 0};
}
