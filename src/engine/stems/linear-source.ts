import {DeskError, type Problem} from '../../model/problem.ts';
import {type AudioFile, readBytes, refuseUnreadable} from './audio-file.ts';
import {endsEarly, type LinearBody, problemOf, type Refusal, refuse, type SoundHeader} from './sound-header.ts';
import type {SampleSource} from './stem-window.ts';

/** A stem's samples straight from an open linear file. `report` is told once if the file fails under way. */
export function createLinearSource(
  file: AudioFile,
  header: SoundHeader,
  body: LinearBody,
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
    encoding: body.encoding,
    async load(atFrame, frames, into) {
      const position = body.dataOffset + atFrame * frameBytes;
      const bytes = await readBytes(file, position, frames * frameBytes, into).catch((error: unknown) =>
        fail(refuseUnreadable(error), error),
      );
      if (bytes.length < frames * frameBytes) {
        const missing = header.lengthFrames - atFrame - Math.floor(bytes.length / frameBytes);
        fail(refuse(`it was shortened while it was playing: it ${endsEarly(missing, header.sampleRate)} now`));
      }
    },
    close() {
      closed ??= file.handle.close();
      return closed;
    },
  };
}
