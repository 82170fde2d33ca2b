import test from 'ava';
import {createEffect} from '../../../src/engine/effects/effect-unit.ts';
import {atTempo, withEffectValue} from '../../../src/model/effect.ts';
import {noteNames} from '../../../src/model/tempo.ts';
import {samplesOf} from '../../samples.ts';
import {effectOf, energy, impulse, magnitudeAt, peak, type Sound, sent} from './effect-rig.ts';

/** Filters out of the way: what comes back is nearly what was sent. */
const open = {highCutHz: 20_000, lowCutHz: 20};

/** Where the echoes of a side begin: frames that stand out by far from those before. */
function echoes(signal: Float32Array): readonly number[] {
  return [...signal.keys()].filter(
    (frame) =>
      Math.abs(signal[frame] ?? 0) > 0.02 &&
      peak(signal.subarray(Math.max(0, frame - 40), frame)) < Math.abs(signal[frame] ?? 0) / 5,
  );
}

for (const sampleRate of [22_050, 44_100, 48_000, 88_200, 96_000, 192_000]) {
  test(`at ${sampleRate} Hz every echo comes to the frame`, async (t) => {
    for (const timeMs of [1, 12.5, 375, 2000]) {
      const frames = Math.round((timeMs * sampleRate) / 1000);
      const unit = await effectOf('delay', {...open, timeMs, feedback: 60}, sampleRate);
      const wet = sent(unit, impulse(frames * 3 + 40));
      t.is(peak(wet.left.subarray(0, frames)), 0, `${timeMs} ms: nothing before`);
      // What the low cut leaves of one echo must have gone before the next.
      for (const echo of timeMs < 10 ? [1] : [1, 2, 3]) {
        const before = peak(wet.left.subarray(echo * frames - 3, echo * frames));
        t.true((wet.left[echo * frames] ?? 0) > 3 * before, `${timeMs} ms: echo ${echo}`);
      }
    }
  });
}

test('each echo is weaker than the one before by the feedback, in the middle of the band', async (t) => {
  for (const feedback of [0, 10, 30, 60, 95]) {
    const unit = await effectOf('delay', {...open, timeMs: 100, feedback});
    const wet = sent(unit, impulse(3 * 4800 + 4800));
    const echo = (number: number): number =>
      magnitudeAt(wet.left.subarray(number * 4800, (number + 1) * 4800), 1000, 48_000);
    t.true(Math.abs(echo(1) - 1) < 0.005, `${echo(1)}`);
    t.true(Math.abs(echo(2) - feedback / 100) < 0.005, `${feedback} %: ${echo(2)}`);
    t.true(Math.abs(echo(3) - (feedback / 100) ** 2) < 0.01, `${feedback} %: ${echo(3)}`);
  }
});

test('both filters are 3 dB down at their corners, fall by 6 dB an octave, and work on every echo', async (t) => {
  const decibels = (factor: number): number => 20 * Math.log10(factor);
  const unit = await effectOf('delay', {timeMs: 500, feedback: 50, highCutHz: 2000, lowCutHz: 500});
  const wet = sent(unit, impulse(72_000)).left;
  const first = (hertz: number): number => decibels(magnitudeAt(wet.subarray(24_000, 48_000), hertz, 48_000));
  const second = (hertz: number): number => decibels(magnitudeAt(wet.subarray(48_000), hertz, 48_000));
  const low = (hertz: number, corner: number): number =>
    -10 * Math.log10(1 + (Math.tan((Math.PI * hertz) / 48_000) / Math.tan((Math.PI * corner) / 48_000)) ** 2);
  const high = (hertz: number, corner: number): number =>
    -10 * Math.log10(1 + (Math.tan((Math.PI * corner) / 48_000) / Math.tan((Math.PI * hertz) / 48_000)) ** 2);
  for (const hertz of [50, 100, 250, 500, 1000, 2000, 4000, 8000, 16_000]) {
    const expected = low(hertz, 2000) + high(hertz, 500);
    t.true(Math.abs(first(hertz) - expected) < 0.05, `${hertz} Hz: ${first(hertz)} for ${expected}`);
    t.true(Math.abs(second(hertz) - 2 * expected + 6.02) < 0.1, `${hertz} Hz: ${second(hertz)}`);
  }
});

