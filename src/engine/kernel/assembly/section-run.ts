import {fillMoves} from './glide';
import {flushed, magnitude} from './input';
import {blockFrames, gliding, idleSection, sectionMove, work} from './layout';
import {flushFrames, lanesMoving, moveCounter, nextArrival, stateS, targetC, targetG, targetM0, targetM2, targetN} from './section';

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
  const m0 = v128.load(at, targetM0);
  const m2 = v128.load(at, targetM2);
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
    const yd = f32x4.add(f32x4.add(f32x4.mul(v128.load(d, targetM0), xd), f32x4.mul(v128.load(d, targetM2), td)), f32x4.mul(v128.load(d, targetN), wd));
    td = f32x4.add(td, f32x4.mul(v128.load(d, targetG), wd));
    v128.store(at - 48, yd);
    const wc = f32x4.mul(v128.load(c, targetC), f32x4.add(sc, f32x4.mul(v128.load(c, targetG), f32x4.sub(xc, tc))));
    sc = f32x4.sub(wc, sc);
    xd = f32x4.add(f32x4.add(f32x4.mul(v128.load(c, targetM0), xc), f32x4.mul(v128.load(c, targetM2), tc)), f32x4.mul(v128.load(c, targetN), wc));
    tc = f32x4.add(tc, f32x4.mul(v128.load(c, targetG), wc));
    const wb = f32x4.mul(v128.load(b, targetC), f32x4.add(sb, f32x4.mul(v128.load(b, targetG), f32x4.sub(xb, tb))));
    sb = f32x4.sub(wb, sb);
    xc = f32x4.add(f32x4.add(f32x4.mul(v128.load(b, targetM0), xb), f32x4.mul(v128.load(b, targetM2), tb)), f32x4.mul(v128.load(b, targetN), wb));
    tb = f32x4.add(tb, f32x4.mul(v128.load(b, targetG), wb));
    const x = v128.load(at);
    const wa = f32x4.mul(v128.load(a, targetC), f32x4.add(sa, f32x4.mul(v128.load(a, targetG), f32x4.sub(x, ta))));
    sa = f32x4.sub(wa, sa);
    xb = f32x4.add(f32x4.add(f32x4.mul(v128.load(a, targetM0), x), f32x4.mul(v128.load(a, targetM2), ta)), f32x4.mul(v128.load(a, targetN), wa));
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
  const restC = v128.load(at, targetC);
  const restN = v128.load(at, targetN);
  let s = v128.load(at, stateS);
  let t = v128.load(at, stateS + 16);
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
    const ownC = f32x4.div(f32x4.splat(2), f32x4.add(f32x4.splat(1), f32x4.mul(g, f32x4.add(g, k))));
    const ownN = f32x4.mul(f32x4.splat(0.5), f32x4.add(v128.load(gliding + 3 * block + i), f32x4.mul(g, m2)));
    const x = v128.load(work + i);
    const w = f32x4.mul(v128.bitselect(ownC, restC, moving), f32x4.add(s, f32x4.mul(g, f32x4.sub(x, t))));
    s = f32x4.sub(w, s);
    const y = f32x4.add(f32x4.mul(v128.load(gliding + 2 * block + i), x), f32x4.mul(m2, t));
    v128.store(work + i, f32x4.add(y, f32x4.mul(v128.bitselect(ownN, restN, moving), w)));
    t = f32x4.add(t, f32x4.mul(g, w));
    if (frame + 1 == flushAt) {
      s = flushed(s, magnitude(s));
      t = flushed(t, magnitude(t));
      flushAt += flushFrames;
    }
  }
  v128.store(at, s, stateS);
  v128.store(at, t, stateS + 16);
}
