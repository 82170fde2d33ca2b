import test from 'ava';
import {quantised, triangular} from '../../../src/engine/dither.ts';

const count = 1 << 18;
const left = Float64Array.from({length: count}, (_, frame) => triangular(2 * frame));
const right = Float64Array.from({length: count}, (_, frame) => triangular(2 * frame + 1));

function correlation(a: Float64Array, b: Float64Array, lag: number): number {
  let sum = 0;
  for (let index = 0; index + lag < count; index++) sum += (a[index] ?? 0) * (b[index + lag] ?? 0);
  return sum / (count - lag) / (1 / 6);
}

/** Four standard deviations of the correlation of independent numbers. */
const chance = 4 / Math.sqrt(count);

test('dither is triangular: within one step, mean 0, variance 1/6, and its shares fall in a straight line', (t) => {
  const mean = left.reduce((sum, value) => sum + value, 0) / count;
  const variance = left.reduce((sum, value) => sum + value ** 2, 0) / count;
  t.true(left.every((value) => Math.abs(value) < 1));
  t.true(Math.abs(mean) < 4 * Math.sqrt(1 / 6 / count), `mean ${mean}`);
  t.true(Math.abs(variance - 1 / 6) < 0.001, `variance ${variance}`);
  for (let tenth = -10; tenth < 10; tenth++) {
    const share = left.filter((value) => value >= tenth / 10 && value < (tenth + 1) / 10).length / count;
    const expected = 0.1 * (1 - Math.abs(tenth + 0.5) / 10);
    t.true(Math.abs(share - expected) < 0.002, `${tenth}: ${share}`);
  }
});

test('dither knows nothing of its neighbours nor of the other side', (t) => {
  for (const lag of [1, 2, 3, 4, 5, 8, 16, 64, 512, 1024, 4096]) {
    t.true(Math.abs(correlation(left, left, lag)) < chance, `left, ${lag} frames on`);
  }
  for (const lag of [0, 1, 2, 512])
    t.true(Math.abs(correlation(left, right, lag)) < chance, `left and right, ${lag} frames on`);
});

test('the error of a dithered sample has the same power wherever the sample lies between two steps', (t) => {
  for (const between of [0, 0.1, 0.25, 0.5, 0.77]) {
    const sample = (1000 + between) / 2 ** 23;
    let sum = 0;
    let squares = 0;
    for (const dither of left) {
      const error = quantised(sample, dither, 24) - sample * 2 ** 23;
      sum += error;
      squares += error ** 2;
    }
    t.true(Math.abs(sum / count) < 0.005, `mean ${sum / count} at ${between}`);
    t.true(Math.abs(squares / count - 0.25) < 0.005, `power ${squares / count} at ${between}`);
  }
});

test('a tone below half a step survives dither instead of vanishing', (t) => {
  let seen = 0;
  for (let frame = 0; frame < count; frame++) {
    const phase = (2 * Math.PI * 1000 * frame) / 48_000;
    seen += quantised((0.4 / 2 ** 23) * Math.sin(phase), left[frame] ?? 0, 24) * Math.sin(phase);
  }
  t.true(Math.abs((2 * seen) / count - 0.4) < 0.01);
});

test('samples at and beyond full scale stay within their bits', (t) => {
  t.is(quantised(1, 0.9, 24), 2 ** 23 - 1);
  t.is(quantised(-1, -0.9, 24), -(2 ** 23));
  t.is(quantised(7, 0, 24), 2 ** 23 - 1);
  t.is(quantised(1 - 2 ** -23, 0, 24), 2 ** 23 - 1);
  t.is(quantised(0, 0, 24), 0);
  t.is(quantised(1, 0.9, 16), 2 ** 15 - 1);
  t.is(quantised(-1, -0.9, 16), -(2 ** 15));
  t.is(quantised(0.5, 0.4, 16), 2 ** 14);
});
