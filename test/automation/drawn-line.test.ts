import test from 'ava';
import {drawnLine} from '../../src/automation/drawn-line.ts';
import {type LaneParameter, laneKind} from '../../src/model/lane.ts';
import {deskTaper, levelAt} from '../../src/model/taper.ts';
import {laneOf, pointsOf} from './any-lane.ts';

type Points = readonly (readonly [ms: number, value: number])[];

/** Frames are milliseconds here. */
const sampleRate = 1000;
/** The level of one of the 128 places of a fader with 7 bits. */
const place = (step: number): number => Number(levelAt(deskTaper, step / 127).toPrecision(5));

const table: readonly {
  readonly law: string;
  readonly parameter?: LaneParameter;
  readonly samples: Points;
  readonly drawn: Points;
}[] = [
  {
    law: 'a hand that moves draws a line',
    samples: [
      [0, 0],
      [20, -1],
      [60, -9],
    ],
    drawn: [
      [0, 0],
      [20, -1],
      [60, -9],
    ],
  },
  {
    law: 'a hand that rested and jumps draws a rest and a jump',
    samples: [
      [0, 0],
      [41, -9],
      [10_000, -3],
    ],
    drawn: [
      [0, 0],
      [39, 0],
      [41, -9],
      [9998, -9],
      [10_000, -3],
    ],
  },
  {
    law: 'a slow hand on a coarse fader draws a line',
    samples: [
      [0, place(90)],
      [200, place(91)],
      [500, place(92)],
      [1000, place(93)],
    ],
    drawn: [
      [0, place(90)],
      [200, place(91)],
      [500, place(92)],
      [1000, place(93)],
    ],
  },
  {
    law: 'slower still it rests between its steps',
    samples: [
      [0, place(90)],
      [600, place(91)],
      [1200, place(92)],
    ],
    drawn: [
      [0, place(90)],
      [598, place(90)],
      [600, place(91)],
      [1198, place(91)],
      [1200, place(92)],
    ],
  },
  {
    law: 'one small step alone is a step',
    samples: [
      [0, place(90)],
      [200, place(91)],
    ],
    drawn: [
      [0, place(90)],
      [198, place(90)],
      [200, place(91)],
    ],
  },
  {
    law: 'a small step to and fro is no move',
    samples: [
      [0, place(90)],
      [200, place(91)],
      [400, place(90)],
    ],
    drawn: [
      [0, place(90)],
      [198, place(90)],
      [200, place(91)],
      [398, place(91)],
      [400, place(90)],
    ],
  },
  {
    law: 'steps are steps',
    parameter: 'mute',
    samples: [
      [0, 0],
      [10, 0.7],
      [1000, 0],
    ],
    drawn: [
      [0, 0],
      [10, 1],
      [1000, 0],
    ],
  },
  {
    law: 'values have five digits and stay in their range',
    parameter: 'pan',
    samples: [
      [0, 0.123_456_789],
      [10, 3],
      [20, Number.NEGATIVE_INFINITY],
    ],
    drawn: [
      [0, 0.123_46],
      [10, 1],
      [20, -1],
    ],
  },
];

for (const {law, parameter = 'level', samples, drawn} of table) {
  test(law, (t) => t.deepEqual(pointsOf(drawnLine(laneOf(...samples), laneKind(parameter), sampleRate)), drawn));
}
