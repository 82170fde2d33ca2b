import {magnitude} from './input';
import {pairs, recordOf, recordQuasiPeak, work} from './layout';

/** Shares of the way a frame, what is left of a charge after a frame, what that number lost when it became a float, and the factor of the sum. */
let slow: f32 = 0;
let fast: f32 = 0;
let fall: f32 = 0;
let drift: f32 = 0;
/** 0 where nobody looks at such a meter. */
let gain: f32 = 0;

/** The bits of 2⁻²⁴, −144 dBFS: a charge that has fallen below is none. */
const faintBits: i32 = 0x33800000;

/** Chooses how the meter moves; `factor` 0 turns it off. Where anything changes it begins at rest. */
export function chooseQuasiPeak(slowShare: f32, fastShare: f32, left: f32, lost: f32, factor: f32): void {
  if (slow == slowShare && fast == fastShare && fall == left && gain == factor) return;
  slow = slowShare;
  fast = fastShare;
  fall = left;
  drift = lost;
  gain = factor;
  for (let pair = 0; pair < pairs; pair++) memory.fill(recordOf(pair) + recordQuasiPeak, 0, 32);
}

/**
 * Moves the quasi-peak meters of a pair (IEC 60268-10) over one block in `work`, finite samples; returns their highest readings, 0 if they are off. Latency 0.
 *
 *   c ← max(f·c, f·(1 − s)·c + s·|x|)       reading = gain·(slow c + fast c)
 *
 * which is: fall, then go the share s of the way towards |x| if that is above. The second is the larger exactly where |x| is above f·c.
 */
export function moveQuasiPeak(record: usize, frames: i32): v128 {
  if (gain == 0) return i32x4.splat(0);
  const at = record + recordQuasiPeak;
  let one = v128.load(at);
  let other = v128.load(at, 16);
  let highest = f32x4.splat(0);
  const f = f32x4.splat(fall);
  const slowShare = f32x4.splat(slow);
  const fastShare = f32x4.splat(fast);
  const slowLeft = f32x4.splat(fall - fall * slow);
  const fastLeft = f32x4.splat(fall - fall * fast);
  const end = work + (<usize>frames << 4);
  for (let from = work; from < end; from += 16) {
    const level = magnitude(v128.load(from));
    one = f32x4.pmax(f32x4.mul(f, one), f32x4.add(f32x4.mul(slowLeft, one), f32x4.mul(slowShare, level)));
    other = f32x4.pmax(f32x4.mul(f, other), f32x4.add(f32x4.mul(fastLeft, other), f32x4.mul(fastShare, level)));
    highest = f32x4.pmax(highest, f32x4.add(one, other));
  }
  keep(at, one, other, frames);
  return f32x4.mul(highest, f32x4.splat(gain));
}

/** The same over a block of silence, to the bit. */
export function fallQuasiPeak(record: usize, frames: i32): v128 {
  if (gain == 0) return i32x4.splat(0);
  const at = record + recordQuasiPeak;
  let one = v128.load(at);
  let other = v128.load(at, 16);
  if (!v128.any_true(v128.or(one, other))) return i32x4.splat(0);
  const f = f32x4.splat(fall);
  const highest = f32x4.add(f32x4.mul(f, one), f32x4.mul(f, other));
  for (let frame = 0; frame < frames; frame++) {
    one = f32x4.mul(f, one);
    other = f32x4.mul(f, other);
  }
  keep(at, one, other, frames);
  return f32x4.mul(highest, f32x4.splat(gain));
}

function keep(at: usize, one: v128, other: v128, frames: i32): void {
  const mended = f32x4.splat(1 + drift * <f32>frames);
  v128.store(at, audible(f32x4.mul(one, mended)));
  v128.store(at, audible(f32x4.mul(other, mended)), 16);
}

// @ts-ignore: decorator
@inline
function audible(x: v128): v128 {
  return v128.and(x, i32x4.gt_s(x, i32x4.splat(faintBits)));
}
