import test from 'ava';
import fc from 'fast-check';
import {applyCommand} from '../../../src/model/command.ts';
import {newMixer, newStrip, type Strip} from '../../../src/model/mixer.ts';
import {type Parameter, parameterNames} from '../../../src/model/view.ts';
import {rangeOn, setOn} from '../../../src/surface/setting.ts';
import {fullValueText} from '../../../src/surface/value-text.ts';

const strip = newStrip({id: 'echo', name: 'Echo', kind: 'return', effect: {kind: 'delay', values: {}}});
const set = (parameter: Parameter, value: number): Strip =>
  setOn(strip, parameter, value).reduce(applyCommand, newMixer({strips: [strip]})).strips[0] ?? strip;

const rows: readonly (readonly [Parameter, number, string])[] = [
  ['eq1.hz', 20, '20Hz'],
  ['eq1.hz', 999.4, '999Hz'],
  ['eq1.hz', 999.6, '1.00k'],
  ['eq1.hz', 9996, '10.0k'],
  ['eq1.hz', 20_000, '20.0k'],
  ['eq1.gainDb', -18, '-18.0'],
  ['eq1.gainDb', 3.5, '+3.5'],
  ['eq1.q', 0.71, 'Q0.71'],
  ['eq1.q', 16, 'Q16.0'],
  ['eq1.shape', 0, 'bell'],
  ['eq1.shape', 1, 'LowShl'],
  ['eq1.shape', 2, 'HghShl'],
  ['hp.slope', 1, '24 dB'],
  ['comp.attackMs', 0.1, '0.10ms'],
  ['comp.attackMs', 2.5, '2.5ms'],
  ['comp.attackMs', 120, '120ms'],
  ['comp.releaseMs', 1500, '1.50s'],
  ['comp.ratio', 3, '3.0:1'],
  ['comp.ratio', 20, '20:1'],
  ['send1.levelDb', -90, '-oo'],
  ['send1.levelDb', -12, '-12.0'],
  ['send1.pan', -0.5, 'L50'],
  ['send1.pre', 1, 'pre'],
  ['send1.pre', 0, 'post'],
  ['send1.on', 1, 'on'],
  ['comp.on', 0, 'off'],
  ['polarity', 1, 'invert'],
  ['polarity', 0, 'normal'],
  ['width', 150, '150%'],
  ['effect.kind', 1, 'delay'],
  ['effect.1', 375, '375ms'],
  ['effect.2', 8, '1/8'],
  ['effect.7', 1, ''],
];

for (const [parameter, value, text] of rows) {
  test(`${parameter} at ${value} reads ${text}`, (t) => {
    t.is(fullValueText(set(parameter, value), parameter), text);
  });
}

test('every value of every parameter is six characters of ASCII at most', (t) => {
  fc.assert(
    fc.property(fc.constantFrom(...parameterNames), fc.double({min: 0, max: 1, noNaN: true}), (parameter, share) => {
      const range = rangeOn(strip, parameter);
      if (range === undefined) return fullValueText(strip, parameter) === '';
      const value = range.low + share * (range.high - range.low);
      return /^[ -~]{1,6}$/.test(fullValueText(set(parameter, value), parameter));
    }),
    {numRuns: 1000},
  );
  t.pass();
});
