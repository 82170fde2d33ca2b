import test from 'ava';
import fc from 'fast-check';
import {colourNames, groupNames} from '../../src/model/mixer.ts';
import {
  largestFileBytes,
  readSessionFile,
  type SessionFile,
  type SessionFileStrip,
  sessionFileText,
} from '../../src/session/session-file.ts';
import {anyText} from '../any-text.ts';

const strip: SessionFileStrip = {
  id: 'kick',
  name: 'Kick',
  file: 'stems/Kick.wav',
  group: 'drums',
  colour: 'red',
  channels: 1,
  trimDb: 0,
  levelDb: -3.5,
  pan: 0,
  muted: false,
  soloed: false,
  soloSafe: false,
  polarityInverted: false,
};
const file: SessionFile = {longthrow: 2, name: 'Song', sampleRate: 48_000, strips: [strip], masterLevelDb: null};

function told(value: unknown): readonly string[] {
  const read = readSessionFile(typeof value === 'string' ? value : JSON.stringify(value), 'session.json');
  return read.type === 'read'
    ? []
    : read.problems.map(({path, reason, hint}) => [path, reason, hint].filter(Boolean).join(' | '));
}

test('a session file is read', (t) => {
  t.deepEqual(readSessionFile(JSON.stringify(file), 'session.json'), {type: 'read', file});
  t.deepEqual(told({$schema: 'x.json', ...file}), []);
});

const wrong: readonly (readonly [law: string, value: unknown, told: RegExp])[] = [
  [
    'broken JSON is refused with line and column',
    '{\n  "longthrow": 1,\n}',
    /^session\.json \| is not JSON at line 3, column 1 \| There, no comma may stand before/,
  ],
  [
    'a newer version is refused in clear words',
    {...file, longthrow: 3, more: 1},
    /was written by a newer Longthrow \(file version 3, this program reads 2\) \| Update/,
  ],
  ['an older or odd version is refused', {...file, longthrow: 0}, /longthrow \| must be one of 2/],
  [
    'an unknown member is refused with the nearest name',
    {...file, masterLevelDB: 0},
    /"masterLevelDB" is not known here \| Did you mean "masterLevelDb"\?/,
  ],
  [
    'an unknown member of a strip is refused with the nearest name',
    {...file, strips: [{...strip, mute: true}]},
    /strips\[0\] \| "mute" is not known here \| Did you mean "muted"\?/,
  ],
  [
    'an unknown member far from all is refused with what is known',
    {...file, qqqqqqqqqq: 1},
    /Known here: \$schema, longthrow, name/,
  ],
  ['a missing member is named', {...file, strips: [{...strip, pan: undefined}]}, /strips\[0\]\.pan \| is missing/],
  [
    'a level above the fader is refused',
    {...file, strips: [{...strip, levelDb: 11}]},
    /strips\[0\]\.levelDb \| must be 10 or less/,
  ],
  ['a level below the fader is refused', {...file, masterLevelDb: -200}, /masterLevelDb \| must be -90 or more/],
  ['a pan past the side is refused', {...file, strips: [{...strip, pan: -1.01}]}, /pan \| must be -1 or more/],
  ['a number beyond all numbers is refused', JSON.stringify(file).replace('-3.5', '1e999'), /levelDb/],
  ['a text for a number is refused', {...file, sampleRate: '48000'}, /sampleRate \| must be a (whole )?number/],
  ['a broken sample rate is refused', {...file, sampleRate: 44_100.5}, /sampleRate \| must be a whole number/],
  ['a text for a switch is refused', {...file, strips: [{...strip, muted: 'no'}]}, /muted \| must be true or false/],
  ['three channels are refused', {...file, strips: [{...strip, channels: 3}]}, /channels \| must be 1 or 2/],
  [
    'an unknown colour is refused with those there are',
    {...file, strips: [{...strip, colour: 'pink'}]},
    /colour \| must be one of "off", "red"/,
  ],
  [
    'two strips of one id are refused',
    {...file, strips: [strip, strip]},
    /strips\[1\]\.id \| "kick" is already the id of another strip/,
  ],
  [
    'the id of the mix bus is refused',
    {...file, strips: [{...strip, id: 'master'}]},
    /strips\[0\]\.id \| is the name of the mix bus/,
  ],
  [
    'an id with odd characters is refused',
    {...file, strips: [{...strip, id: 'Kick Drum'}]},
    /id \| must be 1 to 64 small letters/,
  ],
  [
    'a path out of the folder is refused',
    {...file, strips: [{...strip, file: '../../secret.wav'}]},
    /file \| leads out of the session folder/,
  ],
  ['a path that goes in and out again is refused', {...file, strips: [{...strip, file: 'a/../../b.wav'}]}, /leads out/],
  [
    'a path out of the folder with backslashes is refused',
    {...file, strips: [{...strip, file: '..\\b.wav'}]},
    /leads out/,
  ],
  ['a path with a zero byte is refused', {...file, strips: [{...strip, file: 'a\u0000.wav'}]}, /control characters/],
  ['an empty path is refused', {...file, strips: [{...strip, file: ''}]}, /file \| must not be empty/],
  ['strips that are no list are refused', {...file, strips: {}}, /strips \| must be a list/],
  ['no session at all is refused', [], /session\.json \| must be an object/],
  ['a file of more than the largest size is refused unread', ' '.repeat(largestFileBytes + 1), /is larger than 8 MB/],
];

