/** Levels inside the kernel are in octaves of amplitude: log₂ of a factor, 6.0206 dB each. */

/** Below this nothing is told apart: −361 dBFS. */
const least: f32 = reinterpret<f32>(0x21800000);

/**
 * log₂ of four amplitudes of 0 and more, what is below 2⁻⁶⁰ as if it were that; within 2·10⁻⁷. x = 2^e·m with m in √½…√2, and with
 * r = (m − 1)/(m + 1) log₂ m = 2/ln 2·artanh r, the odd polynomial of fifth degree that is nearest to it everywhere (within 3·10⁻⁸).
 */
// @ts-ignore: decorator
@inline
export function log2Of(x: v128): v128 {
  const bits = f32x4.pmax(f32x4.splat(least), x);
  const octaves = i32x4.shr_s(i32x4.sub(bits, i32x4.splat(0x3f3504f3)), 23);
  const m = i32x4.sub(bits, i32x4.shl(octaves, 23));
  const one = f32x4.splat(1);
  const r = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one));
  const rr = f32x4.mul(r, r);
  let sum = f32x4.add(f32x4.mul(rr, f32x4.splat(0.59897577)), f32x4.splat(0.96147075));
  sum = f32x4.add(f32x4.mul(rr, sum), f32x4.splat(2.88539129));
  return f32x4.add(f32x4.convert_i32x4_s(octaves), f32x4.mul(r, sum));
}

/**
 * 2 to the power of four numbers, held within −60…60; within 3·10⁻⁷ of the result, and exact for whole numbers. 2^x = 2^n·2^f, |f| ≤ ½, by the
 * polynomial of fifth degree through 1 that is nearest to it everywhere (within 10⁻⁷).
 */
// @ts-ignore: decorator
@inline
export function exp2Of(x: v128): v128 {
  const held = f32x4.pmax(f32x4.splat(-60), f32x4.pmin(f32x4.splat(60), x));
  // Added to 1.5·2²³ a number is rounded to a whole one, which then stands in its lowest bits.
  const marked = f32x4.add(held, f32x4.splat(12582912));
  const whole = f32x4.sub(marked, f32x4.splat(12582912));
  const f = f32x4.sub(held, whole);
  let sum = f32x4.add(f32x4.mul(f, f32x4.splat(1.32647e-3)), f32x4.splat(9.67151e-3));
  sum = f32x4.add(f32x4.mul(f, sum), f32x4.splat(5.550734e-2));
  sum = f32x4.add(f32x4.mul(f, sum), f32x4.splat(0.24022242));
  sum = f32x4.add(f32x4.mul(f, sum), f32x4.splat(0.69314698));
  sum = f32x4.add(f32x4.mul(f, sum), f32x4.splat(1));
  return i32x4.add(sum, i32x4.shl(marked, 23));
}
