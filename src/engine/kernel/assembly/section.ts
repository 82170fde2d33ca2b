import {flushed, magnitude} from './input';
import {ageMoves, fillMoves} from './glide';
import {blockFrames, gliding, idleSection, room, sectionMove, work} from './layout';

/**
 * A second-order section: a state-variable filter integrated by the trapezoidal rule, so that its coefficients may move under sound, and
 * so that low frequencies keep their precision in single floats.
 *
 *   q = s + g·(x − t)   w = c·q   s ← w − s   y = m0·x + n·w + m2·t   t ← t + g·w      c = 2/(1 + g·(g + k)), n = (m1 + g·m2)/2
 *
 * with g = tan(π·f0/fs), k = 1/Q and m the shares of input, band-pass and low-pass. Any stable biquad is one (see the loader). Latency 0.
 * Source: the trapezoidal integration of the analogue filter s² + k·s + 1, elementary algebra.
 *
 *   +0    wanted: mask of the lanes that are on, g, k, m0, m1, m2, c, n       +128  the same as targets (off: m = 1, 0, 0)
 *   +256  s, t      +288  i32 count of moves (+12 bytes)      +304  moves: i32 age (+12 bytes), differences of g, k, m0, m1, m2
 */
const targetOn: usize = 128;
const targetG: usize = 144;
const targetC: usize = 224;
const targetN: usize = 240;
const stateS: usize = 256;
const moveCounter: usize = 288;
/** States are flushed at the frames of the desk's clock that are multiples of this. */
export const flushFrames: i32 = 128;

/** Takes what is wanted as the target at a block edge: a move of all five numbers. A filter that comes on starts empty, at its own frequency. */
export function adoptSection(at: usize): void {
  const on = v128.load(at);
  const was = v128.load(at, targetOn);
  const count = load<i32>(at, moveCounter);
  const none = i32x4.splat(0);
  const rest = count == 0 ? v128.not(was) : none;
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
    v128.store(move + i, f32x4.sub(next, from));
    v128.store(at + i, next, targetOn);
  }
  v128.store(at, v128.bitselect(v128.load(at, 96), v128.load(at, targetC), on), targetC);
  v128.store(at, v128.and(v128.load(at, 112), on), targetN);
  v128.store(at, on, targetOn);
  v128.store(at, v128.andnot(v128.load(at, stateS), rest), stateS);
  v128.store(at, v128.andnot(v128.load(at, stateS + 16), rest), stateS + 16);
  store<i32>(at, count + 1, moveCounter);
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
  v128.store(at, v128.bitselect(v128.load(at, 96), v128.load(at, targetC), on), targetC);
  v128.store(at, v128.and(v128.load(at, 112), on), targetN);
  v128.store(at, on, targetOn);
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
  ageMoves(at + moveCounter, sectionMove, frames);
}

/** Forgets the sound in the lanes of a mask. */
export function emptySection(at: usize, lanes: v128): void {
  v128.store(at, v128.andnot(v128.load(at, stateS), lanes), stateS);
  v128.store(at, v128.andnot(v128.load(at, stateS + 16), lanes), stateS + 16);
}

function flushSection(at: usize): void {
  const s = v128.load(at, stateS);
  const t = v128.load(at, stateS + 16);
  v128.store(at, flushed(s, magnitude(s)), stateS);
  v128.store(at, flushed(t, magnitude(t)), stateS + 16);
}

/** One section over `work` from `from` to `end`, its coefficients at rest. */
function runOne(at: usize, from: usize, end: usize): void {
  let s = v128.load(at, stateS);
  let t = v128.load(at, stateS + 16);
  const g = v128.load(at, targetG);
  const c = v128.load(at, targetC);
  const n = v128.load(at, targetN);
  const m0 = v128.load(at, 176);
  const m2 = v128.load(at, 208);
  for (; from < end; from += 16) {
    const x = v128.load(from);
    const w = f32x4.mul(c, f32x4.add(s, f32x4.mul(g, f32x4.sub(x, t))));
    s = f32x4.sub(w, s);
    v128.store(from, f32x4.add(f32x4.add(f32x4.mul(m0, x), f32x4.mul(m2, t)), f32x4.mul(n, w)));
    t = f32x4.add(t, f32x4.mul(g, w));
  }
  v128.store(at, s, stateS);
  v128.store(at, t, stateS + 16);
}

/**
 * Four sections one after the other, each a frame behind the one before it: so the processor has four independent chains to work on. The
 * results are those of one after the other, to the bit.
 */
