import {rampFrames, rampTable} from './layout';

/**
 * What is heard never jumps. A change at a block edge (of a gain: at any frame) starts a move; a value at a frame is
 *
 *   v(t) = target + Σ difference_k · (S(t − start_k) − 1)
 *
 * over the moves under way, where S rises from 0 to 1 in `rampFrames` frames and is 0 before (the table holds S − 1). Moves add up, so a
 * target that changes again in mid-ramp makes no corner, and every move ends exactly: v is then the target, to the bit.
 * A value depends on when its targets changed, never on how the time between was cut into blocks.
 *
 * A glide is a set of vectors that move together, `n` of them:
 *
 *   +0 n wanted vectors   +16n n targets, adopted at a block edge   +32n i32 count of moves under way (+12 bytes)
 *   +32n+16 moves, oldest first: i32 age in frames, negative if it begins within the block (+12 bytes), n differences
 */

/**
 * Takes the wanted values as targets and starts a move of that age (0 or less) where they differ. Where as many moves are under way as there is
 * room for, the wish joins the last move if that has not begun to be heard, or waits for the next block edge with room: nothing is lost, and nothing jumps.
 */
export function adoptGlide(at: usize, vectors: usize, room: i32, age: i32): void {
  const bytes = vectors << 4;
  let differs = i32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    differs = v128.or(differs, f32x4.ne(v128.load(at + i), v128.load(at + bytes + i)));
  }
  if (!v128.any_true(differs)) return;
  const counter = at + 2 * bytes;
  const count = load<i32>(counter);
  if (count == room) {
    joinLast(at, bytes, counter + 16 + <usize>(count - 1) * (16 + bytes));
    return;
  }
  const move = counter + 16 + <usize>count * (16 + bytes);
  store<i32>(move, age);
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(move + i, f32x4.sub(v128.load(at + i), v128.load(at + bytes + i)), 16);
  }
  memory.copy(at + bytes, at, bytes);
  store<i32>(counter, count + 1);
}

function joinLast(at: usize, bytes: usize, move: usize): void {
  if (load<i32>(move) > 0) return;
  for (let i: usize = 0; i < bytes; i += 16) {
    const more = f32x4.sub(v128.load(at + i), v128.load(at + bytes + i));
    v128.store(move + i, f32x4.add(v128.load(move + i, 16), more), 16);
  }
  memory.copy(at + bytes, at, bytes);
}

/**
 * A stage that comes on where it was off begins with the numbers that are wanted, whatever they were when it was last on: vectors `first` up to `share`, which
 * fades it in. So what is heard of it does not depend on what nobody heard.
 */
export function beginStage(at: usize, vectors: usize, first: usize, share: usize): void {
  const none = f32x4.splat(0);
  const target = targetAt(at, vectors, share);
  const comesOn = v128.andnot(f32x4.ne(v128.load(at + (share << 4)), v128.load(target)), lanesInUse(at, vectors, share));
  if (!v128.any_true(comesOn)) return;
  const counter = at + (vectors << 5);
  const count = load<i32>(counter);
  for (let index = first; index < share; index++) {
    const number = targetAt(at, vectors, index);
    v128.store(number, v128.bitselect(v128.load(at + (index << 4)), v128.load(number), comesOn));
    let move = counter + 16 + ((1 + index) << 4);
    for (let each = 0; each < count; each++) {
      v128.store(move, v128.bitselect(none, v128.load(move), comesOn));
      move += 16 + (vectors << 4);
    }
  }
}

/** Takes the wanted values at once and ends all moves: only where nothing sounds yet. */
export function settleGlide(at: usize, vectors: usize): void {
  memory.copy(at + (vectors << 4), at, vectors << 4);
  store<i32>(at + (vectors << 5), 0);
}

/** Whether values move in the coming block. */
// @ts-ignore: decorator
@inline
export function isMoving(at: usize, vectors: usize): bool {
  return load<i32>(at + (vectors << 5)) != 0;
}

/** The lanes in which a vector is anything but 0 in the coming block. */
export function lanesInUse(at: usize, vectors: usize, index: usize): v128 {
  const none = f32x4.splat(0);
  let lanes = f32x4.ne(v128.load(targetAt(at, vectors, index)), none);
  const counter = at + (vectors << 5);
  const count = load<i32>(counter);
  let move = counter + 16 + ((1 + index) << 4);
  for (let each = 0; each < count; each++) {
    lanes = v128.or(lanes, f32x4.ne(v128.load(move), none));
    move += 16 + (vectors << 4);
  }
  return lanes;
}

