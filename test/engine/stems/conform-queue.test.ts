import test from 'ava';
import type {ConformJob} from '../../../src/engine/stems/conform.ts';
import {type ConformNews, createConformQueue} from '../../../src/engine/stems/conform-queue.ts';
import {DeskError} from '../../../src/model/problem.ts';

function job(id: number): ConformJob {
  return {id, path: `${id}`, size: 1, modifiedMs: 0, sampleRate: 48_000, partPath: '', finalPath: ''};
}

/** News of jobs whose work is given, until the wanted number has ended. */
async function run(works: Record<number, () => AsyncGenerator<number, void>>): Promise<ConformNews[]> {
  const news: ConformNews[] = [];
  const ids = Object.keys(works).map(Number);
  await new Promise<void>((resolve) => {
    let ended = 0;
    const queue = createConformQueue(
      (one) => {
        news.push(one);
        if (one.type !== 'progressed' && ++ended === ids.length) resolve();
      },
      ({id}) => works[id]?.() ?? steps(0, 0),
    );
    for (const id of ids) queue.start(job(id));
  });
  return news;
}

async function* steps(count: number, frames: number): AsyncGenerator<number, void> {
  for (let step = 1; step <= count; step++) yield step * frames;
}

test('the job with the fewest frames is worked on next', async (t) => {
  const news = await run({1: () => steps(4, 100), 2: () => steps(8, 50), 3: () => steps(2, 200)});
  const frames = new Map<number, number>([
    [1, 0],
    [2, 0],
    [3, 0],
  ]);
  const ended = new Set<number>();
  for (const one of news) {
    if (one.type !== 'progressed') {
      ended.add(one.id);
      continue;
    }
    const others = [...frames].filter(([id]) => !ended.has(id)).map(([, done]) => done);
    t.is(frames.get(one.id), Math.min(...others));
    frames.set(one.id, one.frames);
  }
  t.is(ended.size, 3);
});

test('a job that fails says whose fault it was and leaves the others alone', async (t) => {
  async function* broken(error: unknown): AsyncGenerator<number, void> {
    yield 10;
    throw error;
  }
  const news = await run({
    1: () => broken(new DeskError('audio.invalid', 'frame 3 damaged')),
    2: () => broken(new DeskError('file.unwritable', 'the disk is full')),
    3: () => broken(Object.assign(new Error('x'), {code: 'EACCES'})),
    4: () => broken(new RangeError('oops')),
    5: () => steps(3, 10),
  });
  const ends = new Map(news.filter((one) => one.type !== 'progressed').map((one) => [one.id, one]));
  t.like(ends.get(1), {type: 'failed', blame: 'source', reason: 'frame 3 damaged'});
  t.like(ends.get(2), {type: 'failed', blame: 'cache', reason: 'the disk is full'});
  t.like(ends.get(3), {type: 'failed', blame: 'source', reason: 'no permission to read it'});
  t.like(ends.get(4), {type: 'failed', blame: 'source', reason: 'it cannot be decoded: oops'});
  t.like(ends.get(5), {type: 'finished'});
});

test('stopping ends all work, so that every job can clean up', async (t) => {
  let cleaned = 0;
  async function* endless(): AsyncGenerator<number, void> {
    try {
      for (let frame = 1; ; frame++) yield frame;
    } finally {
      cleaned++;
    }
  }
  let first: () => void = () => {};
  const begun = new Promise<void>((resolve) => {
    first = resolve;
  });
  let count = 0;
  const queue = createConformQueue(() => ++count === 6 && first(), endless);
  for (const id of [1, 2, 3]) queue.start(job(id));
  await begun;
  await queue.stop();
  await queue.stop();
  t.is(cleaned, 3);
  queue.start(job(4));
  await queue.stop();
  t.is(cleaned, 3);
});

test('a job started while others run, or after all are done, is worked on', async (t) => {
  const ended: number[] = [];
  await new Promise<void>((resolve) => {
    const queue = createConformQueue(
      (one) => {
        if (one.type === 'progressed') return;
        ended.push(one.id);
        if (one.id < 3) setImmediate(() => queue.start(job(one.id + 1)));
        else resolve();
      },
      () => steps(2, 1),
    );
    queue.start(job(1));
  });
  t.deepEqual(ended, [1, 2, 3]);
});