function runWave(a: usize, b: usize, c: usize, d: usize, from: usize, end: usize): void {
  runOne(a, from, from + 48);
  runOne(b, from, from + 32);
  runOne(c, from, from + 16);
  let sa = v128.load(a, stateS);
  let ta = v128.load(a, stateS + 16);
  let sb = v128.load(b, stateS);
  let tb = v128.load(b, stateS + 16);
  let sc = v128.load(c, stateS);
  let tc = v128.load(c, stateS + 16);
  let sd = v128.load(d, stateS);
  let td = v128.load(d, stateS + 16);
  let xd = v128.load(from);
  let xc = v128.load(from, 16);
  let xb = v128.load(from, 32);
  let at = from + 48;
  for (; at < end; at += 16) {
    const wd = f32x4.mul(v128.load(d, targetC), f32x4.add(sd, f32x4.mul(v128.load(d, targetG), f32x4.sub(xd, td))));
    sd = f32x4.sub(wd, sd);
    const yd = f32x4.add(f32x4.add(f32x4.mul(v128.load(d, 176), xd), f32x4.mul(v128.load(d, 208), td)), f32x4.mul(v128.load(d, targetN), wd));
    td = f32x4.add(td, f32x4.mul(v128.load(d, targetG), wd));
    v128.store(at - 48, yd);
    const wc = f32x4.mul(v128.load(c, targetC), f32x4.add(sc, f32x4.mul(v128.load(c, targetG), f32x4.sub(xc, tc))));
    sc = f32x4.sub(wc, sc);
    xd = f32x4.add(f32x4.add(f32x4.mul(v128.load(c, 176), xc), f32x4.mul(v128.load(c, 208), tc)), f32x4.mul(v128.load(c, targetN), wc));
    tc = f32x4.add(tc, f32x4.mul(v128.load(c, targetG), wc));
    const wb = f32x4.mul(v128.load(b, targetC), f32x4.add(sb, f32x4.mul(v128.load(b, targetG), f32x4.sub(xb, tb))));
    sb = f32x4.sub(wb, sb);
    xc = f32x4.add(f32x4.add(f32x4.mul(v128.load(b, 176), xb), f32x4.mul(v128.load(b, 208), tb)), f32x4.mul(v128.load(b, targetN), wb));
    tb = f32x4.add(tb, f32x4.mul(v128.load(b, targetG), wb));
    const x = v128.load(at);
    const wa = f32x4.mul(v128.load(a, targetC), f32x4.add(sa, f32x4.mul(v128.load(a, targetG), f32x4.sub(x, ta))));
    sa = f32x4.sub(wa, sa);
    xb = f32x4.add(f32x4.add(f32x4.mul(v128.load(a, 176), x), f32x4.mul(v128.load(a, 208), ta)), f32x4.mul(v128.load(a, targetN), wa));
    ta = f32x4.add(ta, f32x4.mul(v128.load(a, targetG), wa));
  }
  v128.store(a, sa, stateS);
  v128.store(a, ta, stateS + 16);
  v128.store(b, sb, stateS);
  v128.store(b, tb, stateS + 16);
  v128.store(c, sc, stateS);
  v128.store(c, tc, stateS + 16);
  v128.store(d, sd, stateS);
  v128.store(d, td, stateS + 16);
  v128.store(end - 48, xd);
  v128.store(end - 32, xc);
  v128.store(end - 16, xb);
  runOne(b, end - 16, end);
  runOne(c, end - 32, end);
  runOne(d, end - 48, end);
}

/** Up to four sections at rest over one block; `idleSection` fills empty places. `clock`: frames since the last flush. */
export function runSections(a: usize, b: usize, c: usize, d: usize, frames: i32, clock: i32): void {
  let from = work;
  const end = work + (<usize>frames << 4);
  while (from < end) {
    const edge = from + (<usize>(flushFrames - clock) << 4);
    const stop = min(edge, end);
    if (b == idleSection) runOne(a, from, stop);
    else if (stop - from >= 64) runWave(a, b, c, d, from, stop);
    else {
      runOne(a, from, stop);
      runOne(b, from, stop);
      runOne(c, from, stop);
      runOne(d, from, stop);
    }
    if (edge <= end) {
      flushSection(a);
      flushSection(b);
      flushSection(c);
      flushSection(d);
    }
    from = stop;
    clock = 0;
  }
}

/** One section over one block while its numbers move: c and n are computed anew in every frame, in the lanes that move. */
export function runMovingSection(at: usize, frames: i32, clock: i32): void {
  const block = <usize>blockFrames << 4;
  for (let i: usize = 0; i < 5; i++) {
    fillMoves(v128.load(at + (i << 4), targetG), at + moveCounter, sectionMove, 16 + (i << 4), gliding + i * block, frames);
  }
  let moving = i32x4.splat(0);
  const count = load<i32>(at, moveCounter);
  for (let index = 0; index < count; index++) {
    const move = at + moveCounter + 16 + <usize>index * sectionMove;
    for (let i: usize = 16; i <= 80; i += 16) moving = v128.or(moving, f32x4.ne(v128.load(move + i), f32x4.splat(0)));
  }
  const restC = v128.load(at, targetC);
  const restN = v128.load(at, targetN);
  const one = f32x4.splat(1);
  const two = f32x4.splat(2);
  const half = f32x4.splat(0.5);
  let s = v128.load(at, stateS);
  let t = v128.load(at, stateS + 16);
  const bytes = <usize>frames << 4;
  let flushAt = <usize>(flushFrames - clock) << 4;
  for (let i: usize = 0; i < bytes; i += 16) {
    const g = v128.load(gliding + i);
    const k = v128.load(gliding + block + i);
    const m2 = v128.load(gliding + 4 * block + i);
    const ownC = f32x4.div(two, f32x4.add(one, f32x4.mul(g, f32x4.add(g, k))));
    const ownN = f32x4.mul(half, f32x4.add(v128.load(gliding + 3 * block + i), f32x4.mul(g, m2)));
    const x = v128.load(work + i);
    const w = f32x4.mul(v128.bitselect(ownC, restC, moving), f32x4.add(s, f32x4.mul(g, f32x4.sub(x, t))));
    s = f32x4.sub(w, s);
    const y = f32x4.add(f32x4.mul(v128.load(gliding + 2 * block + i), x), f32x4.mul(m2, t));
    v128.store(work + i, f32x4.add(y, f32x4.mul(v128.bitselect(ownN, restN, moving), w)));
    t = f32x4.add(t, f32x4.mul(g, w));
    if (i + 16 == flushAt) {
      s = flushed(s, magnitude(s));
      t = flushed(t, magnitude(t));
      flushAt += <usize>flushFrames << 4;
    }
  }
  v128.store(at, s, stateS);
  v128.store(at, t, stateS + 16);
}
