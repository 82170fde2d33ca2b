import {createRequire} from 'node:module';
import {DeskError} from '../model/problem.ts';

/**
 * The end of a FLAC stream: what its STREAMINFO (RFC 9639, 8.2) can only say then.
 *
 *   0 shortest block u16  2 longest u16   4 shortest frame u24  7 longest u24
 *   10 rate u20  channels − 1 u3  bits − 1 u5  samples u36   18 MD5 of the samples, 16 bytes
 */
export const streamInfoBytes = 34;

/** Where STREAMINFO begins in a file: after `fLaC` and the head of its block. */
export const streamInfoAt = 8;

export interface FlacEncoder {
  /** Encodes interleaved stereo frames; returns what is ready of the file. Throws a DeskError if the encoder fails. */
  encode(samples: Int32Array<ArrayBuffer>, frames: number): Uint8Array;
  /** Ends the stream; returns its last bytes and the final STREAMINFO. Throws a DeskError if the encoder fails. */
  finish(): {readonly bytes: Uint8Array; readonly streamInfo: Uint8Array};
  /** Gives its memory back. Idempotent. */
  free(): void;
}

/** The reference encoder's own default: beyond it files hardly get smaller. */
const compressionLevel = 5;

type Flac = ReturnType<typeof import('libflacjs')>;
let loading: Promise<Flac> | undefined;

/**
 * libFLAC as WebAssembly. It would fetch its code as a browser does wherever there is a `fetch`, which in Node knows no paths of files: so
 * there is none while it is loaded, which happens in one go.
 */
async function loadFlac(): Promise<Flac> {
  const {fetch} = globalThis;
  const load: () => Flac = () => createRequire(import.meta.url)('libflacjs')('release.wasm');
  let flac: Flac;
  try {
    Reflect.deleteProperty(globalThis, 'fetch');
    flac = load();
  } finally {
    globalThis.fetch = fetch;
  }
  if (!flac.isReady()) await new Promise<void>((ready) => flac.on('ready', () => ready()));
  return flac;
}

/** An encoder of a stereo stream. Rejects with a DeskError where it cannot be had. */
export async function createFlacEncoder(bits: 16 | 24, sampleRate: number, mostFrames: number): Promise<FlacEncoder> {
  loading ??= loadFlac();
  const flac = await loading;
  let ready: Uint8Array[] = [];
  let streamInfo: Uint8Array | undefined;
  const encoder = flac.create_libflac_encoder(sampleRate, 2, bits, compressionLevel, mostFrames, false, 0);
  const failed = (): DeskError =>
    new DeskError('engine.failed', `FLAC files of ${sampleRate} Hz cannot be made: bounce to WAV.`);
  if (encoder === 0) throw failed();
  const status = flac.init_encoder_stream(
    encoder,
    (bytes) => void ready.push(bytes.slice()),
    (info) => {
      if (info !== undefined) streamInfo = streamInfoOf(info);
    },
  );
  if (status !== 0) {
    flac.FLAC__stream_encoder_delete(encoder);
    throw failed();
  }
  let freed = false;
  const takeReady = (): Uint8Array => {
    const bytes = Buffer.concat(ready);
    ready = [];
    return bytes;
  };
  return {
    encode(samples, frames) {
      if (!flac.FLAC__stream_encoder_process_interleaved(encoder, samples, frames)) throw failed();
      return takeReady();
    },
    finish() {
      if (!flac.FLAC__stream_encoder_finish(encoder) || streamInfo === undefined) throw failed();
      return {bytes: takeReady(), streamInfo};
    },
    free() {
      if (!freed) flac.FLAC__stream_encoder_delete(encoder);
      freed = true;
    },
  };
}

interface StreamFacts {
  readonly min_blocksize: number;
  readonly max_blocksize: number;
  readonly min_framesize: number;
  readonly max_framesize: number;
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitsPerSample: number;
  readonly total_samples: number;
  /** Hexadecimal. */
  readonly md5sum: string;
}

function streamInfoOf(facts: StreamFacts): Uint8Array {
  const bytes = Buffer.alloc(streamInfoBytes);
  bytes.writeUInt16BE(facts.min_blocksize, 0);
  bytes.writeUInt16BE(facts.max_blocksize, 2);
  bytes.writeUIntBE(facts.min_framesize, 4, 3);
  bytes.writeUIntBE(facts.max_framesize, 7, 3);
  const samplesAbove = Math.floor(facts.total_samples / 2 ** 32);
  const form = (facts.sampleRate << 12) | ((facts.channels - 1) << 9) | ((facts.bitsPerSample - 1) << 4) | samplesAbove;
  bytes.writeUInt32BE(form >>> 0, 10);
  bytes.writeUInt32BE(facts.total_samples % 2 ** 32, 14);
  bytes.write(facts.md5sum, 18, 'hex');
  return bytes;
}