test('the sides are echoes of themselves; with ping-pong their sum goes from left to right and back', async (t) => {
  const stereo = await effectOf('delay', {...open, timeMs: 50, feedback: 50});
  const {left, right} = sent(stereo, impulse(9600, {left: 0}));
  t.true(energy(left) > 0.5);
  t.is(peak(right), 0);

  const pingPong = await effectOf('delay', {...open, timeMs: 50, feedback: 50, pingPong: 1});
  const check = (wet: Sound): void => {
    t.deepEqual(echoes(wet.left), [2400, 7200]);
    t.deepEqual(echoes(wet.right), [4800]);
  };
  check(sent(pingPong, impulse(9500, {left: 0})));
  check(sent(await effectOf('delay', {...open, timeMs: 50, feedback: 50, pingPong: 1}), impulse(9500, {right: 0})));
});

test('a tempo that is turned without rest, from 60 to 180 BPM in a second, makes no click either', async (t) => {
  const base = withEffectValue({kind: 'delay', values: {...open, feedback: 0}}, 'note', noteNames.indexOf('1/16'));
  const unit = await createEffect(atTempo(base, 60), 48_000);
  const tone = samplesOf(96_000, (frame) => Math.sin((2 * Math.PI * 200 * frame) / 48_000));
  const wet = {left: tone.slice(), right: tone.slice()};
  for (let block = 0; 512 * block < tone.length; block++) {
    const turned = Math.min(94, Math.max(0, block - 40));
    unit.set(atTempo(base, 60 + (120 * turned) / 94));
    unit.process(wet.left.subarray(512 * block, 512 * block + 512), wet.right.subarray(512 * block, 512 * block + 512));
  }
  const bends = wet.left
    .slice(16_002)
    .map((sample, n) => sample - 2 * (wet.left[16_001 + n] ?? 0) + (wet.left[16_000 + n] ?? 0));
  // Of the tone itself 0.0007; a jump would make one of the order of 1.
  t.true(peak(bends) < 0.002, `${peak(bends)}`);
  // And the last echo is a sixteenth of 180 BPM: 4,000 frames.
  const late = wet.left.subarray(90_000).map((sample, n) => sample - (tone[90_000 - 4000 + n] ?? 0));
  t.true(peak(late) < 0.15, `${peak(late)}`);
});

test('a new time is faded to, without a click and without a change of pitch', async (t) => {
  const unit = await effectOf('delay', {...open, timeMs: 100, feedback: 0});
  const tone = samplesOf(48_000, (frame) => Math.sin((2 * Math.PI * 200 * frame) / 48_000));
  const wet = {left: tone.slice(), right: tone.slice()};
  for (let from = 0; from < tone.length; from += 512) {
    if (from === 512 * 45) unit.set({kind: 'delay', values: {...open, timeMs: 333, feedback: 0}});
    unit.process(wet.left.subarray(from, from + 512), wet.right.subarray(from, from + 512));
  }
  // The second difference of the tone is at most (2π · 200 / 48,000)² = 0.0007; a jump of the time would make one of the order of 1.
  let bend = 0;
  for (let frame = 5000; frame < tone.length; frame++)
    bend = Math.max(
      bend,
      Math.abs((wet.left[frame] ?? 0) - 2 * (wet.left[frame - 1] ?? 0) + (wet.left[frame - 2] ?? 0)),
    );
  t.true(bend < 0.002, `${bend}`);
  // And in the end it is the new one.
  const late = tone.subarray(48_000 - 1000 - 15_984, 48_000 - 15_984);
  const difference = wet.left.subarray(47_000).map((sample, frame) => sample - (late[frame] ?? 0));
  t.true(peak(difference) < 0.15, `${peak(difference)}`);
});
