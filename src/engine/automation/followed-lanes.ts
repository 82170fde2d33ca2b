import {createLaneCursor, type LaneCursor} from '../../automation/read-out.ts';
import {type LaneId, type LaneKind, type LaneTarget, laneKind, laneTarget} from '../../model/lane.ts';
import type {Lanes} from '../../model/lane-change.ts';
import type {FollowedLane} from '../contract.ts';

/** A lane that is followed, ready to be read. */
export interface LaneReader {
  readonly id: LaneId;
  readonly target: LaneTarget;
  readonly kind: LaneKind;
  readonly cursor: LaneCursor;
}

/** No lane is followed. */
export const noLanes: Lanes = new Map();

/** The lanes that are followed after a call of `follow`: a lane that is undefined, or has no point, is let go. */
export function following(lanes: Lanes, changes: readonly FollowedLane[]): Lanes {
  if (changes.length === 0) return lanes;
  const next = new Map(lanes);
  for (const {id, lane} of changes) {
    if (lane === undefined || lane.frames.length === 0) next.delete(id);
    else next.set(id, lane);
  }
  return next;
}

/** Readers of lanes, in their order; names that mean nothing have none. */
export function readersOf(lanes: Lanes): readonly LaneReader[] {
  return [...lanes].flatMap(([id, lane]) => {
    const target = laneTarget(id);
    if (target === undefined || lane.frames.length === 0) return [];
    const kind = laneKind(target.parameter);
    return [{id, target, kind, cursor: createLaneCursor(lane, kind.curve)}];
  });
}
