import test from 'ava';
import fc from 'fast-check';
import {blockFrames, createGraph} from '../../../src/engine/graph.ts';
import {masterField, masterFields, stripField, stripFields} from '../../../src/model/meter.ts';
import type {Mixer, Strip} from '../../../src/model/mixer.ts';
import {memoryStem} from '../memory-stem.ts';
import {referenceDesk} from './reference-desk.ts';
import {mixerOf, renderAll, renderBlock} from './rig.ts';
import {noise, sine} from './signal.ts';

const levels = fc.oneof(
  fc.constantFrom(Number.NEGATIVE_INFINITY, -90, 0, 10),
  fc.double({min: -90, max: 10, noNaN: true}),
);
const pans = fc.oneof(fc.constantFrom(-1, 0, 1), fc.double({min: -1, max: 1, noNaN: true}));
const settings: fc.Arbitrary<Partial<Strip>> = fc.record({
  channels: fc.constantFrom(1, 2),
  trimDb: fc.double({min: -24, max: 24, noNaN: true}),
  polarityInverted: fc.boolean(),
  levelDb: levels,
  pan: pans,
  muted: fc.boolean(),
  soloed: fc.boolean(),
  soloSafe: fc.boolean(),
});

function mixers(strips: number): fc.Arbitrary<Mixer> {
  return fc
    .tuple(fc.array(settings, {minLength: strips, maxLength: strips}), levels)
    .map(([list, master]) => mixerOf(list, master));
}

/** Largest difference in units of 10⁻⁶: absolute up to 1, relative to `scale` or to the value itself above. */
function deviation(got: ArrayLike<number>, wanted: ArrayLike<number>, scale: (index: number) => number): number {
  let worst = 0;
  for (let index = 0; index < wanted.length; index++) {
    const expected = wanted[index] ?? 0;
    const unit = Math.max(1, Math.abs(expected), scale(index));
    worst = Math.max(worst, Math.abs((got[index] ?? Number.NaN) - expected) / unit);
  }
  return worst / 1e-6;
}

/** A sum of terms of both signs is as precise as their sizes, a sum on the bus as what went into it, what is weighted as its filter. */
function meterScale(meters: Float64Array, strips: number): (index: number) => number {
  const master = strips * stripFields;
  return (index) => {
    const isStrip = index < master;
    const field = isStrip ? index % stripFields : index - master;
    const other = (of: number): number => meters[index - field + of] ?? 0;
    const weighted = isStrip ? stripField.preWeightedLeft : masterField.outWeightedLeft;
    const energy = isStrip ? stripField.preEnergyLeft : masterField.outEnergyLeft;
    const sum = isStrip ? stripField.preSumLeft : masterField.outSumLeft;
    if (field === (isStrip ? stripField.preProduct : masterField.outProduct)) return other(energy) + other(energy + 1);
    // 10⁻⁵ of a loudness is 0.00004 dB.
    if (field === (isStrip ? stripField.preWeightedProduct : masterField.outWeightedProduct))
      return 10 * Math.max(1, other(weighted) + other(weighted + 1));
    if (field === weighted || field === weighted + 1) return 10 * Math.max(1, other(field));
    if (field === sum || field === sum + 1) return Math.sqrt(blockFrames * other(energy + field - sum));
    return 1;
  };
}

interface Case {
  readonly moves: readonly Mixer[];
  readonly seed: number;
  readonly peak: number;
  readonly sampleRate: number;
}

function cases(moves: number): fc.Arbitrary<Case> {
  return fc.integer({min: 1, max: 7}).chain((strips) =>
    fc.record({
      moves: fc.array(mixers(strips), {minLength: moves, maxLength: moves}),
      seed: fc.nat(1000),
      peak: fc.double({min: 0.001, max: 1.1, noNaN: true}),
      sampleRate: fc.constantFrom(44_100, 48_000, 96_000),
    }),
  );
}

/** Renders six blocks by the kernel and by the model, a move in each of the first, and returns the largest difference in 10⁻⁶. */
async function compare({moves, seed, peak, sampleRate}: Case): Promise<number> {
  const first = moves[0] ?? mixerOf([]);
  const graph = await createGraph({sampleRate, mixer: first});
  const desk = referenceDesk(first, sampleRate, blockFrames);
  const sources = first.strips.map((strip, index): [Float32Array, Float32Array] => {
    const left = noise(6 * blockFrames, seed + 2 * index, peak);
    return [left, strip.channels === 1 ? left : noise(6 * blockFrames, seed + 2 * index + 1, peak)];
  });
  const stems = sources.map(([left, right]) => memoryStem(left, right));
  let worst = 0;
  for (let block = 0; block < 6; block++) {
    const given = moves[block];
    if (given && block > 0) {
      const strips = given.strips.map((strip, index) => ({...strip, channels: first.strips[index]?.channels ?? 2}));
      graph.set({...given, strips}, false);
      desk.set({...given, strips});
    }
    const at = block * blockFrames;
    const got = renderBlock(graph, stems, at);
    const want = desk.render(
      sources.map(([l, r]) => [l.subarray(at, at + blockFrames), r.subarray(at, at + blockFrames)]),
    );
    // Rounding may decide a sample that lies on the threshold.
    const overs = first.strips.length * stripFields + masterField.outOvers;
    if (Math.abs((got.meters[overs] ?? 0) - (want.meters[overs] ?? 0)) <= 1)
      got.meters[overs] = want.meters[overs] ?? 0;
    const bus = Math.max(1, ...want.meters.subarray(-masterFields, -masterFields + 4));
    worst = Math.max(
      worst,
      deviation(got.left, want.left, () => bus),
      deviation(got.right, want.right, () => bus),
      deviation(got.meters, want.meters, meterScale(want.meters, first.strips.length)) / bus,
    );
  }
  return worst;
}

