import {detect, detectFiltered} from './detector';
import {compressorFirst, compressorState, plainAt, stepOf, turn, valuesOf} from './dynamics';
import {settled} from './gate';
import {lanesInUse, targetAt} from './glide';
import {dynamicsVectors, levels, work} from './layout';
import {exp2Of} from './level';

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
  let threshold = valuesOf(dynamics, compressorFirst, frames);
  let slope = valuesOf(dynamics, compressorFirst + 1, frames);
  let knee = valuesOf(dynamics, compressorFirst + 2, frames);
  let makeUp = valuesOf(dynamics, compressorFirst + 3, frames);
  let on = valuesOf(dynamics, compressorFirst + 4, frames);
  // Without a sidechain filter α1 is 0.
  if (v128.any_true(v128.load(plain, 128))) detectFiltered(state, plain + 80, frames, clock);
  else detect(state, frames, clock);
  const attack = v128.load(plain, 48);
  const release = v128.load(plain, 64);
  const none = f32x4.splat(0);
  const one = f32x4.splat(1);
  const half = f32x4.splat(0.5);
  const narrowest = f32x4.splat(1e-6);
  let gain = v128.load(state, 96);
  let lift = v128.load(state, 112);
  let lowest = none;
  const bytes = <usize>frames << 4;
  for (let i: usize = 0; i < bytes; i += 64) {
    const width = v128.load(knee);
    const over = f32x4.sub(v128.load(levels + (i >> 2)), v128.load(threshold));
    const inKnee = f32x4.pmin(width, f32x4.pmax(none, f32x4.add(over, f32x4.mul(half, width))));
    const bent = f32x4.div(f32x4.mul(half, f32x4.mul(inKnee, inKnee)), f32x4.pmax(width, narrowest));
    const past = f32x4.pmax(none, f32x4.sub(over, f32x4.mul(half, width)));
    const wanted = f32x4.mul(v128.load(slope), f32x4.add(bent, past));
    const share = v128.bitselect(attack, release, f32x4.lt(wanted, gain));
    gain = settled(f32x4.add(gain, f32x4.mul(share, f32x4.sub(wanted, gain))));
    lowest = f32x4.pmin(lowest, gain);
    const next = f32x4.mul(v128.load(on), f32x4.sub(exp2Of(f32x4.add(gain, v128.load(makeUp))), one));
    turn(work + i, lift, next);
    lift = next;
    threshold += step;
    slope += step;
    knee += step;
    makeUp += step;
    on += step;
  }
  v128.store(state, gain, 96);
  v128.store(state, lift, 112);
  compressorLowest = v128.and(lowest, lanesInUse(dynamics, dynamicsVectors, compressorFirst + 4));
}

/** As open as long silence leaves it, at once: nothing but its make-up. */
export function openCompressor(dynamics: usize): void {
  const makeUp = v128.load(targetAt(dynamics, dynamicsVectors, compressorFirst + 3));
  const on = v128.load(targetAt(dynamics, dynamicsVectors, compressorFirst + 4));
  v128.store(compressorState(dynamics), f32x4.mul(on, f32x4.sub(exp2Of(makeUp), f32x4.splat(1))), 112);
}

/** No compressor in this block. */
export function noCompressor(): void {
  compressorLowest = i32x4.splat(0);
}
