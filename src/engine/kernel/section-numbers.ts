import type {Biquad} from '../plan/plan.ts';
import {stateVariable} from '../plan/state-variable.ts';

/** A biquad as the kernel runs it (assembly/section.ts). */
export interface SectionNumbers {
  readonly g: number;
  readonly k: number;
  /** Share of the input, and half of those of band-pass and low-pass. */
  readonly m0: number;
  readonly m1: number;
  readonly m2: number;
  /** c·g·(k + 2·g), with c = 2/(1 + g·(g + k)). */
  readonly a: number;
  /** c·g·(m1 + g·m2). */
  readonly n: number;
  /** 2·c·g². */
  readonly h: number;
}

/**
 * The numbers of a section; undefined for one that is not stable or not finite. From shares of high-pass, band-pass and low-pass, where
 * high = input − k·band − low: m0 = high, m1 = (band − k·high)/2, m2 = (low − high)/2.
 */
export function sectionNumbers(biquad: Biquad): SectionNumbers | undefined {
  const {a1, a2} = biquad;
  if (!(1 + a1 + a2 > 0 && 1 - a1 + a2 > 0 && a2 < 1 && a2 > -1)) return undefined;
  const {g, k, high, band, low} = stateVariable(biquad);
  const m1 = (band - k * high) / 2;
  const m2 = (low - high) / 2;
  const c = 2 / (1 + g * (g + k));
  const numbers = {g, k, m0: high, m1, m2, a: c * g * (k + 2 * g), n: c * g * (m1 + g * m2), h: 2 * c * g * g};
  return Object.values(numbers).every((number) => Number.isFinite(Math.fround(number))) ? numbers : undefined;
}

/** A biquad in delta form, as the kernel's detectors run it: β0, β1, β2, α1, α2 (β1 = b1 + 2·b0, β2 = b0 + b1 + b2, α1 = a1 + 2, α2 = 1 + a1 + a2). */
export function deltaNumbers({b0, b1, b2, a1, a2}: Biquad): readonly [number, number, number, number, number] {
  return [b0, b1 + 2 * b0, b0 + b1 + b2, a1 + 2, 1 + a1 + a2];
}
