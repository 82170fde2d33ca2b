import {type AudioFile, readBytes} from './audio-file.ts';
import {longestOggPage, type OggPage, readOggPage} from './ogg-page.ts';
import {checkHeader, copyAgain, type HeaderRead, type Refusal, refuse} from './sound-header.ts';

/**
 * The first packet of an OGG stream, little-endian.
 *
 *   Vorbis (Vorbis I specification, 4.2.2)   0 byte 1  1 "vorbis"  7 version u32  11 channels  12 rate u32
 *   Opus (RFC 7845, 5.1)   0 "OpusHead"  8 version  9 channels  10 samples to drop at the start u16  12 rate of the original u32
 *                          16 gain in 1/256 dB i16  18 mapping family
 */
interface Start {
  readonly type: 'start';
  readonly coding: 'vorbis' | 'opus';
  readonly channels: number;
  readonly sampleRate: number;
  readonly preSkip: number;
  readonly gainDb: number;
}

/** Reads the header of an OGG file and its last page, which tells the length and whether the file was cut. */
export async function readOggHeader(file: AudioFile): Promise<HeaderRead> {
  const head = await readBytes(file, 0, longestOggPage);
  const page = readOggPage(head, 0);
  if (page === undefined || !page.isFirst) return refuse('its first page is cut or damaged', copyAgain);
  const start = readStart(head.subarray(page.contentOffset, page.bytes));
  if (start.type === 'refused') return start;
  const next = await readBytes(file, page.bytes, 27);
  if (next.length === 27 && ((next[5] ?? 0) & 2) !== 0) {
    return refuse('it holds several streams side by side', 'Extract its sound into a file of its own.');
  }
  const {coding, channels, sampleRate, gainDb, preSkip} = start;
  const headerOf = (lengthFrames: number): HeaderRead =>
    checkHeader({
      format: 'ogg',
      channels,
      sampleRate,
      lengthFrames,
      bits: undefined,
      body: {coding, serial: page.serial, gainDb},
    });
  const checked = headerOf(1);
  if (checked.type === 'refused') return checked;
  const last = await readLastPage(file);
  if (last === undefined) return refuse('its last page is cut or damaged', copyAgain);
  if (last.serial !== page.serial) {
    return refuse('it holds several recordings in a row', 'Export each of them as a file of its own.');
  }
  if (!last.isLast) return refuse('it ends early: its closing page is missing', copyAgain);
  return headerOf(last.granule - preSkip);
}

function readStart(packet: Uint8Array): Start | Refusal {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const name = Buffer.from(packet.subarray(0, 8)).toString('latin1');
  if (name === 'OpusHead' && packet.length >= 19) {
    const gainDb = view.getInt16(16, true) / 256;
    const preSkip = view.getUint16(10, true);
    return {type: 'start', coding: 'opus', channels: view.getUint8(9), sampleRate: 48_000, preSkip, gainDb};
  }
  if (name.startsWith('\u0001vorbis') && packet.length >= 30) {
    const [channels, sampleRate] = [view.getUint8(11), view.getUint32(12, true)];
    return {type: 'start', coding: 'vorbis', channels, sampleRate, preSkip: 0, gainDb: 0};
  }
  return refuse('it is an OGG file with neither Vorbis nor Opus sound', 'Export it as WAV or FLAC.');
}

/** The page that ends exactly at the end of the file. */
async function readLastPage(file: AudioFile): Promise<OggPage | undefined> {
  const from = Math.max(0, file.size - longestOggPage);
  const bytes = await readBytes(file, from, file.size - from);
  for (let at = bytes.length - 27; at >= 0; at--) {
    const page = bytes[at] === 0x4f ? readOggPage(bytes, at) : undefined;
    if (page !== undefined && at + page.bytes === bytes.length) return page;
  }
  return undefined;
}
