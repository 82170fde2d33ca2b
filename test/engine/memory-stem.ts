import type {Stem} from '../../src/engine/stem.ts';

/** A stem that lies in memory whole: a mono stem without `right`. It is always prepared. */
export function memoryStem(left: Float32Array, right?: Float32Array): Stem {
  return {
    channels: right ? 2 : 1,
    lengthFrames: left.length,
    prepare: () => Promise.resolve(),
    read(atFrame, intoLeft, intoRight) {
      copy(left, atFrame, intoLeft);
      copy(right ?? left, atFrame, intoRight);
      return true;
    },
    close: () => Promise.resolve(),
  };
}

/** A stem that keeps only what was prepared last, `capacityFrames` at most, and gives silence for the rest. */
export function forgetfulStem(stem: Stem, capacityFrames: number): Stem {
  let from = 0;
  let to = 0;
  return {
    ...stem,
    async prepare(atFrame, frames) {
      await stem.prepare(atFrame, frames);
      from = Math.max(atFrame, atFrame + frames - capacityFrames);
      to = atFrame + frames;
    },
    read(atFrame, left, right) {
      if (atFrame >= from && atFrame + left.length <= to) return stem.read(atFrame, left, right);
      left.fill(0);
      right.fill(0);
      return false;
    },
  };
}

function copy(from: Float32Array, atFrame: number, into: Float32Array): void {
  into.fill(0);
  const first = Math.max(0, atFrame);
  const part = from.subarray(first, Math.max(first, atFrame + into.length));
  into.set(part, first - atFrame);
}
