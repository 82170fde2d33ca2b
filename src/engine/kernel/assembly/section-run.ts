import {fillMoves} from './glide';
import {flushed, magnitude} from './input';
import {blockFrames, gliding, idleSection, sectionMove, work} from './layout';
import {emptySection, flushFrames, lanesMoving, moveCounter, nextArrival, retuned, stateG, stateP, stateT, targetA, targetG, targetH, targetM0, targetM2, targetN} from './section';

function flushSection(at: usize): void {
  const p = v128.load(at, stateP);
  const t = v128.load(at, stateT);
  v128.store(at, flushed(p, magnitude(p)), stateP);
  v128.store(at, flushed(t, magnitude(t)), stateT);
}

/** What comes out: m0·x + m2·t + n·e. */
// @ts-ignore: decorator
@inline
function outOf(m0: v128, m2: v128, n: v128, x: v128, e: v128, t: v128): v128 {
  return f32x4.add(f32x4.add(f32x4.mul(m0, x), f32x4.mul(m2, t)), f32x4.mul(n, e));
}

/** p of the next frame: e + (x − t) − a·e. */
// @ts-ignore: decorator
@inline
function nextP(a: v128, x: v128, e: v128, t: v128): v128 {
  return f32x4.sub(f32x4.add(e, f32x4.sub(x, t)), f32x4.mul(a, e));
}

/** One section over `work` from `from` to `end`, its coefficients at rest. */
function runOne(at: usize, from: usize, end: usize): void {
  const m0 = v128.load(at, targetM0);
  const m2 = v128.load(at, targetM2);
  const n = v128.load(at, targetN);
  const a = v128.load(at, targetA);
  const h = v128.load(at, targetH);
  let p = v128.load(at, stateP);
  let t = v128.load(at, stateT);
  for (; from < end; from += 16) {
    const x = v128.load(from);
    const e = f32x4.add(p, x);
    v128.store(from, outOf(m0, m2, n, x, e, t));
    p = nextP(a, x, e, t);
    t = f32x4.add(t, f32x4.mul(h, e));
  }
  v128.store(at, p, stateP);
  v128.store(at, t, stateT);
}

/**
 * Three sections one after the other, each a frame behind the one before it: so the processor has three independent chains to work on, which
 * are about as long as its units are busy with them. The results are those of one after the other, to the bit.
 */
function runWave(one: usize, two: usize, three: usize, from: usize, end: usize): void {
  runOne(one, from, from + 32);
  runOne(two, from, from + 16);
  const m01 = v128.load(one, targetM0);
  const m21 = v128.load(one, targetM2);
  const n1 = v128.load(one, targetN);
  const a1 = v128.load(one, targetA);
  const h1 = v128.load(one, targetH);
  let p1 = v128.load(one, stateP);
  let t1 = v128.load(one, stateT);
  const m02 = v128.load(two, targetM0);
  const m22 = v128.load(two, targetM2);
  const n2 = v128.load(two, targetN);
  const a2 = v128.load(two, targetA);
  const h2 = v128.load(two, targetH);
  let p2 = v128.load(two, stateP);
  let t2 = v128.load(two, stateT);
  const m03 = v128.load(three, targetM0);
  const m23 = v128.load(three, targetM2);
  const n3 = v128.load(three, targetN);
  const a3 = v128.load(three, targetA);
  const h3 = v128.load(three, targetH);
  let p3 = v128.load(three, stateP);
  let t3 = v128.load(three, stateT);
  let x3 = v128.load(from);
  let x2 = v128.load(from, 16);
  for (let at = from + 32; at < end; at += 16) {
    const e3 = f32x4.add(p3, x3);
    v128.store(at - 32, outOf(m03, m23, n3, x3, e3, t3));
    p3 = nextP(a3, x3, e3, t3);
    t3 = f32x4.add(t3, f32x4.mul(h3, e3));
    const e2 = f32x4.add(p2, x2);
    x3 = outOf(m02, m22, n2, x2, e2, t2);
    p2 = nextP(a2, x2, e2, t2);
    t2 = f32x4.add(t2, f32x4.mul(h2, e2));
    const x1 = v128.load(at);
    const e1 = f32x4.add(p1, x1);
    x2 = outOf(m01, m21, n1, x1, e1, t1);
    p1 = nextP(a1, x1, e1, t1);
    t1 = f32x4.add(t1, f32x4.mul(h1, e1));
  }
  v128.store(one, p1, stateP);
  v128.store(one, t1, stateT);
  v128.store(two, p2, stateP);
  v128.store(two, t2, stateT);
  v128.store(three, p3, stateP);
  v128.store(three, t3, stateT);
  v128.store(end - 32, x3);
  v128.store(end - 16, x2);
  runOne(two, end - 16, end);
  runOne(three, end - 32, end);
}

