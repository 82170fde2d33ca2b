import test from 'ava';
import {sine} from '../graph/signal.ts';
import {amplitudeAt, noProcessing, rendered} from './channel-rig.ts';

const db = (factor: number): number => 20 * Math.log10(factor);
const sampleRate = 48_000;
const from = 4800;
const to = 52_800;
const frames = 512 * 104;

/** Levels of the first harmonics in dB under the first, up to half the rate. */
function harmonics(signal: Float32Array, hertz: number): readonly number[] {
  const first = amplitudeAt(signal, hertz, sampleRate, from, to);
  return Array.from({length: 8}, (_, index) =>
    db(amplitudeAt(signal, (index + 1) * hertz, sampleRate, from, to) / first),
  );
}

/** Highest component that is no harmonic, in dB under the first: what folds back from above half the rate. In steps of `grid` Hz. */
function worstAliasDb(signal: Float32Array, hertz: number, grid: number): number {
  const first = amplitudeAt(signal, hertz, sampleRate, from, to);
  let worst = 0;
  for (let at = grid; at < 20_000; at += grid) {
    if (at % hertz !== 0) worst = Math.max(worst, amplitudeAt(signal, at, sampleRate, from, to));
  }
  return db(worst / first);
}

test('soft sounds keep their level: at −40 dB within 0.06 dB to 10 kHz, 0.3 dB to 20 kHz', async (t) => {
  for (const [hertz, most] of [
    [100, 0.01],
    [1000, 0.01],
    [5000, 0.02],
    [10_000, 0.06],
    [15_000, 0.15],
    [20_000, 0.3],
  ] as const) {
    const {left} = await rendered(
      {...noProcessing, saturator: {drive: 1, mix: 1}},
      sine(frames, hertz, sampleRate, 0.01),
    );
    const apart = db(amplitudeAt(left, hertz, sampleRate, from, to) / 0.01);
    t.true(Math.abs(apart) < most, `${hertz} Hz: ${apart} dB`);
  }
});

test('at low frequencies the sound comes 2.3 to 2.5 frames late, as through an analogue filter', async (t) => {
  const tone = sine(frames, 1000, sampleRate, 0.001);
  const {left} = await rendered({...noProcessing, saturator: {drive: 1, mix: 1}}, tone);
  let sum = 0;
  let power = 0;
  for (let n = from; n < to; n++) {
    sum += (left[n] ?? 0) * Math.cos((2 * Math.PI * 1000 * n) / sampleRate);
    power += (left[n] ?? 0) * Math.sin((2 * Math.PI * 1000 * n) / sampleRate);
  }
  const delay = (-Math.atan2(sum, power) * sampleRate) / (2 * Math.PI * 1000);
  t.log(`${delay.toFixed(3)} frames`);
  t.true(delay > 2.3 && delay < 2.5);
});

test('below the clip it makes the third harmonic of its cube, and no even one', async (t) => {
  // f(u) = u − u³/3 with u = sin: the third harmonic is 1/12, the first 3/4.
  const {left} = await rendered({...noProcessing, saturator: {drive: 1, mix: 1}}, sine(frames, 200, sampleRate, 1));
  const levels = harmonics(left, 200);
  t.true(Math.abs((levels[2] ?? 0) - db(1 / 9)) < 0.05, `${levels[2]}`);
  for (const even of [1, 3, 5]) t.true((levels[even] ?? 0) < -100, `${levels[even]}`);
  t.true((levels[4] ?? 0) < -100);
  t.true(Math.abs(db(amplitudeAt(left, 200, sampleRate, from, to) / 0.75)) < 0.01);
});

test('driven hard it comes to a square wave of two thirds over the drive, and is never louder than what goes in', async (t) => {
  const {left} = await rendered({...noProcessing, saturator: {drive: 15.8, mix: 1}}, sine(frames, 100, sampleRate, 1));
  t.true(Math.abs((amplitudeAt(left, 100, sampleRate, from, to) * 15.8) / ((4 / Math.PI) * (2 / 3)) - 1) < 0.01);
  t.true(Math.abs((harmonics(left, 100)[2] ?? 0) - db(1 / 3)) < 0.3);
});

test('half the mix is half of each, and both come at the same time', async (t) => {
  const tone = sine(frames, 5000, sampleRate, 0.9);
  const [whole, half, none] = await Promise.all(
    [1, 0.5, 1e-9].map((mix) => rendered({...noProcessing, saturator: {drive: 3, mix}}, tone)),
  );
  let worst = 0;
  for (let n = 0; n < frames; n++) {
    worst = Math.max(worst, Math.abs((half?.left[n] ?? 1) - ((none?.left[n] ?? 0) + (whole?.left[n] ?? 0)) / 2));
  }
  t.true(worst < 1e-6);
  t.true(Math.abs(db(amplitudeAt(none?.left ?? [], 5000, sampleRate, from, to) / 0.9)) < 0.001, 'an all-pass alone');
});

for (const [hertz, drive, most] of [
  [1250, 4, -80],
  [5000, 4, -60],
  [7000, 2, -54],
] as const) {
  test(`aliases of ${hertz} Hz at 0 dBFS, driven by ${db(drive).toFixed(0)} dB, stay ${-most} dB under it, and at least 34 dB under those of the bare curve`, async (t) => {
    const tone = sine(frames, hertz, sampleRate, 1);
    const {left} = await rendered({...noProcessing, saturator: {drive, mix: 1}}, tone);
    const bare = tone.map((x) => {
      const u = Math.max(-1, Math.min(1, drive * x));
      return (u - u ** 3 / 3) / drive;
    });
    const grid = hertz === 1250 ? 250 : 1000;
    const ours = worstAliasDb(left, hertz, grid);
    const theirs = worstAliasDb(bare, hertz, grid);
    t.log(`${ours.toFixed(1)} dB, the bare curve ${theirs.toFixed(1)} dB`);
    t.true(ours < most && ours < theirs - 34);
  });
}
