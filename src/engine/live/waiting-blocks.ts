import type {TapeSpan} from '../automation/lane-plan.ts';
import {blockFrames} from '../graph.ts';
import type {HeardBlock} from './renderer.ts';

/** Blocks that are rendered and not yet heard, oldest first. Frames are those of the device's clock. */
export interface WaitingBlocks {
  push(blocks: readonly HeardBlock[]): void;
  /** What begins at a frame or later is rendered anew. */
  dropFrom(frame: number): void;
  /** Takes those that have been heard to their end at a frame. */
  takeUntil(frame: number): readonly HeardBlock[];
  /** How the tape is heard from a frame on, as far as is known; empty if nothing is. */
  spansFrom(frame: number): readonly TapeSpan[];
}

export function createWaitingBlocks(): WaitingBlocks {
  let waiting: readonly HeardBlock[] = [];
  return {
    push(blocks) {
      waiting = [...waiting, ...blocks];
    },
    dropFrom(frame) {
      waiting = waiting.filter(({meters}) => meters.atFrame < frame);
    },
    takeUntil(frame) {
      const first = waiting.findIndex(({meters}) => meters.atFrame + blockFrames > frame);
      const heard = first < 0 ? waiting : waiting.slice(0, first);
      waiting = first < 0 ? [] : waiting.slice(first);
      return heard;
    },
    spansFrom(frame) {
      const spans: TapeSpan[] = [];
      let endFrame = waiting[0]?.meters.atFrame ?? frame;
      for (const {meters, spans: heard} of waiting) {
        // In a gap the tape is heard to stand.
        if (meters.atFrame > endFrame)
          add(spans, {frame: heard[0]?.frame ?? 0, frames: meters.atFrame - endFrame, moves: false});
        for (const span of heard) add(spans, span);
        endFrame = meters.atFrame + blockFrames;
      }
      return without(spans, frame - (waiting[0]?.meters.atFrame ?? frame));
    },
  };
}

/** Adds a span; one that goes on where the last ends becomes part of it. */
function add(spans: TapeSpan[], span: TapeSpan): void {
  const last = spans.at(-1);
  const goesOn =
    last !== undefined && last.moves === span.moves && span.frame === last.frame + (last.moves ? last.frames : 0);
  if (goesOn) spans[spans.length - 1] = {...last, frames: last.frames + span.frames};
  else spans.push(span);
}

/** Spans without the first so many frames; whole if they have not begun yet. */
function without(spans: readonly TapeSpan[], frames: number): readonly TapeSpan[] {
  let left = Math.max(0, frames);
  return spans.flatMap((span) => {
    const gone = Math.min(left, span.frames);
    left -= gone;
    return gone === span.frames
      ? []
      : [{...span, frame: span.frame + (span.moves ? gone : 0), frames: span.frames - gone}];
  });
}
