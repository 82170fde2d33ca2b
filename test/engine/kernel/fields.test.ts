import test from 'ava';
import fc from 'fast-check';
import type {Kernel} from '../../../src/engine/kernel/kernel.ts';
import {createBlockSummer} from '../../../src/gain/block-summer.ts';
import {quasiPeakTypeI, quasiPeakTypeII} from '../../../src/gain/quasi-peak.ts';
import {masterField, stripField, stripFields} from '../../../src/model/meter.ts';
import {noise} from '../graph/signal.ts';
import {blockFrames, feed, openKernel} from './kernel-rig.ts';

const blocks = 6;
const strips = 3;
type Field = keyof typeof stripField;

function field(kernel: Kernel, strip: number, name: Field): number {
  return kernel.meters[strip * stripFields + stripField[name]] ?? Number.NaN;
}

function masterOf(kernel: Kernel, name: keyof typeof masterField): number {
  return kernel.meters[strips * stripFields + masterField[name]] ?? Number.NaN;
}

interface Sound {
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** Before the fader; negative with the polarity inverted. */
  readonly gain: number;
}

/** How a sound is made: short, so that a failure can be read. */
interface Recipe {
  readonly seed: number;
  readonly peak: number;
  readonly offset: number;
  /** How much the right has of the left. */
  readonly shared: number;
  readonly trimDb: number;
  readonly inverted: boolean;
}

const recipes: fc.Arbitrary<readonly Recipe[]> = fc.array(
  fc.record({
    seed: fc.nat(1000),
    peak: fc.double({min: 0.001, max: 1, noNaN: true}),
    offset: fc.double({min: -0.2, max: 0.2, noNaN: true}),
    shared: fc.double({min: -1, max: 1, noNaN: true}),
    trimDb: fc.double({min: -24, max: 24, noNaN: true}),
    inverted: fc.boolean(),
  }),
  {minLength: strips, maxLength: strips},
);

function soundOf({seed, peak, offset, shared, trimDb, inverted}: Recipe): Sound {
  const left = noise(blocks * blockFrames, 2 * seed, peak).map((value) => value + offset);
  const own = noise(blocks * blockFrames, 2 * seed + 1, peak);
  return {
    left,
    right: own.map((value, n) => value + shared * (left[n] ?? 0)),
    gain: (inverted ? -1 : 1) * 10 ** (trimDb / 20),
  };
}

/** Whether two numbers are alike within 10⁻⁶ of the size of what they were summed from. */
function isNear(got: number, wanted: number, size: number): boolean {
  return Math.abs(got - wanted) <= 1e-6 * Math.max(size, 1e-3);
}

function isSum(kernel: Kernel, strip: number, sound: Sound, at: number, summer: ReturnType<typeof createBlockSummer>) {
  const part = (samples: Float32Array): Float32Array => samples.subarray(at, at + blockFrames);
  const trimmed = (samples: Float32Array): Float32Array => part(samples).map((value) => value * sound.gain);
  const [left, right] = [trimmed(sound.left), trimmed(sound.right)];
  const sums = summer.add(left, right, blockFrames);
  const size = (samples: Float32Array): number => samples.reduce((sum, value) => sum + Math.abs(value), 0);
  const energy = (samples: Float32Array): number => samples.reduce((sum, value) => sum + value * value, 0);
  const wanted: readonly (readonly [Field, number, number])[] = [
    ['inEnergyLeft', energy(part(sound.left)), energy(part(sound.left))],
    ['inEnergyRight', energy(part(sound.right)), energy(part(sound.right))],
    ['preSumLeft', sums.sumLeft, size(left)],
    ['preSumRight', sums.sumRight, size(right)],
    ['preAverageLeft', size(left), size(left)],
    ['preAverageRight', size(right), size(right)],
    // The filter is as precise as what goes through it, the direct current too. Its poles lie near 1, so that in single precision what it
    // rounds adds up: of 72,000 blocks of noise six were more than 5·10⁻⁴ of the energy off, the worst 6.8·10⁻⁴.
    ['preWeightedProduct', sums.weightedProduct, 1500 * (sums.energyLeft + sums.energyRight)],
    ['preQuasiPeakLeft', 0, 0],
  ];
  return wanted.every(([name, value, scale]) => isNear(field(kernel, strip, name), value, scale));
}

test('energies before the trim, sums, averages and weighted products are those of a plain double model, strip by strip', async (t) => {
  await fc.assert(
    fc.asyncProperty(recipes, async (made) => {
      const all = made.map(soundOf);
      const kernel = await openKernel(strips);
      for (const [strip, {gain}] of all.entries()) kernel.setStrip(strip, {pre: gain, left: 1, right: 1});
      kernel.settle();
      const summers = all.map(() => createBlockSummer({sampleRate: 48_000, truePeak: false}));
      for (let at = 0; at < blocks * blockFrames; at += blockFrames) {
        for (const [strip, {left, right}] of all.entries())
          feed(kernel, strip, left.subarray(at, at + blockFrames), right.subarray(at, at + blockFrames));
        kernel.render(blockFrames);
        for (const [strip, sound] of all.entries()) {
          const summer = summers[strip];
          if (summer && !isSum(kernel, strip, sound, at, summer)) return false;
        }
      }
      return true;
    }),
    {numRuns: 30},
  );
  t.pass();
});

