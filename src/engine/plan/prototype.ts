/**
 * Analogue filters as they stand in the books: what every digital filter of a strip is measured against. Formulas: R. Bristow-Johnson,
 * "Cookbook formulae for audio equalizer biquad filter coefficients" (analogue prototypes there), S. Butterworth, "On the Theory of Filter Amplifiers" (1930).
 */

/** c0 + c1·s + c2·s², where s = j·f/`hz`; all coefficients 0 or more. */
export type Quadratic = readonly [c0: number, c1: number, c2: number];

/** One second-order part of an analogue filter, normalised to its frequency. */
export interface AnaloguePart {
  readonly hz: number;
  readonly numerator: Quadratic;
  readonly denominator: Quadratic;
}

/** An analogue filter: the product of its parts. */
export type Prototype = readonly AnaloguePart[];

/** A filter's slope in decibels an octave. */
export type Slope = 12 | 24;

/** Qs of a Butterworth filter's pole pairs, 1 / (2·cos(π(2k + 1)/2n)) for order n: 0.7071, or 0.5412 and 1.3066. */
export function butterworthQs(slope: Slope): readonly number[] {
  const order = slope / 6;
  return Array.from({length: order / 2}, (_, pair) => 1 / (2 * Math.cos((Math.PI * (2 * pair + 1)) / (2 * order))));
}

/** Low-pass with −3.01 dB at `hz`. */
export function lowPass(hz: number, slope: Slope): Prototype {
  return butterworthQs(slope).map((q) => ({hz, numerator: [1, 0, 0], denominator: [1, 1 / q, 1]}));
}

/** High-pass with −3.01 dB at `hz`. */
export function highPass(hz: number, slope: Slope): Prototype {
  return butterworthQs(slope).map((q) => ({hz, numerator: [0, 0, 1], denominator: [1, 1 / q, 1]}));
}

/** Bell of `gainDb` at `hz`: (s² + s·A/Q + 1) / (s² + s/(A·Q) + 1), A = 10^(gain/40). A cut is the exact inverse of a boost. */
export function bell(hz: number, gainDb: number, q: number): Prototype {
  const a = 10 ** (gainDb / 40);
  return [{hz, numerator: [1, a / q, 1], denominator: [1, 1 / (a * q), 1]}];
}

/**
 * Shelf of `gainDb` below `hz`, half of it at `hz`: A·(s² + s·√A/Q + A) / (A·s² + s·√A/Q + 1), A = 10^(gain/40). A Q over 0.71 overshoots on
 * both sides of the step.
 */
export function lowShelf(hz: number, gainDb: number, q: number): Prototype {
  const a = 10 ** (gainDb / 40);
  const middle = Math.sqrt(a) / q;
  return [{hz, numerator: [a * a, a * middle, a], denominator: [1, middle, a]}];
}

/** Shelf of `gainDb` above `hz`: the low shelf mirrored in frequency. */
export function highShelf(hz: number, gainDb: number, q: number): Prototype {
  return lowShelf(hz, gainDb, q).map(({numerator, denominator}) => ({
    hz,
    numerator: [numerator[2], numerator[1], numerator[0]],
    denominator: [denominator[2], denominator[1], denominator[0]],
  }));
}

/** |H|² of an analogue filter at a frequency of 0 Hz or more. */
export function analoguePower(prototype: Prototype, hz: number): number {
  return prototype.reduce(
    (power, part) =>
      (power * squared(part.numerator, (hz / part.hz) ** 2)) / squared(part.denominator, (hz / part.hz) ** 2),
    1,
  );
}

/** Gain of an analogue filter in dB; `-Infinity` where it lets nothing through. */
export function analogueDb(prototype: Prototype, hz: number): number {
  return 10 * Math.log10(analoguePower(prototype, hz));
}

/** |c0 + c1·s + c2·s²|² on the frequency axis, s² = −`square`. */
function squared([c0, c1, c2]: Quadratic, square: number): number {
  return (c0 - c2 * square) ** 2 + c1 * c1 * square;
}
