import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {loadSession} from '../../src/session/load.ts';
import {saveSession} from '../../src/session/save.ts';

let work = '';
test.before(async () => {
  work = await mkdtemp(join(tmpdir(), 'longthrow-moved-'));
});
test.after.always(() => rm(work, {recursive: true, force: true}));

const rest = {group: 'other', colour: 'white', channels: 2, trimDb: 0, levelDb: 0, pan: 0};
const switches = {muted: false, soloed: false, soloSafe: false, polarityInverted: false};

interface Given {
  /** `file` of the strip, relative to the session's folder or to `ROOT`, which stands for the folder around it. */
  readonly file: string;
  readonly bytes?: number;
  /** Files that are there, from the folder around the session's (`song`), with their lengths. */
  readonly files: Readonly<Record<string, number>>;
}

async function loaded(t: ExecutionContext, {file, bytes, files}: Given) {
  const root = await mkdtemp(join(work, 'case-'));
  const folder = join(root, 'song');
  await mkdir(folder);
  for (const [name, length] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), {recursive: true});
    await writeFile(join(root, name), Buffer.alloc(length));
  }
  const strips = [
    {
      id: 'kick',
      name: 'Kick',
      file: file.replace('ROOT', root),
      ...(bytes === undefined ? {} : {bytes}),
      ...rest,
      ...switches,
    },
  ];
  await writeFile(
    join(folder, 'session.json'),
    JSON.stringify({longthrow: 2, name: 'Song', sampleRate: 48_000, strips, masterLevelDb: 0}),
  );
  const read = await loadSession(folder);
  if (read.type === 'refused') {
    t.fail(JSON.stringify(read.problems));
    throw new Error('refused');
  }
  return {root, folder, session: read.session};
}

const cases: readonly (readonly [law: string, given: Given, path: string | undefined, told: RegExp])[] = [
  [
    'a stem that was moved into a folder below the session is found by name and length',
    {file: 'Kick.wav', bytes: 7, files: {'song/stems/new/Kick.wav': 7}},
    'song/stems/new/Kick.wav',
    /was moved, and found again by name and length: stems.new.Kick\.wav/,
  ],
  [
    'a stem whose folder was renamed is found beside the old place',
    {file: 'ROOT/takes/Kick.wav', bytes: 7, files: {'takes old/Kick.wav': 7}},
    'takes old/Kick.wav',
    /found again by name and length/,
  ],
  [
    'of two that have name and length neither is taken, and both are told',
    {file: 'Kick.wav', bytes: 7, files: {'song/a/Kick.wav': 7, 'song/b/Kick.wav': 7}},
    undefined,
    /several could be it: a.Kick\.wav, b.Kick\.wav/,
  ],
  [
    'of two of its name the one of its length is it',
    {file: 'Kick.wav', bytes: 7, files: {'song/a/Kick.wav': 8, 'song/b/Kick.wav': 7}},
    'song/b/Kick.wav',
    /found again/,
  ],
  [
    'one of its name and another length is told, and not taken',
    {file: 'Kick.wav', bytes: 7, files: {'song/a/Kick.wav': 8}},
    undefined,
    /a.Kick\.wav has its name but another length/,
  ],
  [
    'without a known length a single one of its name below the session will do',
    {file: 'Kick.wav', files: {'song/a/Kick.wav': 8}},
    'song/a/Kick.wav',
    /found again by its name/,
  ],
  [
    'without a known length the kick of the song next door will not do',
    {file: 'Kick.wav', files: {'other song/Kick.wav': 8}},
    undefined,
    /is missing; its strip is silent/,
  ],
  [
    'hidden folders are not looked into',
    {file: 'Kick.wav', bytes: 7, files: {'song/.trash/Kick.wav': 7}},
    undefined,
    /is missing/,
  ],
  [
    'what is nowhere stays missing',
    {file: 'Kick.wav', bytes: 7, files: {}},
    undefined,
    /is missing; its strip is silent/,
  ],
];

for (const [law, given, path, told] of cases) {
  test(law, async (t) => {
    const {root, session} = await loaded(t, given);
    const [stem] = session.stems;
    t.is(stem?.missing, path === undefined ? true : undefined);
    if (path !== undefined) t.is(stem?.path, join(root, path));
    t.is(session.problems.length, 1);
    t.regex(session.problems[0]?.reason ?? '', told);
    t.is(session.problems[0]?.severity, 'warning');
  });
}

test('a file that another strip plays is not taken for a stem that was moved', async (t) => {
  const {folder} = await loaded(t, {file: 'Kick.wav', bytes: 7, files: {'song/alt/Kick.wav': 7}});
  const strips = ['Kick.wav', 'alt/Kick.wav'].map((file, index) => ({
    id: `k${index}`,
    name: 'Kick',
    file,
    bytes: 7,
    ...rest,
    ...switches,
  }));
  await writeFile(
    join(folder, 'session.json'),
    JSON.stringify({longthrow: 2, name: 'S', sampleRate: 48_000, strips, masterLevelDb: 0}),
  );
  const read = await loadSession(folder);
  if (read.type === 'refused') return t.fail();
  t.deepEqual(
    read.session.stems.map(({missing}) => missing),
    [true, undefined],
  );
});

test('folders that lead back to themselves do not hold up the search', async (t) => {
  const {folder} = await loaded(t, {file: 'Kick.wav', bytes: 7, files: {'song/stems/a/Snare.wav': 7}});
  await symlink(folder, join(folder, 'stems', 'a', 'again'));
  const read = await loadSession(folder);
  t.is(read.type === 'session' && read.session.stems[0]?.missing, true);
});

test('a save remembers where a stem was found, and how long it is', async (t) => {
  const {folder, session} = await loaded(t, {file: 'Kick.wav', files: {'song/a/Kick.wav': 9}});
  t.is((await saveSession(session, session.mixer)).type, 'saved');
  const again = await loadSession(folder);
  if (again.type === 'refused') return t.fail();
  t.deepEqual(again.session.problems, []);
  t.deepEqual(again.session.stems, [{strip: 'kick', path: join(folder, 'a', 'Kick.wav'), bytes: 9}]);
});
