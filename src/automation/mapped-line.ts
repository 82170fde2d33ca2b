import type {Lane, LaneKind} from '../model/lane.ts';
import {laneValueAt} from './read-out.ts';
import {type Point, withEdges} from './stretch.ts';
import {fromStraight, isLevelKind, straightOf, valueOfKind} from './travel.ts';

/** What becomes of a line's height, in the unit in which it is straight, at a frame. */
export type HeightMap = (height: number, frame: number) => number;

/**
 * A line with every height changed, within the range of its kind. Where it meets the end of the range between two points it has points there; silence stays
 * silence, and the line leaves it as suddenly as the change does. Exact at every whole frame wherever the map leaves straight lines straight between the given points.
 */
export function mappedLine(lane: Lane, kind: LaneKind, map: HeightMap): Lane {
  const points: Point[] = [];
  const whole = isLevelKind(kind) ? withSilentEdges(lane, kind) : lane;
  const ends = [straightOf(kind, kind.low), straightOf(kind, kind.high)];
  let before: Point | undefined;
  for (const [index, frame] of whole.frames.entries()) {
    const value = whole.values[index] ?? Number.NaN;
    const isSilent = isLevelKind(kind) && value <= kind.low;
    const next: Point = [frame, isSilent ? value : map(straightOf(kind, value), frame)];
    if (before !== undefined && kind.curve !== 'steps') points.push(...crossings(before, next, ends));
    points.push(next);
    before = next;
  }
  const mapped = withEdges(points, {frames: new Int32Array(0), values: new Float64Array(0)}, []);
  return {frames: mapped.frames, values: mapped.values.map((height) => valueOfKind(kind, fromStraight(kind, height)))};
}

/** Levels with a point beside each silent one from or to which the line runs: from there on the change is heard. */
function withSilentEdges(lane: Lane, {low, curve}: LaneKind): Lane {
  const frames: number[] = [];
  const isSilent = (index: number): boolean => (lane.values[index] ?? low) <= low;
  for (const [index, frame] of lane.frames.entries()) {
    const last = lane.frames[index - 1];
    if (last !== undefined && isSilent(index - 1) !== isSilent(index)) {
      const edge = isSilent(index) ? frame - 1 : last + 1;
      if (edge > last && edge < frame) frames.push(edge);
    }
    frames.push(frame);
  }
  if (frames.length === lane.frames.length) return lane;
  return {
    frames: Int32Array.from(frames),
    values: Float64Array.from(frames, (frame) => laneValueAt(lane, curve, frame)),
  };
}

/** The frames on both sides of where a straight line crosses an end of the range, so that what is cut off there is cut off at every whole frame. */
function crossings([from, start]: Point, [to, end]: Point, heights: readonly number[]): readonly Point[] {
  const frames = heights
    .filter((height) => (start - height) * (end - height) < 0)
    .map((height) => from + ((height - start) / (end - start)) * (to - from))
    .flatMap((at) => [Math.floor(at), Math.ceil(at)])
    .filter((frame) => frame > from && frame < to);
  return [...new Set(frames)]
    .sort((one, other) => one - other)
    .map((frame) => [frame, start + ((end - start) * (frame - from)) / (to - from)]);
}
