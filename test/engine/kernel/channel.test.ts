import test from 'ava';
import fc from 'fast-check';
import {channelPlan} from '../../../src/engine/plan/channel-plan.ts';
import type {ChannelPlan} from '../../../src/engine/plan/plan.ts';
import {type ParameterValues, parameterIds, valueAtPosition, withValue} from '../../../src/model/parameter.ts';
import {samplesOf} from '../../samples.ts';
import {noise} from '../graph/signal.ts';
import {bell, noProcessing, rendered} from './channel-rig.ts';
import {blockFrames, feed, openKernel, taken} from './kernel-rig.ts';
import {referenceChannel} from './reference-channel.ts';

const frames = 8 * blockFrames;

/** Bursts of noise, so that gates open and compressors come back. */
function bursts(seed: number, peak: number): Float32Array {
  return noise(frames, seed, peak).map((value, n) => (Math.floor(n / 700) % 3 === 0 ? value : value / 30));
}

function worstDifference(got: ArrayLike<number>, wanted: ArrayLike<number>): number {
  let worst = 0;
  for (let n = 0; n < wanted.length; n++) worst = Math.max(worst, Math.abs((got[n] ?? Number.NaN) - (wanted[n] ?? 0)));
  return worst;
}

/** Any settings of a channel, all stages of it on. */
const settings: fc.Arbitrary<ParameterValues> = fc
  .record(
    Object.fromEntries(
      parameterIds
        .filter((id) => /^(hp|lp|eq|gate|comp|sat|width)/.test(id))
        .map((id) => [id, fc.double({min: 0, max: 1, noNaN: true})]),
    ),
  )
  .map((positions) =>
    parameterIds.reduce<ParameterValues>((values, id) => {
      const position = positions[id];
      if (position === undefined) return values;
      return withValue(values, id, id.endsWith('.on') ? 1 : valueAtPosition(id, position));
    }, {}),
  );

test('a channel with everything on follows a naive one in doubles within 10⁻⁵', async (t) => {
  let worst = 0;
  await fc.assert(
    fc.asyncProperty(settings, fc.nat(1000), fc.constantFrom(44_100, 48_000, 96_000), async (values, seed, rate) => {
      const plan = channelPlan(values, rate);
      const left = bursts(seed, 1);
      const right = bursts(seed + 1, 1);
      const got = await rendered(plan, left, right, rate);
      const wanted = referenceChannel(plan, left, right, rate);
      const apart = Math.max(worstDifference(got.left, wanted.left), worstDifference(got.right, wanted.right));
      const loudest = Math.max(1, ...wanted.left.map(Math.abs), ...wanted.right.map(Math.abs));
      worst = Math.max(worst, apart / loudest);
      return apart / loudest <= 1e-5;
    }),
    {numRuns: 40},
  );
  t.log(`largest difference ${worst.toExponential(1)}`);
  t.pass();
});

const one = {b0: 1, b1: 0, b2: 0, a1: 0, a2: 0};
/** Every stage alone. */
const stages: readonly (readonly [string, Partial<ChannelPlan>])[] = [
  ...Array.from(
    {length: 12},
    (_, slot) => [`section ${slot}`, {sections: [{slot, ...bell(1000, 6, 1, 48_000)}]}] as const,
  ),
  ['the gate', {gate: {thresholdDb: 0, ratio: 4, rangeDb: -30, attack: 0.1, release: 0.01, holdFrames: 0}}],
  [
    'the compressor',
    {
      compressor: {
        thresholdDb: -40,
        ratio: 4,
        kneeDb: 6,
        attack: 0.1,
        release: 0.001,
        makeUp: 2,
        sidechain: undefined,
      },
    },
  ],
  ['the saturator', {saturator: {drive: 4, mix: 1}}],
  ['width', {width: 0.3}],
];

for (const [name, stage] of stages) {
  test(`${name} changes no bit before it is on and after it is off, and of its neighbour in the vector never one`, async (t) => {
    const kernel = await openKernel(2);
    const left = noise(frames, 1, 0.4);
    const right = noise(frames, 2, 0.4);
    const other = noise(frames, 3, 0.2);
    kernel.setStrip(0, {pre: 1, left: 1, right: 0});
    kernel.setStrip(1, {pre: 1, left: 0, right: 1});
    kernel.settle();
    let sounded = false;
    for (let block = 0; block < 8; block++) {
      const at = block * blockFrames;
      if (block === 1) kernel.setChannel(0, {...noProcessing, ...stage});
      if (block === 3) kernel.setChannel(0, noProcessing);
      feed(kernel, 0, left.subarray(at, at + blockFrames), right.subarray(at, at + blockFrames));
      feed(kernel, 1, other.subarray(at, at + blockFrames));
      kernel.render(blockFrames);
      const out = taken(kernel.output);
      t.deepEqual(out.right, other.slice(at, at + blockFrames));
      if (block === 0 || block > 5) t.deepEqual(out.left, left.slice(at, at + blockFrames), `block ${block}`);
      else sounded ||= worstDifference(out.left, left.subarray(at, at + blockFrames)) > 0.01;
    }
    t.true(sounded, 'it was on');
  });

  test(`${name} comes and goes without a click: within 24 ms, and no step from sample to sample is larger than before`, async (t) => {
    const tone = samplesOf(12 * blockFrames, (n) => 0.4 * Math.sin((2 * Math.PI * 200 * n) / 48_000));
    const silent = tone.map(() => 0);
    const plan = {...noProcessing, ...stage};
    const {left} = await rendered((block) => (block >= 3 && block < 7 ? plan : noProcessing), tone, silent);
    const bend = (n: number): number => Math.abs((left[n - 1] ?? 0) - 2 * (left[n] ?? 0) + (left[n + 1] ?? 0));
    let largest = 0;
    for (let n = 3 * blockFrames - 50; n < 11 * blockFrames; n++) largest = Math.max(largest, bend(n));
    // A sine of this height bends by 2.7·10⁻⁴ at most; a click of −60 dB would bend by 10⁻³.
    t.true(largest < 1e-3, `${largest}`);
    t.deepEqual(left.slice(7 * blockFrames + 1152), tone.slice(7 * blockFrames + 1152));
  });
}

test('stages that are on and do nothing change next to nothing', async (t) => {
  const left = noise(frames, 5, 0.4);
  const {left: out} = await rendered({...noProcessing, sections: [{slot: 4, ...one}]}, left);
  t.true(worstDifference(out, left) < 1e-7);
});
