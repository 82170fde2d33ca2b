import type {Stem} from '../../src/engine/stem.ts';

/** A stem that lies in memory whole; `prepared` false makes every read starve until it is prepared. */
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

function copy(from: Float32Array, atFrame: number, into: Float32Array): void {
  into.fill(0);
  const first = Math.max(0, atFrame);
  const part = from.subarray(first, Math.max(first, atFrame + into.length));
  into.set(part, first - atFrame);
}
