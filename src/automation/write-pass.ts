import {type Lane, type LaneId, type LaneKind, laneKind, laneTarget} from '../model/lane.ts';
import {type LaneChange, partOf} from '../model/lane-change.ts';
import {onLaneGrid} from '../model/lane-grid.ts';
import {drawnLine} from './drawn-line.ts';
import {type Pass, samplesOf} from './pass.ts';
import {changeIn, withEdges} from './stretch.ts';
import {thinned} from './thin.ts';
import {standardTolerance} from './travel.ts';

/** How a pass ends and becomes part of its lane. */
export interface PassEnd {
  /** The frame at which it ended; ∞ lets its last value hold to the end of the tape. */
  readonly endFrame: number;
  /** How long the value takes back to the old line from there, in frames; 0 jumps. Steps always do. */
  readonly glideFrames: number;
  readonly sampleRate: number;
  /** The value before the pass, which holds around it where the lane has no points. */
  readonly standing: number;
  /** Of thinning, as a share of travel; 0.002 if absent, 0 keeps every sample. */
  readonly tolerance?: number;
}

/**
 * What a pass makes of its lane: from its first frame to its last the line that the hand drew, thinned; then back to the old line, straight as the lane runs;
 * all else sounds as it did. Undefined if it changes nothing: a pass of no length, or one of a lane that is none.
 */
export function writePass(lane: Lane, pass: Pass, end: PassEnd): LaneChange | undefined {
  const {fromFrame, lane: id} = pass;
  const kind = kindOf(id);
  const endFrame = Math.round(end.endFrame);
  if (kind === undefined || !(endFrame > fromFrame)) return undefined;
  const {curve} = kind;
  const glideFrames = curve === 'steps' ? 0 : Math.max(0, Math.round(end.glideFrames));
  const lastFrame = glideFrames > 0 ? endFrame : endFrame - 1;
  const drawn = drawnLine(partOf(samplesOf(pass), 0, lastFrame + 1), kind, end.sampleRate);
  const points = thinned(curve === 'steps' ? drawn : heldUntil(drawn, lastFrame), kind, {
    tolerance: end.tolerance ?? standardTolerance,
  });
  return changeIn(id, {lane, curve}, {fromFrame, toFrame: endFrame + glideFrames}, onGrid(points, id), end.standing);
}

/** The points with values as lanes are written; half a step of that grid (levels: 0.005 dB) comes on top of thinning's tolerance. */
function onGrid({frames, values}: Lane, id: LaneId): Lane {
  const parameter = laneTarget(id)?.parameter;
  return parameter === undefined
    ? {frames, values}
    : {frames, values: values.map((value) => onLaneGrid(parameter, value))};
}

/** What a lane of that name holds; undefined if it names none. */
export function kindOf(id: LaneId): LaneKind | undefined {
  const target = laneTarget(id);
  return target === undefined ? undefined : laneKind(target.parameter);
}

/** A line that keeps its last value up to a frame, by a point there. */
function heldUntil(line: Lane, lastFrame: number): Lane {
  const [last, value] = [line.frames.at(-1), line.values.at(-1)];
  const isHeld =
    last === undefined || value === undefined || last >= lastFrame || lastFrame === Number.POSITIVE_INFINITY;
  return isHeld ? line : withEdges([], line, [[lastFrame, value]]);
}