test('every tap, gain and sample of any mixer is that of a plain double model within 10⁻⁶', async (t) => {
  let worst = 0;
  await fc.assert(
    fc.asyncProperty(cases(1), async (given) => {
      const apart = await compare(given);
      worst = Math.max(worst, apart);
      return apart <= 1;
    }),
    {numRuns: 60},
  );
  t.log(`largest difference ${(worst * 1e-6).toExponential(1)}`);
  t.pass();
});

test('while trims, faders, pans and mutes of any size move in every block, the model is followed within 10⁻⁵', async (t) => {
  let worst = 0;
  await fc.assert(
    fc.asyncProperty(cases(5), async (given) => {
      const apart = await compare(given);
      worst = Math.max(worst, apart);
      return apart <= 10;
    }),
    {numRuns: 60},
  );
  t.log(`largest difference ${(worst * 1e-6).toExponential(1)}`);
  t.pass();
});

test('the values of a meter frame stand where the model says', async (t) => {
  const mixer = mixerOf(
    [
      {trimDb: 6, levelDb: -20},
      {channels: 1, pan: -1},
    ],
    -6,
  );
  const left = new Float32Array(blockFrames).fill(0.1);
  const right = new Float32Array(blockFrames).fill(-0.2);
  const {blocks} = await renderAll(mixer, [memoryStem(left, right), memoryStem(left)], 1);
  const values = blocks[0]?.meters ?? new Float32Array();
  const near = (index: number, value: number): void => {
    t.true(Math.abs((values[index] ?? Number.NaN) / value - 1) < 2e-6, `${index}: ${values[index]} is not ${value}`);
  };
  const trim = 10 ** (6 / 20);
  near(stripField.inPeakLeft, 0.1);
  near(stripField.inPeakRight, 0.2);
  near(stripField.prePeakLeft, 0.1 * trim);
  near(stripField.prePeakRight, 0.2 * trim);
  near(stripField.postPeakRight, 0.02 * trim);
  near(stripField.preEnergyLeft, 512 * (0.1 * trim) ** 2);
  near(stripField.preProduct, -512 * 0.02 * trim ** 2);
  near(stripField.postEnergyRight, 512 * (0.02 * trim) ** 2);
  near(stripField.inEnergyLeft, 512 * 0.1 ** 2);
  near(stripField.inEnergyRight, 512 * 0.2 ** 2);
  near(stripField.preSumLeft, 512 * 0.1 * trim);
  near(stripField.preSumRight, -512 * 0.2 * trim);
  near(stripField.preAverageRight, 512 * 0.2 * trim);
  t.true((values[stripField.preWeightedProduct] ?? 0) < 0);
  near(stripFields + stripField.postPeakLeft, 0.1);
  t.is(values[stripFields + stripField.postPeakRight], 0);
  const master = 2 * stripFields;
  const bus = 0.01 * trim + 0.1;
  near(master + masterField.busPeakLeft, bus);
  near(master + masterField.outPeakLeft, bus * 10 ** (-6 / 20));
  near(master + masterField.outEnergyLeft, 512 * (bus * 10 ** (-6 / 20)) ** 2);
  near(master + masterField.outSumLeft, 512 * bus * 10 ** (-6 / 20));
  t.is(values.length, 2 * stripFields + masterFields);
});

test('a stereo strip with everything at rest passes its samples bit for bit, at any place on the desk', async (t) => {
  const left = noise(4 * blockFrames, 1, 0.99);
  const right = noise(4 * blockFrames, 2, 0.99);
  for (const place of [0, 1, 2, 4]) {
    const stems = Array.from({length: 5}, (_, index) => (index === place ? memoryStem(left, right) : undefined));
    const out = await renderAll(mixerOf([{}, {}, {}, {}, {}]), stems, 4);
    t.deepEqual(out.left, left);
    t.deepEqual(out.right, right);
  }
});

test('a strip against itself with inverted polarity is silence, to the bit', async (t) => {
  const left = noise(4 * blockFrames, 3);
  const right = noise(4 * blockFrames, 4);
  for (const settings of [{}, {pan: 0.3, levelDb: -7.3, trimDb: 3}, {channels: 1 as const, pan: -0.4}]) {
    const mixer = mixerOf([settings, {...settings, polarityInverted: true}]);
    const out = await renderAll(mixer, [memoryStem(left, right), memoryStem(left, right)], 4);
    t.true([...out.left, ...out.right].every((value) => value === 0));
    const meters = out.blocks[0]?.meters ?? [];
    t.is(meters[stripField.prePeakLeft], meters[stripFields + stripField.prePeakLeft]);
  }
});

test('two strips sum, and a mixer without strips is silence', async (t) => {
  const tone = sine(blockFrames, 1000, 48_000, 0.3);
  const sum = await renderAll(mixerOf([{}, {}]), [memoryStem(tone, tone), memoryStem(tone, tone)], 1);
  t.deepEqual(
    sum.left,
    tone.map((value) => Math.fround(value + value)),
  );
  const none = await renderAll(mixerOf([]), [], 1);
  t.true(none.left.every((value) => value === 0));
  t.is(none.blocks[0]?.meters.length, masterFields);
});
