import type {Stem} from '../engine/stem.ts';
import {createStemOpener} from '../engine/stems/stem-opener.ts';
import {DeskError, type Problem, plainText} from '../model/problem.ts';
import type {Session} from '../model/session.ts';

/** The stems of a session in strip order, and what was wrong with them. */
export interface OpenedStems {
  /** Undefined where a strip has no sound, or its file was refused. */
  readonly stems: readonly (Stem | undefined)[];
  readonly lengthFrames: number;
  /** Everything found wrong so far; grows while the stems are read. */
  problems(): readonly Problem[];
  close(): Promise<void>;
}

/** Opens all stems of a session for reading at its own rate. Rejects with a DeskError where a device is mixed. */
export async function openStems(session: Session, cacheFolder: string): Promise<OpenedStems> {
  if (session.midi !== undefined) {
    const {port} = session.midi;
    throw new DeskError(
      'usage',
      `${session.folder}: mixes the device at the MIDI port "${plainText(port)}", whose sound never comes here: record its output instead.`,
    );
  }
  const opener = createStemOpener({sampleRate: session.sampleRate, cacheFolder});
  const refused: Problem[] = [];
  const stems = await Promise.all(
    session.mixer.strips.map(async ({id}) => {
      const file = session.stems.find((stem) => stem.strip === id);
      if (file === undefined) return undefined;
      const opened = await opener.open(file.path);
      if (opened.type === 'stem') return opened.stem;
      refused.push(opened.problem);
      return undefined;
    }),
  );
  return {
    stems,
    lengthFrames: stems.reduce((longest, stem) => Math.max(longest, stem?.lengthFrames ?? 0), 0),
    problems: () => [...refused, ...opener.problems()],
    async close() {
      await Promise.all(stems.map((stem) => stem?.close()));
      await opener.close();
    },
  };
}
