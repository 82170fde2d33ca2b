import {open} from 'node:fs/promises';
import {DeskError, describeError, type Problem} from '../../model/problem.ts';
import type {AudioFile} from './audio-file.ts';
import type {ConformedFormat} from './conform.ts';
import type {ConformNews} from './conform-queue.ts';
import {createLinearSource} from './linear-source.ts';
import {problemOf} from './sound-header.ts';
import type {SampleSource} from './stem-window.ts';
import {waveHeaderBytes} from './wave-writer.ts';

/** A file that is being conformed: how far it is, and who waits for it. Several stems may read it. */
export interface Conforming {
  readonly format: ConformedFormat;
  hear(news: ConformNews): void;
  /** Resolves once so many frames can be read; rejects with a DeskError once that is known never to happen, or `signal` says to give up. */
  reach(frames: number, signal?: AbortSignal): Promise<void>;
  /** Why it could not be conformed to its end. */
  problem(): Problem | undefined;
}

/** `fail` is told once why the file could not be conformed to its end. */
export function createConforming(
  sourcePath: string,
  format: ConformedFormat,
  fail: (problem: Problem) => void,
): Conforming {
  let ready = 0;
  let failure: DeskError | undefined;
  let problem: Problem | undefined;
  const waiting = new Set<{frames: number; resolve: () => void; reject: (error: DeskError) => void}>();
  return {
    format,
    problem: () => problem,
    hear(news) {
      if (news.type === 'progressed') ready = news.frames;
      if (news.type === 'finished') ready = format.lengthFrames;
      if (news.type === 'failed') {
        const {reason, hint, blame} = news;
        failure = new DeskError(blame === 'cache' ? 'file.unwritable' : 'audio.invalid', `${sourcePath}: ${reason}`);
        problem = problemOf(sourcePath, {type: 'refused', reason, ...(hint === undefined ? {} : {hint})});
        fail(problem);
      }
      for (const one of waiting) {
        if (one.frames > ready && failure === undefined) continue;
        waiting.delete(one);
        if (one.frames <= ready) one.resolve();
        else if (failure !== undefined) one.reject(failure);
      }
    },
    async reach(frames, signal) {
      if (frames <= ready) return;
      if (failure !== undefined) throw failure;
      await new Promise<void>((resolve, reject) => {
        const closed = (): void => {
          if (waiting.delete(one)) reject(new DeskError('engine.failed', 'the stem was closed'));
        };
        const settled = (): void => signal?.removeEventListener('abort', closed);
        const one = {
          frames,
          resolve: () => {
            settled();
            resolve();
          },
          reject: (error: unknown) => {
            settled();
            reject(error);
          },
        };
        waiting.add(one);
        signal?.addEventListener('abort', closed);
      });
    },
  };
}

/** The samples of a file that is still growing at `path`; loads wait until theirs are there. Open it only after the first news. */
export async function createConformedSource(
  path: string,
  sourcePath: string,
  conforming: Conforming,
  report: (problem: Problem) => void,
): Promise<SampleSource> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw new DeskError('file.unreadable', `cache file ${path}: ${describeError(error)}`, error);
  });
  const {format} = conforming;
  const file: AudioFile = {handle, path: sourcePath, size: Number.POSITIVE_INFINITY, modifiedMs: 0};
  const body = {coding: 'linear', encoding: format.encoding, dataOffset: waveHeaderBytes} as const;
  const source = createLinearSource(file, {...format, format: 'wav', bits: undefined, body}, body, report);
  const end = new AbortController();
  return {
    ...source,
    async load(atFrame, frames, into) {
      await conforming.reach(atFrame + frames, end.signal);
      await source.load(atFrame, frames, into);
    },
    close() {
      end.abort();
      return source.close();
    },
  };
}
