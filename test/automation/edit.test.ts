import test from 'ava';
import fc from 'fast-check';
import {type EditPlace, editLane} from '../../src/automation/edit.ts';
import {laneValueAt} from '../../src/automation/read-out.ts';
import {fromStraight, straightOf} from '../../src/automation/travel.ts';
import {trimmedLevel} from '../../src/automation/trim.ts';
import type {LaneEdit} from '../../src/model/automation-intent.ts';
import {emptyLane, type Lane, type LaneId, type LaneParameter, laneKind} from '../../src/model/lane.ts';
import {isSameLane, type Lanes, reversed, withChange} from '../../src/model/lane-change.ts';
import {anyLane, laneOf, pointsOf} from './any-lane.ts';

type Points = readonly (readonly [number, number])[];
const sampleRate = 1000;

function edited(lanes: Lanes, id: LaneId, edit: LaneEdit, place: Partial<EditPlace> = {}): Lanes | string {
  const changes = editLane(lanes, id, edit, {sampleRate, ...place});
  return typeof changes === 'string' ? changes : changes.reduce(withChange, lanes);
}

const table: readonly {
  readonly law: string;
  readonly parameter?: LaneParameter;
  readonly lane: Points;
  readonly edit: LaneEdit;
  readonly place?: Partial<EditPlace>;
  readonly becomes: Points;
}[] = [
  {
    law: 'a lane that is cleared has no points',
    lane: [
      [0, 0],
      [10, 1],
    ],
    edit: {type: 'clear'},
    becomes: [],
  },
  {
    law: 'a part that is cleared is a straight line, and nothing outside moves',
    lane: [
      [0, 0],
      [100, 10],
      [200, 0],
    ],
    edit: {type: 'clear'},
    place: {fromFrame: 51, toFrame: 150},
    becomes: [
      [0, 0],
      [50, 5],
      [150, 5],
      [200, 0],
    ],
  },
  {
    law: 'a part without points is clear already',
    lane: [
      [0, 0],
      [100, 10],
    ],
    edit: {type: 'clear'},
    place: {fromFrame: 20, toFrame: 50},
    becomes: [
      [0, 0],
      [100, 10],
    ],
  },
  {
    law: 'all points up to a frame are cleared, and what they left to the rest stays',
    lane: [
      [10, -6],
      [20, -3],
    ],
    edit: {type: 'clear'},
    place: {toFrame: 50},
    becomes: [[50, -3]],
  },
  {
    law: 'steps that are cleared hold what was before, and return after',
    parameter: 'mute',
    lane: [
      [0, 0],
      [100, 1],
      [200, 0],
      [300, 1],
    ],
    edit: {type: 'clear'},
    place: {fromFrame: 50, toFrame: 150},
    becomes: [
      [0, 0],
      [150, 1],
      [200, 0],
      [300, 1],
    ],
  },
  {
    law: 'a part is louder by so many dB, and goes no higher than faders do',
    lane: [
      [0, 0],
      [100, 9],
    ],
    edit: {type: 'offset', by: 3},
    place: {fromFrame: 50},
    becomes: [
      [0, 0],
      [49, 4.41],
      [50, 7.5],
      [77, 9.93],
      [78, 10],
      [100, 10],
    ],
  },
  {
    law: 'silence stays silence',
    lane: [
      [0, -90],
      [9, -90],
      [11, -60],
    ],
    edit: {type: 'offset', by: 10},
    becomes: [
      [0, -90],
      [9, -90],
      [10, -65],
      [11, -50],
    ],
  },
  {
    law: 'a way is stretched around its mean',
    lane: [
      [0, -10],
      [100, -6],
    ],
    edit: {type: 'scale', factor: 0.5},
    becomes: [
      [0, -9],
      [100, -7],
    ],
  },
  {
    law: 'a way is stretched around a value',
    parameter: 'pan',
    lane: [
      [0, 0.25],
      [100, -0.25],
      [200, 0.75],
    ],
    edit: {type: 'scale', factor: 2, around: 0},
    becomes: [
      [0, 0.5],
      [100, -0.5],
      [175, 1],
      [200, 1],
    ],
  },
  {
    law: 'octaves are stretched in octaves',
    parameter: 'eq1.hz',
    lane: [
      [0, 100],
      [100, 400],
    ],
    edit: {type: 'scale', factor: 2, around: 200},
    becomes: [
      [0, 50],
      [100, 800],
    ],
  },
  {
    law: 'a lane comes later',
    lane: [
      [0, 0],
      [100, 10],
    ],
    edit: {type: 'shift', byMs: 30},
    becomes: [
      [30, 0],
      [130, 10],
    ],
  },
  {
    law: 'a lane comes earlier, and what would come before the start is lost',
    lane: [
      [0, 0],
      [100, 10],
    ],
    edit: {type: 'shift', byMs: -30},
    becomes: [
      [0, 3],
      [70, 10],
    ],
  },
  {
    law: 'a lane that begins late enough loses nothing',
    lane: [
      [50, 0],
      [100, 10],
    ],
    edit: {type: 'shift', byMs: -30},
    becomes: [
      [20, 0],
      [70, 10],
    ],
  },
  {
    law: 'a part of steps comes later; where it was stands what was before',
    parameter: 'mute',
    lane: [
      [0, 0],
      [100, 1],
      [200, 0],
    ],
    edit: {type: 'shift', byMs: 25},
    place: {fromFrame: 90, toFrame: 150},
    becomes: [
      [0, 0],
      [90, 0],
      [114, 0],
      [115, 0],
      [125, 1],
      [200, 0],
    ],
  },
  {
    law: 'what lies on a line is thinned out',
    lane: [
      [0, 0],
      [10, 1],
      [20, 2],
      [30, 3.02],
      [40, 4],
      [50, 9],
    ],
    edit: {type: 'thin'},
    becomes: [
      [0, 0],
      [40, 4],
      [50, 9],
    ],
  },
  {
    law: 'a part is thinned between its own first and last point',
    lane: [
      [0, 0],
      [10, 1],
      [20, 2],
      [30, 3],
      [40, 4],
      [50, 5],
    ],
    edit: {type: 'thin'},
    place: {fromFrame: 10, toFrame: 35},
    becomes: [
      [0, 0],
      [10, 1],
      [30, 3],
      [40, 4],
      [50, 5],
    ],
  },
  {
    law: 'a jump that is smoothed is a slope of that length',
    lane: [
      [0, -10],
      [999, -10],
      [1000, 0],
      [2000, 0],
    ],
    edit: {type: 'smooth', overMs: 200},
    becomes: [
      [0, -10],
      [900, -10],
      [1100, 0],
      [2000, 0],
    ],
  },
];

