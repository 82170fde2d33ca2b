import type {Lane, LaneKind} from '../model/lane.ts';
import {pointAfter} from './read-out.ts';
import {thinned} from './thin.ts';
import {fromStraight, standardTolerance, straightOf, valueOfKind} from './travel.ts';

/** In so many steps the round of a smoothed corner is drawn. */
const stepsPerWindow = 16;
/** What thinning may take from the rounds, in parts of what it may take from a hand's line. */
const fineness = 2;

/**
 * A line averaged over so many frames around each frame, where it is straight (levels in dB). Both its ends stay: towards them it is averaged over less,
 * always evenly to both sides, so that what is straight stays straight. A jump becomes a slope of that length.
 */
export function smoothed(lane: Lane, kind: LaneKind, overFrames: number): Lane {
  const first = lane.frames[0] ?? 0;
  const last = lane.frames.at(-1) ?? 0;
  const halfWindow = overFrames / 2;
  if (lane.frames.length <= 2 || !(halfWindow >= 1)) return lane;
  const area = areaUnder(lane, kind);
  const half = (frame: number): number => Math.min(halfWindow, frame - first, last - frame);
  const height = (frame: number): number => {
    const reach = half(frame);
    if (reach <= 0) return straightOf(kind, lane.values[frame === first ? 0 : lane.values.length - 1] ?? 0);
    return (area(frame + reach) - area(frame - reach)) / (2 * reach);
  };
  const frames = cornersOf(lane, halfWindow, half);
  const values = Float64Array.from(frames, (frame) => valueOfKind(kind, fromStraight(kind, height(frame))));
  return thinned({frames, values}, kind, {tolerance: standardTolerance / fineness});
}

/** The area under the line from its first point up to a frame, in frames times its straight unit. */
function areaUnder(lane: Lane, kind: LaneKind): (frame: number) => number {
  const {frames} = lane;
  const heights = lane.values.map((value) => straightOf(kind, value));
  const areas = new Float64Array(frames.length);
  const upTo = (index: number, frame: number): number => {
    const [from, to] = [frames[index] ?? 0, frames[index + 1] ?? 0];
    const [start, end] = [heights[index] ?? 0, heights[index + 1] ?? 0];
    const way = frame - from;
    return (areas[index] ?? 0) + (way <= 0 ? 0 : way * (start + ((end - start) * way) / (2 * (to - from))));
  };
  for (let index = 1; index < frames.length; index++) areas[index] = upTo(index - 1, frames[index] ?? 0);
  return (frame) => upTo(Math.max(0, pointAfter(lane, frame) - 1), frame);
}

/** Frames at which the smoothed line may bend: where its window meets a point, and steps between them while one is in it. */
function cornersOf(lane: Lane, halfWindow: number, half: (frame: number) => number): Int32Array {
  const first = lane.frames[0] ?? 0;
  const last = lane.frames.at(-1) ?? 0;
  const reach = Math.round(halfWindow);
  const bends = new Set<number>([Math.min(last, first + reach), Math.max(first, last - reach)]);
  for (const frame of lane.frames) {
    for (const bend of [frame - reach, frame, frame + reach]) if (bend >= first && bend <= last) bends.add(bend);
  }
  const sorted = Int32Array.from(bends).sort();
  const step = Math.max(1, Math.floor((2 * halfWindow) / stepsPerWindow));
  const corners: number[] = [];
  for (const [index, bend] of sorted.entries()) {
    corners.push(bend);
    const next = sorted[index + 1] ?? bend;
    const middle = (bend + next) / 2;
    const isRound = pointAfter(lane, middle - half(middle)) !== pointAfter(lane, middle + half(middle));
    if (isRound) for (let corner = bend + step; corner < next; corner += step) corners.push(corner);
  }
  return Int32Array.from(corners);
}
