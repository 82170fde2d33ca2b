import test from 'ava';
import fc from 'fast-check';
import {createVuMeter, createVuNeedle} from '../../../src/gain/vu.ts';
import {isWithin, rates} from '../loudness/measure.ts';
import {feed, sine} from './needles.ts';

for (const rate of rates) {
  test(`at ${rate} Hz the needle comes to 99 % of a tone after 300 ms and overshoots it by 1 to 1.5 %`, (t) => {
    const meter = createVuMeter(rate);
    const tone = sine(rate, 2, 997);
    let firstSeconds: number | undefined;
    let most = 0;
    for (let at = 0; at < tone.length; at++) {
      feed(meter, tone.subarray(at, at + 1));
      const shown = 10 ** (meter.reading()[0] / 20);
      if (shown >= 0.99) firstSeconds ??= at / rate;
      most = Math.max(most, shown);
    }
    t.true(isWithin(firstSeconds ?? 0, 0.3, 0.01), `${firstSeconds}`);
    t.true(most >= 1.01 && most <= 1.015, `${most}`);
  });

  test(`at ${rate} Hz the needle falls as it rose: to 1 % after 300 ms, through rest and back to it`, (t) => {
    const meter = createVuMeter(rate);
    feed(meter, sine(rate, 2, 997));
    feed(meter, new Float32Array(Math.round(0.3 * rate)));
    t.true(isWithin(10 ** (meter.reading()[0] / 20), 0.01, 0.002), `${10 ** (meter.reading()[0] / 20)}`);
    feed(meter, new Float32Array(rate * 4));
    t.is(meter.reading()[0], Number.NEGATIVE_INFINITY);
  });

  test(`at ${rate} Hz a steady tone is shown at its peak level, and a square wave π/2 higher, as an average has it`, (t) => {
    for (const hertz of [63, 997, 9973]) {
      const meter = createVuMeter(rate);
      feed(meter, sine(rate, 3, hertz, -18));
      t.true(isWithin(meter.reading()[0], -18, 0.05), `${hertz} Hz: ${meter.reading()[0]}`);
    }
    const square = createVuMeter(rate);
    feed(
      square,
      sine(rate, 3, 997).map((value) => (value >= 0 ? 0.1 : -0.1)),
    );
    t.true(isWithin(square.reading()[0], -20 + 20 * Math.log10(Math.PI / 2), 0.001));
  });
}

test('a needle driven by block averages stands where one driven by samples stands', (t) => {
  const tone = sine(48_000, 1, 997, -12).map((value, frame) => value * (frame % 9000 < 5000 ? 1 : 0.1));
  for (const blockFrames of [64, 512, 1024]) {
    const bySample = createVuNeedle(48_000);
    const byBlock = createVuNeedle(48_000);
    let worst = 0;
    for (let at = 0; at + blockFrames <= tone.length; at += blockFrames) {
      let sum = 0;
      for (const value of tone.subarray(at, at + blockFrames)) {
        sum += Math.abs(value);
        bySample.drive(Math.abs(value), 1);
      }
      byBlock.drive(sum / blockFrames, blockFrames);
      worst = Math.max(worst, Math.abs(bySample.factor - byBlock.factor));
    }
    t.true(worst < 0.003, `${blockFrames}: ${worst}`);
  }
});

test('what is not driven comes to rest, and what drives it is held to numbers', (t) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.double(), fc.integer({min: 1, max: 5000})), {maxLength: 40}), (drives) => {
      const needle = createVuNeedle(48_000);
      for (const [average, frames] of drives) needle.drive(Math.min(1e6, Math.abs(average)), frames);
      const isNumber = Number.isFinite(needle.factor) && needle.factor >= 0;
      for (let turn = 0; turn < 400; turn++) needle.drive(0, 4800);
      return isNumber && needle.factor === 0;
    }),
  );
  t.pass();
});
