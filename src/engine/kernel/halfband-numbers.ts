/** Half of the width between pass band and stop band, in units of twice the rate: at 44.1 kHz it passes up to 20 kHz and stops from 24.1 kHz on. */
const transition = 0.0465;
const order = 13;

/**
 * Factors of the six all-passes of an elliptic half-band filter, rising, four times each (a vector): the even ones make one branch, the odd ones
 * the other. 78 dB down in the stop band. Source: R. A. Valenzuela, A. G. Constantinides, "Digital signal processing schemes for efficient
 * interpolation and decimation", IEE Proceedings G 130 (1983).
 */
export function halfbandNumbers(): Float32Array {
  const k = Math.tan(((1 - 2 * transition) * Math.PI) / 4) ** 2;
  const root = (1 - k * k) ** 0.25;
  const e = (0.5 * (1 - root)) / (1 + root);
  // The nome of the elliptic functions by its power series.
  const q = e + 2 * e ** 5 + 15 * e ** 9 + 150 * e ** 13;
  const terms = [0, 1, 2, 3, 4, 5];
  return Float32Array.from(
    [1, 2, 3, 4, 5, 6].flatMap((index) => {
      const angle = (index * Math.PI) / order;
      const upper = terms.reduce((sum, i) => sum + (-1) ** i * q ** (i * (i + 1)) * Math.sin((2 * i + 1) * angle), 0);
      const lower = terms.reduce((sum, i) => sum + (-1) ** i * q ** (i * i) * Math.cos(2 * i * angle), -0.5);
      const w = Math.sqrt(q) * (upper / lower) ** 2;
      const x = Math.sqrt((1 - w * k) * (1 - w / k)) / (1 + w);
      const factor = (1 - x) / (1 + x);
      return [factor, factor, factor, factor];
    }),
  );
}
