/**
 * K-weighting, the filter of BS.1770: a shelf that stands for the head, then a high-pass. The standard gives both as biquads at 48 kHz
 * and asks of other rates for the same response: so the bilinear sections are taken apart into what they were before the
 * transform (frequency, damping, gains) and put together again at any rate.
 */

/** y = b0·x + b1·x₋₁ + b2·x₋₂ − a1·y₋₁ − a2·y₋₂ */
export interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

export interface KWeighting {
  readonly shelf: Biquad;
  readonly highPass: Biquad;
}

const tableRate = 48_000;

/** BS.1770-5, annex 1, tables 1 and 2. */
const table: KWeighting = {
  shelf: {
    b0: 1.53512485958697,
    b1: -2.69169618940638,
    b2: 1.19839281085285,
    a1: -1.69065929318241,
    a2: 0.73248077421585,
  },
  highPass: {b0: 1, b1: -2, b2: 1, a1: -1.99004745483398, a2: 0.99007225036621},
};

/** Below 8 kHz the shelf has no room; the rates of audio files end far below the upper limit. */
const lowestRate = 8000;
const highestRate = 1_536_000;

/** Both sections at a rate in hertz, held within 8,000…1,536,000. */
export function kWeighting(sampleRate: number): KWeighting {
  const rate = Math.min(highestRate, Math.max(lowestRate, sampleRate));
  return {shelf: atRate(table.shelf, rate), highPass: atRate(table.highPass, rate)};
}

/**
 * A bilinear section moved to another rate. With k = tan(π·f0/rate), q the quality, and V the gains at rest, at f0 and at half the rate:
 *
 *   b = [V∞ + Vf·k/q + V0·k², 2·(V0·k² − V∞), V∞ − Vf·k/q + V0·k²]   a = [2·(k² − 1), 1 − k/q + k²]   all over 1 + k/q + k²
 *
 * The standard writes the high-pass as 1, −2, 1 without a scale, so that it has a gain of 1.005 at the top. Here it keeps that gain at
 * every rate; were the 1, −2, 1 kept instead, 997 Hz would read 0.017 dB low at 96 kHz.
 */
function atRate({b0, b1, b2, a1, a2}: Biquad, rate: number): Biquad {
  const tableK = Math.sqrt((1 + a1 + a2) / (1 - a1 + a2));
  const q = (tableK * (1 - a1 + a2)) / (2 * (1 - a2));
  const k = Math.tan((Math.atan(tableK) * tableRate) / rate);
  const atRest = (b0 + b1 + b2) / (1 + a1 + a2);
  const between = (b0 - b2) / (1 - a2);
  const atTop = (b0 - b1 + b2) / (1 - a1 + a2);
  const whole = 1 + k / q + k * k;
  const even = atTop + atRest * k * k;
  return {
    b0: (even + (between * k) / q) / whole,
    b1: (2 * (atRest * k * k - atTop)) / whole,
    b2: (even - (between * k) / q) / whole,
    a1: (2 * (k * k - 1)) / whole,
    a2: (1 - k / q + k * k) / whole,
  };
}
