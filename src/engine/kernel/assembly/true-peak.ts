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
  const end = work + (<usize>frames << 4);
  const isFine = v128.any_true(v128.load(interpolator + 96));
  let highest = i32x4.splat(0);
  for (let at = work; at < end; at += 16) {
    const from = at - 11 * 16;
    let half = f32x4.splat(0);
    let even = f32x4.splat(0);
    let odd = f32x4.splat(0);
    for (let tap: usize = 0; tap < 6; tap++) {
      const one = v128.load(from + (tap << 4));
      const other = v128.load(at - (tap << 4));
      const sum = f32x4.add(one, other);
      half = f32x4.add(half, f32x4.mul(v128.load(interpolator + (tap << 4)), sum));
      if (isFine) {
        even = f32x4.add(even, f32x4.mul(v128.load(interpolator + (tap << 4), 96), sum));
        odd = f32x4.add(odd, f32x4.mul(v128.load(interpolator + (tap << 4), 192), f32x4.sub(one, other)));
      }
    }
    highest = i32x4.max_s(highest, i32x4.max_s(magnitude(half), f32x4.add(magnitude(even), magnitude(odd))));
  }
  const near = i32x4.ge_s(peak, i32x4.splat(nearBits));
  return i32x4.max_s(peak, v128.and(highest, near));
}