for (const {law, parameter = 'level', lane, edit, place, becomes} of table) {
  test(`${edit.type}: ${law}`, (t) => {
    const id = `vox ${parameter}`;
    const lanes = edited(new Map([[id, laneOf(...lane)]]), id, edit, place);
    if (typeof lanes === 'string') return t.fail(lanes);
    const rounded = pointsOf(lanes.get(id) ?? emptyLane).map(([frame, value]) => [frame, Math.round(value * 10) / 10]);
    t.deepEqual(
      rounded,
      becomes.map(([frame, value]) => [frame, Math.round(value * 10) / 10]),
    );
  });
}

test('a copy replaces the same part of the other lane, and holds what stood there around it', (t) => {
  const lanes = new Map([['vox level', laneOf([0, 0], [100, -10])]]);
  const place = {fromFrame: 50, toFrame: 61, sampleRate, standing: () => -3};
  const copy: LaneEdit = {type: 'copy', to: 'drums level'};
  const some = edited(lanes, 'vox level', copy, place);
  t.deepEqual(typeof some === 'string' ? some : pointsOf(some.get('drums level') ?? emptyLane), [
    [49, -3],
    [50, -5],
    [60, -6],
    [61, -3],
  ]);
  const all = edited(lanes, 'vox level', copy);
  t.deepEqual(typeof all === 'string' ? all : all.get('drums level'), laneOf([0, 0], [100, -10]));
});

