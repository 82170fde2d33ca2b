import {truncate} from 'node:fs/promises';
import test, {type ExecutionContext} from 'ava';
import {createLinearSource} from '../../../src/engine/stems/linear-source.ts';
import {openSound} from '../../../src/engine/stems/probe.ts';
import {decodeSamples} from '../../../src/engine/stems/sample-encoding.ts';
import type {SampleSource} from '../../../src/engine/stems/stem-window.ts';
import {DeskError, type Problem} from '../../../src/model/problem.ts';
import {scratchFile} from './scratch.ts';
import {noise} from './tone.ts';
import {wave32f} from './wave-bytes.ts';

async function sourceOf(t: ExecutionContext, path: string, problems: Problem[] = []): Promise<SampleSource> {
  const opened = await openSound(path);
  if (opened.type === 'refused' || opened.header.body.coding !== 'linear') throw new Error('no linear file');
  const {file, header} = opened;
  const source = createLinearSource(file, header, opened.header.body, (problem) => {
    problems.push(problem);
  });
  t.teardown(() => source.close());
  return source;
}

/** Loads a stretch and makes samples of its bytes, one array a channel. */
async function loaded(source: SampleSource, atFrame: number, frames: number): Promise<Float32Array[]> {
  const bytes = new Uint8Array(frames * source.channels * source.encoding.bytes);
  await source.load(atFrame, frames, bytes);
  const into = Array.from({length: source.channels}, () => new Float32Array(frames));
  decodeSamples(source.encoding, bytes, frames, into);
  return into;
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
    t.deepEqual(
      await loaded(source, from, frames),
      sides.map((side) => side.slice(from, from + frames)),
    );
  }
});

test('loads side by side do not mix', async (t) => {
  const samples = noise(64_000);
  const source = await sourceOf(t, await scratchFile(t, wave32f([samples])));
  const loads = Array.from({length: 16}, async (_, index) => {
    return (await loaded(source, index * 4000, 4000))[0];
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
    await t.throwsAsync(source.load(60_000, 100, new Uint8Array(400)), {
      instanceOf: DeskError,
      code: 'file.unreadable',
    });
  }
  t.is(problems.length, 1);
  t.like(problems[0], {path, severity: 'error'});
  await source.load(0, 100, new Uint8Array(400));
});

test('after closing a load rejects and reports nothing', async (t) => {
  const problems: Problem[] = [];
  const source = await sourceOf(t, await scratchFile(t, wave32f([noise(100)])), problems);
  await Promise.all([source.close(), source.close()]);
  await t.throwsAsync(source.load(0, 100, new Uint8Array(400)), {instanceOf: DeskError});
  t.deepEqual(problems, []);
});
