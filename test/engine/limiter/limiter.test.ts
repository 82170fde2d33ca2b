import test from 'ava';
import fc from 'fast-check';
import {createLimiter, type Limiter} from '../../../src/engine/limiter/limiter.ts';
import {interpolator, peakFilters} from '../../../src/engine/limiter/peak-filters.ts';
import {factorFromDb} from '../../../src/model/decibel.ts';
import {DeskError} from '../../../src/model/problem.ts';
import {samplesOf} from '../../samples.ts';
import {randomNumbers} from './hard-cases.ts';

const rates = [44_100, 48_000, 88_200, 96_000, 192_000];
const on = {on: true, ceilingDb: -1, releaseMs: 100};
const off = {...on, on: false};

/** What comes out of a limiter for a signal on both sides, block by block; left only. */
function limited(limiter: Limiter, signal: Float32Array, block = 512): Float32Array {
  const left = signal.slice();
  const right = signal.slice();
  for (let from = 0; from < left.length; from += block)
    limiter.process(left.subarray(from, from + block), right.subarray(from, from + block));
  return left;
}

function noise(frames: number, gain: number, seed = 1): Float32Array {
  const random = randomNumbers(seed);
  return samplesOf(frames, () => gain * (2 * random() - 1));
}

function tone(frames: number, turns: number, gain: number): Float32Array {
  return samplesOf(frames, (frame) => gain * Math.sin(2 * Math.PI * turns * frame));
}

function delayed(signal: Float32Array, frames: number): Float32Array {
  const late = new Float32Array(signal.length);
  late.set(signal.subarray(0, signal.length - frames), frames);
  return late;
}

/** Equal to the bit; a long array is not printed. */
function same(one: Float32Array, other: Float32Array): boolean {
  return one.length === other.length && one.every((sample, frame) => Object.is(sample, other[frame]));
}

for (const sampleRate of rates) {
  test(`at ${sampleRate} Hz the limiter is 1.5 ms and 46 frames late, on or off, and changes no bit of what is below the ceiling`, async (t) => {
    const limiter = await createLimiter({sampleRate});
    t.is(limiter.latencyFrames, Math.round(0.0015 * sampleRate) + 46);
    const loud = noise(4000, 20);
    t.true(same(limited(limiter, loud), delayed(loud, limiter.latencyFrames)));
    const other = await createLimiter({sampleRate});
    other.set(on);
    const quiet = noise(4000, 0.3);
    t.true(same(limited(other, quiet), delayed(quiet, limiter.latencyFrames)));
    t.is(other.gainReductionDb, 0);
  });
}

test('the lengths of the blocks make no difference to a single bit', async (t) => {
  const random = randomNumbers(7);
  const signal = samplesOf(20_000, (frame) => (frame % 3000 < 900 ? 8 : 0.4) * (random() - 0.5));
  const limiter = await createLimiter({sampleRate: 48_000});
  limiter.set(on);
  const whole = limited(limiter, signal, signal.length);
  for (const block of [1, 7, 64, 100, 256, 257, 512, 2048]) {
    const other = await createLimiter({sampleRate: 48_000});
    other.set(on);
    t.true(same(limited(other, signal, block), whole), `blocks of ${block}`);
  }
});

test('a snapshot brings sound and settings back to the bit, into another limiter too', async (t) => {
  const limiter = await createLimiter({sampleRate: 44_100});
  limiter.set(on);
  limited(limiter, noise(3000, 5));
  const snapshot = limiter.snapshot();
  const signal = noise(6000, 3, 2);
  const first = limited(limiter, signal);
  limiter.set(off);
  limited(limiter, noise(3000, 9, 3));
  limiter.restore(snapshot);
  t.true(same(limited(limiter, signal), first));
  const other = await createLimiter({sampleRate: 44_100});
  other.restore(snapshot);
  t.true(same(limited(other, signal), first));
  const foreign = await createLimiter({sampleRate: 48_000});
  t.throws(() => foreign.restore(snapshot), {instanceOf: DeskError});
});

test('a steady tone comes out at the ceiling less 0.15 dB, and the reduction is told', async (t) => {
  for (const [ceilingDb, gain] of [[-1, 4] as const, [-6, 1] as const, [0, 1.5] as const]) {
    const limiter = await createLimiter({sampleRate: 48_000});
    limiter.set({on: true, ceilingDb, releaseMs: 1000});
    const out = limited(limiter, tone(48_000, 0.01, gain)).subarray(24_000);
    const peakDb = 20 * Math.log10(out.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0));
    t.true(Math.abs(peakDb - (ceilingDb - 0.15)) < 0.03, `${peakDb} dB at a ceiling of ${ceilingDb}`);
    t.true(Math.abs(limiter.gainReductionDb - (20 * Math.log10(gain) - ceilingDb + 0.15)) < 0.03);
  }
});

test('both sides are turned down alike', async (t) => {
  const limiter = await createLimiter({sampleRate: 48_000});
  limiter.set(on);
  const left = tone(4800, 0.013, 4);
  const right = left.map((sample) => sample / 8);
  limiter.process(left, right);
  t.true(
    same(
      right,
      left.map((sample) => sample / 8),
    ),
  );
  t.true(limiter.gainReductionDb > 10);
});