/** Whether a vector is anything but 0 in the coming block. */
// @ts-ignore: decorator
@inline
export function isInUse(at: usize, vectors: usize, index: usize): bool {
  return v128.any_true(lanesInUse(at, vectors, index));
}

/** Address of the target of a vector. */
// @ts-ignore: decorator
@inline
export function targetAt(at: usize, vectors: usize, index: usize): usize {
  return at + ((vectors + index) << 4);
}

/** Writes the values of vector `index` in the next `frames` frames to `to`, a vector a frame. */
export function fillGlide(at: usize, vectors: usize, index: usize, to: usize, frames: i32): void {
  const counter = at + (vectors << 5);
  fillMoves(v128.load(targetAt(at, vectors, index)), counter, 16 + (vectors << 4), 16 + (index << 4), to, frames);
}

/** The same for any moves after a counter: `stride` bytes each, the difference at `offset` in a move. */
export function fillMoves(target: v128, counter: usize, stride: usize, offset: usize, to: usize, frames: i32): void {
  const bytes = <usize>frames << 4;
  for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, target);
  const count = load<i32>(counter);
  let move = counter + 16;
  for (let left = count; left > 0; left -= 4) {
    addFour(move, min(left, 4), stride, offset, to, bytes);
    move += 4 * stride;
  }
}

/** Adds up to four moves, in their order. They are read together since the sums are what costs; one that is not there is a difference of 0. */
function addFour(move: usize, count: i32, stride: usize, offset: usize, to: usize, bytes: usize): void {
  const none = f32x4.splat(0);
  const a = v128.load(move + offset);
  const b = count > 1 ? v128.load(move + stride + offset) : none;
  const c = count > 2 ? v128.load(move + 2 * stride + offset) : none;
  const d = count > 3 ? v128.load(move + 3 * stride + offset) : none;
  if (!v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) return;
  let shareA = shareOf(move);
  let shareB = count > 1 ? shareOf(move + stride) : shareA;
  let shareC = count > 2 ? shareOf(move + 2 * stride) : shareA;
  let shareD = count > 3 ? shareOf(move + 3 * stride) : shareA;
  for (let at: usize = 0; at < bytes; at += 16) {
    let value = f32x4.add(v128.load(to + at), f32x4.mul(a, v128.load32_splat(shareA)));
    value = f32x4.add(value, f32x4.mul(b, v128.load32_splat(shareB)));
    value = f32x4.add(value, f32x4.mul(c, v128.load32_splat(shareC)));
    v128.store(to + at, f32x4.add(value, f32x4.mul(d, v128.load32_splat(shareD))));
    shareA += 4;
    shareB += 4;
    shareC += 4;
    shareD += 4;
  }
}

/** Where the ramp of a move stands; the table goes on for a block on either side. */
// @ts-ignore: decorator
@inline
function shareOf(move: usize): usize {
  return rampTable + (<usize>load<i32>(move) << 2);
}

/** Writes the values at the last frame of every four to `to`, a vector each. */
export function fillQuarters(at: usize, vectors: usize, index: usize, to: usize, frames: i32): void {
  const target = v128.load(targetAt(at, vectors, index));
  const quarters = frames >> 2;
  for (let quarter = 0; quarter < quarters; quarter++) v128.store(to + (<usize>quarter << 4), target);
  const counter = at + (vectors << 5);
  const count = load<i32>(counter);
  let move = counter + 16;
  for (let each = 0; each < count; each++) {
    const age = load<i32>(move);
    const difference = v128.load(move + ((1 + index) << 4));
    for (let quarter = 0, frame = age + 3; quarter < quarters && frame < rampFrames; quarter++, frame += 4) {
      const value = to + (<usize>quarter << 4);
      const share = v128.load32_splat(rampTable + (<usize>frame << 2));
      v128.store(value, f32x4.add(v128.load(value), f32x4.mul(difference, share)));
    }
    move += 16 + (vectors << 4);
  }
}

/** Lets time pass for moves after a counter, `stride` bytes each, and forgets those that have arrived. */
export function ageMoves(counter: usize, stride: usize, frames: i32): void {
  const count = load<i32>(counter);
  const first = counter + 16;
  let over = 0;
  for (let index = 0; index < count; index++) {
    const move = first + <usize>index * stride;
    const next = load<i32>(move) + frames;
    store<i32>(move, next);
    if (next >= rampFrames) over++;
  }
  if (over == 0) return;
  memory.copy(first, first + <usize>over * stride, <usize>(count - over) * stride);
  store<i32>(counter, count - over);
}

// @ts-ignore: decorator
@inline
export function ageGlide(at: usize, vectors: usize, frames: i32): void {
  ageMoves(at + (vectors << 5), 16 + (vectors << 4), frames);
}
