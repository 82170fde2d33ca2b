import {emptyLane, type Lane, type LaneCurve, type LaneId} from '../model/lane.ts';
import {isSameLane, type LaneChange, partOf, pointAt} from '../model/lane-change.ts';
import {laneValueAt} from './read-out.ts';

/** A part of the tape: `fromFrame`, 0 or more, up to, not at, `toFrame`, which is ∞ where it goes on to the end. */
export interface Stretch {
  readonly fromFrame: number;
  readonly toFrame: number;
}

/** A lane and how it runs. */
export interface Line {
  readonly lane: Lane;
  readonly curve: LaneCurve;
}

/** A point of a lane. */
export type Point = readonly [frame: number, value: number];

/** The line in a stretch as points that need none outside it: with points at both its edges. Of a lane without a point there is nothing. */
export function lineIn({lane, curve}: Line, {fromFrame, toFrame}: Stretch): Lane {
  if (lane.frames.length === 0 || toFrame <= fromFrame) return emptyLane;
  const inner = partOf(lane, fromFrame, toFrame);
  const isNeeded = inner.frames.length === 0 || fromFrame > 0;
  const before = isNeeded && inner.frames[0] !== fromFrame ? [edge(fromFrame)] : [];
  const last = toFrame - 1;
  const isOpen = curve === 'steps' || last === Number.POSITIVE_INFINITY || last === fromFrame;
  const after = isOpen || inner.frames.at(-1) === last ? [] : [edge(last)];
  return withEdges(before, inner, after);

  function edge(frame: number): Point {
    return [frame, laneValueAt(lane, curve, frame)];
  }
}

/**
 * The change that puts other points into a stretch of a lane and leaves all outside sounding as it did: where the old line would bend at an edge, a point
 * at the last frame before or the first after holds it. `standing` is the value that holds where a lane has no points yet; without it nothing is held
 * there. Undefined if nothing changes.
 */
export function changeIn(
  id: LaneId,
  {lane, curve}: Line,
  {fromFrame, toFrame}: Stretch,
  points: Lane,
  standing = Number.NaN,
): LaneChange | undefined {
  const old = (frame: number): number => (lane.frames.length > 0 ? laneValueAt(lane, curve, frame) : standing);
  const hold = (frame: number): readonly Point[] => (Number.isNaN(old(frame)) ? [] : [[frame, old(frame)]]);
  const first = points.frames[0];
  const isHeldBefore =
    fromFrame === 0 ||
    (curve === 'steps' ? pointAt(lane, fromFrame) > 0 : hasPointAt(lane, fromFrame - 1)) ||
    (first === fromFrame && isNear(points.values[0], old(fromFrame)));
  const before = isHeldBefore ? [] : hold(fromFrame - 1);

  const lastValue = points.values.at(-1) ?? (fromFrame > 0 ? old(fromFrame - 1) : undefined);
  const isHeldAfter =
    toFrame === Number.POSITIVE_INFINITY ||
    hasPointAt(lane, toFrame) ||
    (curve === 'steps'
      ? isNear(lastValue, old(toFrame))
      : points.frames.at(-1) === toFrame - 1 && isNear(lastValue, old(toFrame - 1)));
  const after = isHeldAfter ? [] : hold(toFrame);

  const next = withEdges(before, points, after);
  const end = Math.max(lane.frames.at(-1) ?? 0, next.frames.at(-1) ?? 0) + 1;
  const change = {
    lane: id,
    fromFrame: fromFrame - before.length,
    toFrame: (toFrame === Number.POSITIVE_INFINITY ? Math.max(fromFrame + 1, end) : toFrame) + after.length,
  };
  const previous = partOf(lane, change.fromFrame, change.toFrame);
  return isSameLane(previous, next) ? undefined : {...change, before: previous, after: next};
}

/** A line with points before the first and after the last of its own. */
export function withEdges(before: readonly Point[], line: Lane, after: readonly Point[]): Lane {
  const length = before.length + line.frames.length + after.length;
  if (length === line.frames.length) return line;
  const frames = new Int32Array(length);
  const values = new Float64Array(length);
  frames.set(line.frames, before.length);
  values.set(line.values, before.length);
  const put = (points: readonly Point[], from: number): void => {
    for (const [at, [frame, value]] of points.entries()) {
      frames[from + at] = frame;
      values[from + at] = value;
    }
  };
  put(before, 0);
  put(after, length - after.length);
  return {frames, values};
}

function hasPointAt(lane: Lane, frame: number): boolean {
  return lane.frames[pointAt(lane, frame)] === frame;
}

/** Whether two values differ by no more than rounding does. */
function isNear(one: number | undefined, other: number): boolean {
  return one !== undefined && Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));
}
