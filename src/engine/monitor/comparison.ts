import {basename} from 'node:path';
import type {Monitor, ReferenceReading} from '../../model/monitor.ts';
import {describeError, type Problem} from '../../model/problem.ts';
import type {ReferenceFile} from '../../model/session.ts';
import type {Stem} from '../stem.ts';
import type {OpenedStem} from '../stems/stem-opener.ts';
import {chunkFrames} from '../stems/stem-window.ts';
import type {HeardReference} from './listening.ts';
import {createMixLoudness} from './mix-loudness.ts';
import {createReference, type Match, matchOf, type Reference, type ReferenceLoudness} from './reference.ts';
import {measureReference} from './reference-loudness.ts';

/** The references of a session: opened and measured in the background, each matched to the mix in loudness. */
export interface Comparison {
  /** One a file, in the session's order. */
  readonly readings: readonly ReferenceReading[];
  /** The reference that is to be heard with these settings, if it can be by now. While it is heard its gain stands still. */
  heardWith(monitor: Monitor): HeardReference | undefined;
  /** Takes what was heard of the mix while the tape moved. */
  mixHeard(left: Float32Array, right: Float32Array): void;
  /** Asks for what the references need next, `ranFrames` after their start. */
  prepareAhead(ranFrames: number): void;
  /** Gives all files back. Idempotent. */
  close(): Promise<void>;
}

export interface ComparisonOptions {
  readonly files: readonly ReferenceFile[];
  readonly sampleRate: number;
  /** Opens a file at the session's rate. */
  readonly open: (path: string) => Promise<OpenedStem>;
  /** Awaited between the steps of a measurement. */
  readonly pause: () => Promise<void>;
  /** `readings` changed, and `heardWith` may give something else. */
  readonly changed: () => void;
  readonly failed: (problem: Problem) => void;
}

interface Entry {
  readonly file: ReferenceFile;
  state: ReferenceReading['state'];
  reference: Reference | undefined;
  loudness: ReferenceLoudness | undefined;
  /** What it is, or would be, turned by; undefined while the mix was not heard long enough. */
  match: Match | undefined;
  askedAtFrame: number;
}

/** Shown gains are renewed when they are off by so many dB. */
const shownStepDb = 0.1;

/** Makes a comparison and begins to open and measure, one file after the other; a missing file fails at once. */
export function createComparison(options: ComparisonOptions): Comparison {
  const {files, sampleRate, open, pause, changed, failed} = options;
  const mix = createMixLoudness(sampleRate);
  const entries = files.map(
    (file): Entry => ({
      file,
      state: file.missing ? 'failed' : 'measuring',
      reference: undefined,
      loudness: undefined,
      match: undefined,
      askedAtFrame: Number.NEGATIVE_INFINITY,
    }),
  );
  let heard: Entry | undefined;
  let closed: Promise<void> | undefined;
  let unseenFrames = 0;

  const fail = (entry: Entry, problem: Problem): void => {
    if (closed !== undefined || entry.state === 'failed') return;
    entry.state = 'failed';
    failed(problem);
    changed();
  };
  const opened = async (entry: Entry): Promise<Stem | undefined> => {
    const answer = await open(entry.file.path);
    if (answer.type === 'stem' && answer.stem.lengthFrames > 0) return answer.stem;
    if (answer.type === 'stem') await answer.stem.close();
    const empty: Problem = {path: entry.file.path, reason: 'holds no sound', severity: 'warning'};
    fail(entry, answer.type === 'refused' ? answer.problem : empty);
    return undefined;
  };
  const measured = async (entry: Entry): Promise<ReferenceLoudness | undefined> => {
    const stem = await opened(entry);
    if (stem === undefined) return undefined;
    try {
      return await measureReference(stem, sampleRate, async () => {
        if (closed !== undefined) throw new Error('closed');
        await pause();
      });
    } finally {
      await stem.close();
    }
  };
  const ready = async (entry: Entry): Promise<void> => {
    const loudness = await measured(entry);
    const stem = loudness === undefined ? undefined : await opened(entry);
    if (loudness === undefined || stem === undefined) return;
    if (closed !== undefined) return stem.close();
    entry.reference = createReference(stem, sampleRate);
    entry.loudness = loudness;
    entry.state = 'ready';
    match(entry);
    changed();
  };
  const work = (async () => {
    for (const entry of entries) {
      if (entry.state === 'failed') continue;
      const {path} = entry.file;
      await ready(entry).catch((error: unknown) =>
        fail(entry, {path, reason: `cannot be compared with: ${describeError(error)}`, severity: 'warning'}),
      );
    }
  })();

  /** Whether what is shown of it changed. */
  const match = (entry: Entry): boolean => {
    const mixLufs = mix.integratedLufs();
    if (entry.loudness === undefined || mixLufs === undefined) return false;
    const before = entry.match;
    const next = matchOf(mixLufs, entry.loudness);
    if (before !== undefined && Math.abs(next.gainDb - before.gainDb) < shownStepDb) return false;
    entry.match = next;
    return true;
  };

  return {
    get readings() {
      return entries.map(({file, state, loudness, match}) => ({
        name: basename(file.path),
        state,
        integratedLufs: loudness?.integratedLufs,
        truePeakDb: loudness?.truePeakDb,
        lowShareDb: loudness?.lowShareDb,
        gainDb: match?.gainDb ?? 0,
        missingDb: match?.missingDb,
      }));
    },
    heardWith({reference: wanted, referenceNumber}) {
      const entry = wanted === 'on' ? entries[referenceNumber - 1] : undefined;
      heard = entry?.state === 'ready' ? entry : undefined;
      if (heard?.reference === undefined) return undefined;
      return {reference: heard.reference, gainDb: heard.match?.gainDb ?? 0};
    },
    mixHeard(left, right) {
      mix.push(left, right);
      unseenFrames += left.length;
      if (unseenFrames < sampleRate) return;
      unseenFrames = 0;
      // A gain that moves while one listens is no comparison; but none at all is worse.
      const moved = entries.filter((entry) => (entry !== heard || entry.match === undefined) && match(entry));
      if (moved.length > 0) changed();
    },
    prepareAhead(ranFrames) {
      for (const entry of entries) {
        if (entry.reference === undefined || Math.abs(ranFrames - entry.askedAtFrame) < chunkFrames / 2) continue;
        entry.askedAtFrame = ranFrames;
        entry.reference.prepare(ranFrames, chunkFrames).catch((error: unknown) => {
          const reason = `can no longer be read: ${describeError(error)}`;
          fail(entry, {path: entry.file.path, reason, severity: 'warning'});
        });
      }
    },
    close() {
      closed ??= (async () => {
        await Promise.all(entries.map(({reference}) => reference?.close()));
        await work;
      })();
      return closed;
    },
  };
}
