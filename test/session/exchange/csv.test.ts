import test from 'ava';
import fc from 'fast-check';
import {type Lane, type LaneParameter, laneKind} from '../../../src/model/lane.ts';
import {isSameLane} from '../../../src/model/lane-change.ts';
import {parameterIds} from '../../../src/model/parameter.ts';
import {lanesAsCsv} from '../../../src/session/exchange/csv-export.ts';
import {lanesOfCsv} from '../../../src/session/exchange/csv-import.ts';
import {stage} from './stage.ts';

const head = 'strip,parameter,seconds,frame,value,unit';
const everyParameter: readonly LaneParameter[] = ['level', 'level.offset', 'pan', 'trim', 'mute', ...parameterIds];

function read(text: string): ReturnType<typeof lanesOfCsv> {
  return lanesOfCsv(text, 'x.csv', stage);
}

function points(text: string, id = 'vox level'): readonly (readonly [number, number])[] | undefined {
  const made = read(text);
  const lane = made.type === 'lanes' ? made.lanes.get(id) : undefined;
  return lane && Array.from(lane.frames, (frame, index) => [frame, lane.values[index] ?? Number.NaN]);
}

const laneArbitrary = fc.constantFrom(...everyParameter).chain((parameter) => {
  const {low, high, curve} = laneKind(parameter);
  const value = curve === 'steps' ? fc.integer({min: low, max: high}) : fc.double({min: low, max: high, noNaN: true});
  return fc
    .uniqueArray(fc.tuple(fc.integer({min: 0, max: 2 ** 31 - 2}), value), {
      minLength: 1,
      maxLength: 30,
      selector: ([frame]) => frame,
    })
    .map((given): readonly [LaneParameter, Lane] => {
      const sorted = [...given].sort(([one], [other]) => one - other);
      const values = Float64Array.from(sorted, ([, one]) => one + 0);
      return [parameter, {frames: Int32Array.from(sorted, ([frame]) => frame), values}];
    });
});

test('a table is one row a point, as RFC 4180 has it', (t) => {
  const lane = {frames: Int32Array.of(0, 24_000), values: Float64Array.of(-90, -3.25)};
  const made = lanesAsCsv(new Map([['vox level', lane]]), stage);
  t.is(made.content.join(''), `${head}\r\nvox,level,0.000000,0,-90,dB\r\nvox,level,0.500000,24000,-3.25,dB\r\n`);
  t.is(made.points, 2);
});

test('what was written is read again, to the last digit, at every rate', (t) => {
  fc.assert(
    fc.property(
      fc.array(laneArbitrary, {maxLength: 4, minLength: 1}),
      fc.constantFrom(44_100, 48_000, 96_000, 192_000),
      (given, sampleRate) => {
        const lanes = new Map(given.map(([parameter, lane]) => [`vox ${parameter}`, lane]));
        const made = lanesOfCsv(lanesAsCsv(lanes, {sampleRate}).content.join(''), 'x.csv', {...stage, sampleRate});
        return (
          made.type === 'lanes' &&
          [...lanes].every(([id, lane]) =>
            isSameLane(lane, made.lanes.get(id) ?? {frames: new Int32Array(0), values: new Float64Array(0)}),
          )
        );
      },
    ),
    {numRuns: 60},
  );
  t.pass();
});

const understood: readonly (readonly [string, string])[] = [
  ['as written', `${head}\nvox,level,0.5,24000,-6,dB`],
  ['columns in another order', 'value,strip,seconds,parameter\n-6,vox,0.5,level'],
  ['only frames', 'strip,parameter,frame,value\nvox,level,24000,-6'],
  ['a name instead of an id', `${head}\nLead Vocal,level,0.5,,-6,`],
  ['whatever the case', `Strip,PARAMETER,Seconds,Frame,Value,Unit\nLEAD VOCAL,Level,0.5,,-6,db`],
  ['semicolons and decimal commas', `strip;parameter;seconds;frame;value;unit\nvox;level;0,5;24000;-6,0;dB`],
  ['tabs', `${head.replaceAll(',', '\t')}\nvox\tlevel\t0.5\t24000\t-6\tdB`],
  ['a byte order mark', `\uFEFF${head}\r\nvox,level,0.5,24000,-6,dB\r\n`],
  ['quotes', `${head}\n"vox","level","0.5","24000","-6","dB"`],
  ['empty lines and columns', `${head}\n\nvox,level,0.5,24000,-6,dB,,\n\n`],
  ['rows and columns that were emptied', `${head},,\n,,,,,,,\nvox,level,0.5,24000,-6,dB,,\n , ,,,,,,\n`],
  ['what people call it', `${head}\nvox,fader,0.5,24000,-6,dB`],
];
for (const [what, text] of understood) {
  test(`a table is understood: ${what}`, (t) => t.deepEqual(points(text), [[24_000, -6]]));
}

test('rows may come in any order', (t) => {
  t.deepEqual(points(`${head}\nvox,level,1,,-3,dB\nvox,level,0,,-6,dB`), [
    [0, -6],
    [48_000, -3],
  ]);
});

