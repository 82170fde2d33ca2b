import test from 'ava';
import fc from 'fast-check';
import type {Strip} from '../../../src/model/mixer.ts';
import {newStrip} from '../../../src/model/mixer.ts';
import type {Parameter} from '../../../src/model/view.ts';
import {valueText} from '../../../src/surface/scribble.ts';

const rows: readonly (readonly [parameter: Parameter, given: Partial<Strip>, text: string])[] = [
  ['level', {levelDb: 0}, '0.0'],
  ['level', {levelDb: 10}, '+10.0'],
  ['level', {levelDb: -6.04}, '-6.0'],
  ['level', {levelDb: -0.04}, '0.0'],
  ['level', {levelDb: Number.NEGATIVE_INFINITY}, '-oo'],
  ['trim', {trimDb: 0}, 'T0.0'],
  ['trim', {trimDb: -24}, 'T-24.0'],
  ['pan', {pan: 0}, 'C'],
  ['pan', {pan: -0.004}, 'C'],
  ['pan', {pan: -1}, 'L100'],
  ['pan', {pan: 0.5}, 'R50'],
];

for (const [parameter, given, text] of rows) {
  test(`${parameter} ${JSON.stringify(given)} reads ${text}`, (t) => {
    t.is(valueText(newStrip({id: 's', name: 's', ...given}), parameter, 7), text);
  });
}

test('every value fits the six cells that all scribble strips have, in ASCII', (t) => {
  const anyStrip = fc.record({
    levelDb: fc.oneof(fc.constant(Number.NEGATIVE_INFINITY), fc.double({min: -90, max: 10, noNaN: true})),
    trimDb: fc.double({min: -24, max: 24, noNaN: true}),
    pan: fc.double({min: -1, max: 1, noNaN: true}),
  });
  fc.assert(
    fc.property(anyStrip, fc.constantFrom<Parameter>('level', 'pan', 'trim'), (given, parameter) =>
      /^[ -~]{1,6}$/.test(valueText(newStrip({id: 's', name: 's', ...given}), parameter, 99)),
    ),
  );
  t.pass();
});
