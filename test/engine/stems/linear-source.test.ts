import {truncate} from 'node:fs/promises';
import test, {type ExecutionContext} from 'ava';
import {createByteBuffers, createLinearSource} from '../../../src/engine/stems/linear-source.ts';
import {openSound} from '../../../src/engine/stems/probe.ts';
import type {SampleSource} from '../../../src/engine/stems/stem-window.ts';
import {DeskError, type Problem} from '../../../src/model/problem.ts';
import {scratchFile} from './scratch.ts';
import {noise} from './tone.ts';
import {wave32f} from './wave-bytes.ts';

async function sourceOf(t: ExecutionContext, path: string, problems: Problem[] = []): Promise<SampleSource> {
  const opened = await openSound(path);
  if (opened.type === 'refused' || opened.header.body.coding !== 'linear') throw new Error('no linear file');
  const {file, header} = opened;
  const source = createLinearSource(file, header, opened.header.body, createByteBuffers(2), (problem) => {
    problems.push(problem);
  });
  t.teardown(() => source.close());
  return source;
}

test('any stretch of a file is loaded from its place', async (t) => {
  const sides = [noise(5000), noise(5000, 3)];
  const source = await sourceOf(t, await scratchFile(t, wave32f(sides)));
  t.like(source, {channels: 2, lengthFrames: 5000});
  for (const [from, frames] of [
    [0, 10],
    [4990, 10],
    [1234, 1000],
    [0, 5000],
  ] as const) {
    const into = [new Float32Array(frames), new Float32Array(frames)];
    await source.load(from, frames, into);
    t.deepEqual(
      into,
      sides.map((side) => side.slice(from, from + frames)),
    );
  }
});

test('loads side by side do not mix', async (t) => {
  const samples = noise(64_000);
  const source = await sourceOf(t, await scratchFile(t, wave32f([samples])));
  const loads = Array.from({length: 16}, async (_, index) => {
    const into = [new Float32Array(4000)];
    await source.load(index * 4000, 4000, into);
    return into[0];
  });
  for (const [index, got] of (await Promise.all(loads)).entries()) {
    t.deepEqual(got, samples.slice(index * 4000, index * 4000 + 4000));
  }
});

test('a file that became shorter is reported once, and every load of the lost part rejects', async (t) => {
  const path = await scratchFile(t, wave32f([noise(48_000 * 2)]));
  const problems: Problem[] = [];
  const source = await sourceOf(t, path, problems);
  await truncate(path, 44 + 48_000 * 4);
  for (let attempt = 0; attempt < 3; attempt++) {
    await t.throwsAsync(source.load(60_000, 100, [new Float32Array(100)]), {
      instanceOf: DeskError,
      code: 'file.unreadable',
    });
  }
  t.is(problems.length, 1);
  t.like(problems[0], {path, severity: 'error'});
  await source.load(0, 100, [new Float32Array(100)]);
});

test('after closing a load rejects and reports nothing', async (t) => {
  const problems: Problem[] = [];
  const source = await sourceOf(t, await scratchFile(t, wave32f([noise(100)])), problems);
  await Promise.all([source.close(), source.close()]);
  await t.throwsAsync(source.load(0, 100, [new Float32Array(100)]), {instanceOf: DeskError});
  t.deepEqual(problems, []);
});

test('byte buffers are used again if they are long enough, and only so many are kept', (t) => {
  const buffers = createByteBuffers(2);
  const [a, b, c] = [buffers.take(100), buffers.take(200), buffers.take(300)];
  for (const buffer of [a, b, c]) buffers.give(buffer);
  t.is(buffers.take(150), b);
  t.is(buffers.take(90), a);
  const fresh = buffers.take(90);
  t.false([a, b, c].includes(fresh));
  t.is(fresh.length, 90);
});