test('silence may be written as -inf', (t) => {
  t.deepEqual(points(`${head}\nvox,level,0,,-inf,dB`), [[0, -90]]);
});

const refused: readonly (readonly [string, string, RegExp])[] = [
  ['nothing', '', /holds no automation/],
  ['only a head', head, /holds no automation/],
  ['another table', 'name,age\nJo,3', /line 1: "name" is no column of automation/],
  ['a misspelled column', 'strip,parameter,seconds,vlaue\nvox,level,0,0', /line 1: "vlaue" is no column/],
  ['no time', 'strip,parameter,value\nvox,level,0', /lacks the columns seconds/],
  ['an unknown strip', `${head}\nvoxx,level,0,0,0,dB`, /line 2: "voxx" is no strip/],
  ['an unknown parameter', `${head}\nvox,lvel,0,0,0,dB`, /line 2: "lvel" is no parameter/],
  ['no number', `${head}\nvox,level,0,0,loud,dB`, /line 2: "loud" is no number/],
  ['NaN', `${head}\nvox,level,0,0,NaN,dB`, /line 2: "NaN" is no number/],
  ['infinity', `${head}\nvox,level,0,0,1e999,dB`, /line 2: "1e999" is no number/],
  ['hexadecimal', `${head}\nvox,level,0,0,0x10,dB`, /is no number/],
  ['no value', `${head}\nvox,level,0,0,,dB`, /line 2: "" is no number/],
  ['out of range', `${head}\nvox,level,0,0,11,dB`, /line 2: level takes -90 to 10 dB, not 11/],
  ['half a switch', `${head}\nvox,mute,0,0,0.5,switch`, /mute takes a whole number 0 to 1/],
  ['another unit', `${head}\nvox,level,0,0,1,Hz`, /level is told in dB, not in Hz/],
  ['before the start', `${head}\nvox,level,-1,,0,dB`, /line 2: -1 is no place on a tape/],
  ['half a frame', `strip,parameter,frame,value\nvox,level,0.5,0`, /is no place on a tape/],
  ['too late', `${head}\nvox,level,99999999,,0,dB`, /is no place on a tape/],
  ['a formula', `${head}\nvox,level,0,0,=1+1,dB`, /line 2: "=1\+1" looks like a formula/],
  ['a command', `${head}\n@SUM(1),level,0,0,1,dB`, /looks like a formula/],
  ['a link', `${head}\n+cmd|x,level,0,0,1,dB`, /looks like a formula/],
  [
    'one frame twice',
    `${head}\nvox,level,0,0,1,dB\nvox,level,0,0,2,dB`,
    /line 3: vox level has another value at frame 0/,
  ],
  ['an open quote', `${head}\nvox,level,"0,0,1,dB\n`, /is not a table/],
  ['too many fields', `${head}\nvox,level,0,0,1,dB,7`, /line 2: has 7 fields/],
  ['a pan of the mix bus', `${head}\nmaster,pan,0,0,0,side`, /master has no pan/],
];
for (const [what, text, reason] of refused) {
  test(`refused with a reason: ${what}`, (t) => {
    const made = read(text);
    t.is(made.type, 'refused');
    if (made.type === 'refused') t.regex(made.problems.map((one) => `${one.path}: ${one.reason}`).join('\n'), reason);
  });
}

test('one bad line among many refuses all; many bad ones are counted', (t) => {
  const rows = Array.from({length: 50}, (_, index) => `vox,level,${index},,${index === 30 ? 'x' : 0},dB`);
  const made = read([head, ...rows].join('\n'));
  t.true(made.type === 'refused' && made.problems.length === 1 && made.problems[0]?.path === 'x.csv: line 32');
  const bad = read([head, ...rows.map((row) => row.replace('vox', 'nobody'))].join('\n'));
  t.true(bad.type === 'refused' && bad.problems.length === 21 && /30 more/.test(bad.problems[20]?.reason ?? ''));
});

test('lines are counted as an editor counts them, in spite of line breaks in quotes', (t) => {
  const made = read(`${head}\n"Lead\nVocal",level,0,0,0,dB\nvox,level,0,0,x,dB`);
  t.true(made.type === 'refused' && made.problems.some(({path}) => path === 'x.csv: line 4'));
});

test('unknown strips are left out if that is wanted, and told once', (t) => {
  const made = lanesOfCsv(`${head}\ngone,level,0,,0,dB\ngone,level,1,,0,dB\nvox,level,0,,0,dB`, 'x.csv', stage, true);
  t.true(made.type === 'lanes' && made.lanes.size === 1 && made.warnings.length === 1);
});

test('any text is answered', (t) => {
  const cell = fc.oneof(
    fc.string(),
    fc.constantFrom('vox', 'level', '0', '-6', '"', '\n', ',', ';', '=1', 'NaN', '1e9'),
  );
  fc.assert(
    fc.property(fc.array(cell, {maxLength: 30}), (cells) => {
      const made = read(`${head}\n${cells.join(',')}`);
      read(cells.join(''));
      return made.type === 'refused'
        ? made.problems.length > 0
        : [...made.lanes.values()].every(({values}) => !values.some(Number.isNaN));
    }),
  );
  t.pass();
});
