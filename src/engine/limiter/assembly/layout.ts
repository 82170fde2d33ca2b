/**
 * Where everything lies in memory. Tables and working buffers come first; what outlives a chunk (the state) is one
 * contiguous range at the end, so that a snapshot is one copy.
 *
 *   state   +0   f64  envelope                +8   f64  sum of the first mean
 *           +16  f64  sum of the second       +24  f64  rise: share of the way back in a frame
 *           +32  f32  ceiling, an amplitude   +36  i32  on
 *           +40  i32  place in the first ring +44  i32  place in the second
 *           +48  u32  now, in frames          +52  u32  head of the queue
 *           +56  u32  tail of the queue       +60  i32  frames for which the gain has been 1
 *           +64  rings, queue (f32 value, u32 frame), lines of both sides
 */
export const ENVELOPE: usize = 0;
export const FIRST_SUM: usize = 8;
export const SECOND_SUM: usize = 16;
export const RISE: usize = 24;
export const CEILING: usize = 32;
export const ON: usize = 36;
export const FIRST_AT: usize = 40;
export const SECOND_AT: usize = 44;
export const NOW: usize = 48;
export const HEAD: usize = 52;
export const TAIL: usize = 56;
export const RESTING: usize = 60;

/** Longest chunk in frames. */
export const chunk: usize = 256;
/** Reach of the interpolating filter to either side, in frames. */
export const reach: i32 = 24;
/** Floats of all filters: four pairs each of 48, 24 and 12 taps. */
export const filterFloats: usize = 4 * (48 + 24 + 12);

export let window: i32 = 0;
export let first: i32 = 0;
export let second: i32 = 0;
export let hold: i32 = 0;
export let latency: i32 = 0;
export let queueMask: u32 = 0;

export let filters: usize = 0;
export let blocks: usize = 0;
export let peaks: usize = 0;
export let state: usize = 0;
export let stateBytes: usize = 0;
export let firstRing: usize = 0;
export let secondRing: usize = 0;
export let queue: usize = 0;
let lines: usize = 0;
let lineBytes: usize = 0;

function aligned(bytes: usize): usize {
  return (bytes + 15) & ~(<usize>15);
}

/** Address of a side's samples: `latency` frames that came before, then those of the chunk. */
// @ts-ignore: decorator
@inline
export function line(side: i32): usize {
  return lines + <usize>side * lineBytes;
}

/** Lays the memory out and grows it; returns false where the system has no memory left. */
export function layOut(frames: i32): bool {
  window = frames;
  first = (frames + 1) >> 1;
  second = frames + 1 - first;
  hold = frames + 2 * reach - 1;
  latency = frames + 2 * reach - 2;
  let size: u32 = 1;
  while (size <= <u32>hold) size <<= 1;
  queueMask = size - 1;
  lineBytes = aligned((<usize>latency + chunk + 8) * 4);
  let at: usize = aligned(__heap_base);
  filters = at;
  at += aligned(filterFloats * 4);
  blocks = at;
  at += 2 * chunk * 4;
  peaks = at;
  at += (chunk + 8) * 4;
  state = aligned(at);
  at = state + 64;
  firstRing = at;
  at += <usize>first << 3;
  secondRing = at;
  at += <usize>second << 3;
  queue = at;
  at += <usize>size << 3;
  lines = aligned(at);
  at = lines + 2 * lineBytes;
  stateBytes = at - state;
  const pages = <i32>((at + 0xffff) >> 16) - memory.size();
  return pages <= 0 || memory.grow(pages) >= 0;
}
