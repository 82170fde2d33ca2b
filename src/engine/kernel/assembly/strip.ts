import {clean, countRuns, flushed, isAbsurd, isClipped, magnitude, silenced, takeIn} from './input';
import {meters, mix, postGains, preGains, recordSize, state, stripFields, strips, work} from './layout';
import {adopt, age, fillGains, isMoving} from './ramp';

/** What one block of a pair measured, kept until it is written out: one vector a tap, lanes `L0 R0 L1 R1`. */
let prePeak: v128 = i32x4.splat(0);
let preEnergy: v128 = i32x4.splat(0);
let preProduct: v128 = i32x4.splat(0);
let postPeak: v128 = i32x4.splat(0);
let postEnergy: v128 = i32x4.splat(0);

/** Squares are summed over 32 frames at a time and these sums again: in one long sum of floats the small would be lost in the large. */
export const sumBytes: usize = 32 * 16;

/** Left and right of both strips exchanged. */
// @ts-ignore: decorator
@inline
export function swapped(x: v128): v128 {
  return v128.shuffle<i32>(x, x, 1, 0, 3, 2);
}

/**
 * One block of two strips: input → trim and polarity → `pre` → fader, pan, mute → `post` → bus. Latency 0.
 *
 *   pre  = in · trimGain · (±1)        post = pre · faderGain · panGain · (1 or 0)
 *
 * Work is left out only where the result is the same to the bit: an input of zeros adds nothing to the bus, nor does a
 * gain of zero that has settled.
 */
export function renderPair(pair: i32, frames: i32): void {
  const record = state + <usize>pair * recordSize;
  adopt(record);
  const runs = record + 64;
  let peak = takeIn(pair, frames);
  const zero = i32x4.splat(0);
  let lost = zero;
  if (isAbsurd(peak)) {
    peak = clean(frames);
    lost = silenced;
  }
  let run = zero;
  if (isClipped(peak)) run = countRuns(runs, frames);
  else v128.store(runs, zero);

  prePeak = preEnergy = preProduct = postPeak = postEnergy = zero;
  if (v128.any_true(peak)) {
    if (isMoving(record)) {
      fillGains(record, frames);
      mixMoving(frames);
    } else {
      const post = v128.load(record, 48);
      if (v128.any_true(post)) mixSettled(v128.load(record, 32), post, frames);
      else measureMuted(v128.load(record, 32), frames);
    }
  }
  age(record, frames);
  writeStrip(pair * 2, peak, lost, run);
  if (pair * 2 + 1 < strips) {
    prePeak = upper(prePeak);
    preEnergy = upper(preEnergy);
    preProduct = upper(preProduct);
    postPeak = upper(postPeak);
    postEnergy = upper(postEnergy);
    writeStrip(pair * 2 + 1, upper(peak), upper(lost), upper(run));
  }
}

/** The second strip of the pair in the lanes of the first. */
// @ts-ignore: decorator
@inline
function upper(x: v128): v128 {
  return v128.shuffle<i64>(x, x, 1, 0);
}

function mixSettled(preGain: v128, postGain: v128, frames: i32): void {
  let peak0 = i32x4.splat(0);
  let energy0 = f32x4.splat(0);
  let product = f32x4.splat(0);
  let peak1 = i32x4.splat(0);
  let energy1 = f32x4.splat(0);
  const bytes = <usize>frames << 4;
  for (let at: usize = 0; at < bytes; ) {
    const end = min(at + sumBytes, bytes);
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    let cross = f32x4.splat(0);
    for (; at < end; at += 16) {
      const pre = f32x4.mul(v128.load(work + at), preGain);
      peak0 = i32x4.max_s(peak0, magnitude(pre));
      sum0 = f32x4.add(sum0, f32x4.mul(pre, pre));
      cross = f32x4.add(cross, f32x4.mul(pre, swapped(pre)));
      const raw = f32x4.mul(pre, postGain);
      const size = magnitude(raw);
      const post = flushed(raw, size);
      peak1 = i32x4.max_s(peak1, size);
      sum1 = f32x4.add(sum1, f32x4.mul(post, post));
      v128.store(mix + at, f32x4.add(v128.load(mix + at), post));
    }
    energy0 = f32x4.add(energy0, sum0);
    product = f32x4.add(product, cross);
    energy1 = f32x4.add(energy1, sum1);
  }
  prePeak = peak0;
  preEnergy = energy0;
  preProduct = product;
  postPeak = peak1;
  postEnergy = energy1;
}

