import test from 'ava';
import fc from 'fast-check';
import type {Stem} from '../../../src/engine/stem.ts';
import {chunkFrames, createStemWindow, type SampleSource} from '../../../src/engine/stems/stem-window.ts';
import {DeskError} from '../../../src/model/problem.ts';

/** A source whose sample at frame n is n + 1 on the left and −(n + 1) on the right, which notes its loads. */
function countingSource(lengthFrames: number, channels: 1 | 2 = 2) {
  const loads: number[] = [];
  const memory = new Set<Uint8Array>();
  const state = {loads, memory, fails: false, closes: 0, hold: undefined as Promise<void> | undefined};
  const source: SampleSource = {
    channels,
    lengthFrames,
    encoding: {kind: 'float', bytes: 4, littleEndian: true},
    async load(atFrame, frames, into) {
      loads.push(atFrame / chunkFrames);
      await state.hold;
      if (state.fails) throw new DeskError('file.unreadable', 'gone');
      memory.add(into);
      const view = new DataView(into.buffer, into.byteOffset);
      for (let i = 0; i < frames; i++) {
        for (let channel = 0; channel < channels; channel++) {
          view.setFloat32(4 * (i * channels + channel), channel === 0 ? atFrame + i + 1 : -(atFrame + i + 1), true);
        }
      }
    },
    async close() {
      state.closes++;
    },
  };
  return {source, state};
}

function readFrom(stem: Stem, atFrame: number, frames: number) {
  const left = new Float32Array(frames).fill(99);
  const right = new Float32Array(frames).fill(99);
  const whole = stem.read(atFrame, left, right);
  return {whole, left, right};
}

test('what was prepared is read whole, wherever one seeks, and outside of the sound is silence', async (t) => {
  const length = chunkFrames * 6 + 1234;
  const {source} = countingSource(length);
  const stem = createStemWindow(source);
  const place = fc.integer({min: -2000, max: length + 2000});
  await fc.assert(
    fc.asyncProperty(place, fc.integer({min: 1, max: 1500}), async (atFrame, frames) => {
      await stem.prepare(atFrame, frames);
      const {whole, left, right} = readFrom(stem, atFrame, frames);
      const wanted = (i: number): number => (atFrame + i >= 0 && atFrame + i < length ? atFrame + i + 1 : 0);
      return whole && left.every((sample, i) => sample === wanted(i) && right[i] === -sample + 0);
    }),
    {numRuns: 200},
  );
  t.pass();
});

for (const [name, atFrame, frames] of [
  ['before the start', -600, 512],
  ['across the start', -100, 512],
  ['across the end', 49_900, 512],
  ['after the end', 50_000, 512],
  ['far after the end', 1e12, 512],
] as const) {
  test(`reading ${name} is silence where there is nothing, and whole`, async (t) => {
    const stem = createStemWindow(countingSource(50_000).source);
    await stem.prepare(atFrame, frames);
    const {whole, left} = readFrom(stem, atFrame, frames);
    t.true(whole);
    left.forEach((sample, i) => {
      const frame = atFrame + i;
      t.is(sample, frame >= 0 && frame < 50_000 ? frame + 1 : 0);
    });
  });
}

test('what was not prepared is silence, said so, and the rest is there', async (t) => {
  const stem = createStemWindow(countingSource(chunkFrames * 10).source);
  await stem.prepare(0, 100);
  t.deepEqual(
    {...readFrom(stem, chunkFrames * 5, 4)},
    {whole: false, left: new Float32Array(4), right: new Float32Array(4)},
  );
  await stem.prepare(chunkFrames * 4 - 2, 2);
  await stem.prepare(0, 1);
  const apart = createStemWindow(countingSource(chunkFrames * 2, 1).source);
  await apart.prepare(0, chunkFrames);
  t.true(readFrom(apart, chunkFrames - 2, 2).whole);
});