for (const [law, value, expected] of wrong) {
  test(law, (t) => {
    const lines = told(value);
    t.true(
      lines.some((line) => expected.test(line)),
      lines.join('\n'),
    );
  });
}

test('everything that is wrong is told at once', (t) => {
  t.is(told({...file, name: 3, strips: [{...strip, pan: 2, trimDb: 99}]}).length, 3);
});

for (const path of [
  '/abs/Kick.wav',
  'C:\\Songs\\Kick.wav',
  'Kick.wav',
  './Kick.wav',
  'a/../Kick.wav',
  'a/b/c.wav',
  '..Kick.wav',
]) {
  test(`a stem may be named ${path}`, (t) => t.deepEqual(told({...file, strips: [{...strip, file: path}]}), []));
}

test('a session file has one strip a line', (t) => {
  const lines = sessionFileText({...file, strips: [strip, {...strip, id: 'snare'}]}).split('\n');
  t.is(lines.filter((line) => line.startsWith('    {"id": ')).length, 2);
  t.is(lines.length, 11);
});

const anyStrip: fc.Arbitrary<Omit<SessionFileStrip, 'id'>> = fc.record({
  name: fc.string({unit: 'grapheme', maxLength: 40}),
  file: fc.stringMatching(/^[a-z"\\ü]{1,20}\.wav$/),
  group: fc.constantFrom(...groupNames),
  colour: fc.constantFrom(...colourNames),
  channels: fc.constantFrom<1 | 2>(1, 2),
  trimDb: fc.double({min: -24, max: 24, noNaN: true}).map((value) => value + 0),
  levelDb: fc.option(fc.double({min: -90, max: 10, noNaN: true}).map((value) => value + 0)),
  pan: fc.double({min: -1, max: 1, noNaN: true}).map((value) => value + 0),
  muted: fc.boolean(),
  soloed: fc.boolean(),
  soloSafe: fc.boolean(),
  polarityInverted: fc.boolean(),
});

test('what is written is read again, value for value', (t) => {
  fc.assert(
    fc.property(fc.array(anyStrip, {maxLength: 8}), fc.string({unit: 'grapheme', maxLength: 40}), (strips, name) => {
      const written: SessionFile = {...file, name, strips: strips.map((one, index) => ({id: `s-${index}`, ...one}))};
      const read = readSessionFile(sessionFileText(written), 'session.json');
      t.deepEqual(read, {type: 'read', file: written});
    }),
    {numRuns: 100},
  );
});

test('any JSON is read or refused with reasons, never a throw', (t) => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), anyText()), (text) => {
      const read = readSessionFile(text, 'session.json');
      return (
        read.type === 'read' || (read.problems.length > 0 && read.problems.every((problem) => problem.reason !== ''))
      );
    }),
    {numRuns: 500},
  );
  t.pass();
});

test('a session file with any one value replaced by anything is read or refused with reasons, never a throw', (t) => {
  const keys = [...Object.keys(strip), '__proto__', 'constructor', 'toString'];
  fc.assert(
    fc.property(fc.constantFrom(...keys), fc.jsonValue(), fc.boolean(), (key, value, inStrip) => {
      const member = `{${JSON.stringify(key)}:${JSON.stringify(value)},`;
      const text = inStrip
        ? JSON.stringify(file).replace('[{', `[${member}`)
        : JSON.stringify(file).replace('{', member);
      const read = readSessionFile(text, 'session.json');
      return read.type === 'read' || read.problems.length > 0;
    }),
    {numRuns: 500},
  );
  t.pass();
});

test('what stands in a message from a file has no control characters', (t) => {
  const lines = told({...file, 'bad\u001b[31m\u0007': 1});
  t.true(lines.every((line) => !/[\u0000-\u001f]/.test(line)));
});
