/**
 * Look-ahead true-peak limiter for a stereo pair, both sides alike.
 *
 *   r(n) = min(1, C / p(n))            p: highest magnitude of the interpolated signal from frame n to n + 1, both sides (peak.ts)
 *   h(m) = min r(m − S − 23 … m + 23)  held over the window and over the reach of the interpolating filter, 24 frames each way
 *   e(m) = min(h(m), e(m−1) + k · (h(m) − e(m−1)))    falls at once, rises by one pole
 *   g(m) = mean over S1 of mean over S2 of e(m … m + S − 1),  S1 + S2 − 1 = S
 *   y(m) = x(m) · g(m)
 *
 * So g(m) ≤ r(n) for all frames m that have a part in p(n), and its slope has no corner. Latency S + 46 frames. With all r = 1 the gain is 1
 * to the bit: e is a whole number of 2⁻³⁰ (rounded down), whose sums in f64 are exact. Source: own design, elementary algebra.
 */
import * as layout from './layout';
import {findPeaks} from './peak';

const unit: f64 = 1073741824.0;
/** From here on the gain counts as 1: −120 dB away. */
const risen: f64 = 0.999999;

/** Lays out memory for a smoothing window of `window` frames; once, before all else. False if there is no memory. */
export function configure(window: i32): bool {
  if (!layout.layOut(window)) return false;
  store<f64>(layout.state, 1, layout.ENVELOPE);
  store<f64>(layout.state, unit * <f64>layout.first, layout.FIRST_SUM);
  store<f64>(layout.state, unit * <f64>layout.first * <f64>layout.second, layout.SECOND_SUM);
  for (let at = 0; at < layout.first; at++) store<f64>(layout.firstRing + (<usize>at << 3), unit);
  for (let at = 0; at < layout.second; at++) store<f64>(layout.secondRing + (<usize>at << 3), unit * <f64>layout.first);
  return true;
}

/** Address of the interpolating filters, to be filled once by the loader; see peak.ts. */
export function filtersAt(): usize {
  return layout.filters;
}

/** Address of a side's samples, `layout.chunk` floats: what comes in, and after `process` what goes out. */
export function blockAt(side: i32): usize {
  return layout.blocks + <usize>side * layout.chunk * 4;
}

/** Address of all that outlives a chunk, settings included. */
export function stateAt(): usize {
  return layout.state;
}

/** Length of the state in bytes. */
export function stateBytes(): usize {
  return layout.stateBytes;
}

/** `ceiling`: amplitude > 0 which frames that enter from now on will not pass. `rise`: share of the way back that the gain goes in a frame. */
export function set(on: bool, ceiling: f32, rise: f64): void {
  store<i32>(layout.state, on ? 1 : 0, layout.ON);
  store<f32>(layout.state, ceiling, layout.CEILING);
  store<f64>(layout.state, rise, layout.RISE);
}

/** Samples that were NaN, infinite or beyond 2³² in the last chunk, and were silenced. */
export let silenced: i32 = 0;

/** Limits `frames` (up to 256) in place; returns the lowest gain. */
export function process(frames: i32): f64 {
  silenced = takeIn(0, frames) + takeIn(1, frames);
  const on = load<i32>(layout.state, layout.ON) != 0;
  const ceiling = load<f32>(layout.state, layout.CEILING);
  const peaks = on && findPeaks(frames, ceiling);
  const resting = load<i32>(layout.state, layout.RESTING);
  let lowest: f64 = 1;
  if (!peaks && resting >= layout.hold + layout.window) {
    // Nothing to hold and nothing held: the gain is 1, and what the rings hold already says so.
    store<u32>(layout.state, load<u32>(layout.state, layout.NOW) + <u32>frames, layout.NOW);
    giveOut(0, frames);
    giveOut(1, frames);
  } else lowest = limit(frames, peaks, ceiling);
  keep(0, frames);
  keep(1, frames);
  return lowest;
}

/** Appends a side's block to its line; returns how many samples were no sound and became 0. */
function takeIn(side: i32, frames: i32): i32 {
  const from = blockAt(side);
  const to = layout.line(side) + (<usize>layout.latency << 2);
  let count = 0;
  for (let frame = 0; frame < frames; frame++) {
    let sample = load<f32>(from + (<usize>frame << 2));
    if (!(abs(sample) <= 4294967296.0)) {
      sample = 0;
      count++;
    }
    store<f32>(to + (<usize>frame << 2), sample);
  }
  // What the vectors read beyond the block must be finite.
  memory.fill(to + (<usize>frames << 2), 0, 32);
  return count;
}

