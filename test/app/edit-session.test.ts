import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {editSession} from '../../src/app/edit-session.ts';
import {openSession} from '../../src/app/open-session.ts';
import {emptyLane, type Lane} from '../../src/model/lane.ts';
import {changeBetween} from '../../src/model/lane-change.ts';
import {newMixer, newStrip} from '../../src/model/mixer.ts';
import {DeskError} from '../../src/model/problem.ts';
import {takeSnapshot, wholeMixer} from '../../src/model/snapshot.ts';
import {demoFolder} from '../../src/session/demo-folder.ts';
import {lockSession} from '../../src/session/lock-file.ts';
import {sessionFileOf} from '../../src/session/save.ts';
import {sessionFileText} from '../../src/session/session-file.ts';

const scratch = await mkdtemp(join(tmpdir(), 'longthrow-edit-'));
test.after.always(() => rm(scratch, {recursive: true, force: true}));

const mixer = newMixer({strips: [newStrip({id: 'vca', name: 'Band', kind: 'vca'})]});
const verse = takeSnapshot(mixer, 'Verse', wholeMixer);

/** A session with a strip and a snapshot. */
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(scratch, 'song-'));
  const session = {
    ...{folder, name: 'Song', sampleRate: 48_000, mixer, stems: [], writable: true, problems: []},
    snapshots: [verse],
  };
  await writeFile(join(folder, 'session.json'), sessionFileText(sessionFileOf(session, mixer)));
  return folder;
}

const ride: Lane = {frames: Int32Array.of(0, 4800), values: Float64Array.of(0, -6)};
const change = changeBetween('vca level', emptyLane, ride);
const step = {name: 'import rides.csv', edits: [], lanes: change === undefined ? [] : [change]};

test('a step is in the session when it is opened again, with the step to be taken back', async (t) => {
  const folder = await newFolder();
  const edited = await editSession(folder, () => ({step}));
  t.true(edited.changed);
  const {lanes, history, told} = await openSession(folder);
  t.deepEqual(lanes.get('vca level'), ride);
  t.is(history.past.at(-1)?.name, 'import rides.csv');
  t.is(told, undefined);
  t.deepEqual(
    (await readdir(folder)).filter((name) => name.includes('lock')),
    [],
  );
});

test('snapshots are renamed and removed', async (t) => {
  const folder = await newFolder();
  await editSession(folder, () => ({snapshots: [{name: 'Verse', snapshot: {...verse, name: 'Intro'}}]}));
  t.deepEqual(
    (await openSession(folder)).session.snapshots?.map(({name}) => name),
    ['Intro'],
  );
  await editSession(folder, () => ({snapshots: [{name: 'intro', snapshot: undefined}]}));
  t.deepEqual((await openSession(folder)).session.snapshots ?? [], []);
});

test('a session that is open elsewhere is left alone, and it is said where', async (t) => {
  const folder = await newFolder();
  const before = await readFile(join(folder, 'session.json'), 'utf8');
  const locked = await lockSession(folder);
  const error = await t.throwsAsync(() => editSession(folder, () => ({step})), {instanceOf: DeskError});
  t.regex(error.message, /is open in another Longthrow.*\n.*Close it there first, or make the change there/);
  t.is(await readFile(join(folder, 'session.json'), 'utf8'), before);
  if (locked.type === 'locked') await locked.lock.release();
  t.true((await editSession(folder, () => ({step}))).changed);
});

test('an edit that fails, or changes nothing, leaves the session as it was', async (t) => {
  const folder = await newFolder();
  const before = await readFile(join(folder, 'session.json'), 'utf8');
  await t.throwsAsync(
    () =>
      editSession(folder, () => {
        throw new DeskError('usage', 'no such lane');
      }),
    {message: 'no such lane'},
  );
  t.false((await editSession(folder, () => ({step: {name: 'nothing', edits: [], lanes: []}}))).changed);
  t.is(await readFile(join(folder, 'session.json'), 'utf8'), before);
  t.deepEqual(await readdir(folder), ['session.json']);
});

test('the demo is not edited', async (t) => {
  await t.throwsAsync(() => editSession(demoFolder, () => ({step})), {
    message: /may not be written to: it is the demo/,
  });
});