/** Up to three sections at rest over one block; `idleSection` fills empty places. `clock`: frames since the last flush. */
export function runSections(a: usize, b: usize, c: usize, frames: i32, clock: i32): void {
  let from = work;
  const end = work + (<usize>frames << 4);
  while (from < end) {
    const edge = from + (<usize>(flushFrames - clock) << 4);
    const stop = min(edge, end);
    if (b == idleSection) runOne(a, from, stop);
    else if (stop - from >= 64) runWave(a, b, c, from, stop);
    else {
      runOne(a, from, stop);
      runOne(b, from, stop);
      runOne(c, from, stop);
    }
    if (edge <= end) {
      flushSection(a);
      flushSection(b);
      flushSection(c);
    }
    from = stop;
    clock = 0;
  }
  // An idle section is everybody's: whatever nonsense went through, it remembers nothing.
  emptySection(idleSection, i32x4.splat(-1));
}

/** One section over one block while its numbers move: what follows from them is computed anew in every frame, in the lanes that move. */
export function runMovingSection(at: usize, frames: i32, clock: i32): void {
  const block = <usize>blockFrames << 4;
  for (let i: usize = 0; i < 5; i++) {
    fillMoves(v128.load(at + (i << 4), targetG), at + moveCounter, sectionMove, 16 + (i << 4), gliding + i * block, frames);
  }
  const restA = v128.load(at, targetA);
  const restN = v128.load(at, targetN);
  const restH = v128.load(at, targetH);
  let p = v128.load(at, stateP);
  let t = v128.load(at, stateT);
  let before = v128.load(at, stateG);
  let moving = lanesMoving(at, 0);
  let arrival = nextArrival(at, 0);
  let flushAt = flushFrames - clock;
  for (let frame = 0; frame < frames; frame++) {
    if (frame == arrival) {
      moving = lanesMoving(at, frame);
      arrival = nextArrival(at, frame);
    }
    const i = <usize>frame << 4;
    const g = v128.load(gliding + i);
    const k = v128.load(gliding + block + i);
    const m2 = v128.load(gliding + 4 * block + i);
    const c = f32x4.div(f32x4.splat(2), f32x4.add(f32x4.splat(1), f32x4.mul(g, f32x4.add(g, k))));
    const cg = f32x4.mul(c, g);
    const own = f32x4.mul(cg, f32x4.add(k, f32x4.add(g, g)));
    const a = v128.bitselect(own, restA, moving);
    const h = v128.bitselect(f32x4.mul(f32x4.add(cg, cg), g), restH, moving);
    const n = v128.bitselect(f32x4.mul(cg, f32x4.add(v128.load(gliding + 3 * block + i), f32x4.mul(g, m2))), restN, moving);
    const x = v128.load(work + i);
    p = retuned(p, t, before, g);
    before = g;
    const e = f32x4.add(p, x);
    v128.store(work + i, outOf(v128.load(gliding + 2 * block + i), m2, n, x, e, t));
    p = nextP(a, x, e, t);
    t = f32x4.add(t, f32x4.mul(h, e));
    if (frame + 1 == flushAt) {
      p = flushed(p, magnitude(p));
      t = flushed(t, magnitude(t));
      flushAt += flushFrames;
    }
  }
  v128.store(at, p, stateP);
  v128.store(at, t, stateT);
  v128.store(at, before, stateG);
}
