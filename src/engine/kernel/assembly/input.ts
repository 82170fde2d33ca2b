import {blockFrames, fadeTable, inputs, stemPairs, work} from './layout';

/** The bits of 2³²: what is larger (+193 dBFS, infinities, NaN) is no sound. Bits of positive floats order like their values. */
const absurdBits: i32 = 0x4f800000;
/** The bits of 10^(−0.01/20) = 0.99885: at or above it a sample counts as clipped. */
const clippedBits: i32 = reinterpret<i32>(<f32>0.998849);
/** The bits just below 2⁻⁶⁰, −361 dBFS: what is no larger becomes 0. */
const faintBits: i32 = 0x217fffff;

// @ts-ignore: decorator
@inline
export function magnitude(x: v128): v128 {
  return v128.and(x, i32x4.splat(0x7fffffff));
}

/**
 * Samples below 2⁻⁶⁰ (−361 dBFS) become 0; WebAssembly has no flush-to-zero mode. Applied to what comes into a strip and to what leaves it,
 * so that no sample and no sum of the chain is ever denormal (a sum of floats above 2⁻⁶⁰ is 0 or above 2⁻⁸⁴). NaN stays NaN. `size` is `magnitude(x)`.
 */
// @ts-ignore: decorator
@inline
export function flushed(x: v128, size: v128): v128 {
  return v128.and(x, i32x4.gt_s(size, i32x4.splat(faintBits)));
}

/** Energies of what the last `takeIn` or `clean` left in `work`. Squares are summed over 32 frames at a time and these sums again. */
export let takenEnergy: v128 = i32x4.splat(0);

/**
 * Reads one block of a pair from its four planar channels into `work`, a vector `L0 R0 L1 R1` a frame, flushed, and sums its energies.
 * Returns the highest magnitude of each lane as bits; above `absurdBits` the block must be cleaned.
 */
export function takeIn(pair: i32, frames: i32): v128 {
  const stride: usize = <usize>blockFrames * 4;
  let from = inputs + <usize>pair * 4 * stride;
  let to = work;
  const end = from + (<usize>frames << 2);
  let peak = i32x4.splat(0);
  let energy = f32x4.splat(0);
  while (from < end) {
    const partEnd = min(from + 128, end);
    let sum = f32x4.splat(0);
    while (from < partEnd) {
      const a = v128.load(from);
      const b = v128.load(from + stride);
      const c = v128.load(from + 2 * stride);
      const d = v128.load(from + 3 * stride);
      const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
      const ab2 = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
      const cd2 = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
      const x0 = v128.shuffle<i64>(ab, cd, 0, 2);
      const x1 = v128.shuffle<i64>(ab, cd, 1, 3);
      const x2 = v128.shuffle<i64>(ab2, cd2, 0, 2);
      const x3 = v128.shuffle<i64>(ab2, cd2, 1, 3);
      const m0 = magnitude(x0);
      const m1 = magnitude(x1);
      const m2 = magnitude(x2);
      const m3 = magnitude(x3);
      const f0 = flushed(x0, m0);
      const f1 = flushed(x1, m1);
      const f2 = flushed(x2, m2);
      const f3 = flushed(x3, m3);
      v128.store(to, f0);
      v128.store(to, f1, 16);
      v128.store(to, f2, 32);
      v128.store(to, f3, 48);
      const half = f32x4.add(f32x4.mul(f0, f0), f32x4.mul(f1, f1));
      sum = f32x4.add(sum, f32x4.add(half, f32x4.add(f32x4.mul(f2, f2), f32x4.mul(f3, f3))));
      peak = i32x4.max_s(peak, i32x4.max_s(i32x4.max_s(m0, m1), i32x4.max_s(m2, m3)));
      from += 16;
      to += 64;
    }
    energy = f32x4.add(energy, sum);
  }
  takenEnergy = energy;
  return peak;
}

/** Whether a lane holds something that is no sound. */
// @ts-ignore: decorator
@inline
export function isAbsurd(peak: v128): bool {
  return v128.any_true(absurdLanes(peak));
}

/** The lanes that hold something that is no sound. */
// @ts-ignore: decorator
@inline
export function absurdLanes(peak: v128): v128 {
  return i32x4.gt_s(peak, i32x4.splat(absurdBits));
}

/** Whether a lane comes near full scale. */
// @ts-ignore: decorator
@inline
export function isClipped(peak: v128): bool {
  return v128.any_true(i32x4.ge_s(peak, i32x4.splat(clippedBits)));
}

/** How many samples of each lane of `work` the last `clean` silenced. */
export let silenced: v128 = i32x4.splat(0);

/** Silences NaN, infinities and what lies beyond 2³² in `work`, counts them, sums the energies and returns the peaks of what is left. */
export function clean(frames: i32): v128 {
  const end = work + (<usize>frames << 4);
  let count = i32x4.splat(0);
  let peak = i32x4.splat(0);
  let energy = f32x4.splat(0);
  for (let at = work; at < end; ) {
    const partEnd = min(at + 512, end);
    let sum = f32x4.splat(0);
    for (; at < partEnd; at += 16) {
      const x = v128.load(at);
      const absurd = i32x4.gt_s(magnitude(x), i32x4.splat(absurdBits));
      count = i32x4.sub(count, absurd);
      const kept = v128.andnot(x, absurd);
      v128.store(at, kept);
      peak = i32x4.max_s(peak, magnitude(kept));
      sum = f32x4.add(sum, f32x4.mul(kept, kept));
    }
    energy = f32x4.add(energy, sum);
  }
  takenEnergy = energy;
  silenced = count;
  return peak;
}

/**
 * Counts runs of consecutive samples at or above −0.01 dBFS in `work`, lane by lane. `runs` (4 × i32) holds the runs that
 * come in from the block before and receives those that go on. Returns the longest run that touched this block.
 */
export function countRuns(runs: usize, frames: i32): v128 {
  const end = work + (<usize>frames << 4);
  const one = i32x4.splat(1);
  const limit = i32x4.splat(clippedBits);
  let run = v128.load(runs);
  let longest = i32x4.splat(0);
  for (let at = work; at < end; at += 16) {
    run = v128.and(i32x4.add(run, one), i32x4.ge_s(magnitude(v128.load(at)), limit));
    longest = i32x4.max_s(longest, run);
  }
  v128.store(runs, run);
  return longest;
}

/**
 * Fades the inputs of all stems over one block: x · w(t), rising with the table's raised cosine or falling with its mirror image.
 * What was NaN stays NaN here and is caught by the strip.
 */
export function fadeInputs(frames: i32, rising: bool): void {
  const stride: usize = <usize>blockFrames * 4;
  const bytes = <usize>frames << 2;
  for (let channel = 0; channel < stemPairs * 4; channel++) {
    const from = inputs + <usize>channel * stride;
    for (let at: usize = 0; at < bytes; at += 16) {
      let weight: v128;
      if (rising) weight = v128.load(fadeTable + at);
      else {
        const mirrored = v128.load(fadeTable + bytes - 16 - at);
        weight = v128.shuffle<i32>(mirrored, mirrored, 3, 2, 1, 0);
      }
      v128.store(from + at, f32x4.mul(v128.load(from + at), weight));
    }
  }
}
