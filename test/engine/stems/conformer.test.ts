import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {Worker} from 'node:worker_threads';
import test, {type ExecutionContext} from 'ava';
import type {ConformJob} from '../../../src/engine/stems/conform.ts';
import type {ConformNews} from '../../../src/engine/stems/conform-queue.ts';
import {type Conformer, createConformer} from '../../../src/engine/stems/conformer.ts';
import {fixturePath, scratchFile, scratchFolder} from './scratch.ts';
import {noise} from './tone.ts';
import {wave16} from './wave-bytes.ts';
import {decodeWhole} from './whole.ts';

async function jobFor(folder: string, id: number, path = fixturePath('tone.flac')): Promise<ConformJob> {
  const {size, mtimeMs} = await stat(path);
  const names = {partPath: join(folder, `${id}.part`), finalPath: join(folder, `${id}.wav`)};
  return {id, path, size, modifiedMs: mtimeMs, sampleRate: 48_000, ...names};
}

/** What a job's last news is. */
function outcome(conformer: Conformer, job: ConformJob): Promise<ConformNews> {
  return new Promise((resolve) => {
    conformer.start(job, (news) => {
      if (news.type !== 'progressed') resolve(news);
    });
  });
}

async function convertsAll(t: ExecutionContext, conformer: Conformer): Promise<void> {
  const folder = await scratchFolder(t);
  const jobs = await Promise.all([1, 2, 3].map((id) => jobFor(folder, id)));
  const news = await Promise.all(jobs.map((job) => outcome(conformer, job)));
  t.deepEqual(
    news.map((one) => one.type),
    ['finished', 'finished', 'finished'],
  );
  t.is((await decodeWhole(join(folder, '2.wav'))).header.lengthFrames, 12_000);
  t.deepEqual((await readdir(folder)).sort(), ['1.wav', '2.wav', '3.wav']);
  await conformer.close();
}

test('jobs are done in a thread that is started from the sources', async (t) => {
  await convertsAll(t, createConformer());
});

test('jobs are done in this thread where none can be started', async (t) => {
  await convertsAll(
    t,
    createConformer(() => {
      throw new Error('no threads here');
    }),
  );
});

test('jobs are done in this thread when the started one cannot run its program', async (t) => {
  await convertsAll(
    t,
    createConformer(() => new Worker('throw new Error("no such loader")', {eval: true})),
  );
});

test('a thread that dies under way fails its jobs with a reason', async (t) => {
  const dying = `
    const {parentPort} = require('node:worker_threads');
    parentPort.on('message', ({job}) => {
      if (job.id === 2) throw new Error('out of memory');
      parentPort.postMessage({type: 'progressed', id: job.id, frames: 1});
    });`;
  const folder = await scratchFolder(t);
  const conformer = createConformer(() => new Worker(dying, {eval: true}));
  const [first, second] = await Promise.all([1, 2].map((id) => jobFor(folder, id)));
  if (first === undefined || second === undefined) return t.fail();
  const news = await new Promise<ConformNews[]>((resolve) => {
    const ends: ConformNews[] = [];
    const ended = (one: ConformNews): void => {
      if (ends.push(one) === 2) resolve(ends);
    };
    conformer.start(first, (one) => (one.type === 'progressed' ? conformer.start(second, ended) : ended(one)));
  });
  for (const one of news) t.like(one, {type: 'failed', reason: 'the decoder stopped: out of memory'});
  await conformer.close();
});

test('closing removes what is unfinished, also when nothing was ever started', async (t) => {
  const folder = await scratchFolder(t);
  const path = await scratchFile(t, wave16([noise(44_100 * 10)], 44_100));
  const conformer = createConformer();
  const job = await jobFor(folder, 1, path);
  await new Promise<void>((resolve) => conformer.start(job, () => resolve()));
  await Promise.all([conformer.close(), conformer.close()]);
  t.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith('.part')),
    [],
  );
  await createConformer().close();
});

test('a thread that does not stop in time is ended, and what it was writing is removed', async (t) => {
  const deaf = `
    const {parentPort} = require('node:worker_threads');
    parentPort.on('message', ({type, job}) => {
      if (type !== 'start') return;
      require('node:fs').writeFileSync(job.partPath, 'half of it');
      parentPort.postMessage({type: 'progressed', id: job.id, frames: 1});
    });`;
  const folder = await scratchFolder(t);
  const conformer = createConformer(() => new Worker(deaf, {eval: true}));
  const job = await jobFor(folder, 1);
  await new Promise<void>((resolve) => conformer.start(job, () => resolve()));
  t.true((await readdir(folder)).some((name) => name.endsWith('.part')));
  await conformer.close();
  t.false((await readdir(folder)).some((name) => name.endsWith('.part')));
});
