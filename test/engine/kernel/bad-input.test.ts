import test from 'ava';
import fc from 'fast-check';
import {createGraph} from '../../../src/engine/graph.ts';
import {applyCommand, type MixerCommand} from '../../../src/model/command.ts';
import {masterField, stripField, stripFields} from '../../../src/model/meter.ts';
import {masterId} from '../../../src/model/mixer.ts';
import {mixerOf, renderBlock} from '../graph/rig.ts';
import {memoryStem} from '../memory-stem.ts';
import {blockFrames, feed, openKernel, taken} from './kernel-rig.ts';

const ceiling = 1 - 2 ** -23;
const anyNumber = fc.double();
const anySample = fc.oneof(
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3.4e38, -3.4e38, 1e-40, -0, 1, -1),
  fc.float(),
  fc.float({min: -2, max: 2}),
);
const anySignal = fc.array(anySample, {minLength: 1, maxLength: 64});
const strips = ['s0', 's1', 's2', masterId, 'nobody'];
const anyStrip = fc.constantFrom(...strips);
const anyCommand: fc.Arbitrary<MixerCommand> = fc.oneof(
  fc.record({type: fc.constant('strip.setLevel' as const), strip: anyStrip, levelDb: anyNumber}),
  fc.record({type: fc.constant('strip.setTrim' as const), strip: anyStrip, trimDb: anyNumber}),
  fc.record({type: fc.constant('strip.setPan' as const), strip: anyStrip, pan: anyNumber}),
  fc.record({type: fc.constant('strip.setMute' as const), strip: anyStrip, muted: fc.boolean()}),
  fc.record({type: fc.constant('strip.setSolo' as const), strip: anyStrip, soloed: fc.boolean()}),
  fc.record({type: fc.constant('strip.setPolarity' as const), strip: anyStrip, polarityInverted: fc.boolean()}),
);

/** One signal over and over, to the length of two blocks. */
function repeated(signal: readonly number[]): Float32Array {
  return Float32Array.from({length: 2 * blockFrames}, (_, index) => signal[index % signal.length] ?? 0);
}

test('no signal and no sequence of commands with any numbers brings a non-finite or louder sample out, or a meter that is no number', async (t) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anySignal, {minLength: 6, maxLength: 6}),
      fc.array(anyCommand, {maxLength: 12}),
      async (signals, commands) => {
        let mixer = mixerOf([{}, {channels: 1}, {}]);
        const graph = await createGraph({sampleRate: 48_000, mixer});
        const stems = [0, 1, 2].map((index) =>
          memoryStem(repeated(signals[2 * index] ?? []), repeated(signals[2 * index + 1] ?? [])),
        );
        for (let block = 0; block < 6; block++) {
          for (const command of commands.slice(2 * block, 2 * block + 2)) mixer = applyCommand(mixer, command);
          graph.set(mixer, false);
          const {left, right, meters} = renderBlock(
            graph,
            stems,
            (block % 2) * blockFrames,
            block === 3 ? 'starting' : 'rolling',
          );
          if (![...left, ...right].every((value) => Math.abs(value) <= ceiling)) return false;
          if (!meters.every((value) => Number.isFinite(value))) return false;
        }
        return true;
      },
    ),
    {numRuns: 150},
  );
  t.pass();
});

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
