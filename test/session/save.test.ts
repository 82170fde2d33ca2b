import {chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {applyCommand} from '../../src/model/command.ts';
import {type Mixer, newMixer, newStrip} from '../../src/model/mixer.ts';
import type {Session} from '../../src/model/session.ts';
import {type Disk, systemDisk} from '../../src/session/durable-file.ts';
import {loadSession} from '../../src/session/load.ts';
import {saveSession, writeSessionFile} from '../../src/session/save.ts';
import {type SessionFile, sessionFileText} from '../../src/session/session-file.ts';

let work = '';
test.before(async () => {
  work = await mkdtemp(join(tmpdir(), 'longthrow-save-'));
});
test.after.always(() => rm(work, {recursive: true, force: true}));

const strips = [
  newStrip({id: 'kick', name: 'Kick', group: 'drums', colour: 'red', channels: 1}),
  newStrip({id: 'vox', name: 'Vox', group: 'vocals', colour: 'magenta'}),
];
const mixer: Mixer = newMixer({strips});

async function newFolder(name: string): Promise<Session> {
  const folder = join(work, name);
  await mkdir(folder);
  await writeFile(join(folder, 'Kick.wav'), '');
  await writeFile(join(work, 'Vox.wav'), '');
  const stems = [
    {strip: 'kick', path: join(folder, 'Kick.wav')},
    {strip: 'vox', path: join(work, 'Vox.wav')},
  ];
  return {folder, name: 'Song', sampleRate: 48_000, mixer, stems, writable: true, problems: []};
}

function numbered(version: number): SessionFile {
  return {longthrow: 2, name: `version ${version}`, sampleRate: 48_000, strips: [], masterLevelDb: 0};
}

/** A disk that fails at the n-th operation that changes it, with the system's error. */
function failing(at: number, code: string): Disk {
  let operations = 0;
  const step = (): void => {
    operations += 1;
    if (operations === at) throw Object.assign(new Error(`${code}: no`), {code});
  };
  return {
    ...systemDisk,
    writeThrough: async (path, bytes, mode) => {
      step();
      await systemDisk.writeThrough(path, bytes, mode);
      step();
    },
    rename: async (from, to) => {
      step();
      await systemDisk.rename(from, to);
    },
    syncFolder: async (folder) => {
      step();
      await systemDisk.syncFolder(folder);
    },
  };
}

test('what is saved is loaded again, value for value', async (t) => {
  const session = await newFolder('round');
  let now = applyCommand(mixer, {type: 'strip.setLevel', strip: 'kick', levelDb: -7.25});
  now = applyCommand(now, {type: 'strip.setLevel', strip: 'master', levelDb: Number.NEGATIVE_INFINITY});
  now = applyCommand(now, {type: 'strip.setPan', strip: 'vox', pan: 1 / 3});
  now = applyCommand(now, {type: 'strip.setSolo', strip: 'vox', soloed: true});
  t.deepEqual(await saveSession(session, now), {type: 'saved'});
  t.deepEqual(await loadSession(session.folder), {type: 'session', session: {...session, mixer: now}});
});

test('any mix is loaded again as it was saved', async (t) => {
  const session = await newFolder('any');
  const level = fc.oneof(fc.constant(Number.NEGATIVE_INFINITY), fc.double({min: -90, max: 10, noNaN: true}));
  const number = (min: number, max: number) => fc.double({min, max, noNaN: true}).map((value) => value + 0);
  const values = fc.record({
    levelDb: level.map((value) => value + 0),
    trimDb: number(-24, 24),
    pan: number(-1, 1),
    muted: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(values, level, async (changed, masterLevelDb) => {
      const now = newMixer({strips: strips.map((strip) => ({...strip, ...changed})), masterLevelDb: masterLevelDb + 0});
      t.deepEqual(await saveSession(session, now), {type: 'saved'});
      const loaded = await loadSession(session.folder);
      t.deepEqual(loaded.type === 'session' ? loaded.session.mixer : undefined, now);
    }),
    {numRuns: 30},
  );
});

test('stems inside the folder are named relative to it, others by their whole path, missing ones as they were', async (t) => {
  const session = await newFolder('paths');
  await rm(join(session.folder, 'Kick.wav'));
  await saveSession(session, mixer);
  const text = await readFile(join(session.folder, 'session.json'), 'utf8');
  t.true(text.includes('"file": "Kick.wav"'));
  t.true(text.includes(JSON.stringify(join(work, 'Vox.wav'))));
});

test('the state before stays beside the saved one; saving the same twice does not lose it', async (t) => {
  const {folder} = await newFolder('backup');
  for (const version of [1, 2, 2, 2]) await writeSessionFile(folder, numbered(version));
  t.is(await readFile(join(folder, 'session.json'), 'utf8'), sessionFileText(numbered(2)));
  t.is(await readFile(join(folder, 'session.json.bak'), 'utf8'), sessionFileText(numbered(1)));
});

test('saves that are asked for at once end with the last one', async (t) => {
  const {folder} = await newFolder('many');
  const saved = await Promise.all(
    Array.from({length: 20}, (_, version) => writeSessionFile(folder, numbered(version))),
  );
  t.true(saved.every((one) => one.type === 'saved'));
  t.is(await readFile(join(folder, 'session.json'), 'utf8'), sessionFileText(numbered(19)));
  t.is(await readFile(join(folder, 'session.json.bak'), 'utf8'), sessionFileText(numbered(18)));
  t.deepEqual((await readdir(folder)).sort(), ['Kick.wav', 'session.json', 'session.json.bak']);
});

test('what could not be read again is not written', async (t) => {
  const {folder} = await newFolder('unreadable');
  await writeSessionFile(folder, numbered(1));
  const saved = await writeSessionFile(folder, {...numbered(2), sampleRate: Number.NaN});
  t.regex(
    saved.type === 'failed' ? `${saved.problem.path} ${saved.problem.reason}` : '',
    /sampleRate was not saved: it must be/,
  );
  t.is(await readFile(join(folder, 'session.json'), 'utf8'), sessionFileText(numbered(1)));
});

test('a session that may not be written to says so and what to do', async (t) => {
  const session = {...(await newFolder('demo')), writable: false};
  const saved = await saveSession(session, mixer);
  t.regex(
    saved.type === 'failed' ? `${saved.problem.reason} ${saved.problem.hint}` : '',
    /may not be written to: .* Copy the folder/,
  );
  t.deepEqual(await readdir(session.folder), ['Kick.wav']);
});

for (const [code, reason] of [
  ['ENOSPC', /the disk is full/],
  ['EROFS', /the disk is read-only/],
  ['EACCES', /may not be written to/],
  ['EIO', /reports an error/],
  ['EODD', /EODD: no/],
] as const) {
  test(`a disk that answers ${code} is an answer with a reason and a cure`, async (t) => {
    const {folder} = await newFolder(code);
    const saved = await writeSessionFile(folder, numbered(1), failing(1, code));
    t.regex(saved.type === 'failed' ? saved.problem.reason : '', reason);
    t.not(saved.type === 'failed' ? saved.problem.hint : undefined, undefined);
    t.is((await writeSessionFile(folder, numbered(1))).type, 'saved');
  });
}

test('a folder that is gone is an answer', async (t) => {
  const saved = await writeSessionFile(join(work, 'nowhere'), numbered(1));
  t.regex(saved.type === 'failed' ? saved.problem.reason : '', /the session folder is gone/);
});

test('a disk that fails at any step leaves the old or the new state, whole, and no temporary file', async (t) => {
  for (let at = 1; at <= 8; at++) {
    const {folder} = await newFolder(`step-${at}`);
    await writeSessionFile(folder, numbered(1));
    await writeSessionFile(folder, numbered(2));
    const saved = await writeSessionFile(folder, numbered(3), failing(at, 'ENOSPC'));
    t.is(saved.type, 'failed', `step ${at}`);
    const now = await readFile(join(folder, 'session.json'), 'utf8');
    const before = await readFile(join(folder, 'session.json.bak'), 'utf8');
    t.true(
      [2, 3].some((version) => now === sessionFileText(numbered(version))),
      `step ${at}`,
    );
    t.true(
      [1, 2].some((version) => before === sessionFileText(numbered(version))),
      `step ${at}`,
    );
    t.deepEqual((await readdir(folder)).sort(), ['Kick.wav', 'session.json', 'session.json.bak']);
  }
});

test('a save keeps the permissions of the file and writes through a link to where it leads', async (t) => {
  const {folder} = await newFolder('link');
  const real = join(work, 'real.json');
  await writeFile(real, sessionFileText(numbered(1)));
  await chmod(real, 0o640);
  await symlink(real, join(folder, 'session.json'));
  t.is((await writeSessionFile(folder, numbered(2))).type, 'saved');
  t.is(await readFile(real, 'utf8'), sessionFileText(numbered(2)));
  t.is((await stat(real)).mode & 0o777, 0o640);
});

test('what a killed program left an hour ago is tidied up, what is younger or another’s is not', async (t) => {
  const {folder} = await newFolder('leftovers');
  for (const name of ['.session.json.12-3.tmp', '.session.json.12-4.tmp', '.other.tmp'])
    await writeFile(join(folder, name), '{');
  await utimes(join(folder, '.session.json.12-3.tmp'), 1, 1);
  await utimes(join(folder, '.other.tmp'), 1, 1);
  await writeSessionFile(folder, numbered(1));
  t.deepEqual((await readdir(folder)).sort(), ['.other.tmp', '.session.json.12-4.tmp', 'Kick.wav', 'session.json']);
});
