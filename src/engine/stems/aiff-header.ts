import {type AudioFile, readBytes} from './audio-file.ts';
import type {SampleEncoding} from './sample-encoding.ts';
import {checkHeader, copyAgain, type HeaderRead, type Refusal, refuse, refuseCut} from './sound-header.ts';

/**
 * AIFF and AIFF-C (Apple, Audio Interchange File Format 1.3, AIFF-C draft of 1991). All numbers big-endian.
 *
 *   0 "FORM"   4 size of the rest   8 "AIFF" | "AIFC"
 *   then chunks in any order: 0 name  4 size u32  8 content, padded to an even length
 *   "COMM"  0 channels u16  2 frames u32  6 bits u16  8 rate as an 80-bit float  18 AIFC: compression, four characters
 *   "SSND"  0 offset u32  4 block size u32  8 offset bytes to skip, then the samples
 */
const notAudio = refuse('it is not an audio file: no AIFF header that can be read', copyAgain);
const mostChunks = 4096;

interface Common {
  readonly type: 'common';
  readonly channels: number;
  readonly frames: number;
  readonly sampleRate: number;
  readonly bits: number;
  readonly encoding: SampleEncoding;
}

/** Reads the header of an AIFF or AIFF-C file; sizes are compared with the file before they are believed. */
export async function readAiffHeader(file: AudioFile): Promise<HeaderRead> {
  const compressed = latin(await readBytes(file, 8, 4), 0) === 'AIFC';
  let common: Common | undefined;
  let data: {readonly offset: number; readonly promised: number} | undefined;
  let position = 12;
  for (let chunk = 0; chunk < mostChunks && position + 8 <= file.size; chunk++) {
    if (common !== undefined && data !== undefined) break;
    const head = await readBytes(file, position, 8);
    if (head.length < 8) break;
    const size = viewOf(head).getUint32(4);
    const name = latin(head, 0);
    if (name === 'COMM') {
      const read = readCommon(await readBytes(file, position + 8, Math.min(size, 22)), compressed);
      if (read.type === 'refused') return read;
      common = read;
    }
    if (name === 'SSND') {
      const start = await readBytes(file, position + 8, 8);
      if (start.length < 8) break;
      const skip = viewOf(start).getUint32(0);
      data = {offset: position + 16 + skip, promised: size - 8 - skip};
    }
    position += 8 + size + (size % 2);
  }
  if (common === undefined) return notAudio;
  return judgeData(file, common, data);
}

function judgeData(
  file: AudioFile,
  common: Common,
  data: {readonly offset: number; readonly promised: number} | undefined,
): HeaderRead {
  const {channels, sampleRate, bits, encoding, frames} = common;
  const header = {format: 'aiff', channels, sampleRate, lengthFrames: frames, bits} as const;
  const checked = checkHeader({...header, body: {coding: 'linear', encoding, dataOffset: data?.offset ?? 0}});
  if (checked.type === 'refused') return checked;
  if (data === undefined) return refuse('it ends before its samples begin', copyAgain);
  const present = Math.min(data.promised, file.size - data.offset);
  const presentFrames = Math.max(0, Math.floor(present / (encoding.bytes * channels)));
  return presentFrames < frames ? refuseCut(frames - presentFrames, sampleRate) : checked;
}

function readCommon(bytes: Uint8Array, compressed: boolean): Common | Refusal {
  if (bytes.length < (compressed ? 22 : 18)) return notAudio;
  const view = viewOf(bytes);
  const bits = view.getUint16(6);
  const encoding = encodingOf(compressed ? latin(bytes, 18) : 'NONE', Math.ceil(bits / 8));
  if (encoding === undefined) {
    const kind = compressed ? latin(bytes, 18).replace(/[^ -~]/g, '?') : 'NONE';
    return refuse(`its samples are stored as "${kind}" with ${bits} bits`, 'Export it as plain AIFF or WAV.');
  }
  const sampleRate = extendedAt(view, 8);
  return {type: 'common', channels: view.getUint16(0), frames: view.getUint32(2), sampleRate, bits, encoding};
}

function encodingOf(compression: string, bytes: number): SampleEncoding | undefined {
  switch (compression) {
    case 'NONE':
    case 'twos':
    case 'in24':
    case 'in32':
    case 'sowt': {
      if (bytes !== 1 && bytes !== 2 && bytes !== 3 && bytes !== 4) return undefined;
      return {kind: 'int', bytes, littleEndian: compression === 'sowt'};
    }
    case 'fl32':
    case 'FL32':
      return {kind: 'float', bytes: 4, littleEndian: false};
    case 'fl64':
    case 'FL64':
      return {kind: 'float', bytes: 8, littleEndian: false};
    default:
      return undefined;
  }
}

/** An IEEE 754 80-bit float as whole Hz: sign and exponent in 16 bits, then 64 bits with the one before the point. */
function extendedAt(view: DataView, at: number): number {
  const exponent = view.getUint16(at);
  const mantissa = view.getUint32(at + 2) * 2 ** 32 + view.getUint32(at + 6);
  if (exponent >= 0x7fff || mantissa === 0) return 0;
  return Math.round(mantissa * 2 ** (exponent - 16383 - 63));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function latin(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
