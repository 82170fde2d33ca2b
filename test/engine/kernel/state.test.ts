import test from 'ava';
import fc from 'fast-check';
import {createKernel, type Kernel} from '../../../src/engine/kernel/kernel.ts';
import {stripField, stripFields} from '../../../src/model/meter.ts';
import {DeskError} from '../../../src/model/problem.ts';
import {noise} from '../graph/signal.ts';
import {blockFrames, feed, openKernel, taken, unity} from './kernel-rig.ts';

const total = 4 * blockFrames;
const sources = [0, 1, 2].map((strip) => ({left: noise(total, 2 * strip), right: noise(total, 2 * strip + 1)}));

/** A change of one strip's or (strip 3) the master's gain. */
interface Change {
  readonly atFrame: number;
  readonly strip: number;
  readonly gain: number;
}

/** Renders all frames in blocks that end at every change, at every cut, and after 512 frames. */
async function rendered(changes: readonly Change[], cuts: readonly number[]): Promise<Float32Array> {
  const kernel = await openKernel(3);
  const out = new Float32Array(2 * total);
  const edges = [...new Set([...changes.map(({atFrame}) => atFrame), ...cuts, total])].sort((a, b) => a - b);
  let at = 0;
  while (at < total) {
    for (const {strip, gain} of changes.filter(({atFrame}) => atFrame === at)) turn(kernel, strip, gain);
    const next = edges.find((edge) => edge > at) ?? total;
    const frames = Math.min(next - at, blockFrames);
    for (const [strip, {left, right}] of sources.entries()) {
      feed(kernel, strip, left.subarray(at, at + frames), right.subarray(at, at + frames));
    }
    kernel.render(frames);
    out.set(taken(kernel.output, frames).left, at);
    out.set(taken(kernel.output, frames).right, total + at);
    at += frames;
  }
  return out;
}

function turn(kernel: Kernel, strip: number, gain: number): void {
  if (strip === 3) kernel.setMaster(gain);
  else kernel.setStrip(strip, {pre: 1 - gain / 3, left: gain, right: 1 - gain});
}

const gains = fc.oneof(fc.constantFrom(0, 1), fc.double({min: 0, max: 1, noNaN: true}));
// Changes come 128 frames apart at least: a quarter of a block, for which there is always room.
const changeLists = fc
  .uniqueArray(fc.record({slot: fc.nat(total / 128 - 1), strip: fc.nat(3), gain: gains}), {
    maxLength: 10,
    selector: ({slot}) => slot,
  })
  .map((list) => list.map(({slot, strip, gain}) => ({atFrame: slot * 128, strip, gain})));
const cutLists = fc.array(
  fc.nat(total / 4 - 1).map((quarter) => 4 * quarter),
  {maxLength: 20},
);

test('ramps do not depend on how time is cut into blocks: the same changes at the same frames give the same bits', async (t) => {
  await fc.assert(
    fc.asyncProperty(changeLists, cutLists, async (changes, cuts) => {
      const whole = await rendered(changes, []);
      const parts = await rendered(changes, cuts);
      return Buffer.compare(Buffer.from(whole.buffer), Buffer.from(parts.buffer)) === 0;
    }),
    {numRuns: 60},
  );
  t.pass();
});

test('rendering A and B, going back before B and rendering B again gives the same bits, meters too', async (t) => {
  await fc.assert(
    fc.asyncProperty(changeLists, changeLists, fc.integer({min: 1, max: 3}), async (changes, later, split) => {
      const kernel = await openKernel(3);
      const play = (from: number, to: number, list: readonly Change[]): Buffer => {
        const parts: Uint8Array[] = [];
        for (let block = from; block < to; block++) {
          const at = block * blockFrames;
          for (const {strip, gain} of list.filter(({atFrame}) => atFrame >= at && atFrame < at + blockFrames))
            turn(kernel, strip, gain);
          for (const [strip, {left, right}] of sources.entries()) {
            // Twice as loud as full scale, so that runs of clipped samples go across the edges, too.
            const hot = left.subarray(at, at + blockFrames).map((value) => 2 * value);
            feed(kernel, strip, hot, right.subarray(at, at + blockFrames));
          }
          kernel.render(blockFrames);
          for (const part of [kernel.output.left, kernel.output.right, kernel.meters])
            parts.push(new Uint8Array(part.slice().buffer));
        }
        return Buffer.concat(parts);
      };
      play(0, split, changes);
      const before = kernel.snapshot();
      const first = play(split, 4, changes);
      kernel.restore(before);
      play(split, 4, later);
      kernel.restore(before);
      const again = play(split, 4, changes);
      return Buffer.compare(first, again) === 0;
    }),
    {numRuns: 40},
  );
  t.pass();
});

test('changes that come faster than there is room for wait their turn and all end at the last one, exactly', async (t) => {
  const kernel = await openKernel(1);
  const one = new Float32Array(blockFrames).fill(0.5);
  let before = 0.5;
  let steepest = 0;
  for (let at = 0; at < 8 * blockFrames; at += 4) {
    if (at < 2 * blockFrames) kernel.setStrip(0, {...unity, left: at % 8 === 0 ? 0.1 : 0.9});
    if (at === 2 * blockFrames) kernel.setStrip(0, {...unity, left: 0.25});
    feed(kernel, 0, one.subarray(0, 4));
    kernel.render(4);
    for (const value of taken(kernel.output, 4).left) {
      steepest = Math.max(steepest, Math.abs(value - before));
      before = value;
    }
  }
  t.is(before, 0.125);
  t.true(steepest < 0.005, `${steepest}`);
});

test('leaving out silent and muted strips changes no bit: ramps and meters go on as if they were there', async (t) => {
  const loud = noise(blockFrames, 9);
  const measure = async (neighbour: boolean): Promise<Float32Array> => {
    const kernel = await openKernel(2);
    kernel.setStrip(0, {pre: 0.5, left: 0.2, right: 0.9});
    kernel.setStrip(1, {pre: 1, left: 0, right: 0});
    const seen: number[] = [];
    for (let block = 0; block < 5; block++) {
      // Strip 0 is silent while its ramp begins; its neighbour in the same vector sounds or does not.
      feed(kernel, 0, block === 1 || block > 2 ? loud : []);
      feed(kernel, 1, neighbour ? loud : []);
      kernel.render(blockFrames);
      seen.push(...kernel.meters.slice(0, stripFields));
      if (block > 3) seen.push(...kernel.output.left, ...kernel.output.right);
    }
    return Float32Array.from(seen);
  };
  t.deepEqual(await measure(true), await measure(false));
});

test('a strip that is muted and settled is still metered before its fader', async (t) => {
  const kernel = await openKernel(1);
  kernel.setStrip(0, {pre: 0.5, left: 0, right: 0});
  kernel.settle();
  feed(kernel, 0, new Float32Array(blockFrames).fill(0.5));
  kernel.render(blockFrames);
  t.is(kernel.meters[stripField.inPeakLeft], 0.5);
  t.is(kernel.meters[stripField.prePeakRight], 0.25);
  t.is(kernel.meters[stripField.preEnergyLeft], 32);
  t.is(kernel.meters[stripField.preProduct], 32);
  t.is(kernel.meters[stripField.postPeakLeft], 0);
  t.true(kernel.output.left.every((value) => value === 0));
});

test('a snapshot of another desk is refused', async (t) => {
  const small = await createKernel({strips: 2, sampleRate: 48_000, blockFrames});
  const large = await createKernel({strips: 3, sampleRate: 48_000, blockFrames});
  t.throws(() => large.restore(small.snapshot()), {instanceOf: DeskError});
});
