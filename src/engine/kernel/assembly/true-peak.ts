import {magnitude} from './input';
import {historyBytes, interpolator, recordHistory, work} from './layout';

/** The bits of 10^(−6/20): from here on the peak between samples is looked for. */
const nearBits: i32 = reinterpret<i32>(<f32>0.501187);

/** Whether a lane's sample peak comes near full scale. */
// @ts-ignore: decorator
@inline
export function isNear(peak: v128): bool {
  return v128.any_true(i32x4.ge_s(peak, i32x4.splat(nearBits)));
}

/** Puts the 12 frames before this block in front of `work`. */
// @ts-ignore: decorator
@inline
export function recall(record: usize): void {
  memory.copy(work - historyBytes, record + recordHistory, historyBytes);
}

/** Keeps the last 12 frames of what stands before and in `work` now. */
// @ts-ignore: decorator
@inline
export function remember(record: usize, frames: i32): void {
  memory.copy(record + recordHistory, work - historyBytes + (<usize>frames << 4), historyBytes);
}

/**
 * The highest magnitude between samples in the lanes whose sample peak is near, in the others the sample peak; never below it. BS.1770
 * annex 2: four times the rate (twice from 96 kHz on) by 12 samples around each point. The half is symmetric, and first and last quarter mirror
 * each other: with sums s and differences d of samples at equal distance they are Σ e·s ± Σ o·d, and the larger magnitude is |Σ e·s| + |Σ o·d|.
 * `interpolator` holds 6 factors of the half, then e and o, all 0 where the half is enough. What lies in the newest 6 frames is found in the block after.
 */
export function truePeak(peak: v128, frames: i32): v128 {
  const isFine = v128.any_true(v128.load(interpolator + 96));
  const highest = isFine ? highestOfQuarters(frames) : highestOfHalves(frames);
  const near = i32x4.ge_s(peak, i32x4.splat(nearBits));
  return i32x4.max_s(peak, v128.and(highest, near));
}

/** The highest magnitude at half, first and last quarter. Two frames at a time, so that factors are read once for both. */
function highestOfQuarters(frames: i32): v128 {
  const end = work + (<usize>frames << 4);
  let highest = i32x4.splat(0);
  for (let at = work; at < end; at += 32) {
    let half = f32x4.splat(0);
    let even = f32x4.splat(0);
    let odd = f32x4.splat(0);
    let nextHalf = f32x4.splat(0);
    let nextEven = f32x4.splat(0);
    let nextOdd = f32x4.splat(0);
    let one = at - 11 * 16;
    let other = at;
    const last = interpolator + 96;
    for (let factor = interpolator; factor < last; factor += 16) {
      const forHalf = v128.load(factor);
      const forEven = v128.load(factor, 96);
      const forOdd = v128.load(factor, 192);
      const x = v128.load(one);
      const y = v128.load(other);
      const sum = f32x4.add(x, y);
      half = f32x4.add(half, f32x4.mul(forHalf, sum));
      even = f32x4.add(even, f32x4.mul(forEven, sum));
      odd = f32x4.add(odd, f32x4.mul(forOdd, f32x4.sub(x, y)));
      const nextX = v128.load(one, 16);
      const nextY = v128.load(other, 16);
      const nextSum = f32x4.add(nextX, nextY);
      nextHalf = f32x4.add(nextHalf, f32x4.mul(forHalf, nextSum));
      nextEven = f32x4.add(nextEven, f32x4.mul(forEven, nextSum));
      nextOdd = f32x4.add(nextOdd, f32x4.mul(forOdd, f32x4.sub(nextX, nextY)));
      one += 16;
      other -= 16;
    }
    const quarters = i32x4.max_s(f32x4.add(magnitude(even), magnitude(odd)), f32x4.add(magnitude(nextEven), magnitude(nextOdd)));
    highest = i32x4.max_s(highest, i32x4.max_s(quarters, i32x4.max_s(magnitude(half), magnitude(nextHalf))));
  }
  return highest;
}

/** The highest magnitude half-way between samples. */
function highestOfHalves(frames: i32): v128 {
  const end = work + (<usize>frames << 4);
  let highest = i32x4.splat(0);
  for (let at = work; at < end; at += 16) {
    let half = f32x4.splat(0);
    for (let tap: usize = 0; tap < 96; tap += 16) {
      half = f32x4.add(half, f32x4.mul(v128.load(interpolator + tap), f32x4.add(v128.load(at - 11 * 16 + tap), v128.load(at - tap))));
    }
    highest = i32x4.max_s(highest, magnitude(half));
  }
  return highest;
}