const faults: readonly (readonly [LaneId, LaneEdit, Partial<EditPlace>, RegExp])[] = [
  ['vox loudness', {type: 'clear'}, {}, /is no lane/],
  ['drums level', {type: 'clear'}, {}, /has no points/],
  ['vox level', {type: 'offset', by: Number.NaN}, {}, /takes a number/],
  ['vox level', {type: 'scale', factor: Number.POSITIVE_INFINITY}, {}, /takes a number/],
  ['vox level', {type: 'smooth', overMs: 0}, {}, /above 0 ms/],
  ['vox level', {type: 'clear'}, {fromFrame: 100, toFrame: 100}, /later end/],
  ['vox level', {type: 'clear'}, {fromFrame: Number.NaN}, /later end/],
  ['vox level', {type: 'copy', to: 'vox pan'}, {}, /another kind/],
  ['vox level', {type: 'copy', to: 'nothing'}, {}, /is no lane/],
  ['vox level', {type: 'copy', to: 'vox level'}, {}, /onto itself/],
  ['vox mute', {type: 'smooth', overMs: 10}, {}, /goes in steps/],
  ['vox mute', {type: 'offset', by: 1}, {}, /goes in steps/],
];

for (const [id, edit, place, says] of faults) {
  test(`what cannot be done is told: ${id}, ${JSON.stringify(edit)}, ${JSON.stringify(place)}`, (t) => {
    const lanes = new Map([
      ['vox level', laneOf([0, 0])],
      ['vox mute', laneOf([0, 0])],
    ]);
    t.regex(String(edited(lanes, id, edit, place)), says);
  });
}

const isSame = (one: number, other: number): boolean => Math.abs(one - other) <= 1e-6 * Math.max(1, Math.abs(one));
const anyStretch = fc
  .tuple(fc.integer({min: 0, max: 900}), fc.integer({min: 1, max: 900}), fc.boolean())
  .map(([fromFrame, length, isOpen]) => ({fromFrame, toFrame: isOpen ? Number.POSITIVE_INFINITY : fromFrame + length}));
const anyAmount = fc.double({min: -30, max: 30, noNaN: true});
const anyEdit: fc.Arbitrary<LaneEdit> = fc.oneof(
  fc.record({type: fc.constant('thin' as const), tolerance: fc.double({min: 0, max: 0.1, noNaN: true})}),
  fc.record({type: fc.constant('smooth' as const), overMs: fc.integer({min: 1, max: 400})}),
  fc.record({type: fc.constant('shift' as const), byMs: fc.integer({min: -700, max: 700})}),
  fc.record({type: fc.constant('offset' as const), by: anyAmount}),
  fc.record({type: fc.constant('scale' as const), factor: fc.double({min: -3, max: 3, noNaN: true})}),
  fc.constant({type: 'clear' as const}),
  fc.constant({type: 'copy' as const, to: 'drums'}),
);

