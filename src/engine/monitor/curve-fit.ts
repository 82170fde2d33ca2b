import type {Biquad} from '../plan/plan.ts';
import {bell, gainDbAt, pointAt} from './biquad.ts';

/** A cascade of sections and a gain that together follow a curve. */
export interface FittedCurve {
  /** Factor before the sections. */
  readonly gain: number;
  readonly sections: readonly Biquad[];
}

/** Middles of the bells: third octaves from 10 Hz to 20 kHz, as far as the sample rate goes. */
const thirds = Array.from({length: 34}, (_, index) => 1000 * 2 ** ((index - 20) / 3));
const bellOctaves = 0.8;
/** Points between two middles at which the curve is followed, and rounds of correction. */
const pointsPerThird = 3;
const rounds = 6;
/** What each decibel of a bell's gain is held to cost: keeps neighbours from fighting each other. */
const restraint = 0.003;

/**
 * Follows a curve (dB at a frequency) from 20 Hz to 20 kHz with a bell on every third octave; minimum phase, so without latency. The bells' gains
 * in dB are found by least squares: a bell's effect on all points is nearly proportional to its gain in dB, so a few rounds on what is
 * left of the error suffice.
 */
export function fitCurve(levelDb: (hertz: number) => number, sampleRate: number): FittedCurve {
  const top = Math.min(20_500, 0.47 * sampleRate);
  const middles = thirds.filter((hertz) => hertz < top);
  const hertz = middles.flatMap((middle) =>
    Array.from({length: pointsPerThird}, (_, index) => middle * 2 ** ((index - 1) / (3 * pointsPerThird))),
  );
  const points = hertz.map((one) => pointAt(one, sampleRate));
  const wanted = hertz.map(levelDb);
  // The level that most points are near needs no bells.
  const ground = [...wanted].sort((one, other) => one - other)[Math.floor(wanted.length / 2)] ?? 0;
  const gains = middles.map(() => 0);
  for (let round = 0; round < rounds; round++) {
    const bells = middles.map((middle, index) => {
      const now = bell(middle, gains[index] ?? 0, bellOctaves, sampleRate);
      const more = bell(middle, (gains[index] ?? 0) + 1, bellOctaves, sampleRate);
      const levels = Float64Array.from(points, (point) => gainDbAt(now, point));
      // What one more decibel of the bell does at each point.
      return {levels, effect: Float64Array.from(points, (point, at) => gainDbAt(more, point) - (levels[at] ?? 0))};
    });
    const errors = Float64Array.from(wanted, (level, at) =>
      bells.reduce((left, {levels}) => left - (levels[at] ?? 0), level - ground),
    );
    const effects = bells.map(({effect}) => effect);
    const steps = leastSquares(effects, errors);
    for (const [index, step] of steps.entries()) gains[index] = Math.max(-60, Math.min(30, (gains[index] ?? 0) + step));
  }
  return {
    gain: 10 ** (ground / 20),
    sections: middles.map((hertz, index) => bell(hertz, gains[index] ?? 0, bellOctaves, sampleRate)),
  };
}

/** The x that makes Σ (Σⱼ xⱼ · columnⱼ − wanted)² + restraint · Σ xⱼ² least: normal equations, by elimination with pivots. */
function leastSquares(columns: readonly Float64Array[], wanted: Float64Array): readonly number[] {
  const size = columns.length;
  const rows = columns.map((column, index) => {
    const row = new Float64Array(size + 1);
    for (const [place, other] of columns.entries()) row[place] = product(column, other);
    row[index] = (row[index] ?? 0) + restraint * wanted.length;
    row[size] = product(column, wanted);
    return row;
  });
  for (const [step, pivot] of rows.entries()) {
    for (const row of rows) {
      if (row === pivot) continue;
      // The matrix is positive definite: the diagonal serves as pivot.
      const share = (row[step] ?? 0) / (pivot[step] ?? 1);
      for (let column = step; column <= size; column++) row[column] = (row[column] ?? 0) - share * (pivot[column] ?? 0);
    }
  }
  return rows.map((row, index) => (row[size] ?? 0) / (row[index] ?? 1));
}

function product(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}
