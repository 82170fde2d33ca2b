import {flushed, magnitude} from './input';
import {recordWeighting, weighting, work} from './layout';
import {swapped} from './detector';

/** What one block of a pair measured at one tap, one vector each, lanes `L0 R0 L1 R1`; peaks as bits. */
export let tapPeak: v128 = i32x4.splat(0);
export let tapEnergy: v128 = i32x4.splat(0);
export let tapProduct: v128 = i32x4.splat(0);
export let tapWeighted: v128 = i32x4.splat(0);
export let tapWeightedProduct: v128 = i32x4.splat(0);
/** Sums of the samples and of their magnitudes. */
export let tapSum: v128 = i32x4.splat(0);
export let tapAverage: v128 = i32x4.splat(0);

/** Samples and squares are summed over 32 frames at a time and these sums again: in one long sum of floats the small would be lost in the large. */
export const sumBytes: usize = 32 * 16;
/** The bits of 2⁻²⁴: what is fainter in the weighting filter is forgotten at the end of a block. */
const faintBits: i32 = 0x33800000;

/** Nothing was heard at the tap. */
export function silentTap(): void {
  tapPeak = tapEnergy = tapProduct = tapWeighted = tapWeightedProduct = tapSum = tapAverage = i32x4.splat(0);
}

/** What was measured in the lanes of a mask is dropped. */
export function dropTap(lanes: v128): void {
  tapPeak = v128.andnot(tapPeak, lanes);
  tapEnergy = v128.andnot(tapEnergy, lanes);
  tapProduct = v128.andnot(tapProduct, lanes);
  tapWeighted = v128.andnot(tapWeighted, lanes);
  tapWeightedProduct = v128.andnot(tapWeightedProduct, lanes);
  tapSum = v128.andnot(tapSum, lanes);
  tapAverage = v128.andnot(tapAverage, lanes);
}

/** Whether the weighting filter of a record still rings. */
// @ts-ignore: decorator
@inline
export function isRinging(record: usize): bool {
  const k = record + recordWeighting;
  return v128.any_true(v128.or(v128.or(v128.load(k), v128.load(k, 16)), v128.or(v128.load(k, 32), v128.load(k, 48))));
}

/**
 * Multiplies `work` by a gain and measures it: peak, sum, sum of magnitudes, energy, left × right, and energy and left × right behind the
 * K-weighting of BS.1770. `gain` is the address of the first frame's gain, `step` the bytes to the next frame's, 0 where it rests. Latency 0.
 *
 *   shelf       y = b0·x + p            p ← b1·x − a1·y + q     q ← b2·x − a2·y
 *   high-pass   z = y + u               u ← u + v − α1·z        v ← v − α2·z        (b = 1, −2, 1; its scale goes on the energy)
 */
