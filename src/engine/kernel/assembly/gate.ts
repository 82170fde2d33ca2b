import {detect} from './detector';
import {gateFirst, gateState, liftOf, nearerTo, plainAt, settled, stepOf, turn, valuesOf} from './dynamics';
import {lanesInUse, targetAt} from './glide';
import {dynamicsVectors, levels, work} from './layout';
import {log2Of} from './level';

/** Lowest gain of the last block, octaves. */
export let gateLowest: v128 = i32x4.splat(0);

/**
 * A gate that is a downward expander, stereo linked, in place on `work`. Latency 0. Every four frames, levels and gains in octaves:
 *
 *   wanted = 0 while level ≥ threshold and for the hold after it, else max(range, (ratio − 1)·(level − threshold))
 *   gain ← gain + share of the way, attack upwards and release downwards; where that is too little to count, wanted itself
 *   sound · (1 + on·(2^gain − 1)), straight between the fourth frames
 */
export function gate(dynamics: usize, frames: i32, clock: i32): void {
  const state = gateState(dynamics);
  const plain = plainAt(dynamics);
  const step = stepOf(dynamics);
  let threshold = valuesOf(dynamics, gateFirst, frames);
  let slope = valuesOf(dynamics, gateFirst + 1, frames);
  let range = valuesOf(dynamics, gateFirst + 2, frames);
  let on = valuesOf(dynamics, gateFirst + 3, frames);
  detect(state, frames, clock);
  const attack = v128.load(plain);
  const release = v128.load(plain, 16);
  const holdFrames = v128.load(plain, 32);
  const none = f32x4.splat(0);
  let hold = v128.load(state, 64);
  let gain = v128.load(state, 80);
  let lift = v128.load(state, 96);
  let lowest = none;
  const bytes = <usize>frames << 4;
  for (let i: usize = 0; i < bytes; i += 64) {
    const over = f32x4.sub(v128.load(levels + (i >> 2)), v128.load(threshold));
    hold = f32x4.pmax(none, f32x4.sub(hold, f32x4.splat(4)));
    hold = v128.bitselect(holdFrames, hold, f32x4.ge(over, none));
    const closed = f32x4.pmax(v128.load(range), f32x4.mul(over, v128.load(slope)));
    const isOpen = v128.or(f32x4.gt(hold, none), f32x4.ge(over, none));
    const wanted = v128.andnot(f32x4.pmin(none, closed), isOpen);
    const nearer = nearerTo(gain, wanted, release, attack);
    gain = settled(v128.bitselect(wanted, nearer, f32x4.eq(nearer, gain)));
    lowest = f32x4.pmin(lowest, gain);
    const next = liftOf(gain, v128.load(on));
    turn(work + i, lift, next);
    lift = next;
    threshold += step;
    slope += step;
    range += step;
    on += step;
  }
  v128.store(state, hold, 64);
  v128.store(state, gain, 80);
  v128.store(state, lift, 96);
  gateLowest = v128.and(lowest, lanesInUse(dynamics, dynamicsVectors, gateFirst + 3));
}

/** As closed as long silence leaves it, at once. */
export function closeGate(dynamics: usize): void {
  const state = gateState(dynamics);
  const none = f32x4.splat(0);
  const over = f32x4.sub(log2Of(none), v128.load(targetAt(dynamics, dynamicsVectors, gateFirst)));
  const slope = v128.load(targetAt(dynamics, dynamicsVectors, gateFirst + 1));
  const closed = f32x4.pmax(v128.load(targetAt(dynamics, dynamicsVectors, gateFirst + 2)), f32x4.mul(over, slope));
  const on = v128.load(targetAt(dynamics, dynamicsVectors, gateFirst + 3));
  const gain = v128.and(settled(v128.andnot(f32x4.pmin(none, closed), f32x4.ge(over, none))), f32x4.ne(on, none));
  v128.store(state, gain, 80);
  v128.store(state, liftOf(gain, on), 96);
}

/** No gate in this block. */
export function noGate(): void {
  gateLowest = i32x4.splat(0);
}

/** A gate that rests in silence: its gain is what it was. */
export function restGate(dynamics: usize): void {
  gateLowest = v128.and(v128.load(gateState(dynamics), 80), lanesInUse(dynamics, dynamicsVectors, gateFirst + 3));
}
