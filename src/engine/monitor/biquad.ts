import type {Biquad} from '../plan/plan.ts';

/**
 * A bell by the bilinear transform: gain A² at the middle, 1 at 0 Hz and half the rate. With w = 2πf/fs and α = sin w · sinh(½ ln 2 · B · w / sin w), which
 * keeps the width of B octaves near half the rate, too: b = [1 + αA, −2 cos w, 1 − αA], a = [1 + α/A, −2 cos w, 1 − α/A]
 * (Bristow-Johnson's cookbook).
 */
export function bell(hertz: number, gainDb: number, octaves: number, sampleRate: number): Biquad {
  const w = (2 * Math.PI * hertz) / sampleRate;
  const amplitude = 10 ** (gainDb / 40);
  const alpha = Math.sin(w) * Math.sinh((Math.LN2 / 2) * octaves * (w / Math.sin(w)));
  const a0 = 1 + alpha / amplitude;
  const middle = (-2 * Math.cos(w)) / a0;
  return {
    b0: (1 + alpha * amplitude) / a0,
    b1: middle,
    b2: (1 - alpha * amplitude) / a0,
    a1: middle,
    a2: (1 - alpha / amplitude) / a0,
  };
}

/** A point of the unit circle, z⁻¹ = c₁ − j·s₁ and z⁻² = c₂ − j·s₂: where a section is asked for its gain, again and again. */
export interface CirclePoint {
  readonly c1: number;
  readonly s1: number;
  readonly c2: number;
  readonly s2: number;
}

/** Where a frequency lies on the unit circle: z = e^jw, w = 2πf/fs. */
export function pointAt(hertz: number, sampleRate: number): CirclePoint {
  const w = (2 * Math.PI * hertz) / sampleRate;
  return {c1: Math.cos(w), s1: Math.sin(w), c2: Math.cos(2 * w), s2: Math.sin(2 * w)};
}

/** Gain in dB at a point: |b₀ + b₁z⁻¹ + b₂z⁻²| / |1 + a₁z⁻¹ + a₂z⁻²|. */
export function gainDbAt({b0, b1, b2, a1, a2}: Biquad, {c1, s1, c2, s2}: CirclePoint): number {
  const over = (b0 + b1 * c1 + b2 * c2) ** 2 + (b1 * s1 + b2 * s2) ** 2;
  const under = (1 + a1 * c1 + a2 * c2) ** 2 + (a1 * s1 + a2 * s2) ** 2;
  return 10 * Math.log10(over / under);
}
