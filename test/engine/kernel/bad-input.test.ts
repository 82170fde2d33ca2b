import test from 'ava';
import {createGraph} from '../../../src/engine/graph.ts';
import {masterField, stripField, stripFields} from '../../../src/model/meter.ts';
import {mixerOf, renderBlock} from '../graph/rig.ts';
import {memoryStem} from '../memory-stem.ts';
import {blockFrames, feed, openKernel, taken} from './kernel-rig.ts';

const ceiling = 1 - 2 ** -23;
test('a mixer that itself holds nonsense is silence or in range, never noise', async (t) => {
  const nonsense = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, -1e300];
  const one = new Float32Array(blockFrames).fill(0.01);
  for (const value of nonsense) {
    for (const settings of [{trimDb: value}, {levelDb: value}, {pan: value}, {pan: value, channels: 1 as const}]) {
      const mixer = mixerOf([settings], value);
      const graph = await createGraph({sampleRate: 48_000, mixer});
      const {left, right} = renderBlock(graph, [memoryStem(one, one)], 0);
      t.true([...left, ...right].every((sample) => Math.abs(sample) <= 0.01 * 10 ** (44 / 20) + 1e-6));
    }
  }
});

test('NaN and infinities are silenced at their strip, counted there, and touch neither their neighbours nor the next sample', async (t) => {
  const clean = new Float32Array(blockFrames).fill(0.25);
  const left = clean.slice();
  const right = clean.slice();
  left[10] = Number.NaN;
  left[11] = Number.POSITIVE_INFINITY;
  right[511] = Number.NEGATIVE_INFINITY;
  right[0] = 2 ** 33;
  for (const [strip, other] of [
    [0, 1],
    [1, 0],
    [2, 0],
  ] as const) {
    const kernel = await openKernel(3);
    feed(kernel, strip, left, right);
    feed(kernel, other, clean);
    kernel.render(blockFrames);
    t.is(kernel.meters[strip * stripFields + stripField.nonFinite], 4);
    t.is(kernel.meters[other * stripFields + stripField.nonFinite], 0);
    t.is(kernel.meters[strip * stripFields + stripField.inPeakLeft], 0.25);
    t.deepEqual([...kernel.output.left.slice(8, 14)], [0.5, 0.5, 0.25, 0.25, 0.5, 0.5]);
    t.is(kernel.output.right[511], 0.25);
    t.is(kernel.output.right[0], 0.25);
    feed(kernel, strip, clean);
    kernel.render(blockFrames);
    t.is(kernel.meters[strip * stripFields + stripField.nonFinite], 0);
    t.true(kernel.output.left.every((value) => value === 0.5));
  }
});

test('the ceiling holds the output at 1 − 2⁻²³ and hides nothing from the meter', async (t) => {
  const kernel = await openKernel(1);
  const values = [0.999, ceiling, 1 - 2 ** -24, 1, 1.5, -1, -7, 0];
  feed(
    kernel,
    0,
    values,
    values.map((value) => -value / 10),
  );
  kernel.render(8);
  t.deepEqual(
    [...taken(kernel.output, 8).left],
    [Math.fround(0.999), ceiling, ceiling, ceiling, ceiling, -ceiling, -ceiling, 0],
  );
  t.is(kernel.meters[stripFields + masterField.outPeakLeft], 7);
  t.is(kernel.meters[stripFields + masterField.busPeakLeft], 7);
  t.is(kernel.meters[stripFields + masterField.outOvers], 4);
  t.is(kernel.meters[stripFields + masterField.outPeakRight], Math.fround(0.7));
});

test('runs of clipped samples go on across blocks, and the longest of both sides counts', async (t) => {
  const kernel = await openKernel(3);
  const run = (strip: number): number => kernel.meters[strip * stripFields + stripField.inClipRun] ?? Number.NaN;
  const quiet = new Float32Array(blockFrames).fill(0.5);
  const tail = quiet.slice();
  tail.fill(1, 509);
  const head = quiet.slice();
  head.fill(-1, 0, 4);
  head.fill(0.999, 100, 102);
  feed(kernel, 2, tail, quiet);
  kernel.render(blockFrames);
  t.deepEqual([run(0), run(1), run(2)], [0, 0, 3]);
  feed(kernel, 2, head, quiet);
  kernel.render(blockFrames);
  t.is(run(2), 7, 'three of the block before and four of this one');
  feed(kernel, 2, quiet, head);
  kernel.render(blockFrames);
  t.is(run(2), 4, 'the other side begins anew');
  feed(kernel, 2, new Float32Array(blockFrames).fill(1), quiet);
  kernel.render(blockFrames);
  kernel.render(blockFrames);
  t.is(run(2), 1024);
  feed(kernel, 2, quiet);
  kernel.render(blockFrames);
  t.is(run(2), 0);
});

test('a sample is clipped from −0.01 dBFS on, of either sign, and what is silenced breaks a run', async (t) => {
  const kernel = await openKernel(1);
  const limit = 10 ** (-0.01 / 20);
  const run = (values: readonly number[]): number => {
    feed(kernel, 0, values);
    kernel.render(16);
    return kernel.meters[stripField.inClipRun] ?? Number.NaN;
  };
  t.is(run([limit + 1e-6, -limit - 1e-6, 0]), 2);
  t.is(run([limit - 1e-6, -limit + 1e-6, 0]), 0);
  t.is(run([1, 1, Number.NaN, 1, 1, 1, 0]), 3);
});

test('what is too faint to be heard or written is 0 and never a denormal number', async (t) => {
  const kernel = await openKernel(1);
  const smallest = 2 ** -60;
  feed(kernel, 0, [1e-40, -1e-30, smallest / 2, smallest, -smallest, 1e-10]);
  kernel.render(8);
  t.deepEqual([...taken(kernel.output, 6).left], [0, 0, 0, smallest, -smallest, Math.fround(1e-10)]);
  kernel.setStrip(0, {pre: 10 ** (-24 / 20), left: 10 ** (-90 / 20), right: 1});
  kernel.settle();
  kernel.render(8);
  t.deepEqual([...taken(kernel.output, 5).left], [0, 0, 0, 0, 0]);
  t.true((kernel.output.left[5] ?? 0) > 1e-16);
});
