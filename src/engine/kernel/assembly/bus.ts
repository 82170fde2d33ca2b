import {magnitude} from './input';
import {blockFrames, busAt, buses, busses, inputs, work} from './layout';

/** The largest sample a 24-bit file can hold: 1 − 2⁻²³, −1.04·10⁻⁶ dBFS. */
const ceiling: f32 = reinterpret<f32>(0x3f7ffffe);

/** Empties all buses for a new block. */
export function clearBuses(frames: i32): void {
  for (let bus = 0; bus < buses; bus++) memory.fill(busAt(bus), 0, <usize>frames << 4);
}

/** Writes what a bus holds to two planar blocks: even and odd strips added. */
export function unfold(from: usize, left: usize, right: usize, frames: i32): void {
  const bytes = <usize>frames << 4;
  for (let at: usize = 0; at < bytes; at += 64) {
    const a = v128.load(from + at);
    const b = v128.load(from + at, 16);
    const c = v128.load(from + at, 32);
    const d = v128.load(from + at, 48);
    // Two frames a vector: L0 R0 L1 R1 now means frames 0 and 1.
    const bus01 = f32x4.add(v128.shuffle<i64>(a, b, 0, 2), v128.shuffle<i64>(a, b, 1, 3));
    const bus23 = f32x4.add(v128.shuffle<i64>(c, d, 0, 2), v128.shuffle<i64>(c, d, 1, 3));
    v128.store(left + (at >> 2), v128.shuffle<i32>(bus01, bus23, 0, 2, 4, 6));
    v128.store(right + (at >> 2), v128.shuffle<i32>(bus01, bus23, 1, 3, 5, 7));
  }
}

/** Makes a bus the input of a pair whose upper strip is empty. */
export function gatherBus(bus: i32, pair: i32, frames: i32): void {
  const stride = <usize>blockFrames << 2;
  const left = inputs + <usize>pair * 4 * stride;
  unfold(busAt(bus), left, left + stride, frames);
}

/** Adds the even and odd strips of a bus into `work`, upper lanes 0; returns the highest magnitudes as bits. */
export function foldIntoWork(bus: i32, frames: i32): v128 {
  const from = busAt(bus);
  const bytes = <usize>frames << 4;
  const none = i32x4.splat(0);
  let peak = none;
  for (let at: usize = 0; at < bytes; at += 16) {
    const x = v128.load(from + at);
    const sum = v128.shuffle<i64>(f32x4.add(x, v128.shuffle<i64>(x, x, 1, 0)), none, 0, 2);
    peak = i32x4.max_s(peak, magnitude(sum));
    v128.store(work + at, sum);
  }
  return peak;
}

/**
 * The safety ceiling of two planar blocks: min(max(x, −c), c), c = 1 − 2⁻²³. Should a sample ever be NaN, it leaves as 0. Returns how many
 * samples lay at or above 1. Latency 0.
 */
export function hold(left: usize, right: usize, frames: i32): i32 {
  const high = f32x4.splat(ceiling);
  const low = f32x4.splat(-ceiling);
  const one = i32x4.splat(0x3f7fffff);
  let overs = i32x4.splat(0);
  const bytes = <usize>frames << 2;
  for (let at: usize = 0; at < bytes; at += 16) {
    const l = v128.load(left + at);
    const r = v128.load(right + at);
    overs = i32x4.sub(overs, i32x4.add(i32x4.gt_s(magnitude(l), one), i32x4.gt_s(magnitude(r), one)));
    v128.store(left + at, f32x4.pmax(low, f32x4.pmin(high, v128.and(l, f32x4.eq(l, l)))));
    v128.store(right + at, f32x4.pmax(low, f32x4.pmin(high, v128.and(r, f32x4.eq(r, r)))));
  }
  return i32x4.extract_lane(overs, 0) + i32x4.extract_lane(overs, 1) + i32x4.extract_lane(overs, 2) + i32x4.extract_lane(overs, 3);
}
