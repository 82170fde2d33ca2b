import test from 'ava';
import fc from 'fast-check';
import {parseJson} from '../../src/session/json-text.ts';

const breaks: readonly (readonly [text: string, line: number, column: number, expected: RegExp])[] = [
  ['', 1, 1, /value/],
  ['{', 1, 2, /name in double quotes/],
  ['{"a" 1}', 1, 6, /colon/],
  ['{"a": }', 1, 7, /value/],
  ['{\n  "a": 1,\n}', 3, 1, /comma too many/],
  ['[1, 2,]', 1, 7, /value/],
  ['[1 2]', 1, 4, /comma/],
  ['{"a": 1} x', 1, 10, /nothing more/],
  ["{'a': 1}", 1, 2, /double quotes/],
  ['{"a": "b\n"}', 1, 7, /value/],
  ['{"a": 01}', 1, 7, /value/],
  ['{"a": NaN}', 1, 7, /value/],
  ['[1}', 1, 3, /comma/],
  ['\r\n\r\n{"a": tru}', 3, 7, /value/],
];

for (const [text, line, column, expected] of breaks) {
  test(`${JSON.stringify(text)} breaks at line ${line}, column ${column}`, (t) => {
    const parsed = parseJson(text);
    if (parsed.type !== 'broken') return t.fail();
    t.deepEqual([parsed.line, parsed.column], [line, column]);
    t.regex(parsed.expected, expected);
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
