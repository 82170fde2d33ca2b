import {emptyLane, type Lane, type LaneId} from '../model/lane.ts';
import type {LaneChange} from '../model/lane-change.ts';
import {laneValueAt} from './read-out.ts';
import {changeIn, type Line, lineIn, type Point, type Stretch, withEdges} from './stretch.ts';

/**
 * A stretch of a lane, later by so many frames or earlier if negative. Where it lands it replaces the line; where it was, the line stands still at the
 * value of that edge. What would come before the start of the tape is lost. Undefined if nothing changes.
 */
export function shifted(id: LaneId, line: Line, stretch: Stretch, byFrames: number): LaneChange | undefined {
  const {fromFrame, toFrame} = stretch;
  if (byFrames === 0 || line.lane.frames.length === 0) return undefined;
  const valueAt = (frame: number): number => laneValueAt(line.lane, line.curve, frame);
  // What comes before the start of the tape is cut off, unless nothing happens there.
  const first = line.lane.frames[0] ?? 0;
  const isStillBefore = fromFrame === 0 && first >= -byFrames && first < toFrame;
  const isCut = -byFrames > fromFrame && !isStillBefore;
  const moving = lineIn(line, {fromFrame: isCut ? -byFrames : fromFrame, toFrame});
  const moved: Lane = {frames: moving.frames.map((frame) => frame + byFrames), values: moving.values};
  const hasLeft = fromFrame > 0 && byFrames > 0;
  const hasRight = toFrame < Number.POSITIVE_INFINITY && byFrames < 0;
  const points = withEdges(
    hasLeft ? still(fromFrame, fromFrame + byFrames, valueAt(fromFrame - 1)) : [],
    moved,
    hasRight ? still(Math.max(fromFrame, toFrame + byFrames), toFrame, valueAt(toFrame - 1)) : [],
  );
  const place = {
    fromFrame: Math.max(0, Math.min(fromFrame, fromFrame + byFrames)),
    toFrame: Math.max(toFrame, toFrame + byFrames),
  };
  return changeIn(id, line, place, points.frames.length === 0 ? emptyLane : points);
}

/** A line that stands still from a frame up to, not at, another. */
function still(fromFrame: number, toFrame: number, value: number): readonly Point[] {
  return toFrame - 1 > fromFrame
    ? [
        [fromFrame, value],
        [toFrame - 1, value],
      ]
    : [[fromFrame, value]];
}