test('the sums of the output come after the master fader and before the ceiling', async (t) => {
  const kernel = await openKernel(strips);
  kernel.setMaster(0.5);
  kernel.settle();
  const tones = [0, 1, 2].map((strip) => noise(blockFrames, strip, 0.9).map((value) => value + 1));
  const summer = createBlockSummer({sampleRate: 48_000, truePeak: false});
  for (const [strip, tone] of tones.entries())
    feed(
      kernel,
      strip,
      tone,
      tone.map((value) => -value / 2),
    );
  kernel.render(blockFrames);
  const left = new Float32Array(blockFrames).map((_, n) => tones.reduce((sum, tone) => sum + (tone[n] ?? 0) / 2, 0));
  const sums = summer.add(
    left,
    left.map((value) => -value / 2),
    blockFrames,
  );
  t.true(masterOf(kernel, 'outOvers') > 0);
  t.true(isNear(masterOf(kernel, 'outSumLeft'), sums.sumLeft, sums.sumLeft));
  t.true(isNear(masterOf(kernel, 'outSumRight'), sums.sumRight, sums.sumLeft));
  t.true(isNear(masterOf(kernel, 'outWeightedProduct'), sums.weightedProduct, sums.weightedLeft));
  t.true(sums.weightedProduct < 0);
});

test('what is no number counts in no sum, and a strip that burst into nonsense measures nothing', async (t) => {
  const kernel = await openKernel(strips);
  kernel.setQuasiPeak(quasiPeakTypeI);
  const left = new Float32Array(blockFrames).fill(0.25);
  left[7] = Number.NaN;
  left[8] = Number.NEGATIVE_INFINITY;
  feed(kernel, 0, left);
  // 2³¹ is still a sample, ten times as much is not.
  kernel.setStrip(1, {pre: 10, left: 1, right: 1});
  kernel.settle();
  feed(kernel, 1, new Float32Array(blockFrames).fill(2 ** 31), new Float32Array(blockFrames).fill(0.1));
  kernel.render(blockFrames);
  t.is(field(kernel, 0, 'inEnergyLeft'), 510 / 16);
  t.is(field(kernel, 0, 'preSumLeft'), 510 / 4);
  t.is(field(kernel, 0, 'preAverageRight'), 510 / 4);
  t.is(field(kernel, 1, 'nonFinite'), 512);
  t.is(field(kernel, 1, 'inEnergyLeft'), 512 * 2 ** 62);
  for (const name of ['preSumLeft', 'preSumRight', 'preAverageLeft', 'preWeightedProduct', 'preQuasiPeakLeft'] as const)
    t.is(field(kernel, 1, name), 0, name);
  t.true(field(kernel, 0, 'preQuasiPeakLeft') > 0.1);
  t.true(kernel.meters.every(Number.isFinite));
});

test('a strip that is silent reads 0 in every field', async (t) => {
  const kernel = await openKernel(strips);
  kernel.setQuasiPeak(quasiPeakTypeII);
  feed(kernel, 1, noise(blockFrames, 1));
  for (let block = 0; block < 3; block++) kernel.render(blockFrames);
  t.true(kernel.meters.slice(0, stripFields).every((value) => value === 0));
  t.true(kernel.meters.slice(2 * stripFields, 3 * stripFields).every((value) => value === 0));
});

test('rendering A and B, going back before B and rendering B again gives the same fields to the bit', async (t) => {
  await fc.assert(
    fc.asyncProperty(recipes, fc.integer({min: 1, max: blocks - 1}), async (made, split) => {
      const all = made.map(soundOf);
      const kernel = await openKernel(strips);
      kernel.setQuasiPeak(quasiPeakTypeII);
      const play = (from: number, to: number, gain: number): readonly number[] =>
        Array.from({length: to - from}, (_, block) => {
          const at = (from + block) * blockFrames;
          for (const [strip, {left, right}] of all.entries())
            feed(
              kernel,
              strip,
              left.subarray(at, at + blockFrames).map((value) => value * gain),
              right.subarray(at, at + blockFrames),
            );
          kernel.render(blockFrames);
          return [...kernel.meters];
        }).flat();
      play(0, split, 1);
      const moment = kernel.snapshot();
      const once = play(split, blocks, 1);
      kernel.restore(moment);
      play(split, blocks, 3);
      kernel.restore(moment);
      return play(split, blocks, 1).every((value, index) => Object.is(value, once[index]));
    }),
    {numRuns: 20},
  );
  t.pass();
});
