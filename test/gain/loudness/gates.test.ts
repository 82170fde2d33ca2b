import test from 'ava';
import fc from 'fast-check';
import {createPowerList, integratedPower, lufsOfPower, powerOfLufs, rangeLu} from '../../../src/gain/loudness-gate.ts';
import {createWindowSum} from '../../../src/gain/loudness-window.ts';
import {isWithin, measured} from './measure.ts';
import {silence, tone} from './signal.ts';

const powers = (...lufs: number[]): Float64Array => Float64Array.from(lufs, powerOfLufs);

test('loudness and power are each other’s inverse', (t) => {
  for (const lufs of [-120, -70, -23, 0, 12.5]) t.true(isWithin(lufsOfPower(powerOfLufs(lufs)), lufs, 1e-12));
  t.is(lufsOfPower(0), silence);
});

test('the absolute gate leaves out what is not louder than −70 LUFS', (t) => {
  t.is(integratedPower(powers(-70, -71, -200)), 0);
  t.is(integratedPower(new Float64Array()), 0);
  t.true(isWithin(lufsOfPower(integratedPower(powers(-70, -69.99, -90))), -69.99, 1e-9));
});

test('the relative gate leaves out what is 10 LU and more under the mean of the rest', (t) => {
  const blocks = powers(-20, -20, -20, -32);
  t.true(isWithin(lufsOfPower(integratedPower(blocks)), -20, 1e-9));
  t.true(integratedPower(powers(-20, -20, -20, -31)) < powerOfLufs(-20));
});

test('an incomplete last block is dropped', (t) => {
  const whole = measured(48_000, tone(48_000, [[-23, 1]]));
  const longer = measured(
    48_000,
    tone(48_000, [
      [-23, 1],
      [0, 0.099],
    ]),
  );
  t.is(longer.integratedLufs, whole.integratedLufs);
  t.is(measured(48_000, tone(48_000, [[-23, 0.399]])).integratedLufs, silence);
  t.true(isWithin(measured(48_000, tone(48_000, [[-23, 0.4]])).integratedLufs, -23, 0.1));
});

test('the range keeps −70 LUFS and 20 LU under the mean, and leaves out what is lower', (t) => {
  t.is(rangeLu(new Float64Array()), 0);
  t.is(rangeLu(powers(-80, -90)), 0);
  t.is(rangeLu(powers(-23)), 0);
  const loud = Array.from({length: 80}, () => -20);
  t.true(isWithin(rangeLu(powers(...loud, ...Array.from({length: 20}, () => -38))), 18, 1e-9));
  t.true(isWithin(rangeLu(powers(...loud, ...Array.from({length: 20}, () => -42))), 0, 1e-9));
});

test('a list of powers keeps all, however many', (t) => {
  const list = createPowerList();
  for (let index = 0; index < 5000; index++) list.push(index);
  t.deepEqual(
    [...list.all()],
    Array.from({length: 5000}, (_, index) => index),
  );
  list.clear();
  t.is(list.all().length, 0);
});

test('a sliding sum is the sum of the last values, and exactly 0 when these are', (t) => {
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 12}),
      fc.array(fc.double({min: 0, max: 1e12, noNaN: true}), {maxLength: 60}),
      (length, values) => {
        const window = createWindowSum(length);
        values.forEach((value, index) => {
          const sum = window.push(value);
          const expected = values.slice(Math.max(0, index - length + 1), index + 1).reduce((all, one) => all + one, 0);
          if (Math.abs(sum - expected) > 1e-12 * expected) throw new Error(`${sum} for ${expected}`);
        });
        let last = 0;
        for (let index = 0; index < length; index++) last = window.push(0);
        return last === 0;
      },
    ),
  );
  t.pass();
});