export function measure(record: usize, gain: usize, step: usize, frames: i32): void {
  const b0 = v128.load(weighting);
  const b1 = v128.load(weighting, 16);
  const b2 = v128.load(weighting, 32);
  const a1 = v128.load(weighting, 48);
  const a2 = v128.load(weighting, 64);
  const d1 = v128.load(weighting, 80);
  const d2 = v128.load(weighting, 96);
  const k = record + recordWeighting;
  let p = v128.load(k);
  let q = v128.load(k, 16);
  let u = v128.load(k, 32);
  let v = v128.load(k, 48);
  let peak = i32x4.splat(0);
  let energy = f32x4.splat(0);
  let product = f32x4.splat(0);
  let weighted = f32x4.splat(0);
  let weightedProduct = f32x4.splat(0);
  let total = f32x4.splat(0);
  let average = f32x4.splat(0);
  const bytes = <usize>frames << 4;
  for (let at: usize = 0; at < bytes; ) {
    const end = min(at + sumBytes, bytes);
    let sum = f32x4.splat(0);
    let cross = f32x4.splat(0);
    let loud = f32x4.splat(0);
    let loudCross = f32x4.splat(0);
    let plain = f32x4.splat(0);
    let size = f32x4.splat(0);
    for (; at < end; at += 16) {
      const x = f32x4.mul(v128.load(work + at), v128.load(gain));
      gain += step;
      v128.store(work + at, x);
      const m = magnitude(x);
      peak = i32x4.max_s(peak, m);
      plain = f32x4.add(plain, x);
      size = f32x4.add(size, m);
      sum = f32x4.add(sum, f32x4.mul(x, x));
      cross = f32x4.add(cross, f32x4.mul(x, swapped(x)));
      const y = f32x4.add(f32x4.mul(b0, x), p);
      p = f32x4.sub(f32x4.add(f32x4.mul(b1, x), q), f32x4.mul(a1, y));
      q = f32x4.sub(f32x4.mul(b2, x), f32x4.mul(a2, y));
      const z = f32x4.add(y, u);
      u = f32x4.sub(f32x4.add(u, v), f32x4.mul(d1, z));
      v = f32x4.sub(v, f32x4.mul(d2, z));
      loud = f32x4.add(loud, f32x4.mul(z, z));
      loudCross = f32x4.add(loudCross, f32x4.mul(z, swapped(z)));
    }
    energy = f32x4.add(energy, sum);
    product = f32x4.add(product, cross);
    weighted = f32x4.add(weighted, loud);
    weightedProduct = f32x4.add(weightedProduct, loudCross);
    total = f32x4.add(total, plain);
    average = f32x4.add(average, size);
  }
  v128.store(k, audible(p));
  v128.store(k, audible(q), 16);
  v128.store(k, audible(u), 32);
  v128.store(k, audible(v), 48);
  tapPeak = peak;
  tapEnergy = energy;
  tapProduct = product;
  const scale = v128.load(weighting, 112);
  tapWeighted = f32x4.mul(weighted, scale);
  tapWeightedProduct = f32x4.mul(weightedProduct, scale);
  tapSum = total;
  tapAverage = average;
}

// @ts-ignore: decorator
@inline
function audible(x: v128): v128 {
  return v128.and(x, i32x4.gt_s(magnitude(x), i32x4.splat(faintBits)));
}

/**
 * Multiplies `work` by a gain, flushes it and adds it to a bus (`into`; 0 leaves it in `work`); measures peak and energy. Gain as in `measure`.
 */
export function send(gain: usize, step: usize, into: usize, frames: i32): void {
  let peak = i32x4.splat(0);
  let energy = f32x4.splat(0);
  const bytes = <usize>frames << 4;
  for (let at: usize = 0; at < bytes; ) {
    const end = min(at + sumBytes, bytes);
    let sum = f32x4.splat(0);
    for (; at < end; at += 16) {
      const raw = f32x4.mul(v128.load(work + at), v128.load(gain));
      gain += step;
      const size = magnitude(raw);
      const x = flushed(raw, size);
      peak = i32x4.max_s(peak, size);
      sum = f32x4.add(sum, f32x4.mul(x, x));
      if (into == 0) v128.store(work + at, x);
      else v128.store(into + at, f32x4.add(v128.load(into + at), x));
    }
    energy = f32x4.add(energy, sum);
  }
  tapPeak = peak;
  tapEnergy = energy;
}

/** Adds `work` times a gain to a bus, flushed; gain as in `measure`. */
export function branch(gain: usize, step: usize, into: usize, frames: i32): void {
  const bytes = <usize>frames << 4;
  for (let at: usize = 0; at < bytes; at += 16) {
    addTo(into + at, f32x4.mul(v128.load(work + at), v128.load(gain)));
    gain += step;
  }
}

/** The same to two buses. */
export function branchTwo(gain: usize, into: usize, other: usize, intoOther: usize, step: usize, frames: i32): void {
  const bytes = <usize>frames << 4;
  for (let at: usize = 0; at < bytes; at += 16) {
    const x = v128.load(work + at);
    addTo(into + at, f32x4.mul(x, v128.load(gain)));
    addTo(intoOther + at, f32x4.mul(x, v128.load(other)));
    gain += step;
    other += step;
  }
}

// @ts-ignore: decorator
@inline
function addTo(at: usize, x: v128): void {
  v128.store(at, f32x4.add(v128.load(at), flushed(x, magnitude(x))));
}
