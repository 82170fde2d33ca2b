import test from 'ava';
import fc from 'fast-check';
import {laneValueAt} from '../../src/automation/read-out.ts';
import {mergeTrim, trimmedLevel} from '../../src/automation/trim.ts';
import {emptyLane, type Lane} from '../../src/model/lane.ts';
import {isSameLane, type Lanes, reversed, withChange} from '../../src/model/lane-change.ts';
import {anyLane, laneOf, pointsOf} from './any-lane.ts';

const lanesOf = (level: Lane, offset: Lane): Lanes =>
  new Map(
    [['vox level', level] as const, ['vox level.offset', offset] as const].filter(([, {frames}]) => frames.length > 0),
  );

function merged(level: Lane, offset: Lane, standingDb = 0): Lanes {
  const lanes = lanesOf(level, offset);
  return mergeTrim(lanes, 'vox', standingDb).reduce(withChange, lanes);
}

test('a level with what is added stays within a fader, and silence stays silence', (t) => {
  t.is(trimmedLevel(-6, 2), -4);
  t.is(trimmedLevel(9, 3), 10);
  t.is(trimmedLevel(-60, -40), -90);
  t.is(trimmedLevel(-90, 40), -90);
  t.is(trimmedLevel(Number.NEGATIVE_INFINITY, 6), -90);
});

test('level and trim become a level with the points of both, and the trim is gone', (t) => {
  const lanes = merged(laneOf([0, -10], [100, 0]), laneOf([50, 0], [150, 3]));
  t.deepEqual([...lanes.keys()], ['vox level']);
  t.deepEqual(pointsOf(lanes.get('vox level') ?? emptyLane), [
    [0, -10],
    [50, -5],
    [100, 1.5],
    [150, 3],
  ]);
});

test('where the level has no lane, what stands there is trimmed', (t) => {
  t.deepEqual(pointsOf(merged(emptyLane, laneOf([50, 0], [150, 3]), -6).get('vox level') ?? emptyLane), [
    [50, -6],
    [150, -3],
  ]);
});

test('without a trim there is nothing to merge', (t) => {
  t.deepEqual(mergeTrim(lanesOf(laneOf([0, -10]), emptyLane), 'vox', 0), []);
});

test('a merged level is at every frame what level and trim were, and can be taken back', (t) => {
  const anyLevel = fc
    .tuple(anyLane({frames: 1000, minLength: 1, maxLength: 12}), fc.boolean())
    .map(([lane, fades]) => ({
      ...lane,
      values: lane.values.map((value, index) => (fades && index % 2 === 0 ? -90 : Math.round(value * 100) / 100)),
    }));
  fc.assert(
    fc.property(anyLevel, anyLane({low: -40, high: 40, frames: 1000, minLength: 1, maxLength: 12}), (level, offset) => {
      const lanes = lanesOf(level, offset);
      const changes = mergeTrim(lanes, 'vox', 0);
      const after = changes.reduce(withChange, lanes);
      const next = after.get('vox level') ?? emptyLane;
      const sum = (frame: number): number =>
        trimmedLevel(laneValueAt(level, 'line', frame), laneValueAt(offset, 'line', frame));
      for (let frame = 0; frame < 1100; frame++) {
        if (Math.abs(sum(frame) - laneValueAt(next, 'line', frame)) > 1e-6) return false;
      }
      const back = [...changes].reverse().map(reversed).reduce(withChange, after);
      return (
        !after.has('vox level.offset') && [...lanes].every(([id, lane]) => isSameLane(back.get(id) ?? emptyLane, lane))
      );
    }),
  );
  t.pass();
});
