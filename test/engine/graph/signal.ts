import {samplesOf} from '../../samples.ts';
import {plainSpectrum} from '../figures/spectrum.ts';

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
  return plainSpectrum(Float64Array.from(signal, (value, n) => value * Math.sin((Math.PI * (n + 0.5)) / size) ** 8));
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
