import test from 'ava';
import {checkSurface} from '../../src/mapping/check-surface.ts';
import {inherit} from '../../src/mapping/inherit.ts';
import {readReportStart, readReportTemplate} from '../../src/mapping/report-template.ts';
import {surfaceSchema} from '../../src/mapping/surface-schema.ts';

const wheel = {
  name: 'Wheel',
  maker: 'Nobody',
  dialect: 'reports',
  hid: [{vendor: '1209', product: '0001'}],
  unit: 'main',
  strips: 0,
  faders: {},
  tested: 'never',
  reports: {controls: {jog: {at: 1, as: 'counter'}, play: {at: 3, bit: 4}}},
};
const picture = {
  width: 72,
  height: 72,
  format: 'jpeg',
  packet: '02 07 {key} {last} {length-low} {length-high} {part-low} {part-high}',
  size: 1024,
  keys: {'select.*': {key: 0}},
};
const keys = {
  ...wheel,
  dialect: 'image-keys',
  strips: 2,
  reports: {keyReport: {start: '01 00', at: 4}, pictures: [picture]},
};

/** What is wrong with a file, as people are told. */
function told(file: object): readonly string[] {
  const read = surfaceSchema.safeParse(file);
  if (!read.success) return read.error.issues.map(({path}) => `schema: ${path.join('.')}`);
  const source = {id: 'x', path: 'x', layer: 0, file: read.data, replaces: undefined};
  const whole = inherit(source, new Map());
  if (whole.state === 'broken') return whole.problems.map(({path, reason}) => `${path} ${reason}`);
  return checkSurface('x', whole.file).map(({path, reason}) => `${path.slice(3)}: ${reason}`);
}

test('good files are good, without ports', (t) => {
  t.deepEqual(told(wheel), []);
  t.deepEqual(told(keys), []);
});

