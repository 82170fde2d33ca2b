import test from 'ava';
import fc from 'fast-check';
import {type Pass, startPass, withSample} from '../../src/automation/pass.ts';
import {laneValueAt} from '../../src/automation/read-out.ts';
import {thinned} from '../../src/automation/thin.ts';
import {straightOf, toleranceAt} from '../../src/automation/travel.ts';
import {writePass} from '../../src/automation/write-pass.ts';
import {emptyLane, type Lane, type LaneKind, type LaneParameter, laneKind} from '../../src/model/lane.ts';
import {deskTaper, levelAt} from '../../src/model/taper.ts';
import {anyLane, laneOf, pointsOf} from './any-lane.ts';

const parameters: readonly LaneParameter[] = ['level', 'level.offset', 'pan', 'eq1.hz', 'send1.levelDb', 'sat.mix'];

/** Any line of a kind: points far apart and close together, rests, arcs, noise and jumps. */
function anyLine(kind: LaneKind): fc.Arbitrary<Lane> {
  const {low, high} = kind;
  const size = high - low;
  const arc = fc
    .tuple(
      fc.double({min: 0.1, max: 3, noNaN: true}),
      fc.double({min: 0, max: 0.5, noNaN: true}),
      fc.double({min: 0, max: 0.02, noNaN: true}),
    )
    .map(([speed, depth, noise]) => {
      const share = (at: number): number => 0.5 + depth * Math.sin((at * speed) / 20) + noise * Math.sin(at * 12.9898);
      return laneOf(
        ...Array.from(
          {length: 120},
          (_, at) => [at * 5, Math.min(high, Math.max(low, low + size * share(at)))] as const,
        ),
      );
    });
  const walk = fc
    .array(
      fc.tuple(
        fc.integer({min: 1, max: 40}),
        fc.oneof(
          fc.constant(0),
          fc.double({min: -0.004, max: 0.004, noNaN: true}),
          fc.double({min: -0.5, max: 0.5, noNaN: true}),
        ),
      ),
      {minLength: 1, maxLength: 80},
    )
    .map((steps) => {
      let frame = 0;
      let value = low + size / 2;
      return laneOf(
        ...steps.map(([wait, by]) => {
          frame += wait;
          value = Math.min(high, Math.max(low, value + by * size));
          return [frame, value] as const;
        }),
      );
    });
  return fc.oneof(arc, walk, anyLane({low, high, frames: 600}));
}

/** By how much a line lies outside the tolerance of another, at the worst of all frames; 0 or less if it never does. */
function excess(line: Lane, drawn: Lane, kind: LaneKind, tolerance?: number): number {
  let worst = Number.NEGATIVE_INFINITY;
  const last = (line.frames.at(-1) ?? 0) + 5;
  for (let frame = -5; frame <= last; frame++) {
    const value = laneValueAt(line, kind.curve, frame);
    const away = Math.abs(straightOf(kind, value) - straightOf(kind, laneValueAt(drawn, kind.curve, frame)));
    worst = Math.max(worst, away - toleranceAt(kind, value, tolerance));
  }
  return worst;
}

for (const parameter of parameters) {
  test(`a thinned line of ${parameter} lies within the tolerance at every frame, whatever it was`, (t) => {
    const kind = laneKind(parameter);
    fc.assert(
      fc.property(anyLine(kind), fc.constantFrom(undefined, 0.0005, 0.02), (line, tolerance) => {
        const thin = thinned(line, kind, tolerance === undefined ? {} : {tolerance});
        return (
          line.frames.length === 0 ||
          (thin.frames.length <= line.frames.length && excess(line, thin, kind, tolerance) < 1e-9)
        );
      }),
      {numRuns: 150},
    );
    t.pass();
  });
}

const level = laneKind('level');
const pan = laneKind('pan');

test('ends, rests and jumps stay as they were', (t) => {
  const line = laneOf([0, 0], [500, 0], [501, -20], [900, -20], [901, -6.05], [1200, -6], [1400, -6.05], [1500, -6]);
  t.deepEqual(pointsOf(thinned(line, level)), [
    [0, 0],
    [500, 0],
    [501, -20],
    [900, -20],
    [901, -6.05],
    [1500, -6],
  ]);
});

