/**
 * Header of an MPEG audio frame (ISO/IEC 11172-3 and 13818-3, with the usual 2.5 extension), most significant bit first.
 *
 *   11 sync, all ones · 2 version (0 2.5, 2 MPEG-2, 3 MPEG-1) · 2 layer (1 is layer III) · 1 no checksum
 *   4 bit rate code · 2 rate code · 1 padding · 1 private · 2 mode (3 mono) · 2 mode extension · 4 copyright, original, emphasis
 */
export interface MpegFrameHeader {
  /** 1 for MPEG-1, 2 for MPEG-2, 3 for 2.5. */
  readonly version: 1 | 2 | 3;
  readonly sampleRate: number;
  readonly channels: 1 | 2;
  /** Samples a channel. */
  readonly samples: number;
  /** Length of the whole frame. */
  readonly bytes: number;
}

const bitRates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const bitRates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const sampleRates = [44_100, 48_000, 32_000];

/** Length of the header. */
export const mpegHeaderBytes = 4;

/** Reads a layer III frame header at `at`; undefined if there is none (free-format frames included: nobody writes them). */
export function readMpegFrameHeader(bytes: Uint8Array, at: number): MpegFrameHeader | undefined {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes.subarray(at, at + mpegHeaderBytes);
  if (first !== 0xff || (second & 0xe6) !== 0xe2) return undefined;
  const versionCode = (second >> 3) & 3;
  if (versionCode === 1) return undefined;
  const version = versionCode === 3 ? 1 : versionCode === 2 ? 2 : 3;
  const bitRate = (version === 1 ? bitRates1 : bitRates2)[third >> 4];
  const baseRate = sampleRates[(third >> 2) & 3];
  if (bitRate === undefined || bitRate === 0 || baseRate === undefined) return undefined;
  const sampleRate = baseRate / 2 ** (version - 1);
  const samples = version === 1 ? 1152 : 576;
  const bytesLong = Math.floor((samples * bitRate * 125) / sampleRate) + ((third >> 1) & 1);
  return {version, sampleRate, channels: fourth >> 6 === 3 ? 1 : 2, samples, bytes: bytesLong};
}

/**
 * The information frame that encoders put before the first sound (Xing header with LAME extension), of which decoders play nothing.
 *
 *   frame header, side information (17 or 32 bytes for MPEG-1, 9 or 17 else)   "Xing" | "Info"   flags u32
 *   if flag 1: frames u32 · 2: bytes u32 · 4: table of 100 bytes · 8: quality u32
 *   LAME: 9 bytes name and version … at 21: 12 bits delay, 12 bits padding, in samples
 */
export interface MpegInformation {
  readonly frames: number | undefined;
  /** Bytes from the information frame's start to the end of the sound. */
  readonly bytes: number | undefined;
  /** Samples that the encoder put before and after the sound; undefined if it does not say. */
  readonly delay: number | undefined;
  readonly padding: number | undefined;
}

/** Reads the information frame, if the frame at `at` is one. */
export function readMpegInformation(
  bytes: Uint8Array,
  at: number,
  header: MpegFrameHeader,
): MpegInformation | undefined {
  const sideBytes = header.version === 1 ? (header.channels === 1 ? 17 : 32) : header.channels === 1 ? 9 : 17;
  const end = Math.min(bytes.length, at + header.bytes);
  let position = at + mpegHeaderBytes + sideBytes;
  if (position + 8 > end) return undefined;
  const name = Buffer.from(bytes.subarray(position, position + 4)).toString('latin1');
  if (name !== 'Xing' && name !== 'Info') return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint32(position + 4);
  position += 8;
  const field = (flag: number, length: number): number | undefined => {
    if ((flags & flag) === 0 || position + length > end) return undefined;
    position += length;
    return view.getUint32(position - length);
  };
  const frames = field(1, 4);
  const bytesLong = field(2, 4);
  field(4, 100);
  field(8, 4);
  const hasGaps = position + 24 <= end && (bytes[position] ?? 0) !== 0;
  const gaps = hasGaps ? view.getUint32(position + 20) & 0xffffff : 0;
  return {
    frames,
    bytes: bytesLong,
    delay: hasGaps ? gaps >> 12 : undefined,
    padding: hasGaps ? gaps & 0xfff : undefined,
  };
}