const parameters: readonly LaneParameter[] = ['level', 'eq1.hz', 'mute'];
for (const parameter of parameters) {
  const kind = laneKind(parameter);
  const {curve, low, high} = kind;
  const any = fc
    .tuple(anyLane({low, high, frames: 1200, minLength: 1, maxLength: 15}), fc.boolean())
    .map(([lane, isWhole]) => ({
      ...lane,
      values: lane.values.map((value, index) => {
        if (curve === 'steps') return Math.round(value);
        return isWhole && index % 3 === 0 ? low : Math.round(value * 100) / 100;
      }),
    }));

  test(`${parameter}: no edit is heard outside its part, and taken back it leaves nothing`, (t) => {
    fc.assert(
      fc.property(any, any, anyEdit, anyStretch, (lane, other, edit, stretch) => {
        const [from, to] = [`vox ${parameter}`, `drums ${parameter}`];
        const lanes: Lanes = new Map([
          [from, lane],
          [to, other],
        ]);
        const wanted = edit.type === 'copy' ? {...edit, to} : edit;
        const changes = editLane(lanes, from, wanted, {sampleRate, ...stretch});
        if (typeof changes === 'string') return curve === 'steps';
        const id = edit.type === 'copy' ? to : from;
        const next = changes.reduce(withChange, lanes);
        const back = [...changes].reverse().map(reversed).reduce(withChange, next);
        const [old, now] = [lanes.get(id) ?? emptyLane, next.get(id) ?? emptyLane];
        const by = edit.type === 'shift' ? edit.byMs : 0;
        for (let frame = 0; frame < 2600; frame += frame % 7 === 0 ? 1 : 3) {
          if (frame >= stretch.fromFrame + Math.min(0, by) && frame < stretch.toFrame + Math.max(0, by)) continue;
          if (Math.abs(laneValueAt(old, curve, frame) - laneValueAt(now, curve, frame)) > 1e-6 * high) return false;
        }
        const isSound =
          now.values.every((value) => value >= low && value <= high) &&
          now.frames.every((frame, index) => frame >= 0 && (index === 0 || frame > (now.frames[index - 1] ?? 0)));
        return (
          isSound && [from, to].every((one) => isSameLane(back.get(one) ?? emptyLane, lanes.get(one) ?? emptyLane))
        );
      }),
      {numRuns: 120},
    );
    t.pass();
  });

  const changed = (lane: Lane, edit: LaneEdit, stretch: EditPlace): Lane => {
    const lanes = edited(new Map([[`vox ${parameter}`, lane]]), `vox ${parameter}`, edit, stretch);
    return typeof lanes === 'string' ? emptyLane : (lanes.get(`vox ${parameter}`) ?? emptyLane);
  };

  if (curve === 'steps') continue;
  test(`${parameter}: what is scaled or raised is so at every frame`, (t) => {
    fc.assert(
      fc.property(
        any,
        fc.double({min: -3, max: 3, noNaN: true}),
        anyAmount,
        anyStretch,
        (lane, factor, by, stretch) => {
          const around = (low + high) / 3;
          const scaled = changed(lane, {type: 'scale', factor, around}, {sampleRate, ...stretch});
          const raised =
            parameter === 'level' ? changed(lane, {type: 'offset', by}, {sampleRate, ...stretch}) : undefined;
          const old = (frame: number): number => laneValueAt(lane, curve, frame);
          const mean = straightOf(kind, around);
          const asScaled = (frame: number): number => {
            if (parameter === 'level' && old(frame) <= low) return low;
            return Math.min(
              high,
              Math.max(low, fromStraight(kind, mean + (straightOf(kind, old(frame)) - mean) * factor)),
            );
          };
          const end = Math.min(stretch.toFrame, 1500);
          for (let frame = stretch.fromFrame + 1; frame < end - 1; frame += 3) {
            if (!isSame(asScaled(frame), laneValueAt(scaled, curve, frame))) return false;
            if (raised === undefined) continue;
            if (!isSame(trimmedLevel(old(frame), by), laneValueAt(raised, curve, frame))) return false;
          }
          return true;
        },
      ),
    );
    t.pass();
  });
}

test('what is smoothed stays between what it was around each frame', (t) => {
  fc.assert(
    fc.property(anyLane({frames: 1200, minLength: 3}), fc.integer({min: 2, max: 300}), (lane, overMs) => {
      const lanes = edited(new Map([['vox level', lane]]), 'vox level', {type: 'smooth', overMs});
      if (typeof lanes === 'string') return false;
      const next = lanes.get('vox level') ?? emptyLane;
      const half = Math.ceil(overMs / 2);
      for (let frame = 0; frame < 1300; frame += 5) {
        const around = [...lane.frames].filter((at) => Math.abs(at - frame) < half);
        const values = [frame - half, frame + half, ...around].map((at) => laneValueAt(lane, 'line', at));
        const value = laneValueAt(next, 'line', frame);
        if (value < Math.min(...values) - 1.5 || value > Math.max(...values) + 1.5) return false;
      }
      return true;
    }),
  );
  t.pass();
});
