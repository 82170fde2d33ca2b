import test from 'ava';
import fc from 'fast-check';
import {type Biquad, kWeighting} from '../../../src/gain/k-weighting.ts';

/** BS.1770-5, annex 1, tables 1 and 2. */
const published = {
  shelf: {
    b0: 1.53512485958697,
    b1: -2.69169618940638,
    b2: 1.19839281085285,
    a1: -1.69065929318241,
    a2: 0.73248077421585,
  },
  highPass: {b0: 1, b1: -2, b2: 1, a1: -1.99004745483398, a2: 0.99007225036621},
};

function sectionDb({b0, b1, b2, a1, a2}: Biquad, turn: number): number {
  const power = (c0: number, c1: number, c2: number): number =>
    (c0 + c1 * Math.cos(turn) + c2 * Math.cos(2 * turn)) ** 2 + (c1 * Math.sin(turn) + c2 * Math.sin(2 * turn)) ** 2;
  return 10 * Math.log10(power(b0, b1, b2) / power(1, a1, a2));
}

function gainDb(hertz: number, sampleRate: number): number {
  const {shelf, highPass} = kWeighting(sampleRate);
  const turn = (2 * Math.PI * hertz) / sampleRate;
  return sectionDb(shelf, turn) + sectionDb(highPass, turn);
}

test('at 48 kHz the factors are those of the standard', (t) => {
  const made = kWeighting(48_000);
  for (const section of ['shelf', 'highPass'] as const) {
    for (const name of ['b0', 'b1', 'b2', 'a1', 'a2'] as const) {
      const difference = made[section][name] - published[section][name];
      t.true(Math.abs(difference) < 1e-12, `${section} ${name} is off by ${difference}`);
    }
  }
});

test('the gain follows the table from 20 Hz to 20 kHz', (t) => {
  const table = [
    [20, -13.275],
    [50, -3.934],
    [100, -1.133],
    [200, -0.265],
    [500, 0.042],
    [997, 0.691],
    [1000, 0.698],
    [2000, 3.071],
    [4000, 3.968],
    [8000, 4.039],
    [10_000, 4.042],
    [20_000, 4.043],
  ] as const;
  for (const [hertz, db] of table) {
    t.true(Math.abs(gainDb(hertz, 48_000) - db) < 0.005, `${hertz} Hz: ${gainDb(hertz, 48_000)}`);
  }
});

test('other rates answer as 48 kHz does', (t) => {
  /** Greatest deviation from 20 Hz to 20 kHz, or to nine tenths of half the rate. */
  const table = [
    [8000, 0.3],
    [16_000, 0.07],
    [22_050, 0.035],
    [32_000, 0.012],
    [44_100, 0.003],
    [88_200, 0.007],
    [96_000, 0.007],
    [192_000, 0.009],
  ] as const;
  for (const [rate, most] of table) {
    let worst = 0;
    for (let hertz = 20; hertz <= Math.min(20_000, 0.45 * rate); hertz *= 1.02) {
      worst = Math.max(worst, Math.abs(gainDb(hertz, rate) - gainDb(hertz, 48_000)));
    }
    t.true(worst <= most, `${rate}: ${worst}`);
    if (rate >= 44_100) t.true(Math.abs(gainDb(997, rate) - 0.691) < 0.006, `997 Hz at ${rate}: ${gainDb(997, rate)}`);
  }
});

test('both sections are stable at every rate, asked for sensibly or not', (t) => {
  fc.assert(
    fc.property(fc.double({noNaN: true, min: -1e9, max: 1e9}), (rate) => {
      for (const {b0, b1, b2, a1, a2} of Object.values(kWeighting(rate))) {
        if (![b0, b1, b2, a1, a2].every(Number.isFinite)) return false;
        if (!(Math.abs(a2) < 1 && Math.abs(a1) < 1 + a2)) return false;
      }
      return true;
    }),
  );
  t.pass();
});
