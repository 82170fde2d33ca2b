import test from 'ava';
import {delaysOf, frameAt, gapsIn, type Heard, msOf} from './live-sound.ts';

const sampleRate = 48_000;
const cycle = 480;

/** A steady sound; cycle `n` was taken at 1000 + 10 n ms. */
function steady(frames: number, value = 0.5): Heard & {readonly samples: Float32Array} {
  const cycles = Math.ceil(frames / cycle);
  return {
    samples: new Float32Array(frames).fill(value),
    sampleRate,
    cycleFrames: Float64Array.from({length: cycles}, (_, index) => index * cycle),
    cycleMs: Float64Array.from({length: cycles}, (_, index) => 1000 + 10 * index),
  };
}

/** A fader goes over 480 frames. */
function ramp(heard: Heard, atFrame: number, value: number): void {
  const from = heard.samples[atFrame - 1] ?? 0;
  for (let frame = atFrame; frame < heard.samples.length; frame++) {
    heard.samples[frame] = from + (value - from) * Math.min(1, (frame - atFrame + 1) / 480);
  }
}

test('frames have times by the cycle in which the device took them', (t) => {
  const heard = steady(48_000);
  t.is(msOf(heard, 0), 1000);
  t.is(msOf(heard, 48), 1001);
  t.is(msOf(heard, 4800), 1100);
  t.is(frameAt(heard, 1100), 4800);
  t.is(frameAt(heard, 1101), 4848);
  t.is(frameAt(heard, 0), 0);
});

test('silence is a gap, and each is counted once', (t) => {
  const heard = steady(48_000);
  t.like(gapsIn(heard, 0, 48_000), {frames: 0, count: 0});
  heard.samples.fill(0, 1000, 1480);
  heard.samples.fill(0, 5000, 5048);
  heard.samples[9000] = Number.NaN;
  t.deepEqual(gapsIn(heard, 0, 48_000), {frames: 528, count: 2, longestMs: 10, unheardFrames: 1});
  t.like(gapsIn(heard, 2000, 4000), {frames: 0, count: 0});
});

test('a move is heard where its ramp leaves the old value', (t) => {
  const heard = steady(48_000);
  ramp(heard, 9600, 0.4);
  ramp(heard, 19_200, 0.3);
  const [first, second] = delaysOf(heard, [
    {atMs: 1180, value: 0.4},
    {atMs: 1390, value: 0.3},
  ]);
  t.true(Math.abs((first ?? 0) - 20) < 0.1, `${first}`);
  t.true(Math.abs((second ?? 0) - 10) < 0.1, `${second}`);
});

test('a move that was overtaken is heard with the one that did; one that never came is not heard', (t) => {
  const heard = steady(48_000);
  ramp(heard, 9600, 0.3);
  const [overtaken, heardOne, lost] = delaysOf(heard, [
    {atMs: 1150, value: 0.4},
    {atMs: 1190, value: 0.3},
    {atMs: 1500, value: 0.2},
  ]);
  t.true(Math.abs((overtaken ?? 0) - 50) < 0.1, `${overtaken}`);
  t.true(Math.abs((heardOne ?? 0) - 10) < 0.1, `${heardOne}`);
  t.is(lost, undefined);
});
