/** Sums of two sides over the last seconds, from blocks of any length. */
export interface SumWindow {
  /** Takes the sums of a block of that many frames. */
  push(left: number, right: number, frames: number): void;
  /** Sums divided by the whole window's frames: what was before the start counts as silence. */
  means(): readonly [left: number, right: number];
}

/** Blocks of at least so many frames are kept apart; of shorter ones the window forgets the oldest early. */
const shortestBlock = 64;

/** An empty window. It reaches back at least `seconds`, in whole blocks. */
export function createSumWindow(sampleRate: number, seconds: number): SumWindow {
  const windowFrames = Math.round(seconds * sampleRate);
  const room = Math.ceil(windowFrames / shortestBlock) + 2;
  const lefts = new Float64Array(room);
  const rights = new Float64Array(room);
  const lengths = new Float64Array(room);
  let next = 0;
  return {
    push(left, right, frames) {
      lefts[next] = left;
      rights[next] = right;
      lengths[next] = frames;
      next = (next + 1) % room;
    },
    means() {
      let left = 0;
      let right = 0;
      let frames = 0;
      for (let age = 1; age <= room && frames < windowFrames; age++) {
        const at = (next - age + room) % room;
        const length = lengths[at] ?? 0;
        if (length === 0) break;
        left += lefts[at] ?? 0;
        right += rights[at] ?? 0;
        frames += length;
      }
      const whole = Math.max(frames, windowFrames);
      return [left / whole, right / whole];
    },
  };
}
