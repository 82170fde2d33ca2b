import test from 'ava';
import fc from 'fast-check';
import {parseHandwrittenJson, parseJson} from '../../src/model/json-text.ts';

const faults = [
  ['', 1, 1, 'the file ends too early'],
  ['{', 1, 2, 'the file ends too early'],
  ['{"a": 1,\n "b" 2}', 2, 6, 'a colon was expected, not "2"'],
  ['{"a": 1\n "b": 2}', 2, 2, 'a comma or } was expected, not """'],
  ['{"a": 1,\n}', 2, 1, 'no comma may stand before }'],
  ['[1,\n  2,\n]', 3, 1, 'no comma may stand before ]'],
  ['{"a": yes}', 1, 7, 'a value was expected, not "y"'],
  ["{'a': 1}", 1, 2, 'a name in double quotes was expected, not "\'"'],
  ['{"a": "b\n"}', 1, 7, 'this text has no closing quote on its line, or a wrong escape in it'],
  ['{"a": 1} x', 1, 10, "something follows after the file's end"],
  ['{"solo.*": 1,\n "solo.*": 2}', 2, 2, '"solo.*" stands here twice'],
  ['// no comments\n{}', 1, 1, 'a value was expected, not "/"'],
  ['{"a": 01}', 1, 8, 'a comma or } was expected, not "1"'],
  [`${'['.repeat(60)}`, 1, 41, 'nested too deeply'],
] as const;

for (const [text, line, column, reason] of faults) {
  test(`${JSON.stringify(text).slice(0, 40)} is wrong at line ${line}, column ${column}`, (t) => {
    t.deepEqual(parseHandwrittenJson(text), {type: 'broken', line, column, reason});
  });
}

const good = [
  '{}',
  '[]',
  'null',
  '-0.5e+3',
  '"a\\u00e9\\n"',
  ' [1, {"a": [], "b": {}}] \r\n',
  '{"a": {"x": 1}, "b": {"x": 1}}',
];

for (const text of good) {
  test(`${text.trim()} has no fault`, (t) => {
    t.deepEqual(parseHandwrittenJson(text), {type: 'value', value: JSON.parse(text)});
  });
}

test('what JSON.stringify writes has no fault', (t) => {
  fc.assert(
    fc.property(fc.jsonValue({maxDepth: 5}), fc.constantFrom(undefined, 2, '\t'), (value, space) => {
      return parseHandwrittenJson(JSON.stringify(value, null, space)).type === 'value';
    }),
  );
  t.pass();
});

test('a text without fault is read by JSON.parse, and one with another fault than a name that stands twice is not', (t) => {
  const spoilt = fc
    .tuple(
      fc.jsonValue({maxDepth: 3}),
      fc.nat(),
      fc.constantFrom('', ',', ':', '}', ']', '"', '{', '[', '1', ' ', '\n', '\\', 'x'),
    )
    .map(([value, seed, put]) => {
      const text = JSON.stringify(value);
      const at = seed % (text.length + 1);
      return text.slice(0, at) + put + text.slice(at + (put === '' ? 1 : 0));
    });
  fc.assert(
    fc.property(fc.oneof(spoilt, fc.string({maxLength: 20})), (text) => {
      const read = parseHandwrittenJson(text);
      // What stands behind the second name is not looked at, and may be broken or not.
      if (read.type === 'broken' && read.reason.endsWith('stands here twice')) return true;
      return (read.type === 'value') === parses(text);
    }),
    {numRuns: 1000},
  );
  t.pass();
});

const breaks: readonly (readonly [text: string, line: number, column: number, reason: RegExp])[] = [
  ['', 1, 1, /ends too early/],
  ['{', 1, 2, /ends too early/],
  ['{"a" 1}', 1, 6, /colon/],
  ['{"a": }', 1, 7, /value/],
  ['{\n  "a": 1,\n}', 3, 1, /no comma may stand before }/],
  ['[1, 2,]', 1, 7, /no comma may stand before ]/],
  ['[1 2]', 1, 4, /comma/],
  ['{"a": 1} x', 1, 10, /something follows/],
  ["{'a': 1}", 1, 2, /name in double quotes/],
  ['{"a": "b\n"}', 1, 7, /closing quote/],
  ['{"a": 01}', 1, 8, /a comma or }/],
  ['{"a": NaN}', 1, 7, /value/],
  ['[1}', 1, 3, /comma/],
  ['\r\n\r\n{"a": tru}', 3, 7, /value/],
];

for (const [text, line, column, reason] of breaks) {
  test(`${JSON.stringify(text)} breaks at line ${line}, column ${column}`, (t) => {
    const parsed = parseJson(text);
    if (parsed.type !== 'broken') return t.fail();
    t.deepEqual([parsed.line, parsed.column], [line, column]);
    t.regex(parsed.reason, reason);
  });
}

test('a byte order mark is passed over', (t) => {
  t.deepEqual(parseJson('\ufeff{"a": 1}'), {type: 'value', value: {a: 1}});
});

test('what a value was written as is read again', (t) => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const parsed = parseJson(text);
      return parsed.type === 'value' && JSON.stringify(parsed.value) === JSON.stringify(JSON.parse(text));
    }),
  );
  t.pass();
});

test('the break is where no JSON can go on: what stands before it can still become JSON', (t) => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.constantFrom('}', ']', ',', ':', 'x', '"', '\u0000', ''),
      (text, place, insert) => {
        const at = place % (text.length + 1);
        const damaged = insert === '' ? text.slice(0, at) : text.slice(0, at) + insert + text.slice(at);
        const parsed = parseJson(damaged);
        return (
          parsed.type === 'value' || (parsed.line === 1 && parsed.column >= 1 && parsed.column <= damaged.length + 1)
        );
      },
    ),
    {numRuns: 500},
  );
  t.pass();
});

test('a hundred thousand open brackets are refused without a throw', (t) => {
  t.is(parseJson('['.repeat(100_000)).type, 'broken');
  t.is(parseJson('{"a":'.repeat(100_000)).type, 'broken');
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
