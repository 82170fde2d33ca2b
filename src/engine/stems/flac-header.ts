import {type AudioFile, readBytes} from './audio-file.ts';
import {crc16} from './checksum.ts';
import {type FlacFrameHeader, readFlacFrameHeader} from './flac-frame.ts';
import {checkHeader, copyAgain, type HeaderRead, refuse, refuseCut} from './sound-header.ts';

/**
 * Start of a FLAC file (RFC 9639, section 8), most significant bit first.
 *
 *   "fLaC"   then metadata blocks: 1 bit last · 7 type (0 STREAMINFO, always first) · 24 length · content
 *   STREAMINFO  16 least block size · 16 greatest block size · 24 least frame size · 24 greatest frame size
 *               20 sample rate · 3 channels − 1 · 5 bits − 1 · 36 samples a channel (0 unknown) · 128 MD5 of the samples (0 unknown)
 */
const mostBlocks = 1024;
/** Where the last frame is looked for: no frame of a sound that the desk can play is longer. */
const lastFrameWindow = 1 << 20;

/** Reads the header of a FLAC file that begins at `start`, and looks at the last frame to see whether the file was cut. */
export async function readFlacHeader(file: AudioFile, start: number): Promise<HeaderRead> {
  const head = await readBytes(file, start + 4, 38);
  const notAudio = refuse('it is not an audio file: no FLAC header that can be read', copyAgain);
  if (head.length < 38 || ((head[0] ?? 0) & 0x7f) !== 0) return notAudio;
  const streamInfo = head.slice(4, 38);
  const view = new DataView(streamInfo.buffer);
  const blockSize = view.getUint16(0);
  const packed = view.getUint32(10);
  const sampleRate = packed >>> 12;
  const channels = ((packed >>> 9) & 7) + 1;
  const bits = ((packed >>> 4) & 31) + 1;
  const promised = (packed & 15) * 2 ** 32 + view.getUint32(14);
  const digest = Buffer.from(streamInfo.subarray(18)).toString('hex');
  const md5 = /^0+$/.test(digest) ? undefined : digest;

  const audioOffset = await skipMetadata(file, start + 4);
  const audioEnd = await endBeforeTag(file);
  const shape = {format: 'flac', channels, sampleRate, bits} as const;
  const headerOf = (lengthFrames: number): HeaderRead =>
    checkHeader({
      ...shape,
      lengthFrames,
      body: {coding: 'flac', audioOffset: audioOffset ?? 0, audioEnd, md5, streamInfo},
    });
  const checked = headerOf(promised > 0 ? promised : 1);
  if (checked.type === 'refused') return checked;
  if (audioOffset === undefined || audioOffset >= audioEnd)
    return refuse('it ends before its samples begin', copyAgain);

  const present = await lastSample(file, audioOffset, audioEnd, blockSize, channels);
  if (present === undefined) {
    return refuse('its last frame is cut or damaged', copyAgain);
  }
  if (present < promised) return refuseCut(promised - present, sampleRate);
  if (promised > 0 && present > promised) return refuse('it holds more samples than its header says', copyAgain);
  return headerOf(promised > 0 ? promised : present);
}

async function skipMetadata(file: AudioFile, first: number): Promise<number | undefined> {
  let position = first;
  for (let block = 0; block < mostBlocks; block++) {
    const head = await readBytes(file, position, 4);
    if (head.length < 4) return undefined;
    position += 4 + (((head[1] ?? 0) << 16) | ((head[2] ?? 0) << 8) | (head[3] ?? 0));
    if (((head[0] ?? 0) & 0x80) !== 0) return position;
  }
  return undefined;
}

/** The end of the sound: some programs hang an ID3v1 tag of 128 bytes on it. */
async function endBeforeTag(file: AudioFile): Promise<number> {
  const tail = await readBytes(file, Math.max(0, file.size - 128), 3);
  return Buffer.from(tail).toString('latin1') === 'TAG' && file.size > 128 ? file.size - 128 : file.size;
}

/** The sample behind the last one of the last frame, if a whole frame ends exactly at the end of the sound. */
async function lastSample(
  file: AudioFile,
  audioOffset: number,
  audioEnd: number,
  blockSize: number,
  channels: number,
): Promise<number | undefined> {
  const from = Math.max(audioOffset, audioEnd - lastFrameWindow);
  const bytes = await readBytes(file, from, audioEnd - from);
  for (let at = bytes.length - 2; at >= 0; at--) {
    if (bytes[at] !== 0xff) continue;
    const header = readFlacFrameHeader(bytes, at);
    if (header === undefined || header.channels !== channels) continue;
    if (crc16(bytes, at, bytes.length) === 0) return firstSample(header, blockSize) + header.blockSize;
  }
  return undefined;
}

/** Position of a frame's first sample; `blockSize` is the fixed size from STREAMINFO. */
export function firstSample(header: FlacFrameHeader, blockSize: number): number {
  return header.variable ? header.number : header.number * blockSize;
}
