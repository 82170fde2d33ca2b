import {chmod, mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {loadSession} from '../../src/session/load.ts';
import {sessionFileOf} from '../../src/session/save.ts';
import {type SessionFile, type SessionFileStrip, sessionFileText} from '../../src/session/session-file.ts';

let work = '';
test.before(async () => {
  work = await mkdtemp(join(tmpdir(), 'longthrow-load-'));
});
test.after.always(() => rm(work, {recursive: true, force: true}));

function strip(id: string, file: string, values: Partial<SessionFileStrip> = {}): SessionFileStrip {
  const plain = {trimDb: 0, levelDb: 0, pan: 0, muted: false, soloed: false, soloSafe: false, polarityInverted: false};
  return {id, name: id, file, group: 'drums', colour: 'red', channels: 1, ...plain, ...values};
}

async function session(name: string, strips: readonly SessionFileStrip[], stems: readonly string[]): Promise<string> {
  const folder = join(work, name);
  await mkdir(folder);
  const file: SessionFile = {longthrow: 2, name: 'Song', sampleRate: 44_100, strips, masterLevelDb: null};
  await writeFile(join(folder, 'session.json'), sessionFileText(file));
  for (const stem of stems) await writeFile(join(folder, stem), '');
  return folder;
}

async function refusals(path: string): Promise<string> {
  const loaded = await loadSession(path);
  return loaded.type === 'refused'
    ? loaded.problems.map(({reason, hint}) => `${reason}; ${hint ?? ''}`).join('\n')
    : 'opened';
}

test('a session opens from its folder and from its file, with the mixer as it was saved', async (t) => {
  const folder = await session(
    'plain',
    [strip('kick', 'Kick.wav', {levelDb: null, pan: -0.5, muted: true, name: 'Ki\tck'})],
    ['Kick.wav'],
  );
  for (const path of [folder, join(folder, 'session.json')]) {
    const loaded = await loadSession(path);
    if (loaded.type !== 'session') return t.fail();
    const {mixer, stems, ...rest} = loaded.session;
    t.deepEqual(rest, {folder, name: 'Song', sampleRate: 44_100, writable: true, problems: []});
    t.deepEqual(stems, [{strip: 'kick', path: join(folder, 'Kick.wav')}]);
    t.like(mixer, {masterLevelDb: Number.NEGATIVE_INFINITY});
    t.like(mixer.strips[0], {
      id: 'kick',
      name: 'Ki ck',
      levelDb: Number.NEGATIVE_INFINITY,
      pan: -0.5,
      muted: true,
      soloed: false,
    });
  }
});

test('a missing stem is a problem with the nearest file; its strip stays, its path is kept', async (t) => {
  const folder = await session(
    'missing',
    [strip('kick', 'Kick.wav'), strip('vox', 'Vox_final.wav')],
    ['Kick.wav', 'vox_final2.wav'],
  );
  const loaded = await loadSession(folder);
  if (loaded.type !== 'session') return t.fail();
  t.is(loaded.session.mixer.strips.length, 2);
  t.deepEqual(loaded.session.stems[1], {strip: 'vox', path: join(folder, 'Vox_final.wav'), missing: true});
  t.deepEqual(loaded.session.problems, [
    {
      path: join(folder, 'Vox_final.wav'),
      reason: 'is missing; its strip is silent',
      hint: 'There is a "vox_final2.wav" beside it.',
      severity: 'warning',
    },
  ]);
});

test('a session whose stems are all gone opens all the same, with a problem for each', async (t) => {
  const folder = await session(
    'gone',
    [strip('kick', 'Kick.wav'), strip('vox', 'away/Vox.wav'), strip('bass', '/nix/Bass.wav')],
    [],
  );
  const loaded = await loadSession(folder);
  if (loaded.type !== 'session') return t.fail();
  t.is(loaded.session.problems.length, 3);
  t.true(loaded.session.stems.every((stem) => stem.missing === true));
});

test('a folder in place of a stem is a problem, not a stem', async (t) => {
  const folder = await session('folder-stem', [strip('kick', 'Kick.wav')], []);
  await mkdir(join(folder, 'Kick.wav'));
  const loaded = await loadSession(folder);
  t.is(loaded.type === 'session' ? loaded.session.problems[0]?.reason : '', 'is not a file; its strip is silent');
});

test('a strip with a default name is a problem to be told', async (t) => {
  const folder = await session('default', [strip('audio-7', 'Kick.wav', {name: 'Audio 07'})], ['Kick.wav']);
  const loaded = await loadSession(folder);
  t.is(
    loaded.type === 'session' ? loaded.session.problems[0]?.reason : '',
    'the strip "Audio 07" was never given a name',
  );
});

test('a place that is not there is refused', async (t) => {
  t.regex(await refusals(join(work, 'nix')), /^is not there; Check how it is written/);
});

test('a folder of stems without a session is refused with the way to make one', async (t) => {
  const folder = join(work, 'stems-only');
  await mkdir(folder);
  t.regex(await refusals(folder), /^holds no session\.json; Give the folder of a session/);
  await writeFile(join(folder, 'a.wav'), '');
  await writeFile(join(folder, 'b.wav'), '');
  t.regex(await refusals(folder), /"longthrow new .*stems-only" makes a session from its 2 audio files/);
});

test('some other file is refused with the way to make a session', async (t) => {
  const file = join(work, 'Song.wav');
  await writeFile(file, '');
  t.regex(await refusals(file), /^is not a session; .*longthrow new FOLDER/);
});

test('a folder named session.json is refused', async (t) => {
  const folder = join(work, 'odd');
  await mkdir(join(folder, 'session.json'), {recursive: true});
  t.regex(await refusals(folder), /^is not a file/);
});

test('a damaged session is refused with its place, and with the kept state if there is one', async (t) => {
  const folder = await session('damaged', [strip('kick', 'Kick.wav')], ['Kick.wav']);
  await writeFile(
    join(folder, 'session.json.bak'),
    sessionFileText({longthrow: 2, name: 'Before', sampleRate: 48_000, strips: [], masterLevelDb: 0}),
  );
  await writeFile(join(folder, 'session.json'), '{"longthrow": 1,');
  t.regex(
    await refusals(folder),
    /is not JSON at line 1, column 17;[\s\S]*holds the state before the last save; "longthrow .*session\.json\.bak" opens it/,
  );
  const loaded = await loadSession(join(folder, 'session.json.bak'));
  t.is(loaded.type === 'session' ? loaded.session.name : '', 'Before');
});

test('a session file of more than the largest size is refused unread', async (t) => {
  const folder = await session('large', [], []);
  await writeFile(join(folder, 'session.json'), ' '.repeat(8_000_001));
  t.regex(await refusals(folder), /is larger than 8 MB/);
});

test('bytes that are no text are refused', async (t) => {
  const folder = await session('bytes', [], []);
  await writeFile(
    join(folder, 'session.json'),
    Uint8Array.from({length: 3000}, (_, index) => (index * 89) % 256),
  );
  t.regex(await refusals(folder), /is not JSON/);
});

test('a session that may be read but not written opens as such', async (t) => {
  const folder = await session('locked', [], []);
  await chmod(join(folder, 'session.json'), 0o444);
  const loaded = await loadSession(folder);
  // The superuser may write to everything; for all others the file's permission counts.
  t.is(loaded.type === 'session' ? loaded.session.writable : undefined, process.getuid?.() === 0);
});

test('references are looked for beside the session; what is not there is told, keeps its place, and the session opens', async (t) => {
  const folder = await session('compared', [strip('kick', 'Kick.wav')], ['Kick.wav', 'Master.wav']);
  const read: SessionFile = {
    ...{longthrow: 2, name: 'Song', sampleRate: 44_100, masterLevelDb: 0},
    strips: [strip('kick', 'Kick.wav')],
    references: ['Master.wav', 'Mastre.wav', '/nowhere/at all.wav', folder],
  };
  await writeFile(join(folder, 'session.json'), sessionFileText(read));
  const loaded = await loadSession(folder);
  if (loaded.type !== 'session') return t.fail();
  t.deepEqual(loaded.session.references, [
    {path: join(folder, 'Master.wav')},
    {path: join(folder, 'Mastre.wav'), missing: true},
    {path: '/nowhere/at all.wav', missing: true},
    {path: folder, missing: true},
  ]);
  t.deepEqual(
    loaded.session.problems.map(({reason, hint, severity}) => [severity, reason, hint]),
    [
      ['warning', 'is missing; the mix cannot be compared with it', 'There is a "Master.wav" beside it.'],
      ['warning', 'is missing; the mix cannot be compared with it', 'Bring the file back and open the session again.'],
      ['warning', 'is not a file; the mix cannot be compared with it', undefined],
    ],
  );
  t.deepEqual(sessionFileOf(loaded.session, loaded.session.mixer).references, [
    'Master.wav',
    'Mastre.wav',
    '/nowhere/at all.wav',
    folder,
  ]);
});

test('references that cannot be are refused by place and reason', async (t) => {
  const folder = await session('wrong references', [], []);
  const path = join(folder, 'session.json');
  const written = {longthrow: 1, name: 'Song', sampleRate: 44_100, strips: [], masterLevelDb: 0};
  for (const [references, expected] of [
    [['../x.wav'], /references\[0\] leads out of the session folder/],
    [['a.wav', ''], /references\[1\] must not be empty/],
    [[3], /references\[0\] must be a string/],
    ['a.wav', /references must be a list/],
    [Array.from({length: 9}, () => 'a.wav'), /references is longer than 8/],
  ] as const) {
    await writeFile(path, JSON.stringify({...written, references}));
    const loaded = await loadSession(folder);
    const problem = loaded.type === 'refused' ? loaded.problems[0] : undefined;
    t.regex(`${problem?.path.slice(path.length + 2)} ${problem?.reason}`, expected);
  }
});
