import test from 'ava';
import {createReference, loudnessOffsetDb} from '../../../src/engine/monitor/reference.ts';
import {memoryStem} from '../memory-stem.ts';
import {difference, noise, same, tone} from './monitor-rig.ts';

const mix = {left: noise(4800, 1), right: noise(4800, 2)};
const track = {left: noise(9600, 3), right: noise(9600, 4)};
const stem = () => memoryStem(track.left, track.right);

/** What is heard while the reference is switched on or off before given blocks of 480 frames. */
function compared(offsetDb: number, heardFrom: Readonly<Record<number, boolean>>, sound = mix, other = stem()) {
  const reference = createReference(other, offsetDb, 48_000);
  const out = {left: sound.left.slice(), right: sound.right.slice()};
  for (let from = 0; from < out.left.length; from += 480) {
    const heard = heardFrom[from / 480];
    if (heard !== undefined) reference.setHeard(heard);
    reference.process(1000 + from, out.left.subarray(from, from + 480), out.right.subarray(from, from + 480));
  }
  return {reference, out};
}

test('only the louder one is turned down, by what it is louder', (t) => {
  const gains = [
    [6, 0, -6],
    [-4, -4, 0],
    [0, 0, 0],
    [Number.NaN, 0, 0],
    [100, 0, -40],
  ] as const;
  for (const [offset, mixGain, referenceGain] of gains) {
    const reference = createReference(stem(), offset, 48_000);
    t.is(reference.mixGainDb, mixGain);
    t.is(reference.referenceGainDb, referenceGain);
  }
});

test('unheard, a reference that is not the quieter one changes no bit of the mix', (t) => {
  const {out} = compared(6, {});
  t.true(same(out.left, mix.left));
  t.true(same(out.right, mix.right));
});

test('heard, it is the track alone at its gain, from where it plays', (t) => {
  const {out} = compared(6.0206, {0: true});
  const expected = track.left.subarray(1000, 5800).map((sample) => sample / 2);
  t.true(difference(out.left, expected, 480) < 1e-6);
});

test('the mix stays turned down while a quieter reference is there, heard or not', (t) => {
  const {out} = compared(-6.0206, {});
  t.true(
    difference(
      out.left,
      mix.left.map((sample) => sample / 2),
    ) < 1e-6,
  );
  const heard = compared(-6.0206, {0: true}).out;
  t.true(difference(heard.left, track.left.subarray(1000, 5800), 480) < 1e-6);
});

test('equal signals pass the cross-fade untouched: its gains add up to 1', (t) => {
  const same = {left: tone(9600, 440), right: tone(9600, 440)};
  const shifted = memoryStem(same.left, same.right);
  const sound = {left: same.left.slice(1000, 5800), right: same.right.slice(1000, 5800)};
  const {out} = compared(0, {2: true, 5: false, 6: true}, sound, shifted);
  t.true(difference(out.left, sound.left) < 1e-6);
});

test('the cross-fade takes 10 ms and has no corners', (t) => {
  const ones = {left: new Float32Array(4800).fill(1), right: new Float32Array(4800).fill(1)};
  const nothing = memoryStem(new Float32Array(9600), new Float32Array(9600));
  const {out} = compared(0, {2: true}, ones, nothing);
  t.is(out.left[959], 1);
  t.is(out.left[960 + 479], 0);
  t.true(Math.abs((out.left[960 + 240] ?? 0) - 0.5) < 0.01);
  const steps = [...out.left.keys()].slice(1).map((frame) => (out.left[frame - 1] ?? 0) - (out.left[frame] ?? 0));
  t.true(Math.min(...steps) > -1e-6 && Math.max(...steps) < 0.005);
});

test('a new offset glides in', (t) => {
  const reference = createReference(stem(), 0, 48_000);
  const ones = new Float32Array(960).fill(1);
  reference.setOffset(-20);
  reference.process(0, ones, ones.slice());
  t.true((ones[0] ?? 0) > 0.99);
  t.true(Math.abs((ones[959] ?? 0) - 0.1) < 1e-6);
});

test('what the file has not given yet is silence, and is told', (t) => {
  const starved = {
    ...stem(),
    read(_atFrame: number, left: Float32Array, right: Float32Array) {
      left.fill(0);
      right.fill(0);
      return false;
    },
  };
  const reference = createReference(starved, 0, 48_000);
  t.true(reference.process(0, new Float32Array(480), new Float32Array(480)), 'unheard it needs no frames');
  reference.setHeard(true);
  t.false(reference.process(0, new Float32Array(480), new Float32Array(480)));
});

test('the offset is the difference in loudness; of what is unknown or silent there is none', (t) => {
  t.is(loudnessOffsetDb(-18, -9), 9);
  t.is(loudnessOffsetDb(-9, -14), -5);
  for (const unknown of [Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]) {
    t.is(loudnessOffsetDb(unknown, -14), 0);
    t.is(loudnessOffsetDb(-14, unknown), 0);
  }
  t.is(loudnessOffsetDb(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY), 0);
});
