import test from 'ava';
import fc from 'fast-check';
import {
  analogueDb,
  bell,
  butterworthQs,
  highPass,
  highShelf,
  lowPass,
  lowShelf,
  type Prototype,
} from '../../../src/engine/plan/prototype.ts';

const table: readonly (readonly [name: string, prototype: Prototype, hz: number, levelDb: number])[] = [
  ['a bell has its gain at its frequency', bell(1000, 6, 2), 1000, 6],
  ['a bell does nothing far below', bell(1000, 18, 1), 0.001, 0],
  ['a bell does nothing far above', bell(1000, 18, 1), 1e9, 0],
  ['a low shelf has its gain far below', lowShelf(1000, -9, 0.71), 0.001, -9],
  ['a low shelf has half its gain at its frequency', lowShelf(1000, -9, 0.71), 1000, -4.5],
  ['a low shelf does nothing far above', lowShelf(1000, -9, 0.71), 1e9, 0],
  ['a high shelf has its gain far above', highShelf(1000, 12, 0.71), 1e9, 12],
  ['a high shelf has half its gain at its frequency', highShelf(1000, 12, 4), 1000, 6],
  ['a high shelf does nothing far below', highShelf(1000, 12, 0.71), 0.001, 0],
  ['a low-pass is 3 dB down at its frequency', lowPass(1000, 12), 1000, -3.0103],
  ['a steep low-pass is 3 dB down at its frequency', lowPass(1000, 24), 1000, -3.0103],
  ['a low-pass falls 12 dB an octave', lowPass(1000, 12), 1e6, -120],
  ['a steep low-pass falls 24 dB an octave', lowPass(1000, 24), 1e6, -240],
  ['a low-pass lets the bottom through', lowPass(1000, 24), 0, 0],
  ['a high-pass is 3 dB down at its frequency', highPass(1000, 12), 1000, -3.0103],
  ['a high-pass falls 12 dB an octave', highPass(1000, 12), 1, -120],
  ['a steep high-pass falls 24 dB an octave', highPass(1000, 24), 1, -240],
  ['a high-pass lets the top through', highPass(1000, 24), 1e9, 0],
];

for (const [name, prototype, hz, levelDb] of table) {
  test(name, (t) => t.true(Math.abs(analogueDb(prototype, hz) - levelDb) < 1e-3, `${analogueDb(prototype, hz)} dB`));
}

test('a high-pass lets no direct voltage through', (t) =>
  t.is(analogueDb(highPass(80, 12), 0), Number.NEGATIVE_INFINITY));

test('Butterworth pole pairs', (t) => {
  t.deepEqual(
    [butterworthQs(12), butterworthQs(24)].map((qs) => qs.map((q) => q.toFixed(4))),
    [['0.7071'], ['0.5412', '1.3066']],
  );
});

test('cuts are inverses of boosts, for bells and shelves at any frequency', (t) => {
  fc.assert(
    fc.property(
      fc.constantFrom(bell, lowShelf, highShelf),
      fc.double({min: -18, max: 18, noNaN: true}),
      fc.double({min: 0.1, max: 16, noNaN: true}),
      fc.double({min: 1, max: 30_000, noNaN: true}),
      (shape, gainDb, q, hz) =>
        Math.abs(analogueDb(shape(1000, gainDb, q), hz) + analogueDb(shape(1000, -gainDb, q), hz)) < 1e-9,
    ),
  );
  t.pass();
});
