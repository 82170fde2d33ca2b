import test from 'ava';
import fc from 'fast-check';
import {isStable, magnitudeDb} from '../../../src/engine/plan/biquad.ts';
import {designSections, designSidechain} from '../../../src/engine/plan/filter-design.ts';
import type {Biquad} from '../../../src/engine/plan/plan.ts';
import {
  analogueDb,
  bell,
  highPass,
  highShelf,
  lowPass,
  lowShelf,
  type Prototype,
} from '../../../src/engine/plan/prototype.ts';
import {cascadeDb, largestErrorDb, topHz} from './response.ts';

/** What the desk promises, dB. */
const promisedDb = 0.05;
const rates = [44_100, 48_000, 96_000];
const frequencies = [20, 60, 250, 1000, 2500, 5000, 8000, 11_000, 14_000, 16_000, 17_500, 20_000];
const gains = [-18, -6, 1, 9, 18];
const qs = [0.1, 0.2, 0.4, 0.71, 1.4, 4, 16];

for (const sampleRate of rates) {
  for (const [name, shape] of [
    ['bell', bell],
    ['low shelf', lowShelf],
    ['high shelf', highShelf],
  ] as const) {
    test(`every ${name} follows its analogue prototype within 0.05 dB to 18 kHz at ${sampleRate} Hz`, (t) => {
      let worst = 0;
      for (const hz of frequencies) {
        for (const gainDb of gains) {
          for (const q of qs) {
            const prototype = shape(hz, gainDb, q);
            const sections = designSections(prototype, sampleRate);
            const error = largestErrorDb(sections, prototype, sampleRate);
            worst = Math.max(worst, error);
            t.true(error <= promisedDb, `${hz} Hz ${gainDb} dB Q ${q}: ${error.toFixed(4)} dB`);
            t.true(sections.length <= 2 && sections.every(isStable));
          }
        }
      }
      t.log(`largest error ${worst.toFixed(4)} dB`);
    });
  }

  for (const [name, pass, lowest, highest] of [
    ['low-pass', lowPass, 200, 20_000],
    ['high-pass', highPass, 20, 2000],
  ] as const) {
    for (const slope of [12, 24] as const) {
      test(`every ${name} of ${slope} dB follows its analogue prototype within 0.05 dB to 18 kHz at ${sampleRate} Hz`, (t) => {
        let worst = 0;
        for (let step = 0; step <= 16; step++) {
          const hz = lowest * (highest / lowest) ** (step / 16);
          const sections = designSections(pass(hz, slope), sampleRate);
          const error = largestErrorDb(sections, pass(hz, slope), sampleRate);
          worst = Math.max(worst, error);
          t.true(error <= promisedDb, `${hz} Hz: ${error.toFixed(4)} dB`);
          t.true(sections.length <= 2 && sections.every(isStable));
        }
        t.log(`largest error ${worst.toFixed(4)} dB`);
      });
    }
  }
}

const anyFilter: fc.Arbitrary<Prototype> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(bell, lowShelf, highShelf),
      fc.double({min: Math.log(20), max: Math.log(20_000), noNaN: true}),
      fc.double({min: -18, max: 18, noNaN: true}),
      fc.double({min: Math.log(0.1), max: Math.log(16), noNaN: true}),
    )
    .map(([shape, hz, gainDb, q]) => shape(Math.exp(hz), gainDb, Math.exp(q))),
  fc
    .tuple(fc.double({min: Math.log(200), max: Math.log(20_000), noNaN: true}), fc.constantFrom<12 | 24>(12, 24))
    .map(([hz, slope]) => lowPass(Math.exp(hz), slope)),
  fc
    .tuple(fc.double({min: Math.log(20), max: Math.log(2000), noNaN: true}), fc.constantFrom<12 | 24>(12, 24))
    .map(([hz, slope]) => highPass(Math.exp(hz), slope)),
);
/** Zeros of a section as the poles of its inverse. */
const inverse = ({b0, b1, b2}: Biquad): Biquad => ({b0: 1, b1: 0, b2: 0, a1: b1 / b0, a2: b2 / b0});

test('any filter is within 0.05 dB of its prototype at 44.1 and 48 kHz', (t) => {
  fc.assert(
    fc.property(anyFilter, fc.constantFrom(44_100, 48_000), (prototype, sampleRate) => {
      const error = largestErrorDb(designSections(prototype, sampleRate), prototype, sampleRate);
      return error <= promisedDb;
    }),
    {numRuns: 300},
  );
  t.pass();
});

test('any filter at any sample rate is stable, finite and of minimum phase', (t) => {
  fc.assert(
    fc.property(anyFilter, fc.integer({min: 8000, max: 384_000}), (prototype, sampleRate) => {
      const highPassed = prototype.some(({numerator}) => numerator[0] === 0);
      return designSections(prototype, sampleRate).every(
        (section) =>
          Object.values(section).every(Number.isFinite) &&
          isStable(section) &&
          (highPassed || isStable(inverse(section))),
      );
    }),
    {numRuns: 300},
  );
  t.pass();
});

