import test from 'ava';
import fc from 'fast-check';
import {type Lane, type LaneParameter, laneId, laneKind} from '../../src/model/lane.ts';
import {onLaneGrid} from '../../src/model/lane-grid.ts';
import {
  automationFileName,
  automationFileNumber,
  automationText,
  parseAutomation,
} from '../../src/session/automation-file.ts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text);
const laneOf = (...points: readonly (readonly [frame: number, value: number])[]): Lane => ({
  frames: Int32Array.from(points, ([frame]) => frame),
  values: Float64Array.from(points, ([, value]) => value),
});

const parameters: readonly LaneParameter[] = [
  'level',
  'level.offset',
  'pan',
  'trim',
  'mute',
  'eq2.hz',
  'send3.levelDb',
];

/** Any lane of a parameter: a tenth of its values as exact as numbers get, the others on the grid. */
function anyLane(parameter: LaneParameter): fc.Arbitrary<Lane> {
  const {low, high} = laneKind(parameter);
  const exact = fc.double({min: low, max: high, noNaN: true}).map((value) => value + 0);
  const value = fc.oneof(
    {weight: 9, arbitrary: exact.map((one) => onLaneGrid(parameter, one))},
    {weight: 1, arbitrary: exact},
  );
  return fc
    .array(fc.tuple(fc.oneof(fc.nat(2 ** 31 - 1), fc.nat(5000)), value), {minLength: 1, maxLength: 40})
    .map((points) => {
      const byFrame = new Map(points);
      return laneOf(...[...byFrame].sort(([one], [other]) => one - other));
    });
}

test('an automation file is text for people: a head, and a line a point', (t) => {
  const lanes = new Map([
    ['vox level', laneOf([0, -6], [4800, -3.25], [5760, 0])],
    ['vox send1.levelDb', laneOf([48_000, -90])],
  ]);
  t.is(
    automationText(lanes),
    'longthrow automation 1\nlane vox level 3\n0 -6\n4800 -3.25\n960 0\nlane vox send1.levelDb 1\n48000 -90\n',
  );
});

test('any lanes are read as they were written, number for number', (t) => {
  const lane = fc.constantFrom(...parameters).chain((parameter) =>
    fc.tuple(
      fc.constantFrom('vox', '808', 'master', 'kick-in-2').map((strip) => laneId({strip, parameter})),
      anyLane(parameter),
    ),
  );
  fc.assert(
    fc.property(fc.array(lane, {maxLength: 6}), (written) => {
      const lanes = new Map(written);
      const read = parseAutomation(bytesOf(automationText(lanes)));
      return read.problems.length === 0 && same(read.lanes, lanes);
    }),
    {numRuns: 150},
  );
  t.pass();
});

function same(one: ReadonlyMap<string, Lane>, other: ReadonlyMap<string, Lane>): boolean {
  return (
    [...one.keys()].join() === [...other.keys()].join() &&
    [...one].every(([id, {frames, values}]) => {
      const lane = other.get(id);
      return (
        lane !== undefined &&
        frames.join() === lane.frames.join() &&
        values.length === lane.values.length &&
        values.every((value, index) => Object.is(value, lane.values[index]))
      );
    })
  );
}

test('a value on the grid takes at most five digits or three decimals, and lies within half a step of what it was', (t) => {
  fc.assert(
    fc.property(fc.constantFrom(...parameters), fc.double({min: 0, max: 1, noNaN: true}), (parameter, share) => {
      const {low, high} = laneKind(parameter);
      const value = low + share * (high - low);
      const there = onLaneGrid(parameter, value);
      return (
        ((String(there).split('.')[1] ?? '').length <= 3 || String(there).replace(/^0?\.0*|\.|-/g, '').length <= 5) &&
        Math.abs(there - value) <= 0.5 &&
        onLaneGrid(parameter, there) === there
      );
    }),
  );
  t.is(onLaneGrid('level', -3.2849), -3.28);
  t.is(onLaneGrid('pan', 0.123_456), 0.123);
  t.true(Object.is(onLaneGrid('level', -0.0001), 0));
});

test('numbers may be written in any usual way, and lines end as on any system', (t) => {
  const {lanes, problems} = parseAutomation(
    bytesOf(
      'longthrow automation 1\r\nlane vox level 4\r\n0 -6.0\r\n10   +1e0\r\n10 -0.12345678901234567\r\n 2147483000 7\r\n\r\n',
    ),
  );
  t.deepEqual(problems, []);
  t.deepEqual([...(lanes.get('vox level')?.values ?? [])], [-6, 1, Number('-0.12345678901234567'), 7]);
  t.deepEqual([...(lanes.get('vox level')?.frames ?? [])], [0, 10, 20, 2_147_483_020]);
});

test('the last line may lack its end', (t) => {
  const {lanes, problems} = parseAutomation(bytesOf('longthrow automation 1\nlane vox level 2\n0 1\n5 2'));
  t.deepEqual(problems, []);
  t.deepEqual(lanes.get('vox level'), laneOf([0, 1], [5, 2]));
});

