import test from 'ava';
import fc from 'fast-check';
import {secondsOf} from '../../src/app/clock-time.ts';

for (const [text, seconds] of [
  ['83.5', 83.5],
  ['0', 0],
  ['1:23.5', 83.5],
  ['90:00', 5400],
  ['1:02:03.25', 3723.25],
  [' 7 ', 7],
  ['', undefined],
  ['1:60', undefined],
  ['1:75:00', undefined],
  ['-1', undefined],
  ['1.2.3', undefined],
  ['1e3', undefined],
  ['soon', undefined],
  ['1:2:3:4', undefined],
] as const) {
  test(`"${text}" is ${seconds === undefined ? 'no time' : `${seconds} s`}`, (t) => {
    t.is(secondsOf(text), seconds);
  });
}

test('what is written as minutes and seconds is read as it was meant', (t) => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(59), fc.nat(999), (minutes, seconds, thousandths) => {
      const text = `${minutes}:${String(seconds).padStart(2, '0')}.${String(thousandths).padStart(3, '0')}`;
      return Math.abs((secondsOf(text) ?? -1) - (minutes * 60 + seconds + thousandths / 1000)) < 1e-9;
    }),
  );
  t.pass();
});
