import test from 'ava';
import {blockFrames} from '../../../src/engine/graph.ts';
import {rampCurve, rampFrames} from '../../../src/engine/ramp-law.ts';
import type {Mixer, Strip} from '../../../src/model/mixer.ts';
import {memoryStem} from '../memory-stem.ts';
import {mixerOf, renderAll} from './rig.ts';
import {sine, spreadDb} from './signal.ts';

const frames = 65_536;
const blocks = frames / blockFrames;
/** A change well inside the analysis window, not at its very middle. */
const half = blocks / 2;
/** Time from 0 to 1 within the second around the middle of the window. */
const progress = (block: number, sampleRate: number): number =>
  Math.min(1, Math.max(0, ((block - half) * blockFrames) / sampleRate + 0.5));
/** The same in a hundred steps a second, as a hand on a fader sends them. */
const stepped = (block: number, sampleRate: number): number => Math.floor(progress(block, sampleRate) * 100) / 100;

interface Gesture {
  readonly title: string;
  readonly settings: Partial<Strip>;
  at(block: number, sampleRate: number): {readonly strip?: Partial<Strip>; readonly masterLevelDb?: number};
}

const gestures: readonly Gesture[] = [
  {title: 'a fader jumps from 0 to −20 dB', settings: {}, at: (block) => ({strip: {levelDb: block < half ? 0 : -20}})},
  {
    title: 'a fader jumps from −∞ to 0 dB',
    settings: {},
    at: (block) => ({strip: {levelDb: block < half ? -Infinity : 0}}),
  },
  {title: 'a strip is muted', settings: {}, at: (block) => ({strip: {muted: block >= half}})},
  {title: 'a strip is unmuted', settings: {}, at: (block) => ({strip: {muted: block < half}})},
  {
    title: 'mute is toggled five times a second',
    settings: {},
    at: (block) => ({strip: {muted: Math.floor(block / 19) % 2 === 1}}),
  },
  {
    title: 'mute is toggled and taken back one block later',
    settings: {},
    at: (block) => ({strip: {muted: block === half}}),
  },
  {
    title: 'a fader moves from 0 to −20 dB in 100 steps a second',
    settings: {},
    at: (block, rate) => ({strip: {levelDb: -20 * stepped(block, rate)}}),
  },
  {
    title: 'a fader moves from −60 to +10 dB in 100 steps a second',
    settings: {},
    at: (block, rate) => ({strip: {levelDb: -60 + 70 * stepped(block, rate)}}),
  },
  {
    title: 'a mono strip is panned from left to right in 100 steps a second',
    settings: {channels: 1},
    at: (block, rate) => ({strip: {pan: -1 + 2 * stepped(block, rate)}}),
  },
  {
    title: 'a stereo strip is balanced from left to right in 100 steps a second',
    settings: {},
    at: (block, rate) => ({strip: {pan: -1 + 2 * stepped(block, rate)}}),
  },
  {title: 'a trim jumps by −12 dB', settings: {}, at: (block) => ({strip: {trimDb: block < half ? 0 : -12}})},
  {title: 'polarity is inverted', settings: {}, at: (block) => ({strip: {polarityInverted: block >= half}})},
  {title: 'the master jumps from 0 to −20 dB', settings: {}, at: (block) => ({masterLevelDb: block < half ? 0 : -20})},
];

for (const {title, settings, at} of gestures) {
  for (const sampleRate of [44_100, 48_000, 96_000]) {
    test(`no zipper at ${sampleRate} Hz: ${title}, and beyond ±200 Hz a 1 kHz tone stays 80 dB clean`, async (t) => {
      // Low enough that the ceiling has nothing to do at +10 dB.
      const tone = sine(frames, 1000, sampleRate, 0.25);
      const mixer = (block: number): Mixer => {
        const {strip, masterLevelDb} = at(block, sampleRate);
        return mixerOf([{...settings, ...strip}], masterLevelDb ?? 0);
      };
      const out = await renderAll(mixer(0), [memoryStem(tone, tone)], blocks, sampleRate, mixer);
      const worst = Math.max(
        spreadDb(out.left, tone, 1000, 200, sampleRate),
        spreadDb(out.right, tone, 1000, 200, sampleRate),
      );
      t.log(`${worst.toFixed(1)} dB`);
      t.true(worst < -80, `${worst} dB`);
    });
  }
}

test('a fader that moves evenly in every block makes a straight line: nothing sings at the block rate', async (t) => {
  const one = new Float32Array(60 * blockFrames).fill(0.5);
  const levelAt = (block: number): number => 20 * Math.log10(1 - 0.01 * Math.min(block, 50));
  const out = await renderAll(mixerOf([{}]), [memoryStem(one, one)], 60, 48_000, (block) =>
    mixerOf([{levelDb: levelAt(block)}]),
  );
  // Second differences of a line are zero; the first and last ramps bend it.
  const ramp = rampFrames(48_000, blockFrames);
  let bend = 0;
  for (let frame = ramp + blockFrames; frame < 48 * blockFrames; frame += 64) {
    bend = Math.max(
      bend,
      Math.abs((out.left[frame - 64] ?? 0) - 2 * (out.left[frame] ?? 0) + (out.left[frame + 64] ?? 0)),
    );
  }
  t.true(bend < 5e-7, `${bend}`);
});

test('a ramp rises without turning back, ends exactly at its target, and is the average over a block of a Hann step', (t) => {
  for (const sampleRate of [8000, 44_100, 48_000, 96_000, 192_000]) {
    const curve = rampCurve(sampleRate, blockFrames);
    const length = rampFrames(sampleRate, blockFrames);
    t.is(curve.length, length);
    t.true(Math.abs((curve[length - 1] ?? 0) - 1) < 1e-12);
    t.true(curve.every((value, index) => value >= (curve[index - 1] ?? 0) - 1e-15));
    for (const index of [0, 100, length >> 1, length - 2]) {
      t.true(Math.abs((curve[index] ?? 0) + (curve[length - 2 - index] ?? 0) - 1) < 1e-9);
    }
  }
  t.is(rampFrames(48_000, blockFrames), 1152);
});

test('a mute ends in digital silence 24 ms later and an unmute in the very samples', async (t) => {
  const tone = sine(20 * blockFrames, 997, 48_000);
  const out = await renderAll(mixerOf([{}]), [memoryStem(tone, tone)], 20, 48_000, (block) =>
    mixerOf([{muted: block >= 3 && block < 10}]),
  );
  const muted = 3 * blockFrames + 1152;
  t.true(out.left.subarray(muted, 10 * blockFrames).every((value) => value === 0));
  t.notDeepEqual(out.left[muted - 400], 0);
  const back = 10 * blockFrames + 1152;
  t.deepEqual(out.left.subarray(back), tone.subarray(back));
});
