import test from 'ava';
import fc from 'fast-check';
import {
  isParameterId,
  type ParameterId,
  type ParameterValues,
  parameterIds,
  parameterValue,
  positionOfValue,
  rangeOf,
  valueAfterTicks,
  valueAtPosition,
  withValue,
} from '../../src/model/parameter.ts';

const anyId = fc.constantFrom(...parameterIds);
const anyNumber = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, 0, 1, 20));
const anyShare = fc.double({min: 0, max: 1, noNaN: true});

for (const id of parameterIds) {
  test(`${id} has a range that holds its standard, a short name and names for its choices`, (t) => {
    const {low, high, standard, unit, scale, tick, short, choices} = rangeOf(id);
    t.true(low < high && low <= standard && standard <= high);
    t.true(scale === 'linear' || low > 0, 'octaves need a lowest value over 0');
    t.true(scale === 'log' ? tick > 1 : tick > 0);
    t.regex(short, /^[\x20-\x7e]{1,6}$/);
    t.is(choices?.length, unit === 'choice' ? high - low + 1 : undefined);
    t.is(unit === 'switch', low === 0 && high === 1 && tick === 1 && choices === undefined);
  });
}

test('no two parameters have the same short name', (t) => {
  const shorts = parameterIds.map((id) => rangeOf(id).short);
  t.deepEqual(
    shorts.filter((short, index) => shorts.indexOf(short) !== index),
    [],
  );
});

test('everything that has a switch is off by default, except what has none', (t) => {
  for (const id of parameterIds.filter((one) => one.endsWith('.on'))) t.is(parameterValue({}, id), 0, id);
  t.is(parameterValue({}, 'width'), 100);
  t.is(parameterValue({'eq1.gainDb': 3}, 'eq1.gainDb'), 3);
});

test('only the names of the table are parameters', (t) => {
  t.true(isParameterId('eq1.gainDb'));
  for (const text of ['', 'eq5.on', 'toString', '__proto__', 'constructor', 'EQ1.ON'])
    t.false(isParameterId(text), text);
});

test('a position leads to a value and back', (t) => {
  fc.assert(
    fc.property(
      anyId,
      anyShare,
      (id, position) => Math.abs(positionOfValue(id, valueAtPosition(id, position)) - position) < 1e-9,
    ),
  );
  for (const id of parameterIds) {
    const {low, high} = rangeOf(id);
    t.is(valueAtPosition(id, 0), low);
    t.true(Math.abs(valueAtPosition(id, 1) - high) < 1e-9 * Math.abs(high) + 1e-12, id);
    t.is(positionOfValue(id, low), 0);
    t.is(positionOfValue(id, high), 1);
  }
});

test('higher positions are higher values, and positions outside 0 to 1 are the ends', (t) => {
  fc.assert(
    fc.property(
      anyId,
      anyShare,
      anyShare,
      (id, one, other) =>
        Math.sign(valueAtPosition(id, one) - valueAtPosition(id, other)) * Math.sign(one - other) >= 0,
    ),
  );
  t.is(valueAtPosition('eq1.hz', -3), 20);
  t.is(positionOfValue('eq1.gainDb', 99), 1);
});

test('ticks reach both ends of every range and stay there', (t) => {
  for (const id of parameterIds) {
    const {low, high, standard} = rangeOf(id);
    for (const [ticks, end] of [
      [1, high],
      [-1, low],
    ] as const) {
      let value = standard;
      let turned = 0;
      for (; value !== end && turned < 2000; turned++) value = valueAfterTicks(id, value, ticks);
      t.is(value, end, `${id} after ${turned} ticks`);
      t.is(valueAfterTicks(id, value, ticks), end);
      t.true(turned <= 200, `${id} needs ${turned} ticks from its standard to an end`);
    }
  }
});

test('any number of ticks from any value stays in the range', (t) => {
  fc.assert(
    fc.property(anyId, anyShare, fc.integer({min: -500, max: 500}), (id, position, ticks) => {
      const {low, high} = rangeOf(id);
      const value = valueAfterTicks(id, valueAtPosition(id, position), ticks);
      return value >= low && value <= high;
    }),
  );
  t.is(valueAfterTicks('eq1.gainDb', 0, 3), 1.5);
  t.is(Math.round(valueAfterTicks('eq1.hz', 1000, 12)), 2000);
});

const anyValues: fc.Arbitrary<ParameterValues> = fc
  .array(fc.tuple(anyId, anyNumber), {maxLength: 12})
  .map((changes) => changes.reduce<ParameterValues>((values, [id, value]) => withValue(values, id, value), {}));

test('whatever is set, every parameter stays in its range, switches and choices whole, and defaults are not kept', (t) => {
  fc.assert(
    fc.property(anyValues, (values) =>
      (Object.entries(values) as [ParameterId, number][]).every(([id, value]) => {
        const {low, high, standard, unit} = rangeOf(id);
        const whole = unit === 'switch' || unit === 'choice';
        return value >= low && value <= high && value !== standard && (!whole || Number.isInteger(value));
      }),
    ),
  );
  t.pass();
});

test('what is set is what is read, setting it again gives the same object, and others are left alone', (t) => {
  fc.assert(
    fc.property(anyValues, anyId, anyNumber, anyId, (values, id, value, other) => {
      const next = withValue(values, id, value);
      const read = parameterValue(next, id);
      return (
        withValue(next, id, read) === next &&
        (other === id || parameterValue(next, other) === parameterValue(values, other)) &&
        (next === values) === (read === parameterValue(values, id))
      );
    }),
  );
  const values = {'eq1.gainDb': 3};
  t.is(withValue(values, 'eq1.gainDb', Number.NaN), values);
  t.is(withValue(values, 'eq1.gainDb', 3), values);
  t.deepEqual(withValue(values, 'eq1.gainDb', 0), {});
  t.deepEqual(withValue(values, 'eq1.gainDb', Number.NEGATIVE_INFINITY), {'eq1.gainDb': -18});
  t.deepEqual(withValue({}, 'eq1.on', 0.6), {'eq1.on': 1});
});
