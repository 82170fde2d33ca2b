import type {Biquad} from './plan.ts';

/**
 * A section in the form that single precision can run: the difference form loses the lowest frequencies there, since 1 + a1 + a2 (7·10⁻⁶ for 20 Hz
 * at 48 kHz) is what is left of numbers near 2: a bell of 6 dB at 20 Hz is wrong by 0.2 dB at 44.1 kHz, by 1.3 dB at 192 kHz. Here every number
 * keeps its precision, and it may be moved while it runs.
 */
export interface StateVariable {
  /** tan of half the pole's angle, over 0. */
  readonly g: number;
  /** 1/Q of the poles, over 0. */
  readonly k: number;
  readonly high: number;
  readonly band: number;
  readonly low: number;
}

/**
 * The same filter as a state-variable filter with trapezoidal integrators (V. Zavalishin, "The Art of VA Filter Design", 2012):
 *
 *   h = (x − (k + g)·s1 − s2) / (1 + g·(g + k)),  b = g·h + s1,  l = g·b + s2,  s1 ← b + g·h,  s2 ← l + g·b,
 *   y = high·h + band·b + low·l.
 *
 * With s = (z − 1)/(z + 1) a section is (V·s² + 2T·s + U) / (v·s² + 2t·s + u), where u, v are its denominator at DC and Nyquist, t = 1 − a2,
 * and U, V, T the same of its numerator: so g² = u/v, k = 2t/√(u·v), high = V/v, band = 2T/√(u·v), low = U/u.
 */
export function stateVariable({b0, b1, b2, a1, a2}: Biquad): StateVariable {
  const u = 1 + a1 + a2;
  const v = 1 - a1 + a2;
  const root = Math.sqrt(u * v);
  return {
    g: Math.sqrt(u / v),
    k: (2 * (1 - a2)) / root,
    high: (b0 - b1 + b2) / v,
    band: (2 * (b0 - b2)) / root,
    low: (b0 + b1 + b2) / u,
  };
}
