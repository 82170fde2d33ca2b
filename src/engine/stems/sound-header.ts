import type {Problem} from '../../model/problem.ts';
import type {StemFacts} from '../../model/stem-facts.ts';
import type {SampleEncoding} from './sample-encoding.ts';

/** What a file's header tells of its sound, and where in the file the sound lies. Byte positions count from the file's start. */
export interface SoundHeader {
  readonly format: StemFacts['format'];
  readonly channels: number;
  readonly sampleRate: number;
  /** Exact, at the file's own rate. */
  readonly lengthFrames: number;
  /** Bits a sample for linear formats and FLAC, undefined for lossy ones. */
  readonly bits: number | undefined;
  readonly body: SoundBody;
}

/** Where and how the samples are stored. */
export type SoundBody = LinearBody | FlacBody | MpegBody | OggBody;

/** Plain interleaved samples. */
export interface LinearBody {
  readonly coding: 'linear';
  readonly encoding: SampleEncoding;
  readonly dataOffset: number;
}

/** Native FLAC frames from `audioOffset` to `audioEnd`. */
export interface FlacBody {
  readonly coding: 'flac';
  readonly audioOffset: number;
  readonly audioEnd: number;
  /** Lower-case hex of the MD5 of the samples, undefined if the encoder left it out. */
  readonly md5: string | undefined;
  /** The STREAMINFO block's 34 bytes, without block header. */
  readonly streamInfo: Uint8Array;
}

/** MPEG layer III frames from `audioOffset` (an information frame included) to `audioEnd`. */
export interface MpegBody {
  readonly coding: 'mpeg';
  readonly audioOffset: number;
  readonly audioEnd: number;
}

/** One logical stream of OGG pages over the whole file. */
export interface OggBody {
  readonly coding: 'vorbis' | 'opus';
  readonly serial: number;
  /** Gain in dB that an Opus header asks decoders to add; 0 for Vorbis. */
  readonly gainDb: number;
}

/** A file that is not used: the reason completes "it is not used: …", the hint says what to do. */
export interface Refusal {
  readonly type: 'refused';
  readonly reason: string;
  readonly hint?: string;
}

/** A header, or why there is none. */
export type HeaderRead = {readonly type: 'header'; readonly header: SoundHeader} | Refusal;

/** Makes a refusal. */
export function refuse(reason: string, hint?: string): Refusal {
  return hint === undefined ? {type: 'refused', reason} : {type: 'refused', reason, hint};
}

/** The refusal of a file that is shorter than it says. */
export function refuseCut(missingFrames: number, sampleRate: number): Refusal {
  return refuse(endsEarly(missingFrames, sampleRate), copyAgain);
}

/** What to do about a cut or damaged file. */
export const copyAgain = 'Copy or export it again from its source.';

/** "ends 1.2 s early"; under a tenth of a second in frames. */
export function endsEarly(missingFrames: number, sampleRate: number): string {
  const seconds = missingFrames / sampleRate;
  if (seconds >= 0.1) return `ends ${seconds.toFixed(1)} s early`;
  return `ends ${missingFrames} ${missingFrames === 1 ? 'sample' : 'samples'} early`;
}

/** A refusal as a problem of that file. */
export function problemOf(path: string, refusal: Refusal): Problem {
  const {reason, hint} = refusal;
  return hint === undefined ? {path, reason, severity: 'error'} : {path, reason, hint, severity: 'error'};
}

/** Rates that the desk can play and convert, in Hz. */
const lowestRate = 4000;
const highestRate = 192_000;

/** Passes on a header whose sound the desk can play: mono or stereo, 4 to 192 kHz, at least one sample. */
export function checkHeader(header: SoundHeader): HeaderRead {
  const {channels, sampleRate, lengthFrames} = header;
  if (channels < 1) return refuse('0 channels: only mono and stereo can be used');
  if (channels > 2) {
    return refuse(`${channels} channels: only mono and stereo can be used`, 'Split it into mono or stereo files.');
  }
  if (!(sampleRate >= lowestRate && sampleRate <= highestRate)) {
    return refuse(`its sample rate is ${sampleRate} Hz: only ${lowestRate} to ${highestRate} Hz can be used`);
  }
  if (!(lengthFrames > 0)) return refuse('no samples');
  if (lengthFrames > 2 ** 40) return refuse('its header promises an impossible length', copyAgain);
  return {type: 'header', header};
}
