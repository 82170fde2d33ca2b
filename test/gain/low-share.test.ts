import test from 'ava';
import {createLowShare} from '../../src/gain/low-share.ts';
import {samplesOf} from '../samples.ts';

const sampleRate = 48_000;
const tone = (hertz: number, seconds: number, factor: number): Float32Array =>
  samplesOf(seconds * sampleRate, (frame) => factor * Math.sin((2 * Math.PI * hertz * frame) / sampleRate));

test('the share of all that was heard remembers what the last twenty seconds forgot', (t) => {
  const meter = createLowShare(sampleRate);
  const low = tone(40, 10, 0.25);
  const high = tone(2000, 1, 0.25);
  meter.push(low, low, low.length);
  t.true(Math.abs((meter.wholeDb() ?? 9) - 0) < 0.1);
  t.is(meter.wholeDb(), meter.shareDb());
  for (let second = 0; second < 30; second++) meter.push(high, high, high.length);
  t.true((meter.shareDb() ?? 0) < -60);
  t.true(Math.abs((meter.wholeDb() ?? 9) - 10 * Math.log10(10 / 40)) < 0.1);
});

test('nothing is said of less than three seconds of sound, nor after a reset', (t) => {
  const meter = createLowShare(sampleRate);
  const low = tone(40, 2.5, 0.25);
  const silence = new Float32Array(5 * sampleRate);
  meter.push(low, low, low.length);
  meter.push(silence, silence, silence.length);
  t.is(meter.wholeDb(), undefined);
  meter.push(low, low, low.length);
  t.not(meter.wholeDb(), undefined);
  meter.reset();
  t.is(meter.wholeDb(), undefined);
});
