/**
 * Where everything lies in memory. Tables and working buffers come first; what outlives a block (the state) is one
 * contiguous range at the end, so that a snapshot is one copy. Everything starts at a multiple of 16 bytes.
 *
 * Strips are worked on in pairs: one vector of four lanes holds one frame of two strips, `L0 R0 L1 R1`.
 * Each pair has a record in the state; the master has one more of the same kind after the last pair.
 *
 *   record  +0   v128  wanted gain before the pre tap (trim, polarity)
 *           +16  v128  wanted gain after it (fader, pan, mute)
 *           +32  v128  target of the first, adopted at a block edge
 *           +48  v128  target of the second
 *           +64  i32×4 clip runs that go on at the end of the block
 *           +80  i32   moves under way (+12 bytes of padding)
 *           +96  moves, oldest first, 48 bytes each: +0 i32 age in frames, +16 v128, +32 v128 differences of the two gains
 */
export const stripFields: usize = 13;
export const masterFields: usize = 8;
export const recordHead: usize = 96;
export const moveSize: usize = 48;

export let strips: i32 = 0;
export let pairs: i32 = 0;
export let blockFrames: i32 = 0;
export let rampFrames: i32 = 0;
export let moves: i32 = 0;

export let rampTable: usize = 0;
export let fadeTable: usize = 0;
export let inputs: usize = 0;
export let outputs: usize = 0;
export let meters: usize = 0;
/** One block of one pair, a vector a frame. */
export let work: usize = 0;
/** Gains of one block while they move: a vector a frame, before and after the pre tap. */
export let preGains: usize = 0;
export let postGains: usize = 0;
/** The bus: even strips in lanes 0 and 1, odd strips in lanes 2 and 3. */
export let mix: usize = 0;
export let state: usize = 0;
export let stateBytes: usize = 0;
export let recordSize: usize = 0;

function aligned(bytes: usize): usize {
  return (bytes + 15) & ~(<usize>15);
}

/** Lays the memory out and grows it; returns false where the system has no memory left. Everything is zero. */
export function layOut(stripCount: i32, maxFrames: i32, ramp: i32, moveCount: i32): bool {
  strips = stripCount;
  pairs = (stripCount + 1) >> 1;
  blockFrames = maxFrames;
  rampFrames = ramp;
  moves = moveCount;
  const block: usize = <usize>maxFrames * 4;
  let at: usize = aligned(__heap_base);
  rampTable = at;
  at += aligned((<usize>ramp + 4) * 4);
  fadeTable = at;
  at += aligned(block);
  inputs = at;
  at += <usize>pairs * 4 * block;
  outputs = at;
  at += 2 * block;
  meters = at;
  at += aligned((<usize>stripCount * stripFields + masterFields) * 4);
  work = at;
  at += block * 4;
  preGains = at;
  at += block * 4;
  postGains = at;
  at += block * 4;
  mix = at;
  at += block * 4;
  state = at;
  recordSize = recordHead + <usize>moveCount * moveSize;
  stateBytes = <usize>(pairs + 1) * recordSize;
  at += stateBytes;
  const pages = <i32>((at + 0xffff) >> 16) - memory.size();
  return pages <= 0 || memory.grow(pages) >= 0;
}
