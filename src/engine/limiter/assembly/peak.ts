/**
 * Peaks between the samples. Each filter is half of a mirrored pair: the taps c₀ … c_T−1 and the same backwards, which give the signal at
 * n + φ and n + 1 − φ from the T samples around. In `filters`: four of 48 taps and four of 24 (φ = 1/8, 2/8, 3/8, 4/8), then four of
 * 12 taps (φ = 1/4, 1/2, and phases 0 and 1 of the example in BS.1770, Annex 2). The loader computes them; see peak-filters.ts.
 */
import * as layout from './layout';

/** More than the sum of the magnitudes of any filter's taps (2.611); the loader checks it. */
const bound: f32 = 2.65;

// @ts-ignore: decorator
@inline
function magnitude(x: v128): v128 {
  return f32x4.abs(x);
}

/** Highest magnitude of the samples that filters of this group of 8 frames read. */
function levelAround(line: usize): v128 {
  let peak = f32x4.splat(0);
  // 48 samples before the first, 8 of the group.
  for (let at = line - 192; at < line + 32; at += 16) peak = f32x4.max(peak, magnitude(v128.load(at)));
  return peak;
}

// @ts-ignore: decorator
@inline
function highest(x: v128): f32 {
  return max(
    max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  );
}

/**
 * What the mirrored pair at `filter` finds for 8 frames, whose first sample lies at `from`; raises the peaks at `to`. Two taps a turn;
 * `taps` is even.
 */
// @ts-ignore: decorator
@inline
function raise(filter: usize, taps: usize, from: usize, to: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  const end = filter + taps * 4;
  let back = end - 8;
  for (let at = filter; at < end; at += 8) {
    let x0 = v128.load(from);
    let x1 = v128.load(from, 16);
    let c = v128.load32_splat(at);
    let d = v128.load32_splat(back, 4);
    a0 = f32x4.add(a0, f32x4.mul(c, x0));
    a1 = f32x4.add(a1, f32x4.mul(c, x1));
    b0 = f32x4.add(b0, f32x4.mul(d, x0));
    b1 = f32x4.add(b1, f32x4.mul(d, x1));
    x0 = v128.load(from, 4);
    x1 = v128.load(from, 20);
    c = v128.load32_splat(at, 4);
    d = v128.load32_splat(back);
    a0 = f32x4.add(a0, f32x4.mul(c, x0));
    a1 = f32x4.add(a1, f32x4.mul(c, x1));
    b0 = f32x4.add(b0, f32x4.mul(d, x0));
    b1 = f32x4.add(b1, f32x4.mul(d, x1));
    from += 8;
    back -= 8;
  }
  v128.store(to, f32x4.max(v128.load(to), f32x4.max(magnitude(a0), magnitude(b0))));
  v128.store(to, f32x4.max(v128.load(to, 16), f32x4.max(magnitude(a1), magnitude(b1))), 16);
}

/**
 * Fills `peaks` for the frames that the chunk completes: frame i of it tells of the time from 24 frames before it to 23 before. Returns
 * whether any peak is above the ceiling. Where samples are so low that no peak between them can be, they count themselves.
 */
export function findPeaks(frames: i32, ceiling: f32): bool {
  const quiet = ceiling / bound;
  let top = f32x4.splat(0);
  for (let frame = 0; frame < frames; frame += 8) {
    const to = layout.peaks + (<usize>frame << 2);
    v128.store(to, f32x4.splat(0));
    v128.store(to, f32x4.splat(0), 16);
    for (let side = 0; side < 2; side++) {
      // Taps end at the newest sample: the one at frame `frame` of the chunk.
      const newest = layout.line(side) + (<usize>(layout.latency + frame) << 2);
      if (highest(levelAround(newest)) <= quiet) continue;
      const now = newest - 96;
      v128.store(to, f32x4.max(v128.load(to), magnitude(v128.load(now))));
      v128.store(to, f32x4.max(v128.load(to, 16), magnitude(v128.load(now, 16))), 16);
      let filter = layout.filters;
      for (let pair = 0; pair < 4; pair++) {
        raise(filter, 48, newest - 47 * 4, to);
        filter += 48 * 4;
      }
      for (let pair = 0; pair < 4; pair++) {
        // 24 taps around the same place: from 11 before it to 12 after it.
        raise(filter, 24, now - 11 * 4, to);
        filter += 24 * 4;
      }
      for (let pair = 0; pair < 4; pair++) {
        raise(filter, 12, now - 5 * 4, to);
        filter += 12 * 4;
      }
    }
    // Beyond the block lie zeros, and what is found there is found again by the next one.
    top = f32x4.max(top, f32x4.max(v128.load(to), v128.load(to, 16)));
  }
  return highest(top) > ceiling;
}
