import type {Biquad} from './plan.ts';

/** The section that changes nothing. */
export const identityBiquad: Biquad = {b0: 1, b1: 0, b2: 0, a1: 0, a2: 0};

/** |H|² of a section at a frequency, from s = sin²(π·f/fs) so that it is exact down to the lowest frequencies. */
export function biquadPower({b0, b1, b2, a1, a2}: Biquad, hz: number, sampleRate: number): number {
  const s = Math.sin((Math.PI * hz) / sampleRate) ** 2;
  return squared(b0, b1, b2, s) / squared(1, a1, a2, s);
}

/** Gain of a section in dB at a frequency in hertz; `-Infinity` where it lets nothing through. */
export function magnitudeDb(biquad: Biquad, hz: number, sampleRate: number): number {
  return 10 * Math.log10(biquadPower(biquad, hz, sampleRate));
}

/** Whether both poles lie inside the unit circle: the stability triangle |a2| < 1, |a1| < 1 + a2. */
export function isStable({a1, a2}: Biquad): boolean {
  return 1 + a1 + a2 > 0 && 1 - a1 + a2 > 0 && 1 - a2 > 0 && 1 + a2 > -Math.abs(a1);
}

/** |c0 + c1/z + c2/z²|² on the unit circle: (u·cos² − v·sin²)² + 4t²·sin²·cos² of half the angle, with u and v the values at DC and Nyquist, t = c0 − c2. */
function squared(c0: number, c1: number, c2: number, s: number): number {
  const c = 1 - s;
  return ((c0 + c1 + c2) * c - (c0 - c1 + c2) * s) ** 2 + 4 * (c0 - c2) ** 2 * s * c;
}
