import test from 'ava';
import fc from 'fast-check';
import {deskTaper, highestLevelDb, levelAt, lowestLevelDb, positionOf, type Taper} from '../../src/model/taper.ts';

const printed: readonly (readonly [number, number])[] = [
  [1, 10],
  [0.75, 0],
  [0.5, -10],
  [0.25, -30],
  [0.0625, -60],
];

for (const [position, levelDb] of printed) {
  test(`the desk's fader stands for ${levelDb} dB at ${position} of its travel`, (t) => {
    t.is(levelAt(deskTaper, position), levelDb);
    t.is(positionOf(deskTaper, levelDb), position);
  });
}

test('the bottom of the travel is silence, and so is everything below it', (t) => {
  for (const position of [0, -1, Number.NaN]) t.is(levelAt(deskTaper, position), Number.NEGATIVE_INFINITY);
  for (const levelDb of [Number.NEGATIVE_INFINITY, lowestLevelDb, -1000]) t.is(positionOf(deskTaper, levelDb), 0);
});

test('what lies above the top is the top', (t) => {
  t.is(levelAt(deskTaper, 7), highestLevelDb);
  t.is(positionOf(deskTaper, 99), 1);
});

/** Any printed scale: rising positions and levels from silence to the top. */
const anyTaper: fc.Arbitrary<Taper> = fc
  .array(fc.tuple(fc.integer({min: 1, max: 40}), fc.integer({min: 1, max: 40})), {minLength: 1, maxLength: 12})
  .map((steps) => {
    const travel = steps.reduce((sum, [step]) => sum + step, 0);
    const range = steps.reduce((sum, [, step]) => sum + step, 0);
    let at = 0;
    let level = 0;
    const marks = steps.map(([step, rise]) => {
      at += step;
      level += rise;
      return {position: at / travel, levelDb: -80 + (level / range) * 90};
    });
    return [{position: 0, levelDb: Number.NEGATIVE_INFINITY}, ...marks];
  });

test('on any scale a level leads back to its position, and rising positions to rising levels', (t) => {
  fc.assert(
    fc.property(
      anyTaper,
      fc.double({min: 0.001, max: 1, noNaN: true}),
      fc.double({min: 0.001, max: 1, noNaN: true}),
      (taper, one, other) => {
        const back = positionOf(taper, levelAt(taper, one));
        if (Math.abs(back - one) > 1e-9) return false;
        return (
          one === other || one < other === levelAt(taper, one) < levelAt(taper, other) || Math.abs(one - other) < 1e-12
        );
      },
    ),
  );
  t.pass();
});
