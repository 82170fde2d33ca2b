import {emptyLane, type Lane, type LaneId} from './lane.ts';

/** What was done to a part of a lane: all points from `fromFrame` up to, not at, `toFrame` were `before` and are `after`. */
export interface LaneChange {
  readonly lane: LaneId;
  readonly fromFrame: number;
  readonly toFrame: number;
  readonly before: Lane;
  readonly after: Lane;
}

export type Lanes = ReadonlyMap<LaneId, Lane>;

/** Index of the first point at or after a frame, 0 … length: binary search, O(log n). */
export function pointAt({frames}: Lane, frame: number): number {
  let low = 0;
  let high = frames.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((frames[middle] ?? 0) < frame) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The points of a part of a lane. */
export function partOf(lane: Lane, fromFrame: number, toFrame: number): Lane {
  const first = pointAt(lane, fromFrame);
  const end = Math.max(first, pointAt(lane, toFrame));
  return {frames: lane.frames.slice(first, end), values: lane.values.slice(first, end)};
}

/** A lane with other points in a part of it; those must lie in the part. */
export function withPart(lane: Lane, fromFrame: number, toFrame: number, points: Lane): Lane {
  const first = pointAt(lane, fromFrame);
  const end = Math.max(first, pointAt(lane, toFrame));
  const length = first + points.frames.length + lane.frames.length - end;
  const frames = new Int32Array(length);
  const values = new Float64Array(length);
  frames.set(lane.frames.subarray(0, first));
  frames.set(points.frames, first);
  frames.set(lane.frames.subarray(end), first + points.frames.length);
  values.set(lane.values.subarray(0, first));
  values.set(points.values, first);
  values.set(lane.values.subarray(end), first + points.frames.length);
  return {frames, values};
}

/** Whether two lanes have the same points. */
export function isSameLane(one: Lane, other: Lane): boolean {
  return (
    one.frames.length === other.frames.length &&
    one.frames.every((frame, index) => frame === other.frames[index] && one.values[index] === other.values[index])
  );
}

/** The lanes after a change; a lane without a point left is no more. */
export function withChange(lanes: Lanes, {lane: id, fromFrame, toFrame, after}: LaneChange): Lanes {
  const lane = withPart(lanes.get(id) ?? emptyLane, fromFrame, toFrame, after);
  const next = new Map(lanes);
  if (lane.frames.length === 0) next.delete(id);
  else next.set(id, lane);
  return next;
}

/** The change that takes a change back. */
export function reversed(change: LaneChange): LaneChange {
  return {...change, before: change.after, after: change.before};
}

/** Whether the part of the lane is still as the change left it. */
export function isAsWritten(lanes: Lanes, {lane: id, fromFrame, toFrame, after}: LaneChange): boolean {
  return isSameLane(partOf(lanes.get(id) ?? emptyLane, fromFrame, toFrame), after);
}

/** The smallest change from one state of a lane to another; undefined if nothing differs. */
export function changeBetween(id: LaneId, before: Lane, after: Lane): LaneChange | undefined {
  const same = (one: number, other: number): boolean =>
    before.frames[one] === after.frames[other] && before.values[one] === after.values[other];
  const shorter = Math.min(before.frames.length, after.frames.length);
  let first = 0;
  while (first < shorter && same(first, first)) first++;
  let beforeEnd = before.frames.length;
  let afterEnd = after.frames.length;
  while (beforeEnd > first && afterEnd > first && same(beforeEnd - 1, afterEnd - 1)) {
    beforeEnd--;
    afterEnd--;
  }
  if (beforeEnd === first && afterEnd === first) return undefined;
  const edges = [before.frames[first], after.frames[first]].filter((frame) => frame !== undefined);
  const ends = [before.frames[beforeEnd - 1], after.frames[afterEnd - 1]].filter((frame) => frame !== undefined);
  const fromFrame = Math.min(...edges);
  const toFrame = Math.max(...ends) + 1;
  return {
    lane: id,
    fromFrame,
    toFrame,
    before: partOf(before, fromFrame, toFrame),
    after: partOf(after, fromFrame, toFrame),
  };
}
