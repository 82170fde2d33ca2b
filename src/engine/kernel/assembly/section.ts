import {ageMoves} from './glide';
import {rampFrames, room, sectionMove} from './layout';

/**
 * A second-order section: a state-variable filter integrated by the trapezoidal rule, so that its coefficients may move under sound, and
 * so that low frequencies keep their precision in single floats.
 *
 *   e = p + x   y = m0·x + n·e + m2·t   p ← e + (x − t) − a·e   t ← t + h·e
 *   c = 2/(1 + g·(g + k)), a = c·g·(k + 2·g), h = 2·c·g², n = c·g·(m1 + g·m2)
 *
 * with g = tan(π·f0/fs), k = 1/Q, m0 the share of the input and m1, m2 half of those of band-pass and low-pass. t is twice what the second
 * integrator holds and p + t/2 what the first holds, over g: so the way from a frame's p to the next one's is short, and every coefficient is
 * small where what it stands for is, which keeps the lowest and narrowest filters 10 to 40 dB cleaner than coefficients near 2 would.
 * Where g moves, p is converted so that the integrators keep what they hold. Any stable biquad is one (see the loader). Latency 0.
 * Source: the trapezoidal integration of the analogue filter s² + k·s + 1 (V. Zavalishin, "The Art of VA Filter Design", 2012), elementary algebra.
 *
 *   +0    wanted: mask of the lanes that are on, g, k, m0, m1, m2, a, n, h     +144  the same as targets (off: m = 1, 0, 0)
 *   +288  p, t, the g of the last frame     +336  i32 count of moves (+12 bytes)     +352  moves: i32 age (+12 bytes), differences of g, k, m0, m1, m2
 */
export const targetOn: usize = 144;
export const targetG: usize = 160;
/** Places of the targets of m0 and m2. */
export const targetM0: usize = 192;
export const targetM2: usize = 224;
export const targetA: usize = 240;
export const targetN: usize = 256;
export const targetH: usize = 272;
export const stateP: usize = 288;
export const stateT: usize = 304;
export const stateG: usize = 320;
export const moveCounter: usize = 336;
/** States are flushed at the frames of the desk's clock that are multiples of this. */
export const flushFrames: i32 = 128;

/** Takes what is wanted as the target at a block edge: a move of all five numbers. A filter that comes on starts empty, at its own frequency. */
export function adoptSection(at: usize): void {
  const on = v128.load(at);
  const was = v128.load(at, targetOn);
  const count = load<i32>(at, moveCounter);
  // Off and not on the way there or back: what stands in these lanes is not heard.
  const rest = v128.not(v128.or(was, lanesMoving(at, 0)));
  const one = f32x4.splat(1);
  let differs = v128.xor(on, was);
  for (let i: usize = 16; i <= 80; i += 16) {
    differs = v128.or(differs, f32x4.ne(becoming(at, i, on), v128.load(at + i, targetOn)));
  }
  if (!v128.any_true(differs) || count == room) return;
  const move = at + moveCounter + 16 + <usize>count * sectionMove;
  store<i32>(move, 0);
  for (let i: usize = 16; i <= 80; i += 16) {
    const next = becoming(at, i, on);
    const last = v128.load(at + i, targetOn);
    let from = v128.bitselect(next, last, rest);
    if (i == 48) from = v128.bitselect(one, last, rest);
    else if (i > 48) from = v128.andnot(last, rest);
    if (i == 16) v128.store(at, v128.bitselect(next, v128.load(at, stateG), rest), stateG);
    v128.store(move + i, f32x4.sub(next, from));
    v128.store(at + i, next, targetOn);
  }
  derive(at, on);
  emptySection(at, rest);
  store<i32>(at, count + 1, moveCounter);
}

