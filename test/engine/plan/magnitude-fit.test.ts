import test from 'ava';
import fc from 'fast-check';
import {type Fit, fitMagnitude, fittedPower} from '../../../src/engine/plan/magnitude-fit.ts';
import {solveDamped} from '../../../src/engine/plan/normal-equations.ts';

const ladder = Array.from({length: 30}, (_, step) => (step + 0.5) / 30.5);
const start: Fit = {
  gain: 0,
  factors: [
    {order: 2, side: 'numerator', u: 0.5, t: 0.5},
    {order: 2, side: 'denominator', u: 0.4, t: 0.5},
  ],
};
/** From farther away a fit may end in a valley of its own: who fits a filter starts near it. */
const nearby = fc.double({min: Math.log(1 / 1.5), max: Math.log(1.5), noNaN: true}).map(Math.exp);

test('what can be met exactly is met exactly from a start nearby', (t) => {
  fc.assert(
    fc.property(fc.tuple(nearby, nearby, nearby, nearby), fc.double({min: -3, max: 3, noNaN: true}), (apart, gain) => {
      const wanted: Fit = {
        gain,
        factors: [
          {order: 2, side: 'numerator', u: 0.5 * apart[0], t: 0.5 * apart[1]},
          {order: 2, side: 'denominator', u: 0.4 * apart[2], t: 0.5 * apart[3]},
        ],
      };
      const points = ladder.map((s) => ({s, power: fittedPower(wanted, s), weight: 1}));
      const fit = fitMagnitude(start, points, 6);
      return points.every(({s, power}) => Math.abs(fittedPower(fit, s) - power) < 0.001);
    }),
    {numRuns: 60},
  );
  t.pass();
});

test('a fit never ends worse than it began, and its factors stay positive', (t) => {
  fc.assert(
    fc.property(fc.array(fc.double({min: -8, max: 8, noNaN: true}), {minLength: 30, maxLength: 30}), (powers) => {
      const points = ladder.map((s, index) => ({s, power: powers[index] ?? 0, weight: 1}));
      const squares = (fit: Fit): number =>
        points.reduce((sum, {s, power}) => sum + (fittedPower(fit, s) - power) ** 2, 0);
      const fit = fitMagnitude(start, points, 1);
      return squares(fit) <= squares(start) + 1e-9 && fit.factors.every(({u, t: other}) => u > 0 && other > 0);
    }),
    {numRuns: 60},
  );
  t.pass();
});

test('reweighting makes the largest error smaller than least squares leaves it', (t) => {
  const points = ladder.map((s) => ({s, power: 2 * Math.sin(5 * s), weight: 1}));
  const largest = (fit: Fit): number => Math.max(...points.map(({s, power}) => Math.abs(fittedPower(fit, s) - power)));
  t.true(largest(fitMagnitude(start, points, 8)) < largest(fitMagnitude(start, points, 1)));
});

test('a point of no weight does not pull', (t) => {
  const points = ladder.map((s) => ({s, power: fittedPower(start, s) + 0.5, weight: 1}));
  const fit = fitMagnitude(start, [...points, {s: 0.99, power: 40, weight: 1e-9}], 4);
  t.true(points.every(({s, power}) => Math.abs(fittedPower(fit, s) - power) < 1e-3));
});

test('a system of equations is solved: the matrix times the answer is the right side', (t) => {
  const anyNumber = fc.double({min: -2, max: 2, noNaN: true});
  fc.assert(
    fc.property(
      fc.array(anyNumber, {minLength: 9, maxLength: 9}),
      fc.array(anyNumber, {minLength: 3, maxLength: 3}),
      (a, v) => {
        const cell = (row: number, column: number): number =>
          [0, 1, 2].reduce((sum, k) => sum + (a[3 * k + row] ?? 0) * (a[3 * k + column] ?? 0), row === column ? 1 : 0);
        const matrix = Float64Array.from({length: 9}, (_, index) => cell(Math.floor(index / 3), index % 3));
        const x = solveDamped(matrix, Float64Array.from(v), 0);
        return v.every((right, row) => {
          const left = [0, 1, 2].reduce((sum, column) => sum + cell(row, column) * (x[column] ?? 0), 0);
          return Math.abs(left - right) < 1e-9;
        });
      },
    ),
  );
  t.pass();
});

test('damping shortens the answer', (t) => {
  const matrix = Float64Array.from([2, 0, 1, 3]);
  const length = (damping: number): number => Math.hypot(...solveDamped(matrix, Float64Array.from([1, 1]), damping));
  t.true(length(1) < length(0));
});
