/** A fast Fourier transform of one length. */
export interface Transform {
  /** Transforms in place, forward and without a factor: X(k) = Σ x(n)·e^(−2πikn/length). X(k) comes to stand at `placeOf[k]`. */
  run(re: Float64Array, im: Float64Array): void;
  readonly placeOf: Uint32Array;
}

/** A piece of this length and its factors fit into the processor's first cache. */
const nearLength = 2048;

/**
 * Makes a transform of a length that is a power of two (Cooley and Tukey, decimation in frequency, two stages of radix 2 at a time, so that numbers are fetched half as
 * often). A long piece is split until its parts lie near, and each is finished before the next is begun. Tables are made once. The lines are left in the order in which they
 * fall out (bits reversed): who adds up many spectra puts only the sum in order.
 */
export function createTransform(length: number): Transform {
  const bits = Math.log2(length);
  if (!Number.isInteger(bits)) throw new RangeError(`the length of a transform must be a power of two, not ${length}`);
  const half = length / 2;
  const placeOf = new Uint32Array(length);
  for (let index = 1; index < length; index++) {
    placeOf[index] = ((placeOf[index >> 1] ?? 0) >> 1) | (index & 1 ? half : 0);
  }
  const tables = new Map<number, Float64Array>();
  for (let part = length; part >= 4; part /= 4) tables.set(part, factorsOf(part));

  /** Splits each part between the places into four quarters that are transforms of their own; into two where it has but two numbers. */
  function split(re: Float64Array, im: Float64Array, from: number, to: number, part: number): void {
    const factors = tables.get(part);
    for (let at = from; at < to; at += part) {
      if (factors === undefined) splitInTwo(re, im, at);
      else splitInFour(re, im, at, part / 4, factors);
    }
  }

  function transform(re: Float64Array, im: Float64Array, start: number, part: number): void {
    const end = start + part;
    if (part > nearLength) {
      split(re, im, start, end, part);
      for (let at = start; at < end; at += part / 4) transform(re, im, at, part / 4);
      return;
    }
    for (let piece = part; piece > 1; piece /= 4) split(re, im, start, end, piece);
  }

  return {placeOf, run: (re, im) => transform(re, im, 0, length)};
}

/** Cosine and sine of 2π·index/part, then those of twice and three times the angle, for each index of a quarter. */
function factorsOf(part: number): Float64Array {
  const factors = new Float64Array((part / 4) * 6);
  for (let index = 0; index < part / 4; index++) {
    for (let times = 1; times <= 3; times++) {
      const angle = (2 * Math.PI * index * times) / part;
      factors[6 * index + 2 * times - 2] = Math.cos(angle);
      factors[6 * index + 2 * times - 1] = Math.sin(angle);
    }
  }
  return factors;
}

function splitInFour(re: Float64Array, im: Float64Array, start: number, quarter: number, factors: Float64Array): void {
  for (let index = 0; index < quarter; index++) {
    const a = start + index;
    const b = a + quarter;
    const c = b + quarter;
    const d = c + quarter;
    const aRe = re[a] ?? 0;
    const aIm = im[a] ?? 0;
    const bRe = re[b] ?? 0;
    const bIm = im[b] ?? 0;
    const cRe = re[c] ?? 0;
    const cIm = im[c] ?? 0;
    const dRe = re[d] ?? 0;
    const dIm = im[d] ?? 0;
    const evenRe = aRe + cRe;
    const evenIm = aIm + cIm;
    const apartRe = aRe - cRe;
    const apartIm = aIm - cIm;
    const oddRe = bRe + dRe;
    const oddIm = bIm + dIm;
    // Times −i: a quarter of a turn back.
    const turnedRe = bIm - dIm;
    const turnedIm = dRe - bRe;
    const at = 6 * index;
    const onceCos = factors[at] ?? 0;
    const onceSin = factors[at + 1] ?? 0;
    const twiceCos = factors[at + 2] ?? 0;
    const twiceSin = factors[at + 3] ?? 0;
    const thriceCos = factors[at + 4] ?? 0;
    const thriceSin = factors[at + 5] ?? 0;
    const twiceRe = evenRe - oddRe;
    const twiceIm = evenIm - oddIm;
    const onceRe = apartRe + turnedRe;
    const onceIm = apartIm + turnedIm;
    const thriceRe = apartRe - turnedRe;
    const thriceIm = apartIm - turnedIm;
    re[a] = evenRe + oddRe;
    im[a] = evenIm + oddIm;
    re[b] = twiceRe * twiceCos + twiceIm * twiceSin;
    im[b] = twiceIm * twiceCos - twiceRe * twiceSin;
    re[c] = onceRe * onceCos + onceIm * onceSin;
    im[c] = onceIm * onceCos - onceRe * onceSin;
    re[d] = thriceRe * thriceCos + thriceIm * thriceSin;
    im[d] = thriceIm * thriceCos - thriceRe * thriceSin;
  }
}

function splitInTwo(re: Float64Array, im: Float64Array, start: number): void {
  const upperRe = re[start] ?? 0;
  const upperIm = im[start] ?? 0;
  const lowerRe = re[start + 1] ?? 0;
  const lowerIm = im[start + 1] ?? 0;
  re[start] = upperRe + lowerRe;
  im[start] = upperIm + lowerIm;
  re[start + 1] = upperRe - lowerRe;
  im[start + 1] = upperIm - lowerIm;
}
