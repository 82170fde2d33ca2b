/** A fast Fourier transform of one length. */
export interface Transform {
  /** Transforms in place, forward and without a factor: X(k) = Σ x(n)·e^(−2πikn/length). X(k) comes to stand at `placeOf[k]`. */
  run(re: Float64Array, im: Float64Array): void;
  readonly placeOf: Uint32Array;
}

/**
 * Makes a transform of a length that is a power of two (Cooley and Tukey, radix 2, decimation in frequency). Its tables are made once. The lines are left in the order in
 * which they fall out (bits reversed): who adds up many spectra puts only the sum in order.
 */
export function createTransform(length: number): Transform {
  const bits = Math.log2(length);
  if (!Number.isInteger(bits)) throw new RangeError(`the length of a transform must be a power of two, not ${length}`);
  const half = length / 2;
  // Those of a stage stand side by side, from `span` on: a table for all would be read in leaps.
  const cosines = new Float64Array(length);
  const sines = new Float64Array(length);
  for (let span = 1; span < length; span *= 2) {
    for (let index = 0; index < span; index++) {
      cosines[span + index] = Math.cos((Math.PI * index) / span);
      sines[span + index] = Math.sin((Math.PI * index) / span);
    }
  }
  const placeOf = new Uint32Array(length);
  for (let index = 1; index < length; index++) {
    placeOf[index] = ((placeOf[index >> 1] ?? 0) >> 1) | (index & 1 ? half : 0);
  }

  function runStage(re: Float64Array, im: Float64Array, span: number): void {
    for (let start = 0; start < length; start += 2 * span) {
      for (let index = 0; index < span; index++) {
        const upper = start + index;
        const lower = upper + span;
        const upperRe = re[upper] ?? 0;
        const upperIm = im[upper] ?? 0;
        const lowerRe = re[lower] ?? 0;
        const lowerIm = im[lower] ?? 0;
        const apartRe = upperRe - lowerRe;
        const apartIm = upperIm - lowerIm;
        const c = cosines[span + index] ?? 0;
        const s = sines[span + index] ?? 0;
        re[upper] = upperRe + lowerRe;
        im[upper] = upperIm + lowerIm;
        re[lower] = apartRe * c + apartIm * s;
        im[lower] = apartIm * c - apartRe * s;
      }
    }
  }

  /** The last stage turns nothing. */
  function runLast(re: Float64Array, im: Float64Array): void {
    for (let upper = 0; upper < length; upper += 2) {
      const upperRe = re[upper] ?? 0;
      const upperIm = im[upper] ?? 0;
      const lowerRe = re[upper + 1] ?? 0;
      const lowerIm = im[upper + 1] ?? 0;
      re[upper] = upperRe + lowerRe;
      im[upper] = upperIm + lowerIm;
      re[upper + 1] = upperRe - lowerRe;
      im[upper + 1] = upperIm - lowerIm;
    }
  }

  return {
    placeOf,
    run(re, im) {
      for (let span = half; span > 1; span /= 2) runStage(re, im, span);
      if (length > 1) runLast(re, im);
    },
  };
}
