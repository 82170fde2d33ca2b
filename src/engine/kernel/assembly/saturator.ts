import {driveIndex, mixIndex, perFrame, saturatorIndex, saturatorState, stepOf} from './dynamics';
import {flushed, magnitude} from './input';
import {halfband, saturatorVectors, work} from './layout';
import {flushFrames} from './section';

/** Pole of what gives back the treble that the average over half a frame takes. */
const pole: f32 = 0.5;

/**
 * The curve f(u) = u − u³/3 up to |u| = 1, ±2/3 beyond, of half frame after half frame, divided by the drive, so that soft sounds keep their level and
 * nothing gets louder. Against aliases f is averaged along the straight line between two inputs (its integral, divided by the way), and a
 * one-pole filter gives the treble back that this takes:
 *
 *   v = ∫ f(u) du / (u₁ − u₀)   y = 1.5·v/drive − 0.5·y₋₁   x + mix·(y − x)
 *
 * The integral is written so that nothing cancels: with c the clamped u and e = u − c, in the curve (c₁ + c₀)·(½ − (c₁² + c₀²)/12) is its mean slope.
 * Source of the method: J. Parker, V. Zavalishin, E. Le Bivic, "Reducing the aliasing of nonlinear waveshaping using continuous-time convolution", DAFx 2016.
 */
// @ts-ignore: decorator
@inline
function meanOf(c: v128, e: v128, clamped: v128, beyond: v128): v128 {
  const dc = f32x4.sub(c, clamped);
  const squares = f32x4.add(f32x4.mul(c, c), f32x4.mul(clamped, clamped));
  const slope = f32x4.mul(f32x4.add(c, clamped), f32x4.sub(f32x4.splat(0.5), f32x4.mul(f32x4.splat(1.0 / 12.0), squares)));
  const clipped = f32x4.mul(f32x4.splat(2.0 / 3.0), f32x4.sub(magnitude(e), magnitude(beyond)));
  const way = f32x4.add(dc, f32x4.sub(e, beyond));
  const mean = f32x4.div(f32x4.add(f32x4.mul(slope, dc), clipped), way);
  return v128.bitselect(slope, mean, f32x4.eq(way, f32x4.splat(0)));
}

/** An input held within the curve. */
// @ts-ignore: decorator
@inline
function clampedOf(u: v128): v128 {
  return f32x4.pmax(f32x4.splat(-1), f32x4.pmin(f32x4.splat(1), u));
}

/** y of the next half frame; `back` is 1.5/drive. */
// @ts-ignore: decorator
@inline
function nextOutput(output: v128, mean: v128, back: v128): v128 {
  return f32x4.sub(f32x4.mul(back, mean), f32x4.mul(f32x4.splat(pole), output));
}

// @ts-ignore: decorator
@inline
function mixed(x: v128, y: v128, mix: v128): v128 {
  return f32x4.add(x, f32x4.mul(mix, f32x4.sub(y, x)));
}

/** Three all-passes one after the other: y = a·(x − y₋₁) + x₋₁, the factors at `a`, every second one; `memory` holds the last of x and of each y. */
// @ts-ignore: decorator
@inline
function branch(x: v128, a: usize, memory: usize): v128 {
  const m0 = v128.load(memory);
  const m1 = v128.load(memory, 16);
  const m2 = v128.load(memory, 32);
  const y1 = f32x4.add(f32x4.mul(v128.load(a), f32x4.sub(x, m1)), m0);
  const y2 = f32x4.add(f32x4.mul(v128.load(a, 32), f32x4.sub(y1, m2)), m1);
  const y3 = f32x4.add(f32x4.mul(v128.load(a, 64), f32x4.sub(y2, v128.load(memory, 48))), m2);
  v128.store(memory, x);
  v128.store(memory, y1, 16);
  v128.store(memory, y2, 32);
  v128.store(memory, y3, 48);
  return y3;
}

/**
 * A saturator at twice the rate, in place on `work`. The half-band filter on the way up and down is made of two branches of all-passes, 78 dB down
 * from 24.1 kHz on at 44.1 kHz; both ways together are one all-pass, so that what is not bent keeps its level at all frequencies and comes
 * about 2.3 frames late at low ones. That counts as latency 0. `on` fades from the plain sound to the saturator's.
 */
export function saturate(dynamics: usize, frames: i32, clock: i32): void {
  const state = saturatorState(dynamics);
  let drive = perFrame(dynamics, driveIndex, 0, frames);
  let mix = perFrame(dynamics, mixIndex, 1, frames);
  let on = perFrame(dynamics, saturatorIndex, 2, frames);
  const step = stepOf(dynamics);
  const one = f32x4.splat(1);
  const half = f32x4.splat(0.5);
  let clamped = v128.load(state);
  let beyond = v128.load(state, 16);
  let output = v128.load(state, 32);
  const end = work + (<usize>frames << 4);
  let edge = work + (<usize>(flushFrames - clock) << 4);
  for (let at = work; at < end; at += 16) {
    const x = v128.load(at);
    // A drive under 1 is that of a strip without a saturator.
    const gain = f32x4.pmax(one, v128.load(drive));
    const back = f32x4.div(f32x4.splat(1 + pole), gain);
    const share = v128.load(mix);
    const x1 = branch(x, halfband, state + 48);
    const u1 = f32x4.mul(gain, x1);
    const c1 = clampedOf(u1);
    const e1 = f32x4.sub(u1, c1);
    output = nextOutput(output, meanOf(c1, e1, clamped, beyond), back);
    const first = mixed(x1, output, share);
    const x2 = branch(x, halfband + 16, state + 112);
    const u2 = f32x4.mul(gain, x2);
    clamped = clampedOf(u2);
    beyond = f32x4.sub(u2, clamped);
    output = nextOutput(output, meanOf(clamped, beyond, c1, e1), back);
    const second = mixed(x2, output, share);
    const y = f32x4.mul(half, f32x4.add(branch(second, halfband, state + 176), branch(first, halfband + 16, state + 240)));
    v128.store(at, mixed(x, y, v128.load(on)));
    drive += step;
    mix += step;
    on += step;
    if (at + 16 == edge) {
      clamped = flushed(clamped, magnitude(clamped));
      output = flushed(output, magnitude(output));
      flush(state);
      edge += <usize>flushFrames << 4;
    }
  }
  v128.store(state, clamped);
  v128.store(state, beyond, 16);
  v128.store(state, output, 32);
}

function flush(state: usize): void {
  for (let i: usize = 48; i < saturatorVectors << 4; i += 16) {
    const x = v128.load(state + i);
    v128.store(state + i, flushed(x, magnitude(x)));
  }
}
