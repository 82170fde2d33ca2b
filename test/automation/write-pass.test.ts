import test from 'ava';
import fc from 'fast-check';
import {drawnLine} from '../../src/automation/drawn-line.ts';
import {type Pass, samplesOf, startPass, withSample} from '../../src/automation/pass.ts';
import {laneValueAt} from '../../src/automation/read-out.ts';
import {straightOf, toleranceAt} from '../../src/automation/travel.ts';
import {type PassEnd, writePass} from '../../src/automation/write-pass.ts';
import {emptyLane, type Lane, type LaneId, type LaneParameter, laneKind} from '../../src/model/lane.ts';
import {isSameLane, type Lanes, reversed, withChange} from '../../src/model/lane-change.ts';
import {parameterIds} from '../../src/model/parameter.ts';
import {anyLane, laneOf, pointsOf} from './any-lane.ts';

type Points = readonly (readonly [number, number])[];
const sampleRate = 1000;

function passOf(id: LaneId, [[fromFrame, value] = [0, 0], ...samples]: Points): Pass {
  return samples.reduce((pass, [frame, at]) => withSample(pass, frame, at), startPass(id, fromFrame, value));
}

function written(lane: Lane, pass: Pass, end: Partial<PassEnd> & {readonly endFrame: number}): Lane {
  const change = writePass(lane, pass, {glideFrames: 0, sampleRate, standing: 0, ...end});
  if (change === undefined) return lane;
  return withChange(new Map([[pass.lane, lane]]), change).get(pass.lane) ?? emptyLane;
}

const table: readonly {
  readonly law: string;
  readonly lane: Points;
  readonly parameter?: LaneParameter;
  readonly samples: Points;
  readonly end: Partial<PassEnd> & {readonly endFrame: number};
  readonly becomes: Points;
}[] = [
  {
    law: 'a lane without points keeps the value before the pass around it',
    lane: [],
    samples: [[100, -6]],
    end: {endFrame: 200, standing: -3},
    becomes: [
      [99, -3],
      [100, -6],
      [199, -6],
      [200, -3],
    ],
  },
  {
    law: 'a value glides back to the old line',
    lane: [
      [0, 0],
      [1000, -10],
    ],
    samples: [
      [100, -1],
      [120, -3],
    ],
    end: {endFrame: 200, glideFrames: 300},
    becomes: [
      [0, 0],
      [100, -1],
      [120, -3],
      [200, -3],
      [500, -5],
      [1000, -10],
    ],
  },
  {
    law: 'a pass from the start of the tape needs nothing before it',
    lane: [],
    samples: [[0, -6]],
    end: {endFrame: 50, standing: -3},
    becomes: [
      [0, -6],
      [49, -6],
      [50, -3],
    ],
  },
  {
    law: 'a pass that ends never holds its last value for ever, and takes the points that follow',
    lane: [
      [0, 0],
      [1000, -10],
    ],
    samples: [
      [100, -1],
      [110, -4],
    ],
    end: {endFrame: Number.POSITIVE_INFINITY},
    becomes: [
      [0, 0],
      [100, -1],
      [110, -4],
    ],
  },
  {
    law: 'points of the old line under a pass are gone, those at its edges stay',
    lane: [
      [99, 1],
      [120, 9],
      [150, 9],
      [200, 2],
    ],
    samples: [[100, 5]],
    end: {endFrame: 200},
    becomes: [
      [99, 1],
      [100, 5],
      [199, 5],
      [200, 2],
    ],
  },
  {
    law: 'a hand that rests and jumps draws a rest and a jump',
    lane: [[0, 0]],
    samples: [
      [100, 0],
      [10_100, -20],
    ],
    end: {endFrame: 10_200, glideFrames: 100},
    becomes: [
      [0, 0],
      [100, 0],
      [10_098, 0],
      [10_100, -20],
      [10_200, -20],
      [10_300, 0],
    ],
  },
  {
    law: 'steps change where they changed, and never glide',
    lane: [[500, 1]],
    parameter: 'mute',
    samples: [
      [100, 0],
      [200, 1],
      [300, 0],
    ],
    end: {endFrame: 400, glideFrames: 100},
    becomes: [
      [99, 1],
      [100, 0],
      [200, 1],
      [300, 0],
      [400, 1],
      [500, 1],
    ],
  },
  {
    law: 'steps that end as they stood need no point to say so',
    lane: [[0, 0]],
    parameter: 'mute',
    samples: [
      [100, 1],
      [200, 0],
    ],
    end: {endFrame: 400},
    becomes: [
      [0, 0],
      [100, 1],
      [200, 0],
    ],
  },
  {
    law: 'values beyond the range are at its end',
    lane: [],
    parameter: 'pan',
    samples: [[0, 7]],
    end: {endFrame: Number.POSITIVE_INFINITY},
    becomes: [[0, 1]],
  },
];

