import {createTransform, type Transform} from '../../../src/gain/fourier.ts';

const transforms = new Map<number, Transform>();

/** Power |X|² of each bin 0 … N/2 of a signal without a window; its length is a power of two. */
export function plainSpectrum(signal: Float32Array | Float64Array): Float64Array {
  const size = signal.length;
  const transform = transforms.get(size) ?? createTransform(size);
  transforms.set(size, transform);
  const re = new Float64Array(signal);
  const im = new Float64Array(size);
  transform.run(re, im);
  const powers = new Float64Array(size / 2 + 1);
  for (let bin = 0; bin < powers.length; bin++) {
    const at = transform.placeOf[bin] ?? 0;
    powers[bin] = (re[at] ?? 0) ** 2 + (im[at] ?? 0) ** 2;
  }
  return powers;
}
