import {type AudioFile, readBytes} from './audio-file.ts';
import type {SampleEncoding} from './sample-encoding.ts';
import {checkHeader, copyAgain, type HeaderRead, type Refusal, refuse, refuseCut} from './sound-header.ts';

/**
 * RIFF/WAVE, and RF64/BW64 for more than 4 GB (EBU Tech 3306, ITU-R BS.2088). All numbers little-endian.
 *
 *   0  "RIFF" | "RF64" | "BW64"   4 size of the rest      8 "WAVE"
 *   then chunks: 0 name  4 size u32  8 content, padded to an even length
 *   "fmt "  0 format u16  2 channels u16  4 rate u32  8 bytes/s u32  12 block align u16  14 bits u16
 *           16 extension size u16  18 valid bits u16  20 speaker mask u32  24 GUID, whose first two bytes are the true format
 *   "ds64"  0 RIFF size u64  8 data size u64  16 sample count u64: the sizes where the 32-bit ones are 0xFFFFFFFF
 *   "data"  the samples
 */
const notAudio = refuse('it is not an audio file: no WAVE header that can be read', copyAgain);
const guidTail = '000000001000800000aa00389b71';
const mostChunks = 4096;

/** Reads the header of a WAVE file; sizes are compared with the file before they are believed. */
export async function readRiffHeader(file: AudioFile): Promise<HeaderRead> {
  let format: WaveFormat | undefined;
  let longData: number | undefined;
  let position = 12;
  for (let chunk = 0; chunk < mostChunks && position + 8 <= file.size; chunk++) {
    const head = viewOf(await readBytes(file, position, 8));
    if (head.byteLength < 8) break;
    const name = nameAt(head, 0);
    const size = head.getUint32(4, true);
    const content = position + 8;
    if (name === 'ds64') {
      const sizes = viewOf(await readBytes(file, content, 16));
      if (sizes.byteLength === 16) longData = Number(sizes.getBigUint64(8, true));
    }
    if (name === 'fmt ') {
      const read = readFormat(await readBytes(file, content, Math.min(size, 40)));
      if (read.type === 'refused') return read;
      format = read;
    }
    if (name === 'data') {
      if (format === undefined) return notAudio;
      return judgeData(file, format, content, size === 0xffffffff ? (longData ?? size) : size);
    }
    position = content + size + (size % 2);
  }
  if (format === undefined) return notAudio;
  return refuse('it ends before its samples begin', copyAgain);
}

interface WaveFormat {
  readonly type: 'format';
  readonly encoding: SampleEncoding;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bits: number;
}

function readFormat(bytes: Uint8Array): WaveFormat | Refusal {
  if (bytes.length < 16) return notAudio;
  const view = viewOf(bytes);
  const channels = view.getUint16(2, true);
  const blockAlign = view.getUint16(12, true);
  const container = view.getUint16(14, true);
  let tag = view.getUint16(0, true);
  let bits = container;
  if (tag === 0xfffe) {
    if (bytes.length < 40 || Buffer.from(bytes.subarray(26, 40)).toString('hex') !== guidTail) {
      return refuse('it holds a kind of sound that is not known', 'Export it as plain WAV (PCM).');
    }
    tag = view.getUint16(24, true);
    const valid = view.getUint16(18, true);
    if (valid > 0 && valid < container) bits = valid;
  }
  if (tag !== 1 && tag !== 3) {
    return refuse(`its samples are compressed (WAVE format ${tag})`, 'Export it as plain WAV (PCM).');
  }
  const encoding = encodingOf(tag === 3, Math.ceil(container / 8));
  if (encoding === undefined || blockAlign !== encoding.bytes * channels) {
    return refuse(
      `its header contradicts itself: ${container} bits, ${channels} channels, ${blockAlign} bytes a frame`,
    );
  }
  return {type: 'format', encoding, channels, sampleRate: view.getUint32(4, true), bits};
}

function encodingOf(float: boolean, bytes: number): SampleEncoding | undefined {
  const littleEndian = true;
  if (float) return bytes === 4 || bytes === 8 ? {kind: 'float', bytes, littleEndian} : undefined;
  if (bytes === 1) return {kind: 'unsigned', bytes, littleEndian};
  return bytes === 2 || bytes === 3 || bytes === 4 ? {kind: 'int', bytes, littleEndian} : undefined;
}

/** Whether the file holds the samples that it promises. */
function judgeData(file: AudioFile, format: WaveFormat, dataOffset: number, dataSize: number): HeaderRead {
  const {channels, sampleRate, bits, encoding} = format;
  const frameBytes = encoding.bytes * Math.max(1, channels);
  const present = file.size - dataOffset;
  const lengthFrames = Math.floor(dataSize / frameBytes);
  const header = {format: 'wav', channels, sampleRate, lengthFrames, bits} as const;
  const checked = checkHeader({...header, body: {coding: 'linear', encoding, dataOffset}});
  const neverClosed = (dataSize === 0 && present > 0) || dataSize === 0xffffffff || dataSize > 2 ** 48;
  if (checked.type === 'refused' && !neverClosed) return checked;
  if (neverClosed) {
    return refuse('its recording was never finished: the length is missing from its header', copyAgain);
  }
  if (dataSize > present) return refuseCut(lengthFrames - Math.floor(present / frameBytes), sampleRate);
  return checked;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function nameAt(view: DataView, offset: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(offset + index)));
}
