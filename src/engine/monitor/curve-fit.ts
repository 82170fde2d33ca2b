import {type Biquad, bell, gainDbAt} from './biquad.ts';

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
  const points = middles.flatMap((hertz) =>
    Array.from({length: pointsPerThird}, (_, index) => hertz * 2 ** ((index - 1) / (3 * pointsPerThird))),
  );
  const wanted = points.map(levelDb);
  // The level that most points are near needs no bells.
  const ground = [...wanted].sort((one, other) => one - other)[Math.floor(wanted.length / 2)] ?? 0;
  const gains = middles.map(() => 0);
  for (let round = 0; round < rounds; round++) {
    const sections = middles.map((hertz, index) => bell(hertz, gains[index] ?? 0, bellOctaves, sampleRate));
    const errors = points.map(
      (hertz, index) =>
        (wanted[index] ?? 0) -
        ground -
        sections.reduce((sum, section) => sum + gainDbAt(section, hertz, sampleRate), 0),
    );
    // What one more decibel of each bell does at each point.
    const effects = middles.map((middle, index) => {
      const more = bell(middle, (gains[index] ?? 0) + 1, bellOctaves, sampleRate);
      const now = sections[index] ?? more;
      return points.map((hertz) => gainDbAt(more, hertz, sampleRate) - gainDbAt(now, hertz, sampleRate));
    });
    const steps = leastSquares(effects, errors);
    for (const [index, step] of steps.entries()) gains[index] = Math.max(-60, Math.min(30, (gains[index] ?? 0) + step));
  }
  return {
    gain: 10 ** (ground / 20),
    sections: middles.map((hertz, index) => bell(hertz, gains[index] ?? 0, bellOctaves, sampleRate)),
  };
}

/** The x that makes Σ (Σⱼ xⱼ · columnⱼ − wanted)² + restraint · Σ xⱼ² least: normal equations, by elimination with pivots. */
function leastSquares(columns: readonly (readonly number[])[], wanted: readonly number[]): readonly number[] {
  const product = (one: readonly number[], other: readonly number[]): number =>
    one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
  const rows = columns.map((column, index) => [
    ...columns.map((other, place) => product(column, other) + (place === index ? restraint * wanted.length : 0)),
    product(column, wanted),
  ]);
  const size = rows.length;
  for (let step = 0; step < size; step++) {
    const pivot = rows[step] ?? [];
    for (let row = 0; row < size; row++) {
      const line = rows[row] ?? [];
      if (row === step) continue;
      // The matrix is positive definite: the diagonal serves as pivot.
      const share = (line[step] ?? 0) / (pivot[step] ?? 1);
      for (let column = step; column <= size; column++)
        line[column] = (line[column] ?? 0) - share * (pivot[column] ?? 0);
    }
  }
  return rows.map((row, index) => (row[size] ?? 0) / (row[index] ?? 1));
}
