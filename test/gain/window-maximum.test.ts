import test from 'ava';
import fc from 'fast-check';
import {createWindowMaximum} from '../../src/gain/window-maximum.ts';

const rate = 1000;

test('the maximum is that of the last cells, whatever the block length', (t) => {
  const cells = fc.array(fc.double({min: 0, max: 4, noNaN: true}), {minLength: 1, maxLength: 60});
  fc.assert(
    fc.property(cells, fc.constantFrom(1, 5, 20, 100), (peaks, block) => {
      const maximum = createWindowMaximum(rate, 2000);
      for (const peak of peaks) for (let frames = 0; frames < 100; frames += block) maximum.add(peak, block);
      return maximum.factor() === Math.max(...peaks.slice(-20));
    }),
  );
  t.pass();
});

test('a block longer than a cell fills as many as it covers', (t) => {
  const maximum = createWindowMaximum(rate, 1000);
  maximum.add(0.5, 450);
  t.is(maximum.heardMs(), 450);
  maximum.add(0, 850);
  t.is(maximum.factor(), 0.5);
  maximum.add(0, 100);
  t.is(maximum.factor(), 0);
});

test('what was not heard is not silence, and a restart forgets', (t) => {
  const maximum = createWindowMaximum(rate, 1000);
  t.is(maximum.factor(), undefined);
  maximum.add(1, 10);
  t.is(maximum.factor(), 1);
  maximum.restart();
  t.is(maximum.factor(), undefined);
  t.is(maximum.heardMs(), 0);
  maximum.add(Number.NaN, 10);
  t.is(maximum.factor(), 0);
});
