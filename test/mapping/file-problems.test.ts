import test from 'ava';
import {z} from 'zod';
import {namesAt, problemAt, schemaProblems} from '../../src/mapping/file-problems.ts';

const schema = z.strictObject({
  name: z.string().min(2).max(4),
  count: z.int().min(1).max(8).optional(),
  mode: z.enum(['read', 'write']).optional(),
  parts: z
    .array(z.strictObject({size: z.number(), colour: z.string().nullable().optional()}))
    .max(2)
    .optional(),
  inner: z.strictObject({on: z.boolean()}).nullable().optional(),
});

function told(value: unknown): readonly string[] {
  const read = schema.safeParse(value, {reportInput: true});
  if (read.success) return [];
  return schemaProblems('f.json', schema, read.error.issues).map(
    ({path, reason, hint}) => `${path} ${reason}${hint === undefined ? '' : ` (${hint})`}`,
  );
}

const faults: readonly (readonly [unknown, string])[] = [
  [{}, 'f.json: name missing: a text is needed'],
  [{name: 7}, 'f.json: name a text is needed here'],
  [{name: 'a'}, 'f.json: name too short: at least 2 characters'],
  [{name: 'abcde'}, 'f.json: name too long: at most 4 characters'],
  [{name: 'ab', count: 0}, 'f.json: count at least 1'],
  [{name: 'ab', count: 9}, 'f.json: count at most 8'],
  [{name: 'ab', count: 1.5}, 'f.json: count a whole number is needed here'],
  [{name: 'ab', mode: 'wriet'}, 'f.json: mode "wriet" is not valid here (did you mean "write"?)'],
  [{name: 'ab', mode: 'x'}, 'f.json: mode "x" is not valid here (one of read, write)'],
  [{name: 'ab', mode: null}, 'f.json: mode one of read, write is needed here'],
  [{name: 'ab', parts: {}}, 'f.json: parts a list [ ] is needed here'],
  [{name: 'ab', parts: [{size: 1}, {size: 'l'}]}, 'f.json: parts[1].size a number is needed here'],
  [{name: 'ab', parts: [{size: 1, color: 'red'}]}, 'f.json: parts[0].color no such field (did you mean "colour"?)'],
  [{name: 'ab', parts: [{size: 1}, {size: 1}, {size: 1}]}, 'f.json: parts too long: at most 2 entries'],
  [{name: 'ab', inner: {on: 'yes'}}, 'f.json: inner.on true or false is needed here'],
  [{name: 'ab', inner: {onn: true, on: true}}, 'f.json: inner.onn no such field (did you mean "on"?)'],
  [{nmae: 'ab', name: 'ab'}, 'f.json: nmae no such field (did you mean "name"?)'],
  ['text', 'f.json an object { } is needed here'],
];

for (const [value, problem] of faults) {
  test(`${JSON.stringify(value)} is told as: ${problem}`, (t) => {
    t.deepEqual(told(value), [problem]);
  });
}

test('every fault of a file is told at once', (t) => {
  t.is(told({name: 7, count: 99, mode: 'x', extra: 1, other: 2}).length, 5);
});

test('a schema says which names it knows at a place, through lists and what may be null', (t) => {
  t.deepEqual(namesAt(schema, []), ['name', 'count', 'mode', 'parts', 'inner']);
  t.deepEqual(namesAt(schema, ['parts', 1]), ['size', 'colour']);
  t.deepEqual(namesAt(schema, ['inner']), ['on']);
  t.deepEqual(namesAt(schema, ['name']), []);
  t.deepEqual(namesAt(schema, ['nowhere', 0, 'at all']), []);
});

test('a place is written as people write it', (t) => {
  t.is(problemAt('a.json', [], 'why').path, 'a.json');
  t.is(problemAt('a.json', ['controls', 'fader.*', 'cc', 3], 'why').path, 'a.json: controls.fader.*.cc[3]');
  t.is(problemAt('a.json', [0, 'name'], 'why').path, 'a.json: [0].name');
});

test('a problem without a hint has no hint', (t) => {
  t.deepEqual(problemAt('a.json', ['x'], 'why'), {path: 'a.json: x', reason: 'why', severity: 'error'});
  t.deepEqual(problemAt('a.json', ['x'], 'why', 'so'), {
    path: 'a.json: x',
    reason: 'why',
    hint: 'so',
    severity: 'error',
  });
});
