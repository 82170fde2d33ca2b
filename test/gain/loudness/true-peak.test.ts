import test from 'ava';
import fc from 'fast-check';
import {
  addToTruePeak,
  betweenSamples,
  createTruePeakMeter,
  interpolator,
  resetTruePeak,
} from '../../../src/gain/true-peak.ts';
import {dbFromFactor} from '../../../src/model/decibel.ts';
import {noise} from '../../engine/graph/signal.ts';
import {samplesOf} from '../../samples.ts';
import {blockSizes, measured, rates} from './measure.ts';
import {burst, phasedTone} from './signal.ts';

const cases: readonly {
  readonly number: number;
  readonly expectedDb: number;
  readonly make: (rate: number) => Float32Array;
}[] = [
  {number: 15, expectedDb: -6, make: (rate) => phasedTone(rate, 4, 0.5, 0)},
  {number: 16, expectedDb: -6, make: (rate) => phasedTone(rate, 4, 0.5, 45)},
  {number: 17, expectedDb: -6, make: (rate) => phasedTone(rate, 6, 0.5, 60)},
  {number: 18, expectedDb: -6, make: (rate) => phasedTone(rate, 8, 0.5, 67.5)},
  {number: 19, expectedDb: 3, make: (rate) => phasedTone(rate, 4, 1.41, 45)},
  {number: 20, expectedDb: 0, make: () => burst(0)},
  {number: 21, expectedDb: 0, make: () => burst(1)},
  {number: 22, expectedDb: 0, make: () => burst(2)},
  {number: 23, expectedDb: 0, make: () => burst(3)},
];

for (const {number, expectedDb, make} of cases) {
  test(`Tech 3341 case ${number}: true peak ${expectedDb} dBTP at every rate, in blocks of any size`, (t) => {
    for (const rate of rates) {
      const samples = make(rate);
      for (const blockFrames of blockSizes) {
        const {truePeakDb} = measured(rate, samples, {blockFrames, truePeak: true});
        t.true(
          truePeakDb <= expectedDb + 0.2 && truePeakDb >= expectedDb - 0.4,
          `${rate}, ${blockFrames}: ${truePeakDb}`,
        );
      }
    }
  });
}

test('every tone below 0.45 of the rate is read within 0.5 dB, whatever its phase, and never 0.06 dB too high', (t) => {
  for (const fraction of [0.01, 0.1, 0.2, 0.25, 1 / 3, 0.4, 0.45]) {
    for (let phase = 0; phase < 32; phase++) {
      const meter = createTruePeakMeter();
      const samples = samplesOf(
        2048,
        (frame) => Math.min(1, frame / 200) * Math.sin(2 * Math.PI * (fraction * frame + phase / 64)),
      );
      addToTruePeak(meter, samples, 0, samples.length);
      const highest = samples.reduce((peak, value) => Math.max(peak, Math.abs(value)), betweenSamples(meter));
      t.true(dbFromFactor(highest) > -0.5, `${fraction}, ${phase}: ${dbFromFactor(highest)}`);
      t.true(dbFromFactor(highest) < 0.06, `${fraction}, ${phase}: ${dbFromFactor(highest)}`);
    }
  }
});

test('between samples it is what twelve factors of a windowed sinc give, at all three points', (t) => {
  const samples = noise(500, 3, 1);
  const expected = (fractions: readonly number[]): number => {
    let highest = 0;
    for (const factors of fractions.map(interpolator)) {
      for (let last = 0; last < samples.length; last++) {
        const value = factors.reduce((sum, factor, tap) => sum + factor * (samples[last - 11 + tap] ?? 0), 0);
        highest = Math.max(highest, Math.abs(value));
      }
    }
    return highest;
  };
  const meter = createTruePeakMeter();
  addToTruePeak(meter, samples, 0, samples.length);
  t.true(Math.abs(betweenSamples(meter) - expected([0.25, 0.5, 0.75])) < 1e-12);
});

test('the factors of a point pass a constant unchanged, and on a sample are the sample', (t) => {
  for (const fraction of [0, 0.25, 0.5, 0.75]) {
    t.true(Math.abs(interpolator(fraction).reduce((sum, factor) => sum + factor, 0) - 1) < 1e-12);
  }
  t.deepEqual(
    interpolator(0).map((factor) => Math.abs(Math.round(factor * 1e12) / 1e12)),
    [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0],
  );
  const mirrored = interpolator(0.75).toReversed();
  t.true(interpolator(0.25).every((factor, tap) => Math.abs(factor - (mirrored[tap] ?? 0)) < 1e-15));
});

test('a true peak is never below the sample peak, nor above three times it', (t) => {
  fc.assert(
    fc.property(fc.array(fc.float({min: -1, max: 1, noNaN: true}), {minLength: 1, maxLength: 200}), (values) => {
      const samples = Float32Array.from(values);
      const {truePeakDb, samplePeakDb} = measured(48_000, samples, {truePeak: true});
      return (
        truePeakDb >= samplePeakDb && (samplePeakDb === Number.NEGATIVE_INFINITY || truePeakDb <= samplePeakDb + 9.6)
      );
    }),
  );
  t.pass();
});

test('a meter made anew and one that was reset read alike', (t) => {
  const meter = createTruePeakMeter();
  addToTruePeak(meter, noise(100, 1, 1), 0, 100);
  resetTruePeak(meter);
  t.is(betweenSamples(meter), 0);
  const fresh = createTruePeakMeter();
  const samples = noise(100, 2, 0.1);
  for (const one of [meter, fresh]) addToTruePeak(one, samples, 0, 100);
  t.is(betweenSamples(meter), betweenSamples(fresh));
});
