import {perFrame, sideIndex, stepOf} from './dynamics';
import {work} from './layout';
import {swapped} from './detector';

/**
 * Width, in place on `work`: L ← L + h·(L − R), R ← R + h·(R − L) with h = (width − 1)/2, so that −½ is mono, 0 as it is, ½ twice the
 * difference. Latency 0.
 */
export function widen(dynamics: usize, frames: i32): void {
  let side = perFrame(dynamics, sideIndex, 2, frames);
  const step = stepOf(dynamics);
  const bytes = <usize>frames << 4;
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(work + i);
    v128.store(work + i, f32x4.add(x, f32x4.mul(v128.load(side), f32x4.sub(x, swapped(x)))));
    side += step;
  }
}
