import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {shippedMappings} from '../../src/mapping/folder.ts';
import {checkFile, loadMappings} from '../../src/mapping/load.ts';

async function folderWith(t: {teardown(way: () => Promise<void>): void}, files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'mappings-'));
  t.teardown(() => rm(folder, {recursive: true}));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), {recursive: true});
    await writeFile(join(folder, name), text);
  }
  return folder;
}

const own = JSON.stringify({
  extends: 'x-touch',
  name: 'My own',
  ports: ['^My own$'],
  tested: 'yes',
  faders: {settleMs: 99},
});

test('a bad file is a problem with its path, and the rest loads', async (t) => {
  const folder = await folderWith(t, {
    'surfaces/good.json': await readFile(join(shippedMappings, 'surfaces', 'mackie-control.json'), 'utf8'),
    'surfaces/torn.json': '{"name": "Torn",\n  "maker": ',
    'surfaces/readme.txt': 'not a mapping',
    'layouts/mixer.json': await readFile(join(shippedMappings, 'layouts', 'mixer.json'), 'utf8'),
  });
  const {surfaces, layouts, problems} = await loadMappings(folder);
  t.deepEqual(
    surfaces.map(({id}) => id),
    ['good'],
  );
  t.deepEqual(
    layouts.map(({id}) => id),
    ['mixer'],
  );
  t.deepEqual(problems[0], {
    path: `${join(folder, 'surfaces', 'torn.json')}: line 2, column 12`,
    reason: 'the file ends too early',
    severity: 'error',
  });
});

test("a user's folder adds surfaces, and may extend those that come with the program", async (t) => {
  const folder = await folderWith(t, {'surfaces/mine.json': own});
  const {surfaces, problems} = await loadMappings(shippedMappings, folder);
  t.deepEqual(problems, []);
  t.like(
    surfaces.find(({id}) => id === 'mine'),
    {name: 'My own', strips: 8},
  );
});

test("a user's file of the same name replaces the shipped one, and may extend it", async (t) => {
  const folder = await folderWith(t, {'surfaces/x-touch.json': own});
  const {surfaces, problems} = await loadMappings(shippedMappings, folder);
  t.deepEqual(problems, []);
  const touched = surfaces.filter(({id}) => id === 'x-touch');
  t.is(touched.length, 1);
  t.is(touched[0]?.name, 'My own');
  t.is(touched[0]?.faders.settleMs, 99);
});

test('whoever replaces a file in a folder of their own changes nothing for the shipped ones that extend it', async (t) => {
  const usual = await loadMappings(shippedMappings);
  const places = (await readdir(join(shippedMappings, 'surfaces'))).map((name) =>
    join(shippedMappings, 'surfaces', name),
  );
  const files = await Promise.all(
    places.map(async (path): Promise<{extends?: string}> => JSON.parse(await readFile(path, 'utf8'))),
  );
  const bases = new Set(files.flatMap((file) => file.extends ?? []));
  t.true(bases.size > 3 && bases.has('mackie-control'));
  const learned = JSON.stringify({
    ...{name: 'Learned', maker: 'Learned', dialect: 'plain', ports: ['^Learned$'], unit: 'main', strips: 1, faders: {}},
    ...{controls: {'fader.*': {cc: 1}}, tested: 'yes'},
  });
  const folder = await folderWith(
    t,
    Object.fromEntries([...bases].map((id): [string, string] => [`surfaces/${id}.json`, learned])),
  );
  const {surfaces, problems} = await loadMappings(shippedMappings, folder);
  t.deepEqual(problems, []);
  const [others, before] = [surfaces, usual.surfaces].map((all) => all.filter(({id}) => !bases.has(id)));
  t.deepEqual(others, before);
  t.is(surfaces.filter(({name}) => name === 'Learned').length, bases.size);
});

