import test from 'ava';
import {createDigitalPeakMeter} from '../../../src/gain/digital-peak.ts';
import {createRmsMeter, kPeakFall} from '../../../src/gain/k-system.ts';
import {rmsConvention, rmsDb} from '../../../src/gain/level-convention.ts';
import type {NeedleMeter} from '../../../src/gain/needle.ts';
import {createQuasiPeakMeter, quasiPeakTypeI, quasiPeakTypeII} from '../../../src/gain/quasi-peak.ts';
import {createVuMeter} from '../../../src/gain/vu.ts';
import {noise} from '../../engine/graph/signal.ts';
import {blockSizes, isWithin, rates} from '../loudness/measure.ts';
import {fall, feed, sine} from './needles.ts';

test('RMS is referenced to a sine: a sine has the RMS of its peak, a square wave 3.01 dB more', (t) => {
  t.is(rmsConvention, 'sine-referenced (AES17)');
  t.true(isWithin(rmsDb(0.5), 0, 1e-12));
  t.true(isWithin(rmsDb(1), 3.0103, 1e-4));
  t.is(rmsDb(0), Number.NEGATIVE_INFINITY);
});

for (const rate of rates) {
  test(`at ${rate} Hz a digital peak meter shows one sample whole, holds it for 1 s, and falls by 20 dB in 1.7 s`, (t) => {
    const meter = createDigitalPeakMeter(rate);
    feed(meter, Float32Array.of(0, -0.5));
    t.true(isWithin(meter.reading()[0], -6.02, 0.01), 'at once');
    t.true(isWithin(fall(meter, rate, 0.99), 0, 1e-9), 'held');
    t.true(isWithin(fall(meter, rate, 0.02 + 1.7), 20, 0.3));
  });

  test(`at ${rate} Hz the peak of a K-System meter falls by 26 dB in 3 s, at once`, (t) => {
    const meter = createDigitalPeakMeter(rate, kPeakFall);
    feed(meter, sine(rate, 0.5, 997));
    t.true(isWithin(fall(meter, rate, 3), 26, 0.1));
  });

  test(`at ${rate} Hz RMS is that of the last 600 ms`, (t) => {
    const meter = createRmsMeter(rate);
    feed(meter, sine(rate, 1, 1000, -20));
    t.true(isWithin(meter.reading()[0], -20, 0.001), `${meter.reading()[0]}`);
    t.true(isWithin(fall(meter, rate, 0.3), 3.01, 0.01), 'half the window is silent');
    feed(meter, new Float32Array(0.31 * rate));
    t.is(meter.reading()[0], Number.NEGATIVE_INFINITY);
    const flat = createRmsMeter(rate);
    for (const hertz of [50, 500, 5000, 10_000]) {
      flat.reset();
      feed(flat, sine(rate, 0.6, hertz, -14));
      t.true(isWithin(flat.reading()[0], -14, 0.01), `${hertz} Hz`);
    }
  });
}

const kinds: readonly (readonly [name: string, make: (sampleRate: number) => NeedleMeter])[] = [
  ['digital peak', (rate) => createDigitalPeakMeter(rate)],
  ['quasi-peak I', (rate) => createQuasiPeakMeter(rate, quasiPeakTypeI)],
  ['quasi-peak II', (rate) => createQuasiPeakMeter(rate, quasiPeakTypeII)],
  ['VU', createVuMeter],
  ['RMS', createRmsMeter],
];

for (const [name, make] of kinds) {
  test(`${name}: blocks of any size give the same reading to the bit`, (t) => {
    for (const rate of rates) {
      const left = noise(rate, 1, 0.5).map((value, frame) => value * (frame % 20_000 < 12_000 ? 1 : 0.01));
      const right = noise(rate, 2, 0.25);
      const readings = blockSizes.map((blockFrames) => {
        const meter = make(rate);
        for (let at = 0; at < left.length; at += blockFrames)
          meter.push(left.subarray(at, at + blockFrames), right.subarray(at, at + blockFrames), blockFrames);
        return meter.reading();
      });
      t.true((readings[0]?.[0] ?? 0) < 0 && readings[0]?.[0] !== readings[0]?.[1], 'there is something to compare');
      for (const reading of readings) t.deepEqual(reading, readings[0]);
    }
  });

  test(`${name}: silence, whatever came before, is minus infinity in the end; what is no number counts as silence`, (t) => {
    const meter = make(48_000);
    t.deepEqual(meter.reading(), [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    feed(meter, Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY));
    t.deepEqual(meter.reading(), [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    feed(meter, sine(48_000, 1, 997));
    t.true(isWithin(meter.reading()[0], 0, 0.1));
    for (let turn = 0; turn < 60; turn++) feed(meter, new Float32Array(48_000));
    t.deepEqual(meter.reading(), [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    feed(meter, sine(48_000, 1, 997));
    meter.reset();
    t.deepEqual(meter.reading(), [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  });

  test(`${name}: each side has its own needle`, (t) => {
    const meter = make(48_000);
    const tone = sine(48_000, 1, 997, -6);
    meter.push(tone, new Float32Array(tone.length), tone.length);
    t.true(isWithin(meter.reading()[0], -6, 0.1));
    t.is(meter.reading()[1], Number.NEGATIVE_INFINITY);
  });
}
