import {detect, detectFiltered} from './detector';
import {compressorFirst, compressorState, liftOf, nearerTo, plainAt, settled, stepOf, turn, valuesOf} from './dynamics';
import {lanesInUse, targetAt} from './glide';
import {dynamicsVectors, levels, work} from './layout';

/** Lowest gain of the last block without make-up, octaves. */
export let compressorLowest: v128 = i32x4.splat(0);

/**
 * A feed-forward compressor, stereo linked, in place on `work`. Latency 0. Every four frames, levels and gains in octaves:
 *
 *   x = level − threshold, W = knee, wanted = (1/ratio − 1)·(min(max(x + W/2, 0), W)²/(2W) + max(x − W/2, 0))
 *   gain ← gain + share of the way, attack downwards and release upwards
 *   sound · (1 + on·(2^(gain + make-up) − 1)), straight between the fourth frames
 *
 * Source of curve and smoothing: D. Giannoulis, M. Massberg, J. Reiss, "Digital Dynamic Range Compressor Design", JAES 60 (2012).
 */
export function compress(dynamics: usize, frames: i32, clock: i32): void {
  const state = compressorState(dynamics);
  const plain = plainAt(dynamics);
  const step = stepOf(dynamics);
  const threshold = valuesOf(dynamics, compressorFirst, frames);
  const slope = valuesOf(dynamics, compressorFirst + 1, frames);
  const knee = valuesOf(dynamics, compressorFirst + 2, frames);
  const makeUp = valuesOf(dynamics, compressorFirst + 3, frames);
  const on = valuesOf(dynamics, compressorFirst + 4, frames);
  // Without a sidechain filter α1 is 0.
  if (v128.any_true(v128.load(plain, 128))) detectFiltered(state, plain + 80, frames, clock);
  else detect(state, frames, clock);
  if (step == 0) want(v128.load(threshold), v128.load(slope), v128.load(knee), frames);
  else wantMoving(threshold, slope, knee, step, frames);
  const lowest = follow(state + 96, v128.load(plain, 48), v128.load(plain, 64), makeUp, on, step, frames);
  compressorLowest = v128.and(lowest, lanesInUse(dynamics, dynamicsVectors, compressorFirst + 4));
}

/** The static curve; `half` is W/2, `bend` 1/(2W). */
// @ts-ignore: decorator
@inline
function curve(level: v128, threshold: v128, slope: v128, width: v128, half: v128, bend: v128): v128 {
  const none = f32x4.splat(0);
  const over = f32x4.sub(level, threshold);
  const inKnee = f32x4.pmin(width, f32x4.pmax(none, f32x4.add(over, half)));
  const past = f32x4.pmax(none, f32x4.sub(over, half));
  return f32x4.mul(slope, f32x4.add(f32x4.mul(bend, f32x4.mul(inKnee, inKnee)), past));
}

// @ts-ignore: decorator
@inline
function bendOf(width: v128): v128 {
  return f32x4.div(f32x4.splat(0.5), f32x4.pmax(width, f32x4.splat(1e-6)));
}

/** Makes of the levels at `levels` the gains that are wanted, parameters at rest. */
function want(threshold: v128, slope: v128, width: v128, frames: i32): void {
  const half = f32x4.mul(f32x4.splat(0.5), width);
  const bend = bendOf(width);
  const end = levels + (<usize>frames << 2);
  for (let at = levels; at < end; at += 16) v128.store(at, curve(v128.load(at), threshold, slope, width, half, bend));
}

/** The same where they move, to the bit where they do not. */
function wantMoving(threshold: usize, slope: usize, knee: usize, step: usize, frames: i32): void {
  const end = levels + (<usize>frames << 2);
  for (let at = levels; at < end; at += 16) {
    const width = v128.load(knee);
    const half = f32x4.mul(f32x4.splat(0.5), width);
    v128.store(at, curve(v128.load(at), v128.load(threshold), v128.load(slope), width, half, bendOf(width)));
    threshold += step;
    slope += step;
    knee += step;
  }
}

/**
 * Follows the wanted gains at `levels` with attack and release, and turns `work`; returns the lowest gain. `state` holds gain and lift.
 */
function follow(state: usize, attack: v128, release: v128, makeUp: usize, on: usize, step: usize, frames: i32): v128 {
  let gain = v128.load(state);
  let lift = v128.load(state, 16);
  let lowest = f32x4.splat(0);
  const bytes = <usize>frames << 4;
  for (let i: usize = 0; i < bytes; i += 64) {
    gain = settled(nearerTo(gain, v128.load(levels + (i >> 2)), attack, release));
    lowest = f32x4.pmin(lowest, gain);
    const next = liftOf(f32x4.add(gain, v128.load(makeUp)), v128.load(on));
    turn(work + i, lift, next);
    lift = next;
    makeUp += step;
    on += step;
  }
  v128.store(state, gain);
  v128.store(state, lift, 16);
  return lowest;
}

/** As open as long silence leaves it, at once: nothing but its make-up. */
export function openCompressor(dynamics: usize): void {
  const makeUp = v128.load(targetAt(dynamics, dynamicsVectors, compressorFirst + 3));
  const on = v128.load(targetAt(dynamics, dynamicsVectors, compressorFirst + 4));
  v128.store(compressorState(dynamics), liftOf(makeUp, on), 112);
}

/** No compressor in this block. */
export function noCompressor(): void {
  compressorLowest = i32x4.splat(0);
}
