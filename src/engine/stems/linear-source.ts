import {DeskError, type Problem} from '../../model/problem.ts';
import {type AudioFile, readBytes, refuseUnreadable} from './audio-file.ts';
import {decodeSamples} from './sample-encoding.ts';
import {endsEarly, type LinearBody, problemOf, type Refusal, refuse, type SoundHeader} from './sound-header.ts';
import type {SampleSource} from './stem-window.ts';

/** Byte buffers that all stems share, since a chunk's bytes are needed only until they have become samples. */
export interface ByteBuffers {
  take(length: number): Uint8Array<ArrayBuffer>;
  give(buffer: Uint8Array<ArrayBuffer>): void;
}

/** Keeps up to `most` buffers between uses. */
export function createByteBuffers(most: number): ByteBuffers {
  const spare: Uint8Array<ArrayBuffer>[] = [];
  return {
    take(length) {
      const at = spare.findIndex((buffer) => buffer.length >= length);
      return at < 0 ? new Uint8Array(length) : (spare.splice(at, 1)[0] ?? new Uint8Array(length));
    },
    give(buffer) {
      if (spare.length < most) spare.push(buffer);
    },
  };
}

/** A stem's samples straight from an open linear file. `report` is told once if the file fails under way. */
export function createLinearSource(
  file: AudioFile,
  header: SoundHeader,
  body: LinearBody,
  buffers: ByteBuffers,
  report: (problem: Problem) => void,
): SampleSource {
  const frameBytes = body.encoding.bytes * header.channels;
  let reported = false;
  let closed: Promise<void> | undefined;

  function fail(refusal: Refusal, cause?: unknown): never {
    if (!reported && closed === undefined) report(problemOf(file.path, refusal));
    reported = true;
    throw new DeskError('file.unreadable', `${file.path}: ${refusal.reason}`, cause);
  }

  return {
    channels: header.channels === 1 ? 1 : 2,
    lengthFrames: header.lengthFrames,
    async load(atFrame, frames, into) {
      const buffer = buffers.take(frames * frameBytes);
      try {
        const position = body.dataOffset + atFrame * frameBytes;
        const bytes = await readBytes(file, position, frames * frameBytes, buffer).catch((error: unknown) =>
          fail(refuseUnreadable(error), error),
        );
        if (bytes.length < frames * frameBytes) {
          const missing = header.lengthFrames - atFrame - Math.floor(bytes.length / frameBytes);
          fail(refuse(`it was shortened while it was playing: it ${endsEarly(missing, header.sampleRate)} now`));
        }
        decodeSamples(body.encoding, bytes, frames, into);
      } finally {
        buffers.give(buffer);
      }
    },
    close() {
      closed ??= file.handle.close();
      return closed;
    },
  };
}