for (const {law, lane, parameter = 'level', samples, end, becomes} of table) {
  test(law, (t) => t.deepEqual(pointsOf(written(laneOf(...lane), passOf(`vox ${parameter}`, samples), end)), becomes));
}

test('a pass of no length is nothing, nor is one of a lane that is none', (t) => {
  const end = {endFrame: 100, glideFrames: 50, sampleRate, standing: 0};
  t.is(writePass(emptyLane, startPass('vox level', 100, -6), end), undefined);
  t.is(writePass(emptyLane, startPass('vox level', 200, -6), end), undefined);
  t.is(writePass(emptyLane, startPass('vox loudness', 0, -6), end), undefined);
  t.is(
    writePass(laneOf([0, -6]), startPass('vox level', 0, -6), {...end, endFrame: Number.POSITIVE_INFINITY}),
    undefined,
  );
});

/** One of every unit and way to run. */
const oneOfEach: readonly LaneParameter[] = [
  ...new Map(
    [...parameterIds, 'level' as const, 'pan' as const, 'mute' as const].map((parameter) => {
      const {unit, curve} = laneKind(parameter);
      return [`${unit} ${curve}`, parameter];
    }),
  ).values(),
];

for (const parameter of oneOfEach) {
  const kind = laneKind(parameter);
  const anyValue =
    kind.curve === 'steps' ? fc.integer({min: 0, max: 1}) : fc.double({min: kind.low, max: kind.high, noNaN: true});
  const anySamples = fc
    .array(fc.tuple(fc.integer({min: 1, max: 90}), anyValue), {minLength: 1, maxLength: 12})
    .chain((steps) =>
      fc.integer({min: 0, max: 400}).map((start) => {
        let frame = start;
        return steps.map(([wait, value]) => {
          frame += wait;
          return [frame, value] as const;
        });
      }),
    );
  const anyOld = anyLane({low: kind.low, high: kind.high, frames: 1500, maxLength: 20}).map((lane) =>
    kind.curve === 'steps' ? {...lane, values: lane.values.map(Math.round)} : lane,
  );

  test(`${parameter}: a pass changes nothing outside itself, within it follows the hand, and taken back leaves nothing`, (t) => {
    fc.assert(
      fc.property(
        anyOld,
        anySamples,
        fc.integer({min: 1, max: 300}),
        fc.integer({min: 0, max: 200}),
        anyValue,
        (lane, samples, rest, glide, standing) => {
          const pass = passOf(`vox ${parameter}`, samples);
          const endFrame = (samples.at(-1)?.[0] ?? 0) + rest;
          const change = writePass(lane, pass, {endFrame, glideFrames: glide, sampleRate, standing});
          const first: Lanes = new Map([[pass.lane, lane]]);
          const lanes = change === undefined ? first : withChange(first, change);
          const next = lanes.get(pass.lane) ?? emptyLane;
          const back = change === undefined ? lane : (withChange(lanes, reversed(change)).get(pass.lane) ?? emptyLane);
          const old = (frame: number): number =>
            lane.frames.length > 0 ? laneValueAt(lane, kind.curve, frame) : standing;
          const now = (frame: number): number => laneValueAt(next, kind.curve, frame);
          const drawn = drawnLine(samplesOf(pass), kind, sampleRate);
          const glideFrames = kind.curve === 'steps' ? 0 : glide;
          const away = (frame: number, value: number): number =>
            Math.abs(straightOf(kind, value) - straightOf(kind, now(frame)));
          // The tolerance of thinning, and half a step of the grid that lanes are written in.
          const withinAt = (value: number): number => {
            const tolerance = toleranceAt(kind, value);
            return tolerance + Math.min(0.005, tolerance / 8) + 1e-9;
          };
          for (let frame = 0; frame < 2200; frame++) {
            const outside = frame < pass.fromFrame || frame >= endFrame + glideFrames;
            if (outside && away(frame, old(frame)) > 1e-6) return false;
            const hand = laneValueAt(drawn, kind.curve, frame);
            if (frame >= pass.fromFrame && frame < endFrame && away(frame, hand) > withinAt(hand)) return false;
          }
          return isSameLane(back, lane) && next.values.every((value) => value >= kind.low && value <= kind.high);
        },
      ),
      {numRuns: 20},
    );
    t.pass();
  });
}
