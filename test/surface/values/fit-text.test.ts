import test from 'ava';
import fc from 'fast-check';
import {fitValue, fitWarning} from '../../../src/surface/fit-text.ts';

const values: readonly (readonly [string, number, string])[] = [
  ['-6.0', 4, '-6.0'],
  ['-12.3', 4, '-12'],
  ['-12.7', 4, '-13'],
  ['-oo', 4, '-oo'],
  ['T+3.5', 4, 'T+4'],
  ['T-12.5', 4, 'T-13'],
  ['L100', 4, 'L100'],
  ['L100', 3, 'L10'],
  ['125Hz', 4, '125'],
  ['2.50k', 4, '2.5k'],
  ['12.5k', 4, '13k'],
  ['1.80s', 4, '1.8s'],
  ['10.5:1', 4, '11:1'],
  ['Q0.71', 4, 'Q0.7'],
  ['100%', 4, '100%'],
  ['invert', 4, 'inve'],
  ['-0.4', 3, '-0'],
];

for (const [text, cells, fitted] of values) {
  test(`${text} in ${cells} cells is ${fitted}`, (t) => {
    t.is(fitValue(text, cells), fitted);
  });
}

const warnings: readonly (readonly [string, string])[] = [
  ['HOT +4', 'HO+4'],
  ['IN CLP', 'INCL'],
  ['LOW -12', 'L-12'],
  ['STALE', 'STAL'],
  ['DC', 'DC'],
];

for (const [short, fitted] of warnings) {
  test(`${short} in four cells is ${fitted}`, (t) => {
    t.is(fitWarning(short, 4), fitted);
  });
}

test('nothing leaves its cells, and what fits is left as it is', (t) => {
  const anyText = fc.stringMatching(/^[A-Z]{0,3} ?[+-]?\d{0,3}(\.\d{0,2})?(k|s|Hz|:1)?$/);
  fc.assert(
    fc.property(anyText, fc.integer({min: 1, max: 8}), (text, cells) => {
      for (const shorten of [fitValue, fitWarning]) {
        const fitted = shorten(text, cells);
        if (fitted.length > cells || (text.length <= cells && fitted !== text)) return false;
      }
      return true;
    }),
    {numRuns: 50},
  );
  t.pass();
});

test('a number that was shortened is the number, rounded', (t) => {
  fc.assert(
    fc.property(fc.integer({min: -9999, max: 9999}), (hundredths) => {
      const value = hundredths / 100;
      return Math.abs(Number(fitValue(value.toFixed(2), 4)) - value) <= 0.5 + 1e-9;
    }),
    {numRuns: 50},
  );
  t.pass();
});
