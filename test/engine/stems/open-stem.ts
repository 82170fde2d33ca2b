import {readdir} from 'node:fs/promises';
import {setTimeout as wait} from 'node:timers/promises';
import type {ExecutionContext} from 'ava';
import type {Stem} from '../../../src/engine/stem.ts';
import {type Conformer, createConformer} from '../../../src/engine/stems/conformer.ts';
import {createStemOpener, type StemOpener} from '../../../src/engine/stems/stem-opener.ts';
import {scratchFolder} from './scratch.ts';

/** Decodes in this thread: starting one costs more than all the decoding here. */
export function inThread(): Conformer {
  return createConformer(() => {
    throw new Error('no threads');
  });
}

export async function openerFor(t: ExecutionContext, sampleRate: number, folder?: string): Promise<StemOpener> {
  const opener = createStemOpener({sampleRate, cacheFolder: folder ?? (await scratchFolder(t))}, inThread());
  t.teardown(() => opener.close());
  return opener;
}

export async function openStem(t: ExecutionContext, opener: StemOpener, path: string): Promise<Stem> {
  const opened = await opener.open(path);
  if (opened.type === 'refused') throw new Error(opened.problem.reason);
  t.teardown(() => opened.stem.close());
  return opened.stem;
}

export async function readAll(stem: Stem): Promise<Float32Array[]> {
  const sides = [new Float32Array(stem.lengthFrames), new Float32Array(stem.lengthFrames)];
  for (let frame = 0; frame < stem.lengthFrames; frame += 512) {
    const frames = Math.min(512, stem.lengthFrames - frame);
    await stem.prepare(frame, frames);
    const [left = new Float32Array(), right = new Float32Array()] = sides.map((side) =>
      side.subarray(frame, frame + frames),
    );
    if (!stem.read(frame, left, right)) throw new Error(`not there at ${frame}`);
  }
  return sides;
}

/** Until the cache holds so many finished files. */
export async function kept(folder: string, count: number): Promise<string[]> {
  for (;;) {
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.wav'));
    if (names.length >= count) return names;
    await wait(10);
  }
}