test('silence stays silence', (t) => {
  const line = laneOf([0, -60], [100, -90], [110, -89.5], [120, -90], [200, -80]);
  t.is(laneValueAt(thinned(line, level, {tolerance: 0.01}), 'line', 100), -90);
  t.is(laneValueAt(thinned(line, level, {tolerance: 0.01}), 'line', 120), -90);
});

test('short rests are none if so asked', (t) => {
  const line = laneOf(...Array.from({length: 40}, (_, at) => [at * 10, (at - (at % 2)) / 1000] as const));
  t.is(thinned(line, pan, {restFrames: 50}).frames.length, 2);
  t.is(thinned(line, pan).frames.length, 40);
});

test('steps lose what changes nothing, and nothing else', (t) => {
  const line = laneOf([0, 1], [10, 1], [20, 0], [30, 0], [40, 1]);
  t.deepEqual(pointsOf(thinned(line, laneKind('mute'))), [
    [0, 1],
    [20, 0],
    [40, 1],
  ]);
});

test('no tolerance thins nothing', (t) => {
  const line = laneOf([0, 0], [1, 0], [2, 0]);
  for (const tolerance of [0, -1, Number.NaN]) t.is(thinned(line, pan, {tolerance}), line);
});

test('a straight line is two points, however many it had, and noise within the tolerance does not count', (t) => {
  const noisy = laneOf(
    ...Array.from({length: 1000}, (_, at) => [at, at / 1000 + 0.0018 * Math.sin(at * 78.233)] as const),
  );
  t.true(thinned(noisy, pan).frames.length <= 4);
});

/** Rides as hands make them: at 100 Hz from faders of 7, 10 and 14 bits, with noise of half a step. */
const gestures: readonly (readonly [name: string, position: (second: number) => number])[] = [
  ['a swell and back', (second) => 0.6 + 0.15 * Math.sin((second / 8) * 2 * Math.PI)],
  ['lifting words', (second) => 0.7 + 0.06 * Math.tanh(4 * Math.sin(second * 1.3))],
  ['a fade', (second) => 0.75 * Math.max(0, 1 - second / 28)],
  ['a slow tremolo', (second) => 0.7 + 0.05 * Math.sin(second * 2 * Math.PI * 0.7)],
];

/** A ride of half a minute, as a fader of so many bits tells of it. */
function rideOf(position: (second: number) => number, bits: number): Pass {
  const steps = 2 ** bits - 1;
  let pass = startPass('vox level', 0, levelAt(deskTaper, position(0)));
  for (let event = 1; event < 3000; event++) {
    const jitter = Math.sin(event * 12.9898) * 43_758.5453;
    const noise = (jitter - Math.floor(jitter) - 0.5) * (bits > 7 ? 0.5 : 0);
    const shown = Math.round(position(event / 100) * steps + noise) / steps;
    pass = withSample(pass, event * 480 + Math.round(noise * 96), Math.max(-90, levelAt(deskTaper, shown)));
  }
  return pass;
}

const end = {endFrame: 3000 * 480, glideFrames: 14_400, sampleRate: 48_000, standing: 0};

for (const bits of [10, 14]) {
  for (const [name, position] of gestures) {
    test(`${name}, recorded from ${bits} bits, keeps at most a tenth of its events as points`, (t) => {
      const pass = rideOf(position, bits);
      const points = writePass(emptyLane, pass, end)?.after ?? emptyLane;
      t.log(`${points.frames.length} points of ${pass.count} events`);
      t.true(points.frames.length <= pass.count * 0.1);
      t.true(thinned(points, level).frames.length >= points.frames.length * 0.6, 'thinned again it loses little');
    });
  }
}

test('a fade from 7 bits is no staircase', (t) => {
  const pass = rideOf((second) => 0.75 * Math.max(0, 1 - second / 28), 7);
  t.true((writePass(emptyLane, pass, end)?.after.frames.length ?? 0) <= pass.count * 0.1);
});

test('what a ride leaves are plain values, of five digits', (t) => {
  const pass = rideOf((second) => 0.6 + 0.15 * Math.sin((second / 8) * 2 * Math.PI), 14);
  const values = writePass(emptyLane, pass, end)?.after.values ?? new Float64Array(0);
  const long = [...values.slice(0, -1)].filter((value) => Number(value.toPrecision(5)) !== value);
  t.true(long.length <= values.length * 0.05, `${long.length} of ${values.length}`);
});
