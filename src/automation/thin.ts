import type {Lane, LaneKind} from '../model/lane.ts';
import {type Corridor, shortestThrough} from './corridor.ts';
import {
  fromStraight,
  plainError,
  plainValue,
  standardTolerance,
  straightOf,
  toleranceAt,
  valueOfKind,
} from './travel.ts';

/** How much a line is thinned. */
export interface Thinning {
  /** How far the thinned line may lie from the given one as a share of the control's travel; see `toleranceAt`. 0.002 if absent. */
  readonly tolerance?: number;
  /** Points of equal value that span at least so many frames are a rest, and stay exactly where they are; 0 if absent. */
  readonly restFrames?: number;
}

/**
 * The line with as few points as will do: at every frame, not only at the points, it lies within the tolerance of the given one. Points stand at frames
 * where points stood, their values are plain ones and may differ by up to the tolerance. First and last point and both ends of a rest stay as they are, silence stays silence;
 * a jump keeps both its sides. Steps lose the points at which nothing changes, and nothing else. O(n).
 */
export function thinned(
  lane: Lane,
  kind: LaneKind,
  {tolerance = standardTolerance, restFrames = 0}: Thinning = {},
): Lane {
  if (kind.curve === 'steps') return withoutRepeats(lane);
  if (lane.frames.length <= 2 || !(tolerance > 0)) return lane;
  const straight = lane.values.map((value) => straightOf(kind, value));
  const rests = restsOf(lane, restFrames);
  const isPlain = lane.values.every((value, index) => rests[index] === 0 || plainValue(value) === value);
  // Where rounding would take more than an eighth of the tolerance, or a rest from where it is, there is none.
  const most = plainError(kind);
  const rounding = isPlain && toleranceAt(kind, kind.high, tolerance) > 8 * most ? most : 0;
  const corridor = corridorAround(lane, straight, kind, {tolerance, rounding, rests});
  const corners = shortestThrough(corridor, straight);
  const frames = new Int32Array(corners.length);
  const values = new Float64Array(corners.length);
  for (const [at, {index, height}] of corners.entries()) {
    const value = fromStraight(kind, height);
    frames[at] = lane.frames[index] ?? 0;
    values[at] =
      height === straight[index]
        ? (lane.values[index] ?? 0)
        : valueOfKind(kind, rounding > 0 ? plainValue(value) : value);
  }
  return {frames, values};
}

function withoutRepeats({frames, values}: Lane): Lane {
  const changes = (_: number, index: number): boolean => index === 0 || values[index] !== values[index - 1];
  return {frames: frames.filter(changes), values: values.filter(changes)};
}

/**
 * What a thinned line must pass through at each of the old one's frames. Between two of them old and new line are both straight, so that their distance is
 * largest at one of the two; that no tolerance in between is smaller follows from the least of a point's and its neighbours', since tolerances fall as levels rise.
 */
function corridorAround(
  {frames, values}: Lane,
  straight: Float64Array,
  kind: LaneKind,
  {tolerance, rounding, rests}: {readonly tolerance: number; readonly rounding: number; readonly rests: Uint8Array},
): Corridor {
  const count = frames.length;
  const tolerances = values.map((value) => toleranceAt(kind, value, tolerance));
  const bottom = straightOf(kind, kind.low);
  const top = straightOf(kind, kind.high);
  // The neighbours of a silent point need not be exact as it is: towards it the way is shorter than the tolerance beside it.
  const beside = (index: number): number => tolerances[index] || Number.POSITIVE_INFINITY;
  const lows = new Float64Array(count);
  const highs = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const height = straight[index] ?? 0;
    const isExact = rests[index] === 1 || index === 0 || index === count - 1;
    const least = Math.min(tolerances[index] ?? 0, beside(index - 1), beside(index + 1));
    const room = isExact ? 0 : Math.max(0, least - rounding);
    lows[index] = Math.min(height, Math.max(bottom, height - room));
    highs[index] = Math.max(height, Math.min(top, height + room));
  }
  return {frames, lows, highs};
}

/** Marks the first and last point of every rest. */
function restsOf({frames, values}: Lane, restFrames: number): Uint8Array {
  const rests = new Uint8Array(frames.length);
  let first = 0;
  for (let index = 1; index <= frames.length; index++) {
    if (values[index] === values[first]) continue;
    const last = index - 1;
    if (last > first && (frames[last] ?? 0) - (frames[first] ?? 0) >= restFrames) {
      rests[first] = 1;
      rests[last] = 1;
    }
    first = index;
  }
  return rests;
}
