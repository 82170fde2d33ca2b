import {DeskError} from '../../model/problem.ts';
import {type AudioFile, readBytes} from './audio-file.ts';
import {createChunkReader} from './chunk-reader.ts';
import {type MpegFrameHeader, mpegHeaderBytes, readMpegFrameHeader, readMpegInformation} from './mpeg-frame.ts';
import {checkHeader, copyAgain, type HeaderRead, refuse, refuseCut} from './sound-header.ts';

/** How much rubbish before the first frame is passed over, where a file is known to be MP3. */
const searchBytes = 1 << 16;

/**
 * Reads what the frames of an MP3 file tell. `start` is the end of its ID3v2 tags; `isNamed` says that something else (a tag, the name) calls it MP3,
 * so that rubbish before the first frame may be passed over. Without an information frame all frame headers are read, for the length.
 */
export async function readMpegHeader(file: AudioFile, start: number, isNamed: boolean): Promise<HeaderRead> {
  const bytes = await readBytes(file, start, searchBytes + 4096);
  const offset = findFirstFrame(bytes, isNamed ? searchBytes : 0);
  const first = offset === undefined ? undefined : readMpegFrameHeader(bytes, offset);
  if (offset === undefined || first === undefined) return refuse('it is not an audio file', copyAgain);
  const audioOffset = start + offset;
  const audioEnd = await endBeforeTags(file);
  const information = readMpegInformation(bytes, offset, first);
  const {channels, sampleRate} = first;
  const headerOf = (frames: number, end: number): HeaderRead =>
    checkHeader({
      format: 'mp3',
      channels,
      sampleRate,
      lengthFrames: frames * first.samples - (information?.delay ?? 0) - (information?.padding ?? 0),
      bits: undefined,
      body: {coding: 'mpeg', audioOffset, audioEnd: end},
    });

  if (information?.frames !== undefined && information.bytes !== undefined) {
    const present = audioEnd - audioOffset;
    if (information.bytes <= present) return headerOf(information.frames, audioOffset + information.bytes);
    const missing = (information.frames * first.samples * (information.bytes - present)) / information.bytes;
    return refuseCut(Math.ceil(missing), sampleRate);
  }
  try {
    let frames = information === undefined ? 0 : -1;
    for await (const frame of readMpegFrames(file, audioOffset, audioEnd)) frames += frame.length > 0 ? 1 : 0;
    return headerOf(frames, audioEnd);
  } catch (error) {
    if (error instanceof DeskError) return refuse(error.message, copyAgain);
    throw error;
  }
}

/** A frame counts as the first one if another like it follows, or the bytes end with it. */
function findFirstFrame(bytes: Uint8Array, within: number): number | undefined {
  for (let at = 0; at <= Math.min(within, bytes.length - mpegHeaderBytes); at++) {
    const header = readMpegFrameHeader(bytes, at);
    if (header === undefined) continue;
    const next = at + header.bytes;
    if (next === bytes.length || isLike(header, readMpegFrameHeader(bytes, next))) return at;
  }
  return undefined;
}

function isLike(one: MpegFrameHeader, other: MpegFrameHeader | undefined): boolean {
  return one.version === other?.version && one.sampleRate === other.sampleRate && one.channels === other.channels;
}

/** The end of the sound: before an ID3v1 tag (128 bytes) and an APEv2 tag (its footer tells its length). */
async function endBeforeTags(file: AudioFile): Promise<number> {
  let end = file.size;
  const tail = Buffer.from(await readBytes(file, Math.max(0, end - 128), 128));
  if (tail.toString('latin1', 0, 3) === 'TAG') end -= 128;
  const footer = Buffer.from(await readBytes(file, Math.max(0, end - 32), 32));
  if (footer.length === 32 && footer.toString('latin1', 0, 8) === 'APETAGEX') {
    const header = (footer.readUInt32LE(20) & 0x80000000) !== 0 ? 32 : 0;
    end = Math.max(0, end - footer.readUInt32LE(12) - header);
  }
  return end;
}

/** All frames in order, the information frame included; rejects with a DeskError where one is damaged or cut. */
export async function* readMpegFrames(file: AudioFile, from: number, to: number): AsyncGenerator<Uint8Array> {
  const reader = createChunkReader(file, from, to);
  let first: MpegFrameHeader | undefined;
  for (let count = 0; (await reader.fill(mpegHeaderBytes)) > 0; count++) {
    const header = readMpegFrameHeader(reader.bytes(), 0);
    first ??= header;
    if (header === undefined || first === undefined || !isLike(first, header)) {
      if (first !== undefined && (await isPadding(reader))) return;
      throw new DeskError('audio.invalid', `frame ${count} damaged at byte ${reader.position()}`);
    }
    const buffered = await reader.fill(header.bytes);
    if (buffered < header.bytes) throw new DeskError('audio.invalid', `cut in its last frame (${count})`);
    yield reader.bytes().subarray(0, header.bytes);
    reader.skip(header.bytes);
  }
}

/** Whether nothing but a few zeros follow: some programs fill up. */
async function isPadding(reader: ReturnType<typeof createChunkReader>): Promise<boolean> {
  const buffered = await reader.fill(searchBytes);
  return buffered < searchBytes && reader.bytes().every((byte) => byte === 0);
}
