import test from 'ava';
import fc from 'fast-check';
import type {Kernel} from '../../../src/engine/kernel/kernel.ts';
import {channelPlan} from '../../../src/engine/plan/channel-plan.ts';
import type {ChannelPlan} from '../../../src/engine/plan/plan.ts';
import {stripField, stripFields} from '../../../src/model/meter.ts';
import {everything} from '../graph/full-desk.ts';
import {noise} from '../graph/signal.ts';
import {bell, noProcessing} from './channel-rig.ts';
import {blockFrames, feed, openKernel, taken} from './kernel-rig.ts';

const total = 12 * blockFrames;
const loud = [0, 1, 2].map((strip) => ({left: noise(total, 2 * strip), right: noise(total, 2 * strip + 1)}));
/** Loud, soft and silent by turns. */
const sources = loud.map(({left, right}, strip) => {
  const burst = (value: number, n: number): number =>
    value * ([1, 0.02, 0][Math.floor((n + 300 * strip) / 800) % 3] ?? 0);
  return {left: left.map(burst), right: right.map(burst)};
});

const plans: readonly ChannelPlan[] = [
  channelPlan(everything, 48_000),
  channelPlan({...everything, 'hp.hz': 500, 'gate.on': 0, 'comp.ratio': 12, 'sat.driveDb': 20, width: 0}, 48_000),
  channelPlan({'eq2.on': 1, 'eq2.gainDb': -12, 'eq2.q': 8}, 48_000),
  noProcessing,
];

/** A new plan for a strip, or (strip 3) for the master. */
interface Change {
  readonly atFrame: number;
  readonly strip: number;
  readonly plan: number;
}

function perform(kernel: Kernel, {strip, plan}: Change): void {
  const next = plans[plan] ?? noProcessing;
  kernel.setChannel(strip === 3 ? 'master' : strip, next);
  if (strip === 3) return;
  const gain = plan / 4;
  kernel.setSends(strip, [{left: gain, right: 0.5 - gain / 2}]);
  kernel.setSolo(strip, {left: gain, right: gain});
}

/** All frames, in blocks that end at every change, every cut, and after 512 frames. */
async function rendered(changes: readonly Change[], cuts: readonly number[]): Promise<Buffer> {
  const kernel = await openKernel(3);
  const out = new Float32Array(3 * total);
  const edges = [...new Set([...changes.map(({atFrame}) => atFrame), ...cuts, total])].sort((a, b) => a - b);
  for (let at = 0; at < total; ) {
    for (const change of changes.filter(({atFrame}) => atFrame === at)) perform(kernel, change);
    const next = edges.find((edge) => edge > at) ?? total;
    const frames = Math.min(next - at, blockFrames);
    for (const [strip, {left, right}] of sources.entries()) {
      feed(kernel, strip, left.subarray(at, at + frames), right.subarray(at, at + frames));
    }
    kernel.render(frames);
    out.set(taken(kernel.output, frames).left, at);
    out.set(taken(kernel.output, frames).right, total + at);
    out.set(taken(kernel.solo, frames).left, 2 * total + at);
    at += frames;
  }
  return Buffer.from(out.buffer);
}

// Changes of one strip come a block apart: so much room there always is.
const changeLists = fc
  .uniqueArray(fc.record({slot: fc.nat(total / blockFrames - 1), strip: fc.nat(3), plan: fc.nat(plans.length - 1)}), {
    maxLength: 12,
    selector: ({slot, strip}) => 4 * slot + strip,
  })
  .map((list) => list.map(({slot, strip, plan}) => ({atFrame: slot * blockFrames, strip, plan})));
const cutLists = fc.array(
  fc.nat(total / 4 - 1).map((quarter) => 4 * quarter),
  {maxLength: 40},
);

test('with all processing on and changing, the sound does not depend on how time is cut into blocks, to the bit', async (t) => {
  await fc.assert(
    fc.asyncProperty(changeLists, cutLists, async (changes, cuts) => {
      return Buffer.compare(await rendered(changes, []), await rendered(changes, cuts)) === 0;
    }),
    {numRuns: 40},
  );
  t.pass();
});

