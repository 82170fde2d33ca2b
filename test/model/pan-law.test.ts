import test from 'ava';
import fc from 'fast-check';
import {panLawsDb} from '../../src/model/mixer.ts';
import {balanceSides, panSides} from '../../src/model/pan-law.ts';

const anyPan = fc.double({min: -1, max: 1, noNaN: true});

for (const [lawDb, centreDb] of [
  [3, -3.0103],
  [4.5, -4.5154],
  [6, -6.0206],
] as const) {
  test(`a law of ${lawDb} dB is ${centreDb} dB a side at the centre, and 0 dB at either side with the other silent`, (t) => {
    t.true(Math.abs(20 * Math.log10(panSides(0, lawDb).left) - centreDb) < 1e-3);
    t.true(Math.abs(panSides(0, lawDb).left - panSides(0, lawDb).right) < 1e-12);
    t.deepEqual(panSides(-1, lawDb), {left: 1, right: 0});
    t.deepEqual(panSides(1, lawDb), {left: 0, right: 1});
  });
}

test('powers add to one at 3 dB, amplitudes at 6 dB', (t) => {
  fc.assert(
    fc.property(anyPan, (pan) => {
      const [three, six] = [panSides(pan, 3), panSides(pan, 6)];
      return Math.abs(three.left ** 2 + three.right ** 2 - 1) < 1e-12 && Math.abs(six.left + six.right - 1) < 1e-12;
    }),
  );
  t.deepEqual(panSides(0.3), panSides(0.3, 3));
});

test('every law is the same mirrored, and moves to its side without a turn', (t) => {
  fc.assert(
    fc.property(fc.constantFrom(...panLawsDb), anyPan, anyPan, (lawDb, one, other) => {
      const [here, there] = [panSides(one, lawDb), panSides(-one, lawDb)];
      const rising = Math.sign(panSides(one, lawDb).right - panSides(other, lawDb).right) * Math.sign(one - other) >= 0;
      return rising && Math.abs(here.left - there.right) < 1e-12 && Math.abs(here.right - there.left) < 1e-12;
    }),
  );
  t.pass();
});

test('balance keeps the side it leans to, and the centre as it is', (t) => {
  t.deepEqual(balanceSides(0), {left: 1, right: 1});
  t.deepEqual(balanceSides(-1), {left: 1, right: 0});
  t.deepEqual(balanceSides(1), {left: 0, right: 1});
  fc.assert(fc.property(anyPan, (balance) => Math.max(balanceSides(balance).left, balanceSides(balance).right) === 1));
});
