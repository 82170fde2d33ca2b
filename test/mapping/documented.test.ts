import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {z} from 'zod';
import {generatedFiles, projectFolder} from '../../src/app/generate.ts';
import {compileMappings, type MappingText} from '../../src/mapping/compile.ts';
import {shippedMappings} from '../../src/mapping/folder.ts';
import {surfaceHandbook, surfacePages} from '../../src/mapping/handbook.ts';
import {loadMappings} from '../../src/mapping/load.ts';
import {actionNames} from '../../src/model/layout.ts';

const shipped: readonly MappingText[] = (
  await Promise.all(
    ['surfaces', 'layouts'].map(async (kind) => {
      const names = await readdir(join(shippedMappings, kind));
      return Promise.all(
        names.map(async (name) => ({
          path: `${kind}/${name}`,
          text: await readFile(join(shippedMappings, kind, name), 'utf8'),
        })),
      );
    }),
  )
).flat();
const guide = await readFile(join(projectFolder, 'docs/adding-a-surface.md'), 'utf8');
const examples = [...guide.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => text ?? '');

test('the guide has an example of every kind', (t) => {
  t.true(examples.some((text) => text.includes('"extends"')));
  t.true(examples.some((text) => text.includes('"plain"')));
  t.true(examples.some((text) => text.includes('"bindings"')));
});

for (const [index, text] of examples.entries()) {
  test(`example ${index + 1} of the guide compiles as it stands`, (t) => {
    const path = `own/example-${index + 1}.json`;
    const {surfaces, layouts, problems} = compileMappings([...shipped, {path, text}]);
    t.deepEqual(problems, []);
    t.true([...surfaces, ...layouts].some(({id}) => id === `example-${index + 1}`));
  });
}

test('the layers and pages of the task page compile as they stand', async (t) => {
  const page = await readFile(join(projectFolder, 'docs/layers.md'), 'utf8');
  const parts = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => JSON.parse(text ?? ''));
  const level = {id: 'level', short: 'LV', fader: 'level', encoder: 'pan'};
  t.is(parts.length, 3);
  for (const part of parts) {
    const isPage = 'pages' in part;
    const file = {name: 'Own', layers: isPage ? [level] : [level, part], pages: isPage ? [part] : [], bindings: {}};
    t.deepEqual(compileMappings([{path: 'own.json', text: JSON.stringify(file)}]).problems, []);
  }
});

test('the slip that the guide shows is told in the same words', (t) => {
  const text = (examples.find((example) => example.includes('"plain"')) ?? '').replace('fader.*', 'fadr.*');
  const [problem] = compileMappings([{path: 'mappings/surfaces/fader-one.json', text}]).problems;
  t.true(guide.includes(`${problem?.path}: ${problem?.reason} (${problem?.hint})`), JSON.stringify(problem));
});

test('the generated schemas accept every shipped mapping and refuse a misspelt one', async (t) => {
  const files = await generatedFiles();
  for (const kind of ['surface', 'layout']) {
    const text = files.find(({path}) => path.endsWith(`${kind}.schema.json`))?.content ?? '';
    const schema = z.fromJSONSchema(JSON.parse(text));
    // The reader used here takes names as known once any part of an anyOf says nothing against them.
    const {anyOf: _, ...fieldsOnly} = JSON.parse(text);
    const fields = z.fromJSONSchema(fieldsOnly);
    for (const file of shipped.filter(({path}) => path.startsWith(kind))) {
      const value: object = JSON.parse(file.text);
      t.true(schema.safeParse(value).success, file.path);
      t.true(fields.safeParse(value).success, file.path);
      t.false(fields.safeParse({...value, naem: 'x'}).success, file.path);
    }
  }
});

test('an editor knows every action that the shipped layouts bind, and marks others', async (t) => {
  const file = (await generatedFiles()).find(({path}) => path === 'mappings/layout.schema.json');
  const {anyOf} = JSON.parse(file?.content ?? '').$defs.bindings.additionalProperties;
  const isKnown = (action: string): boolean =>
    anyOf.some((one: {readonly enum?: readonly string[]; readonly pattern?: string}) =>
      one.pattern === undefined ? one.enum?.includes(action) : new RegExp(one.pattern).test(action),
    );
  const {layouts} = await loadMappings(shippedMappings);
  const bound = layouts.flatMap(({bindings, shifted}) => [...bindings.values(), ...shifted.values()]);
  t.deepEqual(
    bound.filter((action) => !isKnown(action)),
    [],
  );
  for (const wrong of ['marker:0', 'marker:10', 'muteGroup:9', 'value:volume', 'strip.mut']) t.false(isKnown(wrong));
});

test('the page of layers has a row for every action', async (t) => {
  const page = await readFile(join(projectFolder, 'docs/layers.md'), 'utf8');
  for (const action of [
    ...actionNames,
    'value:PARAMETER',
    'marker:1',
    'muteGroup:1',
    'show:vcas',
    'layer:ID',
    'page:ID',
  ])
    t.regex(page, new RegExp(`^\\|[^|]*\`${action.replace('.', '\\.')}\`[^|]*\\| *[^| ]`, 'm'), action);
});

test('the page of all surfaces has a row for each, which leads to a page of its own with all that people should know', async (t) => {
  const mappings = await loadMappings(shippedMappings);
  const links = [...surfaceHandbook(mappings).matchAll(/\]\(surfaces\/([^)]+)\)/g)].map(([, name]) => name ?? '');
  const pages = surfacePages(mappings);
  t.deepEqual(
    links,
    pages.map(({name}) => name),
  );
  t.is(new Set(links).size, mappings.surfaces.length);
  for (const [id, {setUp, notes}] of mappings.guides) {
    const page = pages.find(({name}) => name === `${id}.md`)?.content ?? '';
    for (const line of [...setUp, ...notes]) t.true(page.includes(line), line);
  }
});

test('no page is left of a surface that is gone', async (t) => {
  const {surfaces} = await loadMappings(shippedMappings);
  const names = (await readdir(join(projectFolder, 'docs/surfaces'))).sort();
  t.deepEqual(names, surfaces.map(({id}) => `${id}.md`).sort());
});

test('every page says how the device is set up, what it shows, what its controls do, and that it was tried or not', async (t) => {
  const mappings = await loadMappings(shippedMappings);
  for (const {name, content} of surfacePages(mappings)) {
    const headings = [...content.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    t.deepEqual(headings, ['Set it up', 'What it shows', 'What its controls do', 'Good to know'], name);
    t.true(content.includes(`**${mappings.guides.get(name.replace(/\.md$/, ''))?.tested}**`), name);
  }
});

test('a page says what a key does, what it does with shift, and whether it has a lamp', async (t) => {
  const pages = surfacePages(await loadMappings(shippedMappings));
  const page = pages.find(({name}) => name === 'korg-nanokontrol2.md')?.content ?? '';
  t.regex(page, /^\| M +\| mute +\| turn the polarity +\| yes +\| `mute\.\*` +\|$/m);
  t.regex(page, /^\| TRACK ◄ +\| one strip to the left +\| turn the page to the left +\| `channel-left` +\|$/m);
  t.regex(page, /^- Warnings of each strip, by the rhythm of a lamp: \*\*R\*\* /m);
});
