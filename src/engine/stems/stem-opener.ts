import type {Problem} from '../../model/problem.ts';
import type {Stem} from '../stem.ts';
import type {AudioFile} from './audio-file.ts';
import {type ConformedFormat, conformedFormat} from './conform.ts';
import {type Conforming, createConformedSource, createConforming} from './conformed-source.ts';
import {createConformer} from './conformer.ts';
import {createLinearSource} from './linear-source.ts';
import {openSound} from './probe.ts';
import {refuseFailure} from './sound.ts';
import {problemOf, refuse, type SoundHeader} from './sound-header.ts';
import {openStemCache, type StemCache} from './stem-cache.ts';
import {chunkFrames, createStemWindow} from './stem-window.ts';

/** A stem, or why a file is none. */
export type OpenedStem =
  | {readonly type: 'stem'; readonly stem: Stem}
  | {readonly type: 'refused'; readonly problem: Problem};

/** Opens audio files as stems of one session. */
export interface StemOpener {
  /**
   * Linear files of the session's rate are streamed as they are; others are conformed in the background and opened once their first two
   * seconds are there, or at once if that was done at an earlier start. Refuses what header and end of the file tell. Never rejects.
   */
  open(path: string): Promise<OpenedStem>;
  /** What failed after opening: damage found while decoding, files that vanished, a cache that cannot be written. Grows. */
  problems(): readonly Problem[];
  /** Ends decoding; unfinished conformed files are removed. Stems are closed by who opened them. Idempotent. */
  close(): Promise<void>;
}

interface UnderWay {
  readonly conforming: Conforming;
  readonly partPath: string;
  /** Whether a stem plays from it; before that a failure is a refusal and no problem. */
  isOpen: boolean;
}

/** How much of a stem must be decoded before it counts as open, in seconds. */
const headSeconds = 2;

/** `cacheFolder` is made if need be; without permission or space a temporary folder stands in for it. `sampleRate` in Hz. */
export function createStemOpener(
  options: {readonly sampleRate: number; readonly cacheFolder: string},
  conformer = createConformer(),
): StemOpener {
  const {sampleRate, cacheFolder} = options;
  const found: Problem[] = [];
  const report = (problem: Problem): void => void found.push(problem);
  const underWay = new Map<string, UnderWay>();
  let cache: Promise<StemCache> | undefined;
  let jobs = 0;
  let closed: Promise<void> | undefined;

  async function openCache(): Promise<StemCache> {
    const opened = await openStemCache(cacheFolder);
    if (opened.problem !== undefined) report(opened.problem);
    return opened;
  }

  /** The file as it was conformed before, if it is there and is what it should be. */
  async function openKept(
    kept: StemCache,
    path: string,
    sourcePath: string,
    wanted: ConformedFormat,
  ): Promise<Stem | undefined> {
    const opened = await openSound(path);
    if (opened.type === 'refused') return undefined;
    const {file, header} = opened;
    const fits = (['channels', 'sampleRate', 'lengthFrames'] as const).every((key) => header[key] === wanted[key]);
    if (!fits || header.body.coding !== 'linear') {
      await file.handle.close();
      return undefined;
    }
    await kept.used(path);
    return createStemWindow(createLinearSource({...file, path: sourcePath}, header, header.body, report));
  }

  function startConforming(kept: StemCache, file: AudioFile, format: ConformedFormat, finalPath: string): UnderWay {
    const partPath = kept.newPartPath(finalPath);
    const conforming = createConforming(file.path, format, (problem) => {
      if (started.isOpen) report(problem);
    });
    const started: UnderWay = {conforming, partPath, isOpen: false};
    underWay.set(finalPath, started);
    const {path, size, modifiedMs} = file;
    conformer.start({id: ++jobs, path, size, modifiedMs, sampleRate, partPath, finalPath}, (news) => {
      conforming.hear(news);
      if (news.type === 'progressed') return;
      underWay.delete(finalPath);
      if (news.type === 'finished') void kept.trim();
    });
    return started;
  }

  async function openConformed(file: AudioFile, header: SoundHeader): Promise<OpenedStem> {
    cache ??= openCache();
    const kept = await cache;
    const finalPath = kept.pathOf(file, sampleRate);
    const format = conformedFormat(header, sampleRate);
    if (!underWay.has(finalPath)) {
      const stem = await openKept(kept, finalPath, file.path, format);
      if (stem !== undefined) return {type: 'stem', stem};
    }
    if (closed !== undefined) return {type: 'refused', problem: problemOf(file.path, refuse('the desk was closed'))};
    const started = underWay.get(finalPath) ?? startConforming(kept, file, format, finalPath);
    const {conforming, partPath} = started;
    try {
      // Whole chunks, because reading begins with them.
      const head = Math.ceil((headSeconds * sampleRate) / chunkFrames) * chunkFrames;
      await conforming.reach(Math.min(head, format.lengthFrames));
      const source = await createConformedSource(partPath, file.path, conforming, report).catch(() =>
        // It was completed and renamed in the meantime.
        createConformedSource(finalPath, file.path, conforming, report),
      );
      started.isOpen = true;
      return {type: 'stem', stem: createStemWindow(source)};
    } catch (error) {
      return {type: 'refused', problem: conforming.problem() ?? problemOf(file.path, refuseFailure(error))};
    }
  }

  return {
    async open(path) {
      if (closed !== undefined) return {type: 'refused', problem: problemOf(path, refuse('the desk was closed'))};
      const opened = await openSound(path);
      if (opened.type === 'refused') return opened;
      const {file, header} = opened;
      if (header.body.coding === 'linear' && header.sampleRate === sampleRate) {
        return {type: 'stem', stem: createStemWindow(createLinearSource(file, header, header.body, report))};
      }
      try {
        return await openConformed(file, header);
      } finally {
        await file.handle.close();
      }
    },
    problems: () => [...found],
    close() {
      closed ??= (async () => {
        await conformer.close();
        for (const started of underWay.values()) {
          started.isOpen = false;
          started.conforming.hear({type: 'failed', id: 0, blame: 'source', reason: 'the desk was closed'});
        }
        underWay.clear();
        await (await cache)?.close();
      })();
      return closed;
    },
  };
}