/** Takes over what follows from the five numbers. */
function derive(at: usize, on: v128): void {
  // Lanes that were never on have a = 2: their state stays 0 whatever comes in. No filter has a = 0.
  const last = v128.load(at, targetA);
  const off = v128.bitselect(f32x4.splat(2), last, f32x4.eq(last, f32x4.splat(0)));
  v128.store(at, v128.bitselect(v128.load(at, 96), off, on), targetA);
  v128.store(at, v128.and(v128.load(at, 112), on), targetN);
  v128.store(at, v128.bitselect(v128.load(at, 128), v128.load(at, targetH), on), targetH);
  v128.store(at, on, targetOn);
}

/** What a coefficient shall become: in lanes that go off g and k stay, m goes to 1, 0, 0. */
function becoming(at: usize, i: usize, on: v128): v128 {
  const wanted = v128.load(at + i);
  if (i < 48) return v128.bitselect(wanted, v128.load(at + i, targetOn), on);
  return v128.bitselect(wanted, f32x4.splat(i == 48 ? 1 : 0), on);
}

/** Takes what is wanted at once, empty: only where nothing sounds yet. */
export function settleSection(at: usize): void {
  const on = v128.load(at);
  for (let i: usize = 16; i <= 80; i += 16) v128.store(at + i, becoming(at, i, on), targetOn);
  derive(at, on);
  v128.store(at, v128.load(at, targetG), stateG);
  store<i32>(at, 0, moveCounter);
}

// @ts-ignore: decorator
@inline
export function isSectionMoving(at: usize): bool {
  return load<i32>(at, moveCounter) != 0;
}

/** Whether any lane is on or wants to be. */
// @ts-ignore: decorator
@inline
export function isSectionOn(at: usize): bool {
  return v128.any_true(v128.or(v128.load(at), v128.load(at, targetOn)));
}

export function ageSection(at: usize, frames: i32): void {
  if (!isSectionMoving(at)) return;
  ageMoves(at + moveCounter, sectionMove, frames);
  if (isSectionMoving(at)) return;
  const g = v128.load(at, targetG);
  v128.store(at, retuned(v128.load(at, stateP), v128.load(at, stateT), v128.load(at, stateG), g), stateP);
  v128.store(at, g, stateG);
}

/** p for another g: (p + t/2)·before/g − t/2. Where g is the same, so is p. */
// @ts-ignore: decorator
@inline
export function retuned(p: v128, t: v128, before: v128, g: v128): v128 {
  const low = f32x4.mul(f32x4.splat(0.5), t);
  const next = f32x4.sub(f32x4.mul(f32x4.add(p, low), f32x4.div(before, g)), low);
  return v128.bitselect(p, next, f32x4.eq(before, g));
}

/** Forgets the sound in the lanes of a mask. */
export function emptySection(at: usize, lanes: v128): void {
  v128.store(at, v128.andnot(v128.load(at, stateP), lanes), stateP);
  v128.store(at, v128.andnot(v128.load(at, stateT), lanes), stateT);
}

/** The lanes in which a coefficient still moves at a frame of the coming block. */
export function lanesMoving(at: usize, frame: i32): v128 {
  const count = load<i32>(at, moveCounter);
  let lanes = i32x4.splat(0);
  for (let index = 0; index < count; index++) {
    const move = at + moveCounter + 16 + <usize>index * sectionMove;
    if (load<i32>(move) + frame >= rampFrames) continue;
    for (let i: usize = 16; i <= 80; i += 16) lanes = v128.or(lanes, f32x4.ne(v128.load(move + i), f32x4.splat(0)));
  }
  return lanes;
}

/** The first frame after `frame` at which a move has arrived. */
export function nextArrival(at: usize, frame: i32): i32 {
  const count = load<i32>(at, moveCounter);
  let next = i32.MAX_VALUE;
  for (let index = 0; index < count; index++) {
    const arrival = rampFrames - load<i32>(at + moveCounter + 16 + <usize>index * sectionMove);
    if (arrival > frame) next = min(next, arrival);
  }
  return next;
}
