import type {Lane, LaneCurve} from '../model/lane.ts';

/** Reads a lane from frame to frame. It keeps only where it was, so that any number of them may read one lane. */
export interface LaneCursor {
  /** The lane's value at a frame; at once where frames rise by less than a few points, O(log n) after a jump anywhere. */
  valueAt(frame: number): number;
  /** The frame of the first point after a frame; undefined after the last. For a lane of steps: where it next jumps. */
  nextPointAfter(frame: number): number | undefined;
}

/** So many points a cursor goes on by itself before it searches. */
const stride = 8;

/** Index of the first point after a frame, 0 … length, known to be between `low` and `high`: binary search. */
export function pointAfter({frames}: Lane, frame: number, low = 0, high = frames.length): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((frames[middle] ?? 0) <= frame) from = middle + 1;
    else to = middle;
  }
  return from;
}

/**
 * A value on the way from one point's value to another's, at a share 0…1 of it: straight in the unit, straight in log2, or the first until the very end.
 * Octaves of what is not above 0 there are none: such a way is straight in the unit.
 */
function valueBetween(curve: LaneCurve, from: number, to: number, share: number): number {
  if (curve === 'steps') return share < 1 ? from : to;
  if (from === to) return from;
  if (curve === 'octaves' && from > 0 && to > 0) return from * (to / from) ** share;
  return from + (to - from) * share;
}

/** The value of a lane at a frame, by binary search; NaN of a lane without a point, which says nothing. */
export function laneValueAt(lane: Lane, curve: LaneCurve, frame: number): number {
  return valueBefore(lane, curve, frame, pointAfter(lane, frame));
}

/** A cursor over a lane: what `laneValueAt` says, cheaper where frames rise, as they do while the tape plays. */
export function createLaneCursor(lane: Lane, curve: LaneCurve): LaneCursor {
  const {frames} = lane;
  let next = 0;

  const find = (frame: number): number => {
    if (next > 0 && !((frames[next - 1] ?? 0) <= frame)) {
      next = pointAfter(lane, frame, 0, next - 1);
      return next;
    }
    const last = Math.min(frames.length, next + stride);
    while (next < last && (frames[next] ?? 0) <= frame) next++;
    if (next === last && next < frames.length) next = pointAfter(lane, frame, next);
    return next;
  };

  return {
    valueAt: (frame) => valueBefore(lane, curve, frame, find(frame)),
    nextPointAfter: (frame) => frames[find(frame)],
  };
}

/** The value at a frame that lies before the point `next` and not before the one that precedes it. */
function valueBefore({frames, values}: Lane, curve: LaneCurve, frame: number, next: number): number {
  const from = values[next - 1];
  const to = values[next];
  if (from === undefined) return to ?? Number.NaN;
  if (to === undefined || curve === 'steps') return from;
  const start = frames[next - 1] ?? 0;
  return valueBetween(curve, from, to, (frame - start) / ((frames[next] ?? 0) - start));
}
