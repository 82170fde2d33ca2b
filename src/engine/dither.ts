/**
 * Triangular dither: the difference of two numbers equally spread over 0…1, which makes the error of a rounding to whole
 * steps white, of constant power (1/4 step²) and free of the signal up to its second moment (the TPDF dither of Lipshitz, Wannamaker and Vanderkooy).
 *
 * The generator counts: the dither of a sample is a hash of its place in the file and of nothing else, so that every bounce of
 * the same mix is the same to the bit, whatever the size of the pieces it was written in. It repeats after 2³² samples (12 hours at 48 kHz).
 */

/** The seed of all dither. */
const seed = 0x4c54_4c54;

/**
 * Dither of the `index`-th sample of a file (frame × 2 + side), in steps: triangular within ±1, mean 0, variance 1/6.
 * The hash is a 32-bit multiply–xorshift mixer over an index spread by the golden ratio; its upper and lower halves are the two numbers.
 */
export function triangular(index: number): number {
  let hash = (Math.imul(index, 0x9e37_79b1) + seed) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  hash ^= hash >>> 16;
  return ((hash >>> 16) - (hash & 0xffff)) / 0x1_0000;
}

/** A sample as an integer of so many bits: round(x · 2^(bits − 1) + dither), held within its range. */
export function quantised(sample: number, dither: number, bits: 16 | 24): number {
  const fullScale = bits === 24 ? 0x80_0000 : 0x8000;
  const value = Math.floor(sample * fullScale + dither + 0.5);
  return Math.min(fullScale - 1, Math.max(-fullScale, value));
}
