/** Power |X|² of each bin 0 … N/2 of a signal without a window; its length is a power of two. */
export function plainSpectrum(signal: Float32Array | Float64Array): Float64Array {
  const size = signal.length;
  const re = Float64Array.from(signal);
  const im = new Float64Array(size);
  reorder(re);
  const cos = Float64Array.from({length: size / 2}, (_, k) => Math.cos((2 * Math.PI * k) / size));
  const sin = Float64Array.from({length: size / 2}, (_, k) => -Math.sin((2 * Math.PI * k) / size));
  for (let half = 1; half < size; half *= 2) {
    const stride = size / (2 * half);
    for (let first = 0; first < size; first += 2 * half) {
      for (let k = 0; k < half; k++) {
        const a = first + k;
        const b = a + half;
        const wr = cos[k * stride] ?? 0;
        const wi = sin[k * stride] ?? 0;
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

/** The order in which a transform of radix 2 takes its samples. */
function reorder(re: Float64Array): void {
  const size = re.length;
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) [re[i], re[j]] = [re[j] ?? 0, re[i] ?? 0];
  }
}