test('after a peak the gain comes back within the release: 63 % of the way in its time constant', async (t) => {
  for (const releaseMs of [20, 100, 400]) {
    const limiter = await createLimiter({sampleRate: 48_000});
    limiter.set({on: true, ceilingDb: -6, releaseMs});
    const signal = new Float32Array(48_000).fill(0.1);
    signal.fill(2, 4800, 4900);
    const out = limited(limiter, signal);
    const lowest = factorFromDb(-6.15) / 2;
    const end = 4900 + limiter.latencyFrames;
    // The smoothing adds half its window, the hold its reach.
    const after = end + Math.round((releaseMs / 1000) * 48_000) + 36 + 47;
    const share = ((out[after] ?? 0) / 0.1 - lowest) / (1 - lowest);
    t.true(Math.abs(share - (1 - Math.exp(-1))) < 0.03, `${releaseMs} ms: ${share}`);
  }
});

test('switching on and off in mid-sound makes no click: beyond the tone there is nothing', async (t) => {
  const limiter = await createLimiter({sampleRate: 48_000});
  const signal = tone(48_000, 1 / 48, 1.4);
  const out = signal.slice();
  const other = signal.slice();
  for (let from = 0; from < out.length; from += 512) {
    const block = from / 512;
    if (block === 20 || block === 50) limiter.set({...on, ceilingDb: -3});
    if (block === 35) limiter.set(off);
    if (block === 65) limiter.set({...on, ceilingDb: -9});
    limiter.process(out.subarray(from, from + 512), other.subarray(from, from + 512));
  }
  // A click is a bend: the second difference of this tone is at most 1.4 · (2π/48)² = 0.024, and a step of 3 dB would make one of 0.4.
  let bend = 0;
  for (let frame = limiter.latencyFrames + 2; frame < out.length; frame++)
    bend = Math.max(bend, Math.abs((out[frame] ?? 0) - 2 * (out[frame - 1] ?? 0) + (out[frame - 2] ?? 0)));
  t.true(bend < 0.026, `${bend}`);
});

test('switched off it lets everything through to the bit again, soon', async (t) => {
  const limiter = await createLimiter({sampleRate: 48_000});
  limiter.set({on: true, ceilingDb: -12, releaseMs: 1000});
  limited(limiter, noise(9600, 4));
  limiter.set(off);
  limited(limiter, noise(4800, 4, 2));
  const signal = noise(4800, 4, 3);
  const out = limited(limiter, signal);
  t.true(same(out.subarray(limiter.latencyFrames), signal.subarray(0, signal.length - limiter.latencyFrames)));
});

test('what is no number, or beyond all sound, becomes silence and is counted; huge samples are held like others', async (t) => {
  const limiter = await createLimiter({sampleRate: 48_000});
  limiter.set(on);
  const signal = noise(4000, 0.5);
  signal.set([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30], 1000);
  signal.set([4e9, -4e9, 3e5], 2000);
  const out = limited(limiter, signal);
  t.true(out.every((sample) => Math.abs(sample) <= factorFromDb(-1)));
  t.deepEqual([...out.subarray(1000 + limiter.latencyFrames, 1004 + limiter.latencyFrames)], [0, 0, 0, 0]);
  // Both sides carry the signal.
  t.is(limiter.silencedSamples, 8);
});

test('no sequence of settings and signals, with any numbers, brings out what is not finite or above a ceiling of 0 dB', async (t) => {
  const limiter = await createLimiter({sampleRate: 48_000});
  const pristine = limiter.snapshot();
  const settings = fc.record({on: fc.constant(true), ceilingDb: fc.double(), releaseMs: fc.double()});
  const sample = fc.oneof(fc.float(), fc.float({min: -4, max: 4}), fc.constantFrom(0, 1, -1, 1e-40));
  const step = fc.tuple(settings, fc.array(sample, {minLength: 1, maxLength: 400}));
  fc.assert(
    fc.property(fc.array(step, {minLength: 1, maxLength: 6}), (steps) => {
      limiter.restore(pristine);
      return steps.every(([next, samples]) => {
        limiter.set(next);
        const left = Float32Array.from(samples);
        const right = left.map((value) => -value);
        limiter.process(left, right);
        return [...left, ...right].every((value) => Math.abs(value) <= 1) && limiter.gainReductionDb >= 0;
      });
    }),
    {numRuns: 150},
  );
  t.pass();
});

test('an empty block changes nothing', async (t) => {
  const limiter = await createLimiter({sampleRate: 48_000});
  const before = limiter.snapshot();
  limiter.process(new Float32Array(0), new Float32Array(0));
  t.deepEqual(limiter.snapshot(), before);
});

test('every filter has a gain of 1 at zero frequency and rebuilds a tone between its samples', (t) => {
  for (const [taps, beta] of [
    [48, 9],
    [24, 7],
    [12, 5],
  ] as const) {
    for (const fraction of [0.125, 0.25, 0.375, 0.5]) {
      const filter = interpolator(taps, fraction, beta);
      t.true(Math.abs(filter.reduce((sum, tap) => sum + tap, 0) - 1) < 1e-12);
      const at = (frame: number): number => Math.cos(2 * Math.PI * 0.1 * frame + 0.3);
      const between = filter.reduce((sum, tap, index) => sum + tap * at(index - taps / 2 + 1), 0);
      t.true(
        Math.abs(between - at(fraction)) < (taps === 12 ? 0.02 : 0.001),
        `${taps} taps: ${between - at(fraction)}`,
      );
    }
  }
  t.is(peakFilters().length, 12);
});
