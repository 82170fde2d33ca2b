import {emptyLane, type Lane, laneId, laneKind} from '../model/lane.ts';
import {changeBetween, type LaneChange, type Lanes} from '../model/lane-change.ts';
import type {StripId} from '../model/mixer.ts';
import {highestLevelDb, lowestLevelDb} from '../model/taper.ts';
import {mappedLine} from './mapped-line.ts';
import {createLaneCursor} from './read-out.ts';

/** A level with what trim mode adds to it, in dB, within a fader's range; silence stays silence. */
export function trimmedLevel(levelDb: number, offsetDb: number): number {
  if (!(levelDb > lowestLevelDb)) return lowestLevelDb;
  return Math.min(highestLevelDb, Math.max(lowestLevelDb, levelDb + offsetDb));
}

/**
 * What a strip's trim makes of its level when it becomes part of it: the sum sounds as both did before, and the trim is gone. `standingDb` is the level
 * without trim where it has no lane. Empty if there is no trim.
 */
export function mergeTrim(lanes: Lanes, strip: StripId, standingDb: number): readonly LaneChange[] {
  const levelId = laneId({strip, parameter: 'level'});
  const offsetId = laneId({strip, parameter: 'level.offset'});
  const level = lanes.get(levelId) ?? emptyLane;
  const offset = lanes.get(offsetId) ?? emptyLane;
  if (offset.frames.length === 0) return [];
  const kind = laneKind('level');
  const cursor = createLaneCursor(offset, 'line');
  const merged = mappedLine(
    joined(level, offset, standingDb),
    kind,
    (levelDb, frame) => levelDb + cursor.valueAt(frame),
  );
  const changes = [changeBetween(levelId, level, merged), changeBetween(offsetId, offset, emptyLane)];
  return changes.filter((change) => change !== undefined);
}

/** The level's line with points at its own frames and those of another line. */
function joined(level: Lane, other: Lane, standingDb: number): Lane {
  const frames = Int32Array.from(new Set([...level.frames, ...other.frames])).sort();
  if (level.frames.length === 0) return {frames, values: new Float64Array(frames.length).fill(standingDb)};
  const cursor = createLaneCursor(level, 'line');
  return {frames, values: Float64Array.from(frames, (frame) => cursor.valueAt(frame))};
}
