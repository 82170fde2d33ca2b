/**
 * Decibels and amplitude factors. Silence is `-Infinity` dB and factor 0; every other value is finite.
 * 20·log10 throughout: levels here are amplitudes, never powers.
 */

/** Amplitude factor of a gain in dB; `-Infinity` gives 0. */
export function factorFromDb(gainDb: number): number {
  return 10 ** (gainDb / 20);
}

/** Gain in dB of an amplitude factor; 0 (and anything below) gives `-Infinity`. */
export function dbFromFactor(factor: number): number {
  return factor > 0 ? 20 * Math.log10(factor) : Number.NEGATIVE_INFINITY;
}

/** A level as people read it: `-6.0`, `+3.5`, `-∞`; `minusInfinity` replaces the sign where a display lacks it. */
export function formatDb(levelDb: number, minusInfinity = '-∞'): string {
  if (levelDb === Number.NEGATIVE_INFINITY) return minusInfinity;
  const rounded = Math.round(levelDb * 10) / 10;
  return `${rounded > 0 ? '+' : ''}${(rounded === 0 ? 0 : rounded).toFixed(1)}`;
}