for (const sampleRate of [8000, 22_050, 32_000, 192_000]) {
  test(`filters hold at ${sampleRate} Hz too, those over Nyquist with what reaches under it`, (t) => {
    for (const prototype of [
      bell(1000, 12, 0.71),
      bell(20_000, 18, 0.3),
      highShelf(8000, -12, 0.71),
      lowPass(16_000, 12),
      lowPass(20_000, 24),
      highPass(2000, 24),
    ]) {
      t.true(largestErrorDb(designSections(prototype, sampleRate), prototype, sampleRate) <= 0.1);
    }
  });
}

test('a cut is the inverse of the boost', (t) => {
  for (const [hz, q] of [
    [100, 1],
    [8000, 0.71],
    [16_000, 4],
  ] as const) {
    const boost = designSections(bell(hz, 12, q), 44_100);
    const cut = designSections(bell(hz, -12, q), 44_100);
    for (const at of [50, 1000, 8000, 16_000, 18_000]) {
      t.true(Math.abs(cascadeDb(boost, at, 44_100) + cascadeDb(cut, at, 44_100)) < 2 * promisedDb);
    }
  }
});

test('a bell of 0 dB is nothing at all', (t) => {
  for (const hz of [20, 1000, 20_000]) {
    for (let at = 20; at < 22_000; at *= 1.3) {
      t.true(Math.abs(cascadeDb(designSections(bell(hz, 0, 0.71), 44_100), at, 44_100)) < 1e-3);
    }
  }
});

for (const [name, at, from, to] of [
  ['a bell of +18 dB swept from 5 kHz through 0.9 of Nyquist', (hz: number) => bell(hz, 18, 0.71), 5000, 20_000],
  ['a narrow bell swept through 0.9 of Nyquist', (hz: number) => bell(hz, 12, 8), 15_000, 20_000],
  ['a wide bell swept through the middle', (hz: number) => bell(hz, 18, 0.1), 200, 2000],
  ['a high shelf swept up', (hz: number) => highShelf(hz, 12, 0.71), 2000, 20_000],
  ['a shelf that overshoots swept up', (hz: number) => lowShelf(hz, 18, 4), 8000, 20_000],
  ['a low-pass swept up', (hz: number) => lowPass(hz, 12), 3000, 20_000],
  ['a steep low-pass swept up', (hz: number) => lowPass(hz, 24), 1000, 20_000],
] as const) {
  test(`${name} moves as its prototype moves, without a jump`, (t) => {
    const sampleRate = 44_100;
    const heard = Array.from({length: 30}, (_, step) => 20 * (topHz(sampleRate) / 20) ** (step / 29));
    let last: readonly number[] | undefined;
    let worst = 0;
    const steps = 160;
    for (let step = 0; step <= steps; step++) {
      const prototype = at(from * (to / from) ** (step / steps));
      const sections = designSections(prototype, sampleRate);
      const errors = heard.map((hz) => cascadeDb(sections, hz, sampleRate) - analogueDb(prototype, hz));
      errors.forEach((error, index) => {
        worst = Math.max(worst, Math.abs(error - (last?.[index] ?? error)));
      });
      last = errors;
    }
    t.log(`largest jump ${worst.toFixed(4)} dB`);
    t.true(worst <= 0.03, `${worst} dB`);
  });
}

test('gain and Q move the response smoothly too', (t) => {
  fc.assert(
    fc.property(
      fc.double({min: 1000, max: 20_000, noNaN: true}),
      fc.double({min: -17, max: 17, noNaN: true}),
      fc.double({min: 0.15, max: 8, noNaN: true}),
      (hz, gainDb, q) => {
        const one = designSections(bell(hz, gainDb, q), 44_100);
        const other = designSections(bell(hz, gainDb + 0.02, q * 1.002), 44_100);
        return [100, 1000, 5000, 10_000, 14_000, 17_900].every(
          (at) => Math.abs(cascadeDb(one, at, 44_100) - cascadeDb(other, at, 44_100)) < 0.15,
        );
      },
    ),
    {numRuns: 100},
  );
  t.pass();
});

test("the detector's high-pass is 3 dB down at its frequency", (t) => {
  for (const hz of [21, 100, 1000]) {
    const section = designSidechain(hz, 48_000);
    t.true(section !== undefined && Math.abs(magnitudeDb(section, hz, 48_000) + 3.01) < 0.02);
    t.true(section !== undefined && Math.abs(magnitudeDb(section, hz / 10, 48_000) + 40) < 0.1);
  }
});
