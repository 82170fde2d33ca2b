import test from 'ava';
import fc from 'fast-check';
import {findJsonFault} from '../../src/mapping/json-fault.ts';

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
    t.deepEqual(findJsonFault(text), {line, column, reason});
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
    t.is(findJsonFault(text), undefined);
  });
}

test('what JSON.stringify writes has no fault', (t) => {
  fc.assert(
    fc.property(fc.jsonValue({maxDepth: 5}), fc.constantFrom(undefined, 2, '\t'), (value, space) => {
      return findJsonFault(JSON.stringify(value, null, space)) === undefined;
    }),
  );
  t.pass();
});

test('a text without fault is read by JSON.parse, and one with a fault is not, unless a name stands twice', (t) => {
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
      const fault = findJsonFault(text);
      if (fault?.reason.endsWith('stands here twice') === true) return true;
      return (fault === undefined) === parses(text);
    }),
    {numRuns: 1000},
  );
  t.pass();
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
