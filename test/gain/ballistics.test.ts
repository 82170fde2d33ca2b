import test from 'ava';
import fc from 'fast-check';
import {amplitude, createPeakMeter, digitalPeak} from '../../src/gain/ballistics.ts';
import {dbFromFactor, factorFromDb} from '../../src/model/decibel.ts';

const rate = 48_000;

/** What the needle must show `ms` after a lone peak. */
function reference(peakDb: number, ms: number): number {
  return peakDb - Math.max(0, (ms - digitalPeak.holdMs) / 1000) * digitalPeak.fallDbPerSecond;
}

test('a peak is shown at once, held for a second, and falls by 20 dB in 1.7 s', (t) => {
  const meter = createPeakMeter(rate);
  meter.add(1, 480);
  t.is(meter.factor, 1);
  for (let ms = 10; ms <= 6000; ms += 10) {
    meter.add(0, 480);
    t.true(Math.abs(dbFromFactor(meter.factor) - reference(0, ms)) < 1e-6, `at ${ms} ms`);
  }
  t.true(Math.abs(reference(0, 2700) - -20) < 0.1);
});

test('silence is reached in the end, and is minus infinity', (t) => {
  const meter = createPeakMeter(rate);
  t.is(dbFromFactor(meter.factor), Number.NEGATIVE_INFINITY);
  meter.add(1, 1);
  meter.add(0, rate * 11);
  t.true(dbFromFactor(meter.factor) > -120);
  meter.add(0, rate);
  t.is(dbFromFactor(meter.factor), Number.NEGATIVE_INFINITY);
});

test('a lower peak does not lift the needle, a higher one holds anew', (t) => {
  const meter = createPeakMeter(rate);
  meter.add(factorFromDb(-10), 480);
  meter.add(factorFromDb(-20), rate / 2);
  t.true(Math.abs(dbFromFactor(meter.factor) - -10) < 1e-9);
  meter.add(factorFromDb(-4), rate / 2);
  meter.add(0, rate);
  t.true(Math.abs(dbFromFactor(meter.factor) - -4) < 1e-9);
  meter.add(factorFromDb(-40), rate);
  t.true(Math.abs(dbFromFactor(meter.factor) - -15.8) < 1e-9);
});

test('other ballistics are a matter of two numbers', (t) => {
  const meter = createPeakMeter(rate, {holdMs: 0, fallDbPerSecond: 20});
  meter.add(1, 1);
  meter.add(0, rate / 2);
  t.true(Math.abs(dbFromFactor(meter.factor) - -10) < 1e-9);
});

test('the needle goes the same way whatever the block length, within what the fall makes of one block', (t) => {
  const frames = 6 * 4096;
  const peaks = Array.from({length: frames}, (_, frame) => (frame % 9000 < 40 ? 0.5 : 0.001));
  const readings = (block: number): number[] => {
    const meter = createPeakMeter(8000);
    const shown: number[] = [];
    for (let at = 0; at < frames; at += block) {
      const chunk = peaks.slice(at, at + block);
      meter.add(Math.max(...chunk), chunk.length);
      if ((at + block) % 4096 === 0) shown.push(dbFromFactor(meter.factor));
    }
    return shown;
  };
  const single = readings(1);
  t.true(single.length > 4);
  for (const block of [2, 16, 64, 128, 512, 1024, 4096]) {
    const tolerance = (digitalPeak.fallDbPerSecond * block) / 8000 + 0.001;
    for (const [index, shown] of readings(block).entries())
      t.true(Math.abs(shown - (single[index] ?? Number.NaN)) <= tolerance, `${block} frames, reading ${index}`);
  }
});

test('whatever is measured, the needle shows a number from 0 to 100,000', (t) => {
  const block = fc.record({peak: fc.double(), frames: fc.integer({min: 1, max: 1_000_000})});
  fc.assert(
    fc.property(fc.array(block), (blocks) => {
      const meter = createPeakMeter(rate);
      for (const {peak, frames} of blocks) {
        meter.add(peak, frames);
        if (!(meter.factor >= 0 && meter.factor <= 1e5)) return false;
      }
      return true;
    }),
  );
  t.deepEqual([Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5].map(amplitude), [0, 1e5, 0, 0.5]);
});
