import test from 'ava';
import fc from 'fast-check';
import {createLaneCursor, laneValueAt, pointAfter} from '../../src/automation/read-out.ts';
import {emptyLane, type LaneCurve} from '../../src/model/lane.ts';
import {anyCurve, anyLane, laneOf} from './any-lane.ts';

const examples: readonly {readonly curve: LaneCurve; readonly at: readonly (readonly [number, number])[]}[] = [
  {
    curve: 'line',
    at: [
      [0, 100],
      [1000, 100],
      [1500, 250],
      [2000, 400],
      [9999, 400],
    ],
  },
  {
    curve: 'octaves',
    at: [
      [0, 100],
      [1000, 100],
      [1500, 200],
      [2000, 400],
      [9999, 400],
    ],
  },
  {
    curve: 'steps',
    at: [
      [0, 100],
      [1000, 100],
      [1999.9, 100],
      [2000, 400],
      [9999, 400],
    ],
  },
];

for (const {curve, at} of examples) {
  test(`a lane of kind "${curve}" has its first value before, its own way between and its last value after its points`, (t) => {
    const lane = laneOf([1000, 100], [2000, 400]);
    for (const [frame, value] of at) {
      t.true(Math.abs(laneValueAt(lane, curve, frame) - value) < 1e-9, `${frame}`);
      t.true(Math.abs(createLaneCursor(lane, curve).valueAt(frame) - value) < 1e-9, `${frame}`);
    }
  });
}

test('octaves of what has none are a straight line', (t) => {
  t.is(laneValueAt(laneOf([0, 0], [10, 100]), 'octaves', 5), 50);
  t.is(laneValueAt(laneOf([0, -1], [10, 1]), 'octaves', 5), 0);
});

test('a lane without a point says nothing', (t) => {
  t.is(laneValueAt(emptyLane, 'line', 5), Number.NaN);
  const cursor = createLaneCursor(emptyLane, 'steps');
  t.is(cursor.valueAt(5), Number.NaN);
  t.is(cursor.nextPointAfter(5), undefined);
});

test('a cursor knows the next point after a frame, wherever it was', (t) => {
  const cursor = createLaneCursor(laneOf([0, 0], [10, 1], [20, 0]), 'steps');
  t.deepEqual(
    [-1, 0, 9, 10, 20, 5, 19.5, Number.POSITIVE_INFINITY, -7].map((frame) => cursor.nextPointAfter(frame)),
    [0, 10, 10, 20, undefined, 10, 20, undefined, 0],
  );
});

const anyFrame = fc.oneof(fc.integer({min: -50, max: 2050}), fc.double({min: -50, max: 2050, noNaN: true}));

test('a lane read by search is what a walk over all its points finds', (t) => {
  fc.assert(
    fc.property(anyLane({minLength: 1}), anyFrame, (lane, frame) => {
      let last = -1;
      lane.frames.forEach((at, index) => {
        if (at <= frame) last = index;
      });
      return (
        pointAfter(lane, frame) === last + 1 && laneValueAt(lane, 'steps', frame) === lane.values[Math.max(0, last)]
      );
    }),
  );
  t.pass();
});

test('a cursor reads what the search reads, however it is led about', (t) => {
  fc.assert(
    fc.property(anyLane({low: 20, high: 20_000, maxLength: 60}), anyCurve, fc.array(anyFrame), (lane, curve, jumps) => {
      const cursor = createLaneCursor(lane, curve);
      const rising = Array.from({length: 40}, (_, index) => (jumps[0] ?? 0) + index * 37);
      return [...jumps, ...rising].every(
        (frame) =>
          Object.is(cursor.valueAt(frame), laneValueAt(lane, curve, frame)) &&
          cursor.nextPointAfter(frame) === lane.frames[pointAfter(lane, frame)],
      );
    }),
  );
  t.pass();
});

test('at its points a lane has their very values, and between two of them it stays between', (t) => {
  fc.assert(
    fc.property(anyLane({low: 0.1, high: 16, minLength: 1}), anyCurve, anyFrame, (lane, curve, frame) => {
      const next = pointAfter(lane, frame);
      const around = [lane.values[next - 1], lane.values[next]].filter((value) => value !== undefined);
      const value = laneValueAt(lane, curve, frame);
      return (
        lane.frames.every((at, index) => laneValueAt(lane, curve, at) === lane.values[index]) &&
        value >= Math.min(...around) * (1 - 1e-12) &&
        value <= Math.max(...around) * (1 + 1e-12)
      );
    }),
  );
  t.pass();
});