test('a file extends what its own folder has, or an earlier one, and never a later one', async (t) => {
  const named = (name: string, parent: string): string =>
    JSON.stringify({extends: parent, name, ports: [`^${name}$`], tested: 'yes'});
  const mine = await folderWith(t, {
    // It extends what itself extends the file that it replaces.
    'surfaces/mackie-control.json': own,
    'surfaces/near.json': named('Near', 'mackie-control'),
    'surfaces/lost.json': named('Lost', 'farther'),
  });
  const given = await folderWith(t, {
    'surfaces/mackie-control.json': own.replace('99', '77'),
    'surfaces/farther.json': named('Farther', 'mackie-control'),
  });
  const {surfaces, problems} = await loadMappings(shippedMappings, mine, given);
  const settling = (id: string): number | undefined => surfaces.find((one) => one.id === id)?.faders.settleMs;
  t.deepEqual(
    problems.map(({path, reason}) => `${path.slice(mine.length + 1)} ${reason}`),
    ['surfaces/lost.json: extends there is no good surface file "farther"'],
  );
  t.deepEqual(['near', 'farther', 'mackie-control'].map(settling), [99, 77, 77]);
  t.not(settling('x-touch'), 99);
  t.deepEqual(await checkFile(join(mine, 'surfaces', 'near.json')), []);
});

test('a folder of the user that does not exist is empty, one of the program that does not is a problem', async (t) => {
  const missing = join(tmpdir(), 'no-such-folder-of-mappings');
  t.deepEqual((await loadMappings(shippedMappings, missing)).problems, []);
  const {problems, surfaces} = await loadMappings(missing);
  t.deepEqual(surfaces, []);
  t.deepEqual(
    problems.map(({path}) => path),
    ['surfaces', 'layouts'].map((kind) => join(missing, kind)),
  );
});

test('a file that cannot be read is a problem', async (t) => {
  const folder = await folderWith(t, {'surfaces/folder.json/x': ''});
  const {problems} = await loadMappings(shippedMappings, folder);
  t.is(problems.length, 1);
  t.is(problems[0]?.path, join(folder, 'surfaces', 'folder.json'));
  t.regex(problems[0]?.reason ?? '', /^cannot be read: /);
});

test('checking a file tells only of this file', async (t) => {
  const folder = await folderWith(t, {
    'surfaces/a.json': own.replace('settleMs', 'setleMs'),
    'surfaces/b.json': '{',
    'layouts/c.json': '{"name": "C", "layers": [], "bindings": {"fadr.*": "strip.fader"}}',
  });
  const a = join(folder, 'surfaces', 'a.json');
  t.deepEqual(await checkFile(a), [
    {path: `${a}: faders.setleMs`, reason: 'no such field', hint: 'did you mean "settleMs"?', severity: 'error'},
  ]);
  t.regex((await checkFile(join(folder, 'surfaces', 'b.json')))[0]?.path ?? '', /b\.json: line 1, column 2$/);
  t.regex((await checkFile(join(folder, 'layouts', 'c.json')))[0]?.path ?? '', /c\.json: layers$/);
});

test('a file that lies alone is checked against the mappings of the program', async (t) => {
  const folder = await folderWith(t, {
    'mine.json': own,
    'layout.json':
      '{"name": "L", "layers": [{"id": "a", "short": "A", "fader": "level", "encoder": "pan"}], "bindings": {"mute.*": "strip.mute"}}',
  });
  t.deepEqual(await checkFile(join(folder, 'mine.json')), []);
  t.deepEqual(await checkFile(join(folder, 'layout.json')), []);
});

test('its neighbours count when a file of a folder of mappings is checked', async (t) => {
  const folder = await folderWith(t, {'surfaces/base.json': own, 'surfaces/sub.json': own.replace('x-touch', 'base')});
  t.deepEqual(await checkFile(join(folder, 'surfaces', 'sub.json')), []);
});

test('a file that is not there is a problem', async (t) => {
  const [problem] = await checkFile(join(tmpdir(), 'no-such-mapping.json'));
  t.regex(problem?.reason ?? '', /^cannot be read: /);
});