const whole = 'lane bass pan 1\n7 0.5\n';
const damages: readonly (readonly [
  what: string,
  text: string,
  reason: RegExp,
  line: number,
  kept: readonly string[],
])[] = [
  ['nothing at all', '', /no automation file/, 1, []],
  ['something else', '{"longthrow": 1}\n', /no automation file/, 1, []],
  ['a newer version', 'longthrow automation 2\nlane x level 1\n0 0\n', /newer Longthrow \(file version 2\)/, 1, []],
  [
    'words for a number',
    `longthrow automation 1\nlane vox level 2\n0 1\nloud 2\n${whole}`,
    /is no point.*"vox level" is left out/,
    4,
    ['bass pan'],
  ],
  ['a point too few', `longthrow automation 1\nlane vox level 2\n0 1\n${whole}`, /points are missing/, 4, ['bass pan']],
  [
    'a point too many',
    `longthrow automation 1\nlane vox level 1\n0 1\n5 2\n${whole}`,
    /"5 2" should be the head/,
    4,
    ['vox level', 'bass pan'],
  ],
  [
    'a cut end',
    `longthrow automation 1\n${whole}lane vox level 9\n0 1\n`,
    /points are missing at the end/,
    5,
    ['bass pan'],
  ],
  [
    'two points at one place',
    `longthrow automation 1\nlane vox level 2\n0 1\n0 2\n${whole}`,
    /stands where the point before/,
    4,
    ['bass pan'],
  ],
  [
    'a frame beyond all tapes',
    `longthrow automation 1\nlane vox level 2\n2147483647 1\n1 2\n${whole}`,
    /after the end of all/,
    4,
    ['bass pan'],
  ],
  [
    'a parameter that is none',
    `longthrow automation 1\nlane vox loudness 1\n0 1\n${whole}`,
    /"vox loudness" names nothing/,
    2,
    ['bass pan'],
  ],
  ['a lane twice', `longthrow automation 1\n${whole}lane bass pan 1\n0 0\n`, /a second time/, 4, ['bass pan']],
  [
    'an endless line',
    `longthrow automation 1\nlane vox level 1\n${'1'.repeat(500)} 2\n${whole}`,
    /is no point/,
    3,
    ['bass pan'],
  ],
  ['infinity', `longthrow automation 1\nlane vox level 1\n0 1e999\n${whole}`, /is no point/, 3, ['bass pan']],
  [
    'a count out of all proportion',
    'longthrow automation 1\nlane vox level 999999999\n0 1\n',
    /points are missing at the end/,
    3,
    [],
  ],
];

for (const [what, text, reason, line, kept] of damages) {
  test(`an automation file with ${what} is told with its line, and all whole lanes are kept`, (t) => {
    const {lanes, problems} = parseAutomation(bytesOf(text), '/song/automation-1.txt');
    t.deepEqual([...lanes.keys()], kept);
    t.is(problems.length, 1);
    t.is(problems[0]?.path, `/song/automation-1.txt: line ${line}`);
    t.regex(problems[0]?.reason ?? '', reason);
    t.is(problems[0]?.severity, 'error');
  });
}

test('values outside the range are brought into it, and told', (t) => {
  const {lanes, problems} = parseAutomation(bytesOf('longthrow automation 1\nlane vox level 3\n0 50\n1 -200\n1 0\n'));
  t.deepEqual([...(lanes.get('vox level')?.values ?? [])], [10, -90, 0]);
  t.deepEqual(problems, [
    {
      path: 'automation: line 2',
      reason: '2 values of "vox level" lie outside -90 … 10 and were brought in',
      severity: 'warning',
    },
  ]);
});

test('any bytes are read without an exception', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('lane ', 'vox level ', '\n', '0', '3', ' ', '-', '.', '\0', 'é'), {maxLength: 60}),
      (parts) => {
        parseAutomation(bytesOf(`longthrow automation 1\n${parts.join('')}`));
        parseAutomation(bytesOf(`longthrow automation 1\nlane vox level 3\n${parts.join('')}`));
        return true;
      },
    ),
    {numRuns: 300},
  );
  t.pass();
});

test('what no lane may hold is not written', (t) => {
  const lane = laneOf([-5, 1], [10, Number.NaN], [10, 3], [5, 3], [20, Number.NEGATIVE_INFINITY], [30, 1 / 3]);
  const written = automationText(
    new Map([
      ['vox level', lane],
      ['vox\nlane level', lane],
      ['no such thing', lane],
      ['empty level', laneOf()],
    ]),
  );
  t.is(written, 'longthrow automation 1\nlane vox level 3\n10 0\n10 -90\n10 0.3333333333333333\n');
  t.deepEqual(parseAutomation(bytesOf(written)).problems, []);
});

test('automation files are numbered', (t) => {
  t.is(automationFileName(7), 'automation-7.txt');
  t.is(automationFileNumber('automation-7.txt'), 7);
  for (const name of [
    'automation-07.txt',
    'automation-.txt',
    'automation-7.txt.damaged',
    'x-automation-7.txt',
    '../automation-7.txt',
  ]) {
    t.is(automationFileNumber(name), undefined, name);
  }
});
