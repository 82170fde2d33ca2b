import {samplesOf} from '../../samples.ts';

/** Test signals and their spectrum. */

/** A sine of amplitude `peak` that starts at phase 0. */
export function sine(frames: number, hertz: number, sampleRate: number, peak = 0.5): Float32Array {
  return samplesOf(frames, (n) => peak * Math.sin((2 * Math.PI * hertz * n) / sampleRate));
}

/** Seeded white noise, uniform within ±`peak` (a linear congruential generator: the same on every machine). */
export function noise(frames: number, seed: number, peak = 0.5): Float32Array {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return samplesOf(frames, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return peak * (state / 2 ** 31 - 1);
  });
}

/** Power of each bin 0 … N/2 of a signal whose length is a power of two, under a cos⁸ window (its side lobes vanish within a few bins). */
export function powerSpectrum(signal: Float32Array): Float64Array {
  const size = signal.length;
  const re = Float64Array.from(signal, (value, n) => value * Math.sin((Math.PI * (n + 0.5)) / size) ** 8);
  const im = new Float64Array(size);
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) [re[i], re[j]] = [re[j] ?? 0, re[i] ?? 0];
  }
  for (let half = 1; half < size; half *= 2) {
    for (let k = 0; k < half; k++) {
      const wr = Math.cos((Math.PI * k) / half);
      const wi = -Math.sin((Math.PI * k) / half);
      for (let a = k; a < size; a += 2 * half) {
        const b = a + half;
        const xr = (re[b] ?? 0) * wr - (im[b] ?? 0) * wi;
        const xi = (re[b] ?? 0) * wi + (im[b] ?? 0) * wr;
        re[b] = (re[a] ?? 0) - xr;
        im[b] = (im[a] ?? 0) - xi;
        re[a] = (re[a] ?? 0) + xr;
        im[a] = (im[a] ?? 0) + xi;
      }
    }
  }
  return Float64Array.from({length: size / 2 + 1}, (_, k) => (re[k] ?? 0) ** 2 + (im[k] ?? 0) ** 2);
}

/** Energy of `signal` outside `hertz` ± `spread`, in dB under the energy of the undisturbed tone `reference`. */
export function spreadDb(
  signal: Float32Array,
  reference: Float32Array,
  hertz: number,
  spread: number,
  sampleRate: number,
): number {
  const outside = powerSpectrum(signal).reduce((sum, power, bin) => {
    const distance = Math.abs((bin * sampleRate) / signal.length - hertz);
    return distance > spread ? sum + power : sum;
  }, 0);
  const tone = powerSpectrum(reference).reduce((sum, power) => sum + power, 0);
  return 10 * Math.log10(outside / tone);
}
