import test from 'ava';
import fc from 'fast-check';
import {createReference, matchOf, type Reference} from '../../../src/engine/monitor/reference.ts';
import type {Stem} from '../../../src/engine/stem.ts';
import {memoryStem} from '../memory-stem.ts';
import {difference, noise, same} from './monitor-rig.ts';

const track = {left: noise(9600, 3), right: noise(9600, 4)};
const stem = memoryStem(track.left, track.right);

/** What a reference adds to silence in so many frames from one on; it runs all the time unless said otherwise. */
function added(reference: Reference, atFrame: number, frames: number, running = 1, block = 480): Float32Array {
  const left = new Float32Array(frames);
  for (let from = 0; from < frames; from += block) {
    const part = left.subarray(from, from + block);
    const turn = new Float64Array(part.length).fill(running);
    reference.add(atFrame + from, turn, running === 0, part, new Float32Array(part.length));
  }
  return left;
}

function heardReference(from: Stem = stem, gainDb = 0): Reference {
  const reference = createReference(from, 48_000);
  reference.setGain(gainDb);
  reference.setHeard(true);
  added(reference, 0, 480);
  return reference;
}

test('a reference is turned to the loudness of the mix: down as far as need be, up until its highest peak is at -1 dBTP', (t) => {
  const table = [
    // mix, reference, its true peak → gain, missing
    [-18, -9, -0.2, -9, 0],
    [-14, -18, -10, 4, 0],
    [-14, -18, -3, 2, 2],
    [-14, -18, -0.2, 0, 4],
    [-14, -18, 0.8, 0, 4],
    [-60, -9, 0, -40, 0],
    [-9, -60, -58, 40, 11],
    [Number.NaN, -9, 0, 0, 0],
    [Number.NEGATIVE_INFINITY, -9, 0, 0, 0],
    [-14, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0],
  ] as const;
  for (const [mix, integratedLufs, truePeakDb, gainDb, missingDb] of table)
    t.deepEqual(matchOf(mix, {integratedLufs, truePeakDb}), {gainDb, missingDb});
});

test('whatever the loudness of both, a match never brings a peak over -1 dBTP that was not there before', (t) => {
  const level = fc.double({min: -80, max: 5, noNaN: true});
  fc.assert(
    fc.property(level, level, fc.double({min: -60, max: 3, noNaN: true}), (mix, integratedLufs, truePeakDb) => {
      const {gainDb, missingDb} = matchOf(mix, {integratedLufs, truePeakDb});
      const after = truePeakDb + gainDb;
      const equal = integratedLufs + gainDb + missingDb - mix;
      return after <= Math.max(-1, truePeakDb) + 1e-9 && (Math.abs(equal) < 1e-9 || gainDb === -40) && gainDb <= 40;
    }),
  );
  t.pass();
});

test('until it is heard it adds nothing and reads nothing', (t) => {
  const unread: Stem = {...stem, read: () => t.fail() as never};
  const reference = createReference(unread, 48_000);
  t.true(added(reference, 0, 4800).every((sample) => sample === 0));
  t.true(reference.silent);
});

test('heard, it is the track from where it runs, at its gain', (t) => {
  t.true(same(added(heardReference(), 1000, 4800), track.left.slice(1000, 5800)));
  const halved = track.left.slice(1000, 5800).map((sample) => sample / 2);
  t.true(difference(added(heardReference(stem, -6.0206), 1000, 4800), halved) < 1e-6);
});

test('a new gain glides while it sounds, and is there at once while it does not', (t) => {
  const ones = memoryStem(new Float32Array(96_000).fill(1));
  const reference = heardReference(ones);
  reference.setGain(-20);
  const out = added(reference, 1000, 960);
  t.true((out[0] ?? 0) > 0.99 && Math.abs((out[959] ?? 0) - 0.1) < 1e-6);
  const steps = [...out.keys()].slice(1).map((frame) => (out[frame - 1] ?? 0) - (out[frame] ?? 0));
  t.true(Math.max(...steps) < 0.9 * (2 / 480) * 1.01);
  for (const gainDb of [Number.NaN, 1000, -1000]) {
    const other = heardReference(ones, gainDb);
    t.true(
      Math.abs((added(other, 1000, 10)[9] ?? 0) - (Number.isNaN(gainDb) ? 1 : 10 ** (Math.sign(gainDb) * 2))) < 1e-3,
    );
  }
});

test('at its end it begins again, faded over 10 ms on both sides', (t) => {
  const ones = memoryStem(new Float32Array(9600).fill(1));
  const out = added(heardReference(ones), 5 * 9600 - 2400, 4800);
  t.is(out[0], 1);
  t.is(out[2399 - 480], 1);
  t.true((out[2399] ?? 1) <= 1 / 480 + 1e-9 && (out[2400] ?? 1) <= 1 / 480 + 1e-9);
  t.is(out[2400 + 480], 1);
  const steps = [...out.keys()].slice(1).map((frame) => Math.abs((out[frame - 1] ?? 0) - (out[frame] ?? 0)));
  t.true(Math.max(...steps) < 1.01 / 480);
});

test('the same is heard whatever the blocks, even longer than the track', (t) => {
  const short = memoryStem(track.left.slice(0, 333), track.right.slice(0, 333));
  const whole = added(heardReference(short), 50, 2000, 1, 2000);
  for (const block of [1, 100, 480]) t.true(same(added(heardReference(short), 50, 2000, 1, block), whole), `${block}`);
});

test('what the file has not given yet is silence, and is told; of a file that is gone it is not', async (t) => {
  const starved: Stem = {
    ...stem,
    prepare: () => Promise.reject(new Error('gone')),
    read(_, left, right) {
      left.fill(0);
      right.fill(0);
      return false;
    },
  };
  const reference = createReference(starved, 48_000);
  const block = (): boolean => {
    const side = () => new Float32Array(480);
    return reference.add(0, new Float64Array(480).fill(1), false, side(), side());
  };
  t.true(block(), 'unheard it needs no frames');
  reference.setHeard(true);
  t.false(block());
  await t.throwsAsync(reference.prepare(0, 480));
  t.true(block());
});

test('frames are prepared round the end of the track', async (t) => {
  const asked: (readonly number[])[] = [];
  const counting: Stem = {
    ...stem,
    async prepare(atFrame, frames) {
      asked.push([atFrame, frames]);
    },
  };
  const reference = createReference(counting, 48_000);
  await reference.prepare(3 * 9600 + 100, 400);
  await reference.prepare(3 * 9600 - 100, 400);
  t.deepEqual(asked, [
    [100, 400],
    [9500, 400],
    [0, 300],
  ]);
});