/** A side's block as it was `latency` frames ago. */
function giveOut(side: i32, frames: i32): void {
  memory.copy(blockAt(side), layout.line(side), <usize>frames << 2);
}

/** Moves what the next chunk needs to the front of a side's line. */
function keep(side: i32, frames: i32): void {
  const line = layout.line(side);
  memory.copy(line, line + (<usize>frames << 2), <usize>layout.latency << 2);
}

function limit(frames: i32, peaks: bool, ceiling: f32): f64 {
  const state = layout.state;
  const rise = load<f64>(state, layout.RISE);
  const whole = unit * <f64>layout.first * <f64>layout.second;
  let envelope = load<f64>(state, layout.ENVELOPE);
  let firstSum = load<f64>(state, layout.FIRST_SUM);
  let secondSum = load<f64>(state, layout.SECOND_SUM);
  let firstAt = load<i32>(state, layout.FIRST_AT);
  let secondAt = load<i32>(state, layout.SECOND_AT);
  let resting = load<i32>(state, layout.RESTING);
  let lowest: f64 = 1;
  for (let frame = 0; frame < frames; frame++) {
    const offset = <usize>frame << 2;
    const peak: f32 = peaks ? load<f32>(layout.peaks + offset) : 0;
    const wanted: f32 = peak > ceiling ? ceiling / peak : 1;
    const held = <f64>leastOf(wanted);
    envelope = held < envelope ? held : envelope + rise * (held - envelope);
    if (held == 1 && envelope > risen) envelope = 1;
    resting = envelope == 1 && wanted == 1 ? min(resting + 1, 1 << 20) : 0;

    const rounded = floor(envelope * unit);
    const firstSlot = layout.firstRing + (<usize>firstAt << 3);
    firstSum += rounded - load<f64>(firstSlot);
    store<f64>(firstSlot, rounded);
    firstAt = firstAt + 1 == layout.first ? 0 : firstAt + 1;
    const secondSlot = layout.secondRing + (<usize>secondAt << 3);
    secondSum += firstSum - load<f64>(secondSlot);
    store<f64>(secondSlot, firstSum);
    secondAt = secondAt + 1 == layout.second ? 0 : secondAt + 1;

    const gain = secondSum / whole;
    lowest = min(lowest, gain);
    const factor = <f32>gain;
    store<f32>(blockAt(0) + offset, load<f32>(layout.line(0) + offset) * factor);
    store<f32>(blockAt(1) + offset, load<f32>(layout.line(1) + offset) * factor);
  }
  store<f64>(state, envelope, layout.ENVELOPE);
  store<f64>(state, firstSum, layout.FIRST_SUM);
  store<f64>(state, secondSum, layout.SECOND_SUM);
  store<i32>(state, firstAt, layout.FIRST_AT);
  store<i32>(state, secondAt, layout.SECOND_AT);
  store<i32>(state, resting, layout.RESTING);
  return lowest;
}

/**
 * The least of the last `hold` values: a queue of rising values with the frames they came at (8 bytes each, in a ring). What is missing in
 * it was 1, the highest value there is.
 */
function leastOf(value: f32): f32 {
  const state = layout.state;
  const now = load<u32>(state, layout.NOW);
  let head = load<u32>(state, layout.HEAD);
  let tail = load<u32>(state, layout.TAIL);
  const mask = layout.queueMask;
  while (tail != head && load<f32>(layout.queue + (<usize>((tail - 1) & mask) << 3)) >= value) tail--;
  const slot = layout.queue + (<usize>(tail & mask) << 3);
  store<f32>(slot, value);
  store<u32>(slot, now, 4);
  tail++;
  while (now - load<u32>(layout.queue + (<usize>(head & mask) << 3), 4) >= <u32>layout.hold) head++;
  store<u32>(state, now + 1, layout.NOW);
  store<u32>(state, head, layout.HEAD);
  store<u32>(state, tail, layout.TAIL);
  return load<f32>(layout.queue + (<usize>(head & mask) << 3));
}
