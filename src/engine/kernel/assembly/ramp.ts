import {moveSize, moves, postGains, preGains, rampFrames, rampTable, recordHead} from './layout';

/**
 * Gains never jump. A change at a block edge starts a move; the gain at a frame is
 *
 *   g(t) = target + Σ difference_k · (S(t − start_k) − 1)
 *
 * over the moves under way, where S rises from 0 to 1 in `rampFrames` frames (the table holds S − 1). Moves add up, so a
 * target that changes again in mid-ramp makes no corner, and every move ends exactly: g is then the target, to the bit.
 * A gain depends on when its targets changed, never on how the time between was cut into blocks.
 */

/**
 * Takes the wanted gains of a record as its targets and starts a move where they differ. Where as many moves are under
 * way as there is room for, the wish waits for the next block edge with room: nothing is lost, and nothing jumps.
 */
export function adopt(record: usize): void {
  const wantedPre = v128.load(record, 0);
  const wantedPost = v128.load(record, 16);
  const targetPre = v128.load(record, 32);
  const targetPost = v128.load(record, 48);
  const differs = v128.or(f32x4.ne(wantedPre, targetPre), f32x4.ne(wantedPost, targetPost));
  if (!v128.any_true(differs)) return;
  const count = load<i32>(record, 80);
  if (count == moves) return;
  const move = record + recordHead + <usize>count * moveSize;
  store<i32>(move, 0);
  v128.store(move, f32x4.sub(wantedPre, targetPre), 16);
  v128.store(move, f32x4.sub(wantedPost, targetPost), 32);
  v128.store(record, wantedPre, 32);
  v128.store(record, wantedPost, 48);
  store<i32>(record, count + 1, 80);
}

/** Takes the wanted gains at once and ends all moves of a record: only where nothing sounds yet. */
export function settleRecord(record: usize): void {
  v128.store(record, v128.load(record, 0), 32);
  v128.store(record, v128.load(record, 16), 48);
  store<i32>(record, 0, 80);
}

/** Whether a record's gains move in the coming block. */
// @ts-ignore: decorator
@inline
export function isMoving(record: usize): bool {
  return load<i32>(record, 80) != 0;
}

/** Writes the gains of the next `frames` frames to `preGains` and `postGains`, a vector a frame. */
export function fillGains(record: usize, frames: i32): void {
  const targetPre = v128.load(record, 32);
  const targetPost = v128.load(record, 48);
  const bytes = <usize>frames << 4;
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(preGains + at, targetPre);
    v128.store(postGains + at, targetPost);
  }
  const count = load<i32>(record, 80);
  for (let index = 0; index < count; index++) {
    const move = record + recordHead + <usize>index * moveSize;
    const age = load<i32>(move);
    const pre = v128.load(move, 16);
    const post = v128.load(move, 32);
    const end = <usize>min(frames, rampFrames - age) << 4;
    let table = rampTable + (<usize>age << 2);
    for (let at: usize = 0; at < end; at += 16) {
      const share = v128.load32_splat(table);
      v128.store(preGains + at, f32x4.add(v128.load(preGains + at), f32x4.mul(pre, share)));
      v128.store(postGains + at, f32x4.add(v128.load(postGains + at), f32x4.mul(post, share)));
      table += 4;
    }
  }
}

/** Lets time pass for the moves of a record and forgets those that have arrived. */
export function age(record: usize, frames: i32): void {
  const count = load<i32>(record, 80);
  const first = record + recordHead;
  let over = 0;
  for (let index = 0; index < count; index++) {
    const move = first + <usize>index * moveSize;
    const next = load<i32>(move) + frames;
    store<i32>(move, next);
    if (next >= rampFrames) over++;
  }
  if (over == 0) return;
  memory.copy(first, first + <usize>over * moveSize, <usize>(count - over) * moveSize);
  store<i32>(record, count - over, 80);
}
