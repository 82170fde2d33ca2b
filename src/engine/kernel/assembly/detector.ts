import {flushed, magnitude} from './input';
import {levels, windowFrames, work} from './layout';
import {log2Of} from './level';

/**
 * What a gate and a compressor go by: the highest |sample| of both sides in the last 7.5 to 10 ms (four parts of a window, the newest still
 * growing), once every four frames. So a tone above 67 Hz has one steady level, and both sides are turned alike. Latency 0.
 *
 *   state  +0 the three parts before, newest first   +48 the part that grows
 */

/** Left and right of both strips exchanged. */
// @ts-ignore: decorator
@inline
export function swapped(x: v128): v128 {
  return v128.shuffle<i32>(x, x, 1, 0, 3, 2);
}

/** Writes the levels of `work` in octaves to `levels`, a vector every four frames. `clock`: frames since the last part of a window began. */
export function detect(state: usize, frames: i32, clock: i32): void {
  const bytes = <usize>frames << 4;
  let before = heldBefore(state);
  let growing = v128.load(state, 48);
  let left = windowFrames - clock;
  for (let i: usize = 0; i < bytes; i += 64) {
    const at = work + i;
    const ab = i32x4.max_s(magnitude(v128.load(at)), magnitude(v128.load(at, 16)));
    const cd = i32x4.max_s(magnitude(v128.load(at, 32)), magnitude(v128.load(at, 48)));
    growing = i32x4.max_s(growing, i32x4.max_s(ab, cd));
    v128.store(levels + (i >> 2), levelOf(i32x4.max_s(growing, before)));
    left -= 4;
    if (left == 0) {
      before = shift(state, growing);
      growing = i32x4.splat(0);
      left = windowFrames;
    }
  }
  v128.store(state, growing, 48);
}

/**
 * The same behind a filter that only the detector hears, in delta form (exact down to the lowest frequencies):
 *
 *   y = β0·x + u   u ← u + v + β1·x − α1·y   v ← v + β2·x − α2·y
 *
 * with β0 = b0, β1 = b1 + 2·b0, β2 = b0 + b1 + b2, α1 = a1 + 2, α2 = 1 + a1 + a2. `filter`: β0 β1 β2 α1 α2; u and v stand after the state.
 */
export function detectFiltered(state: usize, filter: usize, frames: i32, clock: i32): void {
  const bytes = <usize>frames << 4;
  const b0 = v128.load(filter);
  const b1 = v128.load(filter, 16);
  const b2 = v128.load(filter, 32);
  const a1 = v128.load(filter, 48);
  const a2 = v128.load(filter, 64);
  let u = v128.load(state, 64);
  let v = v128.load(state, 80);
  let before = heldBefore(state);
  let growing = v128.load(state, 48);
  let left = windowFrames - clock;
  for (let i: usize = 0; i < bytes; i += 64) {
    const end = work + i + 64;
    for (let at = work + i; at < end; at += 16) {
      const x = v128.load(at);
      const y = f32x4.add(f32x4.mul(b0, x), u);
      u = f32x4.sub(f32x4.add(u, f32x4.add(v, f32x4.mul(b1, x))), f32x4.mul(a1, y));
      v = f32x4.add(v, f32x4.sub(f32x4.mul(b2, x), f32x4.mul(a2, y)));
      growing = i32x4.max_s(growing, magnitude(y));
    }
    v128.store(levels + (i >> 2), levelOf(i32x4.max_s(growing, before)));
    left -= 4;
    if (left == 0) {
      before = shift(state, growing);
      growing = i32x4.splat(0);
      left = windowFrames;
      u = flushed(u, magnitude(u));
      v = flushed(v, magnitude(v));
    }
  }
  v128.store(state, growing, 48);
  v128.store(state, u, 64);
  v128.store(state, v, 80);
}

// @ts-ignore: decorator
@inline
function levelOf(peak: v128): v128 {
  return log2Of(i32x4.max_s(peak, swapped(peak)));
}

// @ts-ignore: decorator
@inline
function heldBefore(state: usize): v128 {
  return i32x4.max_s(i32x4.max_s(v128.load(state), v128.load(state, 16)), v128.load(state, 32));
}

/** A new part begins; returns what the three before it hold. */
function shift(state: usize, newest: v128): v128 {
  v128.store(state, v128.load(state, 16), 32);
  v128.store(state, v128.load(state), 16);
  v128.store(state, newest);
  return heldBefore(state);
}
