import type {AudioOutput} from '../../../src/engine/live/output.ts';

/** What plays as one, at its frames. */
export interface PlayedBlock {
  readonly atFrame: number;
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
}

/** An output whose clock the test turns, frame by frame, and which keeps what it would play. */
export interface TapeOutput extends AudioOutput {
  now: number;
  /** By frame, without overlap. */
  readonly blocks: readonly PlayedBlock[];
}

export function createTapeOutput(latencyFrames = 0): TapeOutput {
  let blocks: PlayedBlock[] = [];
  const part = ({atFrame, left, right}: PlayedBlock, from: number, to: number): readonly PlayedBlock[] => {
    const [first, last] = [Math.max(0, from - atFrame), Math.min(left.length, to - atFrame)];
    return last > first
      ? [{atFrame: atFrame + first, left: left.slice(first, last), right: right.slice(first, last)}]
      : [];
  };
  return {
    kind: 'device',
    name: 'tape',
    latencyFrames,
    now: 0,
    get blocks() {
      return blocks;
    },
    clockFrame() {
      return this.now;
    },
    clockFrameIn(frames) {
      return this.now + frames;
    },
    schedule(atFrame, left, right) {
      const block = {atFrame, left: left.slice(), right: right.slice()};
      const endFrame = atFrame + left.length;
      // What is scheduled is always near the end.
      const from = 1 + blocks.findLastIndex((other) => other.atFrame + other.left.length <= atFrame);
      const touched = blocks.splice(from);
      blocks.push(
        ...touched.flatMap((other) => part(other, 0, atFrame)),
        block,
        ...touched.flatMap((other) => part(other, endFrame, Number.POSITIVE_INFINITY)),
      );
    },
    cut(atFrame) {
      blocks = blocks.flatMap((block) => part(block, 0, atFrame));
    },
    close: async () => {},
  };
}
