import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {compileMappings, type MappingText} from '../../src/mapping/compile.ts';
import {shippedMappings} from '../../src/mapping/folder.ts';

const shipped: readonly MappingText[] = (
  await Promise.all(
    ['surfaces', 'layouts'].map(async (kind) =>
      Promise.all(
        (
          await readdir(join(shippedMappings, kind))
        ).map(async (name) => ({
          path: `${kind}/${name}`,
          text: await readFile(join(shippedMappings, kind, name), 'utf8'),
        })),
      ),
    ),
  )
).flat();

/** Either the file compiled, or there is at least one problem and every one of them names the file. */
function isUsedOrExplained(path: string, text: string, around: readonly MappingText[]): boolean {
  const {surfaces, layouts, problems} = compileMappings([...around, {path, text}]);
  const told = problems.every((problem) => problem.path.startsWith(path) && problem.reason.length > 0);
  const id = path.replace(/^.*\/|\.json$/g, '');
  return told && (problems.length > 0 || [...surfaces, ...layouts].some((one) => one.id === id));
}

test('any text is used or explained, never thrown at anyone', (t) => {
  fc.assert(
    fc.property(fc.string({maxLength: 200}), (text) => isUsedOrExplained('s/any.json', text, [])),
    {numRuns: 300},
  );
  t.pass();
});

test('any JSON is used or explained', (t) => {
  const words = fc.constantFrom(
    ...[
      'name',
      'strips',
      'faders',
      'controls',
      'fader.*',
      'cc',
      'bindings',
      'layers',
      'ports',
      'extends',
      '$schema',
      '__proto__',
    ],
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      {maxDepth: 4},
      fc.jsonValue({maxDepth: 1}),
      fc.array(tie('any'), {maxLength: 4}),
      fc.dictionary(fc.oneof(words, fc.string({maxLength: 6})), tie('any'), {maxKeys: 6}),
    ),
  })).any;
  fc.assert(
    fc.property(value, (any) => isUsedOrExplained('s/any.json', JSON.stringify(any), [])),
    {numRuns: 500},
  );
  t.pass();
});

test('a shipped mapping in which anything was changed is used or explained', (t) => {
  const odd = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      -1,
      0.5,
      1e9,
      '',
      'fader.*',
      'strip.fader',
      '(',
      [],
      {},
      [[0, null]],
      {cc: 0},
      {'fader.*': {cc: [1]}},
    ),
    fc.jsonValue({maxDepth: 2}),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...shipped),
      fc.nat(),
      fc.constantFrom('replace', 'remove', 'rename'),
      odd,
      ({path, text}, seed, how, value) => {
        const changed = change(JSON.parse(text), {left: seed % countOf(JSON.parse(text))}, how, value);
        return isUsedOrExplained(path, JSON.stringify(changed) ?? 'null', ancestors(text));
      },
    ),
    {numRuns: 400},
  );
  t.pass();
});

/** The shipped files that a file extends, directly or not. */
function ancestors(text: string): readonly MappingText[] {
  const id = /"extends": "([^"]+)"/.exec(text)?.[1];
  const parent = shipped.find(({path}) => path === `surfaces/${id}.json`);
  return parent === undefined ? [] : [parent, ...ancestors(parent.text)];
}

function countOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, item) => sum + countOf(item), 1);
}

/** The value with its `left`-th part replaced, removed, or put under another name. */
function change(value: unknown, place: {left: number}, how: string, by: unknown): unknown {
  if (place.left-- === 0) return by;
  if (Array.isArray(value)) return value.map((item) => change(item, place, how, by));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const here = place.left === 0;
      const changed = change(item, place, how, by);
      if (here && how === 'remove') return [];
      return [[here && how === 'rename' ? `${key}x` : key, here && how === 'rename' ? item : changed]];
    }),
  );
}
