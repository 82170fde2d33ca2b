import type {WriteTo} from '../model/automation-intent.ts';
import type {Lane} from '../model/lane.ts';
import {type Pass, startPass} from './pass.ts';
import {pointAfter} from './read-out.ts';
import type {Stretch} from './stretch.ts';

/** Where the tape is while a value is written over a part of it. */
export interface TapePlace {
  readonly atFrame: number;
  /** The range that is played again and again; absent if there is none. */
  readonly loop?: Stretch | undefined;
}

/**
 * The part of the tape that a value is written over: from its start to here, from here to its end, over the loop, or from here to the lane's next point (to the end
 * if there is none). Undefined where there is nothing to write: no loop, or the tape is at its start.
 */
export function stretchTo(to: WriteTo, lane: Lane, {atFrame, loop}: TapePlace): Stretch | undefined {
  const here = Math.max(0, Math.round(atFrame));
  const toFrame = Number.POSITIVE_INFINITY;
  switch (to) {
    case 'start':
      return here > 0 ? {fromFrame: 0, toFrame: here} : undefined;
    case 'end':
      return {fromFrame: here, toFrame};
    case 'loop':
      return loop !== undefined && loop.toFrame > loop.fromFrame ? loop : undefined;
    case 'next-point':
      return {fromFrame: here, toFrame: lane.frames[pointAfter(lane, here)] ?? toFrame};
  }
}

/**
 * The pass as if its newest value had stood since a frame, be that before the pass began or in the midst of it; what it did before that stays. To write the value
 * over a stretch, end what this gives from the stretch's start at the stretch's end.
 */
export function heldSince(pass: Pass, frame: number): Pass {
  const {lane, fromFrame, last} = pass;
  let kept = last;
  let dropped = 0;
  while (kept.frame >= frame && kept.earlier !== undefined) {
    kept = kept.earlier;
    dropped++;
  }
  if (kept.frame >= frame) return startPass(lane, frame, last.value);
  // One frame before the value stands what stood there, so that no slope leads to it.
  const edge = kept.frame < frame - 1 ? {frame: frame - 1, value: kept.value, earlier: kept} : kept;
  const count = pass.count - dropped + (edge === kept ? 1 : 2);
  return {lane, fromFrame, last: {frame, value: last.value, earlier: edge}, count};
}
