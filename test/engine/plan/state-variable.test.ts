import test from 'ava';
import fc from 'fast-check';
import {biquadPower, identityBiquad, isStable, magnitudeDb} from '../../../src/engine/plan/biquad.ts';
import {designSections} from '../../../src/engine/plan/filter-design.ts';
import type {Biquad} from '../../../src/engine/plan/plan.ts';
import {bell, highPass, lowPass, lowShelf} from '../../../src/engine/plan/prototype.ts';
import {stateVariable} from '../../../src/engine/plan/state-variable.ts';

/** The answer to an impulse by the difference equation. */
function direct({b0, b1, b2, a1, a2}: Biquad, frames: number): readonly number[] {
  const input = [1];
  const output: number[] = [];
  for (let n = 0; n < frames; n++) {
    const x = (back: number): number => input[n - back] ?? 0;
    const y = (back: number): number => output[n - back] ?? 0;
    output.push(b0 * x(0) + b1 * x(1) + b2 * x(2) - a1 * y(1) - a2 * y(2));
  }
  return output;
}

/** The same by the state-variable form, its numbers and states rounded by `round`. */
function stateful(biquad: Biquad, frames: number, round: (value: number) => number): readonly number[] {
  const {g, k, high, band, low} = stateVariable(biquad);
  const [rg, rk, rh, rb, rl] = [round(g), round(k), round(high), round(band), round(low)];
  const over = round(1 / (1 + rg * (rg + rk)));
  let s1 = 0;
  let s2 = 0;
  return Array.from({length: frames}, (_, n) => {
    const h = round(round((n === 0 ? 1 : 0) - round(rk + rg) * s1 - s2) * over);
    const b = round(rg * h + s1);
    const l = round(rg * b + s2);
    s1 = round(b + rg * h);
    s2 = round(l + rg * b);
    return rh * h + rb * b + rl * l;
  });
}

const filters = [
  bell(1000, 12, 2),
  bell(20, 18, 0.71),
  lowShelf(100, -6, 0.71),
  highPass(20, 12),
  lowPass(16_000, 12),
  bell(18_000, -9, 8),
].flatMap((prototype) => designSections(prototype, 48_000));

test('the state-variable form is the same filter', (t) => {
  for (const biquad of filters) {
    const wanted = direct(biquad, 2000);
    const got = stateful(biquad, 2000, (value) => value);
    t.true(wanted.every((value, n) => Math.abs(value - (got[n] ?? Number.NaN)) < 1e-9));
  }
});

test('in single precision it keeps a bell at 20 Hz, where the difference form does not', (t) => {
  const sampleRate = 44_100;
  const [section] = designSections(bell(20, 6, 0.71), sampleRate);
  if (section === undefined) return t.fail();
  const frames = 30_000;
  const powerDb = (answer: readonly number[], hz: number): number => {
    const angle = (2 * Math.PI * hz) / sampleRate;
    const [re, im] = answer.reduce(
      ([real, imaginary], value, n) => [real + value * Math.cos(angle * n), imaginary - value * Math.sin(angle * n)],
      [0, 0] as readonly [number, number],
    );
    return 10 * Math.log10(re * re + im * im);
  };
  const rounded = stateful(section, frames, Math.fround);
  for (const hz of [5, 20, 60]) t.true(Math.abs(powerDb(rounded, hz) - magnitudeDb(section, hz, sampleRate)) < 0.01);
  const {b0, b1, b2, a1, a2} = section;
  const [f0, f1, f2, f3, f4] = [b0, b1, b2, a1, a2].map(Math.fround);
  const blunt = {b0: f0 ?? 0, b1: f1 ?? 0, b2: f2 ?? 0, a1: f3 ?? 0, a2: f4 ?? 0};
  t.true(Math.abs(magnitudeDb(blunt, 1, sampleRate) - magnitudeDb(section, 1, sampleRate)) > 0.1);
});

test('the section that changes nothing changes nothing', (t) => {
  t.is(magnitudeDb(identityBiquad, 1234, 48_000), 0);
  t.true(isStable(identityBiquad));
  t.deepEqual(stateVariable(identityBiquad), {g: 1, k: 2, high: 1, band: 2, low: 1});
});

test('the power of a section is that of its difference equation on the unit circle', (t) => {
  const anyNumber = fc.double({min: -0.9, max: 0.9, noNaN: true});
  fc.assert(
    fc.property(
      anyNumber,
      anyNumber,
      anyNumber,
      anyNumber,
      fc.double({min: 0.01, max: 3, noNaN: true}),
      (b1, b2, a1, a2, angle) => {
        const square = (c1: number, c2: number): number =>
          (1 + c1 * Math.cos(angle) + c2 * Math.cos(2 * angle)) ** 2 +
          (c1 * Math.sin(angle) + c2 * Math.sin(2 * angle)) ** 2;
        const wanted = square(b1, b2) / square(a1, a2);
        const got = biquadPower({b0: 1, b1, b2, a1, a2}, (angle / (2 * Math.PI)) * 48_000, 48_000);
        return square(a1, a2) < 1e-6 || Math.abs(got - wanted) <= 1e-6 * Math.max(1, wanted);
      },
    ),
  );
  t.pass();
});

for (const [a1, a2, stable] of [
  [0, 0, true],
  [-1.99, 0.995, true],
  [-2, 1, false],
  [0, 1, false],
  [0, -1, false],
  [1.5, 0.4, false],
  [0, -0.99, true],
] as const) {
  test(`poles of z² + ${a1}·z + ${a2} are ${stable ? '' : 'not '}inside the unit circle`, (t) => {
    t.is(isStable({b0: 1, b1: 0, b2: 0, a1, a2}), stable);
  });
}