const wrong: readonly (readonly [string, object, RegExp])[] = [
  ['no numbers', {...wheel, hid: undefined}, /ports missing/],
  ['numbers that are none', {...wheel, hid: [{vendor: '12', product: 'wxyz'}]}, /schema: hid\.0/],
  ['ports, too', {...wheel, ports: ['Wheel']}, /ports: are for MIDI/],
  ['no reports', {...wheel, reports: undefined}, /reports: missing/],
  ['no controls', {...wheel, reports: {}}, /a surface has controls/],
  ['controls of MIDI', {...wheel, controls: {play: {cc: 1}}}, /controls: belongs to MIDI/],
  ['messages of MIDI', {...wheel, greeting: ['90 00 7F']}, /greeting: is for MIDI messages/],
  ['strips that are not there', {...wheel, reports: {controls: {'mute.*': {at: 1}}}}, /strips: is 0/],
  ['one place twice', {...wheel, reports: {controls: {jog: {at: 1}, play: {at: 0, bit: 8}}}}, /lies where/],
  [
    'a start that is no hex',
    {...wheel, reports: {controls: {play: {start: 'xyz', at: 1}}}},
    /reports\.controls\.play\.start: "xyz" is no byte/,
  ],
  [
    'a start of several that is no hex',
    {...wheel, reports: {controls: {play: [{at: 1}, {start: '0G', at: 1}]}}},
    /reports\.controls\.play\[1\]\.start: "0G" is no byte/,
  ],
  [
    'a start of keys that is no hex',
    {...keys, reports: {...keys.reports, keyReport: {start: 'z', at: 4}}},
    /reports\.keyReport\.start: "z"/,
  ],
  [
    'a list that is too short',
    {...wheel, strips: 3, reports: {controls: {'mute.*': {at: 1, bit: [1, 4]}}}},
    /lists 2 numbers for 3 strips/,
  ],
  ['a code that is not told', {...wheel, reports: {controls: {play: {at: 1, as: 'code'}}}}, /which code it is/],
  [
    'a travel upside down',
    {...wheel, reports: {controls: {'fader.master': {at: 1, as: 'position', bottom: 255}}}},
    /bottom is not below/,
  ],
  [
    'a place before the report',
    {...keys, reports: {...keys.reports, controls: {'mute.*': {at: 0, step: -1}}}},
    /before the report begins/,
  ],
  [
    'a lamp without a way',
    {...wheel, reports: {...wheel.reports, lamps: {play: {full: 1}}}},
    /neither output nor feature/,
  ],
  [
    'a lamp with two ways',
    {...wheel, reports: {...wheel.reports, lamps: {play: {output: '00', feature: '00'}}}},
    /at once/,
  ],
  [
    'an unknown word',
    {...wheel, reports: {...wheel.reports, lamps: {play: {output: '00 {hue}'}}}},
    /"\{hue\}" is no byte/,
  ],
  ['an empty report', {...wheel, reports: {...wheel.reports, greeting: [{feature: ' '}]}}, /is empty/],
  ['pictures under the wrong dialect', {...keys, dialect: 'reports'}, /dialect: has pictures/],
  ['no pictures', {...wheel, dialect: 'image-keys'}, /dialect: has no pictures/],
  ['keys that nobody reads', {...keys, reports: {pictures: [picture]}}, /keyReport: missing/],
  [
    'too much in a packet',
    {...keys, reports: {...keys.reports, pictures: [{...picture, body: 1020}]}},
    /longer than the packet/,
  ],
  [
    'HID fields on MIDI',
    {...wheel, dialect: 'plain', ports: ['W'], strips: 1, controls: {'fader.*': {cc: 1}}},
    /hid: belongs to HID/,
  ],
];
const position = {as: 'position', bytes: 2};
const together: readonly (readonly [what: string, controls: object, told: RegExp | undefined])[] = [
  [
    'a bit in the byte of a counter',
    {jog: {at: 1, as: 'counter'}, play: {at: 1, bit: 3}},
    /controls\.play: play lies where jog lies/,
  ],
  [
    'a byte in a travel of two',
    {'fader.master': {at: 1, ...position}, jog: {at: 2, as: 'counter'}},
    /jog lies where fader/,
  ],
  [
    'a bit in a travel of two, counted on',
    {'fader.master': {at: 1, ...position}, play: {at: 0, bit: 23}},
    /lies where/,
  ],
  ['a bit in the byte of numbered keys', {play: {at: 1, as: 'code', code: 2}, stop: {at: 1, bit: 1}}, /lies where/],
  ['one number twice', {play: {at: 1, as: 'code', code: 2}, stop: {at: 1, as: 'code', code: 2}}, /lies where/],
  ['a report of which another is a part', {play: {start: '01', at: 3}, stop: {start: '.. 02', at: 3}}, /lies where/],
  ['bits side by side', {play: {at: 1, bit: 7}, stop: {at: 1, bit: 8}}, undefined],
  ['numbers of one byte', {play: {at: 1, as: 'code', code: 2}, stop: {at: 1, as: 'code', code: 3}}, undefined],
  ['a byte behind a travel of two', {'fader.master': {at: 1, ...position}, jog: {at: 3, as: 'counter'}}, undefined],
  ['other reports', {play: {start: '01', at: 3}, stop: {start: '02', at: 3}}, undefined],
  [
    'places of one control, of which the first counts',
    {
      play: [
        {start: '01 02', at: 3},
        {start: '01', at: 3},
      ],
    },
    undefined,
  ],
];
for (const [what, controls, reason] of together) {
  test(`${what}: ${reason === undefined ? 'is good' : 'is told'}`, (t) => {
    const said = told({...wheel, faders: {master: true}, reports: {controls}}).filter(
      (one) => !one.startsWith('faders'),
    );
    if (reason === undefined) t.deepEqual(said, []);
    else t.regex(said.join('; '), reason);
  });
}

for (const [what, file, reason] of wrong) test(`${what} is told`, (t) => t.regex(told(file).join('; '), reason));

test('bytes, words and any bytes are read', (t) => {
  t.deepEqual(readReportTemplate('02 {key} 0F'), {state: 'good', bytes: [2, 'key', 15]});
  t.deepEqual(readReportStart('01 .. 03'), {state: 'good', bytes: [1, undefined, 3]});
  t.deepEqual(readReportStart(''), {state: 'good', bytes: []});
  t.is(readReportStart('{key}').state, 'bad');
  t.is(readReportTemplate('..').state, 'bad');
});