test('a strip sounds the same to the bit whatever its neighbour in the vector does', async (t) => {
  const alone = async (neighbour: boolean): Promise<Float32Array> => {
    const kernel = await openKernel(2);
    kernel.setStrip(1, {pre: 1, left: 0, right: 0});
    kernel.settle();
    const out = new Float32Array(total);
    for (let at = 0; at < total; at += blockFrames) {
      const block = at / blockFrames;
      if (block % 3 === 0) kernel.setChannel(0, plans[(block / 3) % 3] ?? noProcessing);
      if (neighbour) kernel.setChannel(1, plans[block % plans.length] ?? noProcessing);
      feed(kernel, 0, sources[0]?.left.subarray(at, at + blockFrames) ?? []);
      if (neighbour) feed(kernel, 1, loud[1]?.left.subarray(at, at + blockFrames) ?? []);
      kernel.render(blockFrames);
      out.set(taken(kernel.output).left, at);
    }
    return out;
  };
  t.deepEqual(await alone(true), await alone(false));
});

test('a strip whose processing brings forth what is no sound is silenced for the block, begins anew, and is reported; no other strip hears of it', async (t) => {
  // A boost of 240 dB on an input that is already at the limit of sound.
  const mad: ChannelPlan = {
    ...noProcessing,
    sections: Array.from({length: 12}, (_, slot) => ({slot, ...bell(1000, 20, 0.1, 48_000)})),
  };
  for (const strip of [0, 1, 2]) {
    const kernel = await openKernel(3);
    const other = (strip + 1) % 3;
    kernel.setChannel(strip, mad);
    kernel.settle();
    const tone = noise(blockFrames, 5, 0.2);
    const nonFinite = (place: number): number => kernel.meters[place * stripFields + stripField.nonFinite] ?? 0;
    feed(kernel, other, tone);
    feed(
      kernel,
      strip,
      tone.map((value) => value * 2 ** 33),
    );
    kernel.render(blockFrames);
    t.true(nonFinite(strip) > 0);
    t.is(nonFinite(other), 0);
    t.deepEqual(taken(kernel.output).left, tone);
    t.true(kernel.meters.every((value) => Number.isFinite(value)));
    // With an ordinary input it sounds again at once.
    feed(
      kernel,
      strip,
      tone.map((value) => value * 1e-9),
    );
    kernel.render(blockFrames);
    t.is(nonFinite(strip), 0);
    t.true(taken(kernel.output).left.some((value, n) => value !== tone[n]));
  }
});

test('processing of the master that brings forth what is no sound is silenced and reported there', async (t) => {
  const kernel = await openKernel(1);
  kernel.setChannel('master', {
    ...noProcessing,
    sections: Array.from({length: 12}, (_, slot) => ({slot, ...bell(1000, 20, 0.1, 48_000)})),
  });
  kernel.settle();
  feed(
    kernel,
    0,
    noise(blockFrames, 5, 0.2).map((value) => value * 2 ** 33),
  );
  kernel.render(blockFrames);
  t.true(taken(kernel.output).left.every((value) => value === 0));
  t.true((kernel.meters[stripFields + 14] ?? 0) > 0);
});

test('numbers of a plan that are not finite leave their stage off', async (t) => {
  const {gate, compressor} = channelPlan(everything, 48_000);
  const tone = noise(blockFrames, 5, 0.2);
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300]) {
    for (const plan of [
      {gate: gate && {...gate, thresholdDb: bad}},
      {compressor: compressor && {...compressor, attack: bad}},
      {compressor: compressor && {...compressor, kneeDb: bad}},
      {saturator: {drive: bad, mix: 1}},
      {width: bad},
    ]) {
      const kernel = await openKernel(1);
      kernel.setChannel(0, {...noProcessing, ...plan});
      kernel.settle();
      feed(kernel, 0, tone);
      kernel.render(blockFrames);
      t.deepEqual(taken(kernel.output).left, tone);
    }
  }
});