function mixMoving(frames: i32): void {
  let peak0 = i32x4.splat(0);
  let energy0 = f32x4.splat(0);
  let product = f32x4.splat(0);
  let peak1 = i32x4.splat(0);
  let energy1 = f32x4.splat(0);
  const bytes = <usize>frames << 4;
  for (let at: usize = 0; at < bytes; ) {
    const end = min(at + sumBytes, bytes);
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    let cross = f32x4.splat(0);
    for (; at < end; at += 16) {
      const pre = f32x4.mul(v128.load(work + at), v128.load(preGains + at));
      peak0 = i32x4.max_s(peak0, magnitude(pre));
      sum0 = f32x4.add(sum0, f32x4.mul(pre, pre));
      cross = f32x4.add(cross, f32x4.mul(pre, swapped(pre)));
      const raw = f32x4.mul(pre, v128.load(postGains + at));
      const size = magnitude(raw);
      const post = flushed(raw, size);
      peak1 = i32x4.max_s(peak1, size);
      sum1 = f32x4.add(sum1, f32x4.mul(post, post));
      v128.store(mix + at, f32x4.add(v128.load(mix + at), post));
    }
    energy0 = f32x4.add(energy0, sum0);
    product = f32x4.add(product, cross);
    energy1 = f32x4.add(energy1, sum1);
  }
  prePeak = peak0;
  preEnergy = energy0;
  preProduct = product;
  postPeak = peak1;
  postEnergy = energy1;
}

function measureMuted(preGain: v128, frames: i32): void {
  let peak0 = i32x4.splat(0);
  let energy0 = f32x4.splat(0);
  let product = f32x4.splat(0);
  const bytes = <usize>frames << 4;
  for (let at: usize = 0; at < bytes; ) {
    const end = min(at + sumBytes, bytes);
    let sum0 = f32x4.splat(0);
    let cross = f32x4.splat(0);
    for (; at < end; at += 16) {
      const pre = f32x4.mul(v128.load(work + at), preGain);
      peak0 = i32x4.max_s(peak0, magnitude(pre));
      sum0 = f32x4.add(sum0, f32x4.mul(pre, pre));
      cross = f32x4.add(cross, f32x4.mul(pre, swapped(pre)));
    }
    energy0 = f32x4.add(energy0, sum0);
    product = f32x4.add(product, cross);
  }
  prePeak = peak0;
  preEnergy = energy0;
  preProduct = product;
}

/** Writes the meters of one strip, whose values stand in lanes 0 and 1, in the order of the model's strip fields. */
function writeStrip(strip: i32, peak: v128, lost: v128, run: v128): void {
  const to = meters + <usize>strip * stripFields * 4;
  store<f32>(to, f32x4.extract_lane(peak, 0), 0);
  store<f32>(to, f32x4.extract_lane(peak, 1), 4);
  store<f32>(to, f32x4.extract_lane(prePeak, 0), 8);
  store<f32>(to, f32x4.extract_lane(prePeak, 1), 12);
  store<f32>(to, f32x4.extract_lane(postPeak, 0), 16);
  store<f32>(to, f32x4.extract_lane(postPeak, 1), 20);
  store<f32>(to, f32x4.extract_lane(preEnergy, 0), 24);
  store<f32>(to, f32x4.extract_lane(preEnergy, 1), 28);
  store<f32>(to, f32x4.extract_lane(preProduct, 0), 32);
  store<f32>(to, f32x4.extract_lane(postEnergy, 0), 36);
  store<f32>(to, f32x4.extract_lane(postEnergy, 1), 40);
  store<f32>(to, <f32>max(i32x4.extract_lane(run, 0), i32x4.extract_lane(run, 1)), 44);
  store<f32>(to, <f32>(i32x4.extract_lane(lost, 0) + i32x4.extract_lane(lost, 1)), 48);
}
