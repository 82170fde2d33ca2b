import {fillGlide, fillQuarters, isMoving, targetAt} from './glide';
import {blockFrames, compressorVectors, dynamicsPlain, dynamicsVectors, gateVectors, glideSize, gliding, glidingQuarters, room, work} from './layout';
import {magnitude} from './input';
import {exp2Of} from './level';

/**
 * What gate and compressor, saturator and width are set to, and what they remember:
 *
 *   +0   glide of 13: gate threshold, slope, range, share · compressor threshold, slope, knee, make-up, share · saturator drive, mix, share · side
 *        (levels in octaves; shares 0…1 fade a stage in and out; all zero is off)
 *   then plain numbers, at once in force: gate attack, release, hold · compressor attack, release · sidechain β0 β1 β2 α1 α2
 *        (attack and release as shares of the way in four frames)
 *   then the gate's state: three parts, growing part, hold, gain, lift       7 vectors
 *        the compressor's: three parts, growing part, filter u, v, gain, lift 8 vectors
 *        the saturator's: curve, output, four branches of its filter         19 vectors
 */
export const gateFirst: usize = 0;
export const compressorFirst: usize = 4;
export const driveIndex: usize = 9;
export const mixIndex: usize = 10;
export const saturatorIndex: usize = 11;
export const sideIndex: usize = 12;

/** The bits of 10⁻⁷. */
const leastBits: i32 = reinterpret<i32>(<f32>1e-7);

// @ts-ignore: decorator
@inline
export function plainAt(dynamics: usize): usize {
  return dynamics + glideSize(dynamicsVectors, room);
}

// @ts-ignore: decorator
@inline
export function gateState(dynamics: usize): usize {
  return plainAt(dynamics) + dynamicsPlain;
}

// @ts-ignore: decorator
@inline
export function compressorState(dynamics: usize): usize {
  return gateState(dynamics) + gateVectors * 16;
}

// @ts-ignore: decorator
@inline
export function saturatorState(dynamics: usize): usize {
  return compressorState(dynamics) + compressorVectors * 16;
}

/** Bytes from one value of a parameter to that four frames later: 0 while nothing moves. */
// @ts-ignore: decorator
@inline
export function stepOf(dynamics: usize): usize {
  return isMoving(dynamics, dynamicsVectors) ? 16 : 0;
}

/** Address of a parameter's first value for the coming block; where parameters move, they are written out for every four frames. */
export function valuesOf(dynamics: usize, index: usize, frames: i32): usize {
  if (!isMoving(dynamics, dynamicsVectors)) return targetAt(dynamics, dynamicsVectors, index);
  const to = glidingQuarters + index * (<usize>blockFrames << 2);
  fillQuarters(dynamics, dynamicsVectors, index, to, frames);
  return to;
}

/** The same for every frame; `buffer` 0…4 takes them. */
export function perFrame(dynamics: usize, index: usize, buffer: usize, frames: i32): usize {
  if (!isMoving(dynamics, dynamicsVectors)) return targetAt(dynamics, dynamicsVectors, index);
  const to = gliding + buffer * (<usize>blockFrames << 4);
  fillGlide(dynamics, dynamicsVectors, index, to, frames);
  return to;
}

/** The factor less 1 of a gain in octaves: on·(2^gain − 1). */
// @ts-ignore: decorator
@inline
export function liftOf(gain: v128, on: v128): v128 {
  return f32x4.mul(on, f32x4.sub(exp2Of(gain), f32x4.splat(1)));
}

/** Turns four frames of `work` from one gain to the next, evenly; gains as lifts (gain − 1). */
// @ts-ignore: decorator
@inline
export function turn(at: usize, from: v128, to: v128): void {
  const one = f32x4.splat(1);
  const step = f32x4.mul(f32x4.sub(to, from), f32x4.splat(0.25));
  const first = f32x4.add(from, step);
  const second = f32x4.add(first, step);
  const third = f32x4.add(second, step);
  v128.store(at, f32x4.mul(v128.load(at), f32x4.add(one, first)));
  v128.store(at, f32x4.mul(v128.load(at, 16), f32x4.add(one, second)), 16);
  v128.store(at, f32x4.mul(v128.load(at, 32), f32x4.add(one, third)), 32);
  v128.store(at, f32x4.mul(v128.load(at, 48), f32x4.add(one, to)), 48);
}

/** A step of a follower: gain + share·(wanted − gain), with one share of the way downwards and another upwards. */
// @ts-ignore: decorator
@inline
export function nearerTo(gain: v128, wanted: v128, down: v128, up: v128): v128 {
  const way = f32x4.sub(wanted, gain);
  // Both are multiplied while the sign of the way decides: every gain waits for the one before it, so this must be short.
  return f32x4.add(gain, v128.bitselect(f32x4.mul(down, way), f32x4.mul(up, way), i32x4.shr_s(way, 31)));
}

/** A gain that is nearly back has come back: below 10⁻⁷ octaves it is 0. */
// @ts-ignore: decorator
@inline
export function settled(gain: v128): v128 {
  return v128.and(gain, i32x4.gt_s(magnitude(gain), i32x4.splat(leastBits)));
}

/** Forgets `vectors` of a state in the lanes of a mask. */
export function empty(state: usize, vectors: usize, lanes: v128): void {
  for (let i: usize = 0; i < vectors << 4; i += 16) {
    v128.store(state + i, v128.andnot(v128.load(state + i), lanes));
  }
}
