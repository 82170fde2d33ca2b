import test from 'ava';
import fc from 'fast-check';
import {createKernel, type Kernel} from '../../../src/engine/kernel/kernel.ts';
import {rampCurve} from '../../../src/engine/ramp-law.ts';
import {noise} from '../graph/signal.ts';
import {blockFrames, feed, openKernel, taken} from './kernel-rig.ts';

const total = 6 * blockFrames;
const sources = [0, 1, 2].map((strip) => noise(total, strip));

/** A change of one strip's or (strip 3) the master's gain. */
interface Change {
  readonly atFrame: number;
  readonly strip: number;
  readonly gain: number;
}

function turn(kernel: Kernel, strip: number, gain: number): void {
  if (strip === 3) kernel.setMaster(gain);
  else kernel.setStrip(strip, {pre: 1 - gain / 3, left: gain, right: 1 - gain});
}

/** Renders so many frames with what is set before. */
function renderPart(kernel: Kernel, at: number, frames: number, out: Float32Array): void {
  for (const [strip, source] of sources.entries()) feed(kernel, strip, source.subarray(at, at + frames));
  kernel.render(frames);
  out.set(taken(kernel.output, frames).left, at);
  out.set(taken(kernel.output, frames).right, total + at);
}

/** Blocks that end wherever something changes. */
async function cut(changes: readonly Change[]): Promise<Float32Array> {
  const kernel = await openKernel(3);
  const out = new Float32Array(2 * total);
  const edges = [
    ...new Set([...changes.map(({atFrame}) => atFrame), ...Array.from({length: 7}, (_, n) => n * blockFrames)]),
  ];
  edges.sort((one, other) => one - other);
  for (const [index, at] of edges.entries()) {
    for (const {strip, gain} of changes.filter(({atFrame}) => atFrame === at)) turn(kernel, strip, gain);
    const frames = (edges[index + 1] ?? at) - at;
    if (frames > 0) renderPart(kernel, at, frames, out);
  }
  return out;
}

/** Whole blocks, with changes within them; from a snapshot taken and given back before every block. */
async function within(changes: readonly Change[], restores: boolean): Promise<Float32Array> {
  const kernel = await openKernel(3);
  const out = new Float32Array(2 * total);
  for (let at = 0; at < total; at += blockFrames) {
    const before = kernel.snapshot();
    for (const again of restores ? [true, false] : [false]) {
      for (const {atFrame, strip, gain} of changes) {
        if (atFrame < at || atFrame >= at + blockFrames) continue;
        if (atFrame > at) kernel.gainsFrom(atFrame - at);
        turn(kernel, strip, gain);
      }
      renderPart(kernel, at, blockFrames, out);
      if (again) kernel.restore(before);
    }
  }
  return out;
}

const changeLists = fc
  .uniqueArray(
    fc.record({slot: fc.nat(total / 4 - 1), strip: fc.nat(3), gain: fc.double({min: 0, max: 1, noNaN: true})}),
    {maxLength: 12, selector: ({slot}) => slot},
  )
  .map((list) =>
    list
      .map(({slot, strip, gain}) => ({atFrame: slot * 4, strip, gain}))
      .sort((one, other) => one.atFrame - other.atFrame),
  );

test('a gain that changes within a block is what it is where the block ends there, to the last bits of its sums', async (t) => {
  await fc.assert(
    fc.asyncProperty(changeLists, async (changes) => {
      const [one, other] = [await cut(changes), await within(changes, false)];
      return one.every((sample, frame) => Math.abs(sample - (other[frame] ?? Number.NaN)) < 2e-6);
    }),
    {numRuns: 40},
  );
  t.pass();
});

test('gains that change within blocks go on from a snapshot to the bit', async (t) => {
  await fc.assert(
    fc.asyncProperty(changeLists, async (changes) => {
      const [one, other] = [await within(changes, true), await within(changes, false)];
      return one.every((sample, frame) => Object.is(sample, other[frame]));
    }),
    {numRuns: 40},
  );
  t.pass();
});

test('a gain and a send that change at any frame of a block move along the ramp from there on', async (t) => {
  const ramp = rampCurve(48_000, blockFrames);
  for (const from of [0, 1, 2, 255, 383, 511]) {
    const kernel = await createKernel({strips: 1, buses: ['return'], sampleRate: 48_000, blockFrames});
    const kept = {pre: 1, left: 0, right: 0};
    kernel.setStrip(0, kept);
    kernel.setStrip(1, {pre: 1, left: 1, right: 1});
    kernel.setMaster(1);
    kernel.settle();
    const out = new Float32Array(6 * blockFrames);
    const sent = new Float32Array(6 * blockFrames);
    for (let at = 0; at < out.length; at += blockFrames) {
      feed(kernel, 0, new Float32Array(blockFrames).fill(0.5));
      if (at === 2 * blockFrames) {
        if (from > 0) kernel.gainsFrom(from);
        kernel.setStrip(0, {pre: 1, left: 1, right: 1});
        kernel.setSends(0, [{left: 0.5, right: 0.5}]);
      }
      kernel.render(blockFrames, {
        answer: (_, {left, right}) => {
          sent.set(left, at);
          left.fill(0);
          right.fill(0);
        },
      });
      out.set(taken(kernel.output).left, at);
    }
    for (const [frame, sample] of out.entries()) {
      const age = frame - 2 * blockFrames - from;
      const share = age < 0 ? 0 : (ramp[age] ?? 1);
      if (Math.abs(sample - 0.5 * share) > 1e-6) t.fail(`fader, ${from}, frame ${frame}: ${sample}`);
      if (Math.abs((sent[frame] ?? 0) - 0.25 * share) > 1e-6) t.fail(`send, ${from}, frame ${frame}: ${sent[frame]}`);
    }
  }
  t.pass();
});

test('more changes within a block than there is room for lose nothing and make no step: the last one is reached to the bit', async (t) => {
  const kernel = await openKernel(1);
  const ones = new Float32Array(blockFrames).fill(0.5);
  const out = new Float32Array(12 * blockFrames);
  for (let at = 0; at < out.length; at += blockFrames) {
    feed(kernel, 0, ones);
    for (let from = 0; at < 6 * blockFrames && from < blockFrames; from += 8) {
      if (from > 0) kernel.gainsFrom(from);
      const gain = ((from / 8) % 5) / 5 + at / out.length / 4;
      kernel.setStrip(0, {pre: 1, left: gain, right: gain});
    }
    if (at === 6 * blockFrames) kernel.setStrip(0, {pre: 1, left: 0.3, right: 0.3});
    kernel.render(blockFrames);
    out.set(taken(kernel.output).left, at);
  }
  t.is(out.at(-1), 0.5 * Math.fround(0.3));
  const steepest = Math.max(...rampCurve(48_000, blockFrames).map((share, n, all) => share - (all[n - 1] ?? 0)));
  let step = 0;
  for (let n = 1; n < out.length; n++) step = Math.max(step, Math.abs((out[n] ?? 0) - (out[n - 1] ?? 0)));
  // Gains swing over 1 at the most, several moves at once.
  t.true(step < 4 * steepest, `${step}`);
});
