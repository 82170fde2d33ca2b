import {kWeighting} from '../../gain/k-weighting.ts';
import {interpolator} from '../../gain/true-peak.ts';

/** From this rate on a point half-way between samples is fine enough for a true peak. */
const halfwayRate = 96_000;

/**
 * Numbers of the kernel's meters, four times each (a vector): K-weighting as shelf b0 b1 b2 a1 a2, high-pass α1 α2 and the factor of the
 * energies; then the interpolation of true peaks, 6 factors for the half, 6 for what first and last quarter have in common, 6 for what they differ by.
 */
export function meterNumbers(sampleRate: number): Float32Array {
  const {shelf, highPass} = kWeighting(sampleRate);
  const weighting = [
    ...[shelf.b0, shelf.b1, shelf.b2, shelf.a1, shelf.a2],
    ...[highPass.a1 + 2, 1 + highPass.a1 + highPass.a2, highPass.b0 ** 2],
  ];
  const half = interpolator(0.5);
  const quarter = interpolator(0.25);
  const isFine = sampleRate < halfwayRate;
  const between = (sign: 1 | -1): number[] =>
    quarter.slice(0, 6).map((factor, tap) => (isFine ? (factor + sign * (quarter[11 - tap] ?? 0)) / 2 : 0));
  const numbers = [...weighting, ...half.slice(0, 6), ...between(1), ...between(-1)];
  return Float32Array.from(numbers.flatMap((number) => [number, number, number, number]));
}