test('a mono stem fills both sides alike', async (t) => {
  const stem = createStemWindow(countingSource(1000, 1).source);
  await stem.prepare(0, 1000);
  const {left, right} = readFrom(stem, 10, 5);
  t.deepEqual(left, right);
  t.is(stem.channels, 1);
});

test('the next chunk is read ahead, and each is read once while the tape runs', async (t) => {
  const {source, state} = countingSource(chunkFrames * 5);
  const stem = createStemWindow(source);
  for (let frame = 0; frame < chunkFrames * 5; frame += 512) {
    await stem.prepare(frame, 512);
    t.true(readFrom(stem, frame, 512).whole);
  }
  t.deepEqual(state.loads, [0, 1, 2, 3, 4]);
});

test('memory is bounded however one seeks: four chunks, or as many as one call asks for and one', async (t) => {
  const {source, state} = countingSource(chunkFrames * 100, 1);
  const stem = createStemWindow(source);
  for (let step = 0; step < 60; step++) await stem.prepare(((step * 37) % 100) * chunkFrames, 512);
  t.true(state.memory.size <= 6, `${state.memory.size} chunks`);
  await stem.prepare(0, chunkFrames * 12);
  t.true(readFrom(stem, 0, chunkFrames * 12).whole);
  t.true(state.memory.size <= 20);
});

test('what was just left stays in memory', async (t) => {
  const {source, state} = countingSource(chunkFrames * 10);
  const stem = createStemWindow(source);
  await stem.prepare(chunkFrames - 1, 2);
  state.loads.length = 0;
  await stem.prepare(0, chunkFrames);
  t.deepEqual(state.loads, []);
});

test('calls of prepare for the same place share one load', async (t) => {
  const {source, state} = countingSource(chunkFrames);
  const stem = createStemWindow(source);
  await Promise.all([stem.prepare(0, 10), stem.prepare(5, 10), stem.prepare(100, 10)]);
  t.deepEqual(state.loads, [0]);
});

test('chunks that are waited for are not given away to other calls', async (t) => {
  const {source, state} = countingSource(chunkFrames * 40, 1);
  let release: () => void = () => {};
  state.hold = new Promise((resolve) => {
    release = resolve;
  });
  const stem = createStemWindow(source);
  const calls = Array.from({length: 12}, (_, index) => stem.prepare(index * 3 * chunkFrames, 10));
  release();
  await Promise.all(calls);
  t.true(readFrom(stem, 33 * chunkFrames, 10).whole);
});

test('a failing file rejects prepare with a DeskError, reads as silence, and is tried again', async (t) => {
  const {source, state} = countingSource(chunkFrames * 3);
  const stem = createStemWindow(source);
  state.fails = true;
  await t.throwsAsync(stem.prepare(0, 10), {instanceOf: DeskError});
  t.deepEqual(readFrom(stem, 0, 2), {whole: false, left: new Float32Array(2), right: new Float32Array(2)});
  state.fails = false;
  await stem.prepare(0, 10);
  t.true(readFrom(stem, 0, 10).whole);
});

test('a failing read-ahead harms nobody until it is needed', async (t) => {
  const {source, state} = countingSource(chunkFrames * 3);
  const stem = createStemWindow(source);
  await stem.prepare(0, 10);
  state.fails = true;
  await stem.prepare(chunkFrames, 10);
  t.true(readFrom(stem, chunkFrames, 10).whole);
  await t.throwsAsync(stem.prepare(chunkFrames * 2, 10));
});

test('a closed stem reads as silence, refuses to prepare, and closes its source once', async (t) => {
  const {source, state} = countingSource(1000);
  const stem = createStemWindow(source);
  await stem.prepare(0, 10);
  await Promise.all([stem.close(), stem.close()]);
  await stem.close();
  t.is(state.closes, 1);
  t.deepEqual(readFrom(stem, 0, 2), {whole: false, left: new Float32Array(2), right: new Float32Array(2)});
  await t.throwsAsync(stem.prepare(0, 10), {instanceOf: DeskError});
});
