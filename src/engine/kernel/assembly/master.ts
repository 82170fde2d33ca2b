import {blockFrames, meters, mix, outputs, pairs, postGains, recordSize, state, stripFields, strips} from './layout';
import {magnitude} from './input';
import {adopt, age, fillGains} from './ramp';
import {sumBytes, swapped} from './strip';

/** 1 − 2⁻²³, −1.04·10⁻⁶ dBFS: the largest sample a 24-bit file can hold. */
const ceiling: f32 = reinterpret<f32>(0x3f7ffffe);

/**
 * The bus to the output: master fader, meters, then the safety ceiling. Latency 0.
 *
 *   bus = Σ post        out = bus · masterGain        output = min(max(out, −c), c), c = 1 − 2⁻²³
 *
 * All meters see `out` before the ceiling: what the ceiling held is counted as over, never hidden. Should a sample ever be NaN, it leaves as 0.
 */
export function renderMaster(frames: i32): void {
  const record = state + <usize>pairs * recordSize;
  adopt(record);
  fillGains(record, frames);
  let busPeak = i32x4.splat(0);
  let outPeak = i32x4.splat(0);
  let energy = f32x4.splat(0);
  let product = f32x4.splat(0);
  let overs = i32x4.splat(0);
  const one = i32x4.splat(0x3f7fffff);
  const high = f32x4.splat(ceiling);
  const low = f32x4.splat(-ceiling);
  const right = outputs + <usize>blockFrames * 4;
  const bytes = <usize>frames << 4;
  for (let at: usize = 0; at < bytes; ) {
    const end = min(at + sumBytes, bytes);
    let sum = f32x4.splat(0);
    let cross = f32x4.splat(0);
    for (; at < end; at += 64) {
      const a = v128.load(mix + at);
      const b = v128.load(mix + at, 16);
      const c = v128.load(mix + at, 32);
      const d = v128.load(mix + at, 48);
      // Two frames a vector: L0 R0 L1 R1 now means frames 0 and 1 of the bus.
      const bus01 = f32x4.add(v128.shuffle<i64>(a, b, 0, 2), v128.shuffle<i64>(a, b, 1, 3));
      const bus23 = f32x4.add(v128.shuffle<i64>(c, d, 0, 2), v128.shuffle<i64>(c, d, 1, 3));
      busPeak = i32x4.max_s(busPeak, i32x4.max_s(magnitude(bus01), magnitude(bus23)));
      const gain01 = v128.shuffle<i64>(v128.load(postGains + at), v128.load(postGains + at, 16), 0, 2);
      const gain23 = v128.shuffle<i64>(v128.load(postGains + at, 32), v128.load(postGains + at, 48), 0, 2);
      const out01 = f32x4.mul(bus01, gain01);
      const out23 = f32x4.mul(bus23, gain23);
      const size01 = magnitude(out01);
      const size23 = magnitude(out23);
      outPeak = i32x4.max_s(outPeak, i32x4.max_s(size01, size23));
      sum = f32x4.add(sum, f32x4.add(f32x4.mul(out01, out01), f32x4.mul(out23, out23)));
      cross = f32x4.add(cross, f32x4.add(f32x4.mul(out01, swapped(out01)), f32x4.mul(out23, swapped(out23))));
      overs = i32x4.sub(overs, i32x4.add(i32x4.gt_s(size01, one), i32x4.gt_s(size23, one)));
      const safe01 = f32x4.pmax(low, f32x4.pmin(high, v128.and(out01, f32x4.eq(out01, out01))));
      const safe23 = f32x4.pmax(low, f32x4.pmin(high, v128.and(out23, f32x4.eq(out23, out23))));
      v128.store(outputs + (at >> 2), v128.shuffle<i32>(safe01, safe23, 0, 2, 4, 6));
      v128.store(right + (at >> 2), v128.shuffle<i32>(safe01, safe23, 1, 3, 5, 7));
    }
    energy = f32x4.add(energy, sum);
    product = f32x4.add(product, cross);
  }
  age(record, frames);

  const to = meters + <usize>strips * stripFields * 4;
  busPeak = i32x4.max_s(busPeak, v128.shuffle<i64>(busPeak, busPeak, 1, 0));
  outPeak = i32x4.max_s(outPeak, v128.shuffle<i64>(outPeak, outPeak, 1, 0));
  store<f32>(to, f32x4.extract_lane(busPeak, 0), 0);
  store<f32>(to, f32x4.extract_lane(busPeak, 1), 4);
  store<f32>(to, f32x4.extract_lane(outPeak, 0), 8);
  store<f32>(to, f32x4.extract_lane(outPeak, 1), 12);
  store<f32>(to, f32x4.extract_lane(energy, 0) + f32x4.extract_lane(energy, 2), 16);
  store<f32>(to, f32x4.extract_lane(energy, 1) + f32x4.extract_lane(energy, 3), 20);
  store<f32>(to, f32x4.extract_lane(product, 0) + f32x4.extract_lane(product, 2), 24);
  const held = i32x4.extract_lane(overs, 0) + i32x4.extract_lane(overs, 1) + i32x4.extract_lane(overs, 2) + i32x4.extract_lane(overs, 3);
  store<f32>(to, <f32>held, 28);
}
