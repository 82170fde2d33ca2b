import test from 'ava';
import fc from 'fast-check';
import {type Pass, samplesOf, startPass, withSample} from '../../src/automation/pass.ts';
import {heldSince, stretchTo} from '../../src/automation/write-to.ts';
import {emptyLane} from '../../src/model/lane.ts';
import {laneOf, pointsOf} from './any-lane.ts';

const grown = (...samples: readonly (readonly [number, number])[]): Pass =>
  samples.reduce((pass, [frame, value]) => withSample(pass, frame, value), startPass('vox level', 100, 0));

const table: readonly {
  readonly law: string;
  readonly samples: readonly (readonly [number, number])[];
  readonly points: readonly (readonly [number, number])[];
}[] = [
  {law: 'a pass begins with the value that is heard', samples: [], points: [[100, 0]]},
  {
    law: 'samples follow each other',
    samples: [
      [200, 1],
      [300, 2],
    ],
    points: [
      [100, 0],
      [200, 1],
      [300, 2],
    ],
  },
  {
    law: 'of one frame the newest counts',
    samples: [
      [200, 1],
      [200, 2],
    ],
    points: [
      [100, 0],
      [200, 2],
    ],
  },
  {law: 'a new value at once replaces the first', samples: [[100, 3]], points: [[100, 3]]},
  {
    law: 'time never goes back',
    samples: [
      [200, 1],
      [150, 2],
      [210, 3],
    ],
    points: [
      [100, 0],
      [200, 2],
      [210, 3],
    ],
  },
  {
    law: 'a value that does not change is no sample',
    samples: [
      [200, 1],
      [300, 1],
    ],
    points: [
      [100, 0],
      [200, 1],
    ],
  },
  {
    law: 'what is no number is no sample',
    samples: [
      [200, Number.NaN],
      [Number.NaN, 2],
    ],
    points: [[100, 0]],
  },
  {
    law: 'frames are whole',
    samples: [[200.4, 1]],
    points: [
      [100, 0],
      [200, 1],
    ],
  },
];

for (const {law, samples, points} of table) {
  test(law, (t) => {
    const pass = grown(...samples);
    t.deepEqual(pointsOf(samplesOf(pass)), points);
    t.is(pass.count, points.length);
  });
}

test('a pass does not change when it grows, and tells its samples from a frame on', (t) => {
  const early = grown([200, 1]);
  const late = withSample(withSample(early, 300, 2), 400, 3);
  t.deepEqual(pointsOf(samplesOf(early)), [
    [100, 0],
    [200, 1],
  ]);
  t.deepEqual(pointsOf(samplesOf(late, 250)), [
    [300, 2],
    [400, 3],
  ]);
  t.deepEqual(pointsOf(samplesOf(late, 401)), []);
});

test('samples of a pass rise, whatever came in', (t) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({min: -5, max: 999}), fc.integer({min: -90, max: 10}))), (samples) => {
      const pass = grown(...samples);
      const {frames, values} = samplesOf(pass);
      return (
        frames.length === pass.count &&
        frames.every((frame, index) => index === 0 || frame > (frames[index - 1] ?? 0)) &&
        values.at(-1) === (samples.at(-1)?.[1] ?? 0)
      );
    }),
  );
  t.pass();
});

const lane = laneOf([50, 0], [400, -3]);
const loop = {fromFrame: 20, toFrame: 300};
const end = Number.POSITIVE_INFINITY;

test('a value is written to the start, to the end, over the loop, or to the next point', (t) => {
  t.deepEqual(stretchTo('start', lane, {atFrame: 100}), {fromFrame: 0, toFrame: 100});
  t.is(stretchTo('start', lane, {atFrame: 0}), undefined);
  t.deepEqual(stretchTo('end', lane, {atFrame: 100.2}), {fromFrame: 100, toFrame: end});
  t.deepEqual(stretchTo('loop', lane, {atFrame: 100, loop}), loop);
  t.is(stretchTo('loop', lane, {atFrame: 100}), undefined);
  t.is(stretchTo('loop', lane, {atFrame: 100, loop: {fromFrame: 5, toFrame: 5}}), undefined);
  t.deepEqual(stretchTo('next-point', lane, {atFrame: 50}), {fromFrame: 50, toFrame: 400});
  t.deepEqual(stretchTo('next-point', lane, {atFrame: 400}), {fromFrame: 400, toFrame: end});
  t.deepEqual(stretchTo('next-point', emptyLane, {atFrame: 7}), {fromFrame: 7, toFrame: end});
});

test('the newest value of a pass can stand since before it began, or since its midst', (t) => {
  const pass = grown([200, 1], [300, 2]);
  t.deepEqual(pointsOf(samplesOf(heldSince(pass, 20))), [[20, 2]]);
  t.is(heldSince(pass, 20).fromFrame, 20);
  const midst = heldSince(pass, 250);
  t.deepEqual(pointsOf(samplesOf(midst)), [
    [100, 0],
    [200, 1],
    [249, 1],
    [250, 2],
  ]);
  t.is(midst.count, 4);
  t.is(midst.fromFrame, 100);
  t.deepEqual(pointsOf(samplesOf(heldSince(pass, 300))), [
    [100, 0],
    [200, 1],
    [299, 1],
    [300, 2],
  ]);
  t.deepEqual(pointsOf(samplesOf(heldSince(pass, 500))).at(-1), [500, 2]);
});
