import test from 'ava';
import fc from 'fast-check';
import {
  fromStraight,
  plainError,
  plainValue,
  straightOf,
  toleranceAt,
  travelOf,
  valueOfKind,
} from '../../src/automation/travel.ts';
import {type LaneParameter, laneKind} from '../../src/model/lane.ts';
import {parameterIds} from '../../src/model/parameter.ts';

const all: readonly LaneParameter[] = ['level', 'level.offset', 'pan', 'trim', 'mute', ...parameterIds];
const level = laneKind('level');

const told: readonly (readonly [levelDb: number, toleranceDb: number])[] = [
  [10, 0.1],
  [0, 0.1],
  [-9, 0.1],
  [-20, 0.16],
  [-45, 0.32],
  [-75, 0.96],
  [-90, 0],
];

for (const [levelDb, toleranceDb] of told) {
  test(`a level of ${levelDb} dB may be drawn ${toleranceDb} dB beside`, (t) => {
    t.true(Math.abs(toleranceAt(level, levelDb) - toleranceDb) < 1e-9);
  });
}

test('the standard tolerance is 0.1 dB of gains and 0.2 % of the range of all else', (t) => {
  t.is(toleranceAt(laneKind('eq1.gainDb'), 3), 0.1);
  t.is(toleranceAt(laneKind('level.offset'), 0), 0.1);
  t.is(toleranceAt(laneKind('pan'), 0), 0.004);
  t.true(Math.abs(toleranceAt(laneKind('eq1.hz'), 1000) - 0.002 * Math.log2(1000)) < 1e-12);
  t.is(toleranceAt(laneKind('pan'), 0, 0.01), 0.02);
});

test('tolerances never rise with the level, silence apart', (t) => {
  const anyLevel = fc.double({min: -89.999, max: 10, noNaN: true});
  fc.assert(
    fc.property(anyLevel, anyLevel, fc.constantFrom(0.0005, 0.002, 0.02, 0.3), (one, other, tolerance) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      return toleranceAt(level, low, tolerance) >= toleranceAt(level, high, tolerance) - 1e-12;
    }),
    {numRuns: 500},
  );
  t.pass();
});

test('what is straight leads back to its value, and travel rises with values from 0 to 1', (t) => {
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.double({min: 0, max: 1, noNaN: true}), (parameter, share) => {
      const kind = laneKind(parameter);
      const value = kind.low + share * (kind.high - kind.low);
      const travel = travelOf(kind, value);
      const back = fromStraight(kind, straightOf(kind, value));
      return (
        travel >= 0 && travel <= 1 && travel <= travelOf(kind, kind.high) && Math.abs(back - value) <= 1e-9 * kind.high
      );
    }),
  );
  for (const parameter of all) {
    t.is(travelOf(laneKind(parameter), laneKind(parameter).low), 0);
    t.is(travelOf(laneKind(parameter), laneKind(parameter).high), 1);
  }
});

test('plain values are no farther off than they say', (t) => {
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.double({min: 0, max: 1, noNaN: true}), (parameter, share) => {
      const kind = laneKind(parameter);
      const value = kind.low + share * (kind.high - kind.low);
      const plain = plainValue(value);
      return (
        plainValue(plain) === plain &&
        Math.abs(straightOf(kind, plain) - straightOf(kind, value)) <= plainError(kind) * (1 + 1e-6)
      );
    }),
    {numRuns: 500},
  );
  t.pass();
});

test('values stay in their range, switches are whole, and no number is the standard', (t) => {
  t.is(valueOfKind(level, Number.NEGATIVE_INFINITY), -90);
  t.is(valueOfKind(level, 99), 10);
  t.is(valueOfKind(laneKind('mute'), 0.6), 1);
  t.is(valueOfKind(laneKind('eq1.hz'), Number.NaN), 100);
});
