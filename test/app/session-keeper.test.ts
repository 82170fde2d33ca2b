import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import type {Clock} from '../../src/app/clock.ts';
import {openSession} from '../../src/app/open-session.ts';
import {openKeeper, type SessionKeeper} from '../../src/app/session-keeper.ts';
import type {JournalEntry} from '../../src/model/journal.ts';
import {DeskError} from '../../src/model/problem.ts';
import {lockFileName} from '../../src/session/lock-file.ts';
import {
  deskAt,
  entryOf,
  firstFile,
  keptAt,
  type NumberedDesk,
  nextDesk,
  textOf,
  textOfDesk,
} from '../session/kept-desk.ts';
import {VirtualTimers} from '../transport/virtual-timers.ts';

let work = '';
test.before(async () => {
  work = await mkdtemp(join(tmpdir(), 'longthrow-keeper-'));
});
test.after.always(() => rm(work, {recursive: true, force: true}));

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(work, 'song-'));
  await writeFile(join(folder, 'session.json'), firstFile);
  return folder;
}

/** A desk of numbered states that is kept, in time that a test moves. */
async function kept(folder: string, readOnly?: 'demo' | 'asked') {
  const timers = new VirtualTimers();
  const clock: Clock = {now: timers.now, after: timers.after, soon: (call) => void timers.after(0, call)};
  const keeper: SessionKeeper = await openKeeper({
    path: folder,
    clock,
    readOnly,
    wallMs: () => 1_790_000_000_000 + timers.nowMs,
  });
  const {opened} = keeper;
  let desk: NumberedDesk = {...deskAt(opened.journal.lastNumber), lanes: opened.lanes};
  const read = () => keptAt(desk);
  keeper.begin(read);
  return {
    ...{keeper, timers, read},
    go(count: number) {
      for (let entry = 0; entry < count; entry++) {
        desk = nextDesk(desk);
        keeper.journal(entryOf(desk.number));
      }
    },
    close: () => keeper.close(read),
    /** Moves time on, and then little by little until something has come of it: disks take time of their own. */
    async until(ms: number, isSo: () => Promise<boolean> | boolean) {
      timers.advance(ms);
      for (let look = 0; look < 800 && !(await isSo()); look++) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        timers.advance(20);
      }
      return isSo();
    },
  };
}

const fileOf = async (folder: string) => JSON.parse(await readFile(join(folder, 'session.json'), 'utf8'));
const textAt = (number: number): string => textOfDesk(deskAt(number));

test('a session that is closed is written, and free for others', async (t) => {
  const folder = await newFolder();
  const {keeper, go, close} = await kept(folder);
  go(5);
  t.is(await close(), undefined);
  t.is((await fileOf(folder)).journal, 5);
  t.false((await readdir(folder)).includes(lockFileName));
  t.deepEqual(keeper.notices(), []);
  const again = await kept(folder);
  t.is(textOf(again.keeper.opened), textAt(5));
  t.is(again.keeper.opened.told, undefined);
  await again.close();
});

test('a session in which nothing was done is left as it is, to the byte', async (t) => {
  const folder = await newFolder();
  const {close} = await kept(folder);
  await close();
  t.deepEqual(await readdir(folder), ['session.json']);
  t.is(await readFile(join(folder, 'session.json'), 'utf8'), firstFile);
});

test('what changed is in session.json after ten seconds, not before, and the backup is of before this run', async (t) => {
  const folder = await newFolder();
  const {go, timers, until, close} = await kept(folder);
  go(3);
  timers.advance(9000);
  await new Promise((resolve) => setTimeout(resolve, 20));
  t.is((await fileOf(folder)).journal ?? 0, 0);
  t.true(await until(3000, async () => (await fileOf(folder)).journal === 3));
  go(4);
  t.true(await until(13_000, async () => (await fileOf(folder)).journal === 7));
  const backup = JSON.parse(await readFile(join(folder, 'session.json.bak'), 'utf8'));
  t.is(backup.strips[0].levelDb, 0);
  await close();
});

test('a crash loses nothing that was written down, and what came back is said', async (t) => {
  const folder = await newFolder();
  const {keeper, go} = await kept(folder);
  go(12);
  t.true(await keeper.flushed());
  await keeper.abandon();
  const again = await kept(folder);
  t.is(textOf(again.keeper.opened), textAt(12));
  t.deepEqual(again.keeper.notices(), ['The program ended without saving: 4 rides and 1 move were recovered.']);
  t.is(await again.close(), undefined);
  t.is((await fileOf(folder)).journal, 12, 'what was recovered is saved, though nothing else was done');
});

const wrote = (pass: number, frames: readonly number[], values: readonly number[]): JournalEntry => ({
  ...{type: 'pass.wrote', pass, name: 'ride Vox 0:00–0:02', lane: 'vox level'},
  ...{frames, values},
});

test('a ride that a crash cut off ends where it was, as a step of its own that can be taken back, once and for all', async (t) => {
  const folder = await newFolder();
  const {keeper} = await kept(folder);
  keeper.journal(wrote(1, [0, 48_000], [-6, -12]));
  keeper.journal(wrote(1, [96_000], [-3]));
  t.true(await keeper.flushed());
  await keeper.abandon();
  const opened = await openSession(folder);
  t.is(opened.told, 'The program ended without saving: 1 ride was recovered.');
  t.deepEqual(
    opened.history.past.map(({name}) => name),
    ['ride Vox 0:00–0:02 (recovered)'],
  );
  const lane = opened.lanes.get('vox level');
  t.is(lane?.frames[0], 0);
  t.is(lane?.values[0], -6);
  t.true([...(lane?.frames ?? [])].includes(96_000));
  const again = await kept(folder);
  again.keeper.journal({type: 'moved', commands: []});
  t.true(await again.keeper.flushed());
  await again.keeper.abandon();
  const third = await openSession(folder);
  t.is(third.history.past.length, 1);
  t.deepEqual(third.lanes, opened.lanes);
  t.deepEqual(third.openPasses, []);
});

test('a second program is refused with who has the session, and may look and listen', async (t) => {
  const folder = await newFolder();
  const first = await kept(folder);
  first.go(2);
  t.true(await first.keeper.flushed());
  const error = await t.throwsAsync(kept(folder), {instanceOf: DeskError});
  t.is(error?.code, 'session.busy');
  t.regex(
    error?.message ?? '',
    new RegExp(`open in another Longthrow \\(process ${process.pid} on .*--read-only`, 's'),
  );
  const before = await readFile(join(folder, 'journal.jsonl'));
  const guest = await kept(folder, 'asked');
  t.is(textOf(guest.keeper.opened), textAt(2));
  guest.go(3);
  await guest.keeper.save();
  t.deepEqual(guest.keeper.notices().slice(0, 2), [
    'Not saved: the session was opened with --read-only.',
    'Read-only: nothing is written.',
  ]);
  t.is(await guest.close(), undefined);
  t.deepEqual(await readFile(join(folder, 'journal.jsonl')), before);
  await first.close();
});

test('a folder that cannot be written to is told at once; when it can be, everything done meanwhile is written, and said', async (t) => {
  const folder = await newFolder();
  // In the way of the lock, as no right to write would be: tests may run as root, whom nothing is forbidden.
  await mkdir(join(folder, lockFileName));
  const {keeper, go, until, close} = await kept(folder);
  t.regex(keeper.notices()[0] ?? '', /^Nothing can be written: .*Everything stays in memory, and is tried again/);
  go(8);
  t.false(await keeper.flushed());
  await keeper.save();
  t.regex(keeper.notices().join('\n'), /Not saved: session\.json: was not saved/);
  await rm(join(folder, lockFileName), {recursive: true});
  t.true(await until(6000, async () => (await readdir(folder)).includes('journal.jsonl')));
  t.true(await keeper.flushed());
  t.true(await until(20_000, () => keeper.notices().some((line) => /can be written again/.test(line))));
  t.false(keeper.notices().some((line) => /Nothing can be written/.test(line)));
  t.is(textOf(await openSession(folder)), textAt(8));
  t.is(await close(), undefined);
});

test('a folder that another program wrote meanwhile is not written over', async (t) => {
  const folder = await newFolder();
  await mkdir(join(folder, lockFileName));
  const {keeper, go, until, close} = await kept(folder);
  go(2);
  const theirs = firstFile.replace('"Song"', '"Their song"');
  await writeFile(join(folder, 'session.json'), theirs);
  await rm(join(folder, lockFileName), {recursive: true});
  t.true(
    await until(6000, () =>
      keeper.notices().some((line) => /another program has written the session meanwhile/.test(line)),
    ),
  );
  t.regex((await close())?.reason ?? '', /another program has written/);
  t.is(await readFile(join(folder, 'session.json'), 'utf8'), theirs);
});

test('the demo takes everything and writes nothing', async (t) => {
  const folder = await newFolder();
  const {keeper, go, close} = await kept(folder, 'demo');
  go(3);
  await keeper.save();
  t.regex(keeper.notices()[0] ?? '', /^Not saved: this session is the demo/);
  t.is(await close(), undefined);
  t.deepEqual(await readdir(folder), ['session.json']);
});

test('a session that is damaged is refused, and not held', async (t) => {
  const folder = await newFolder();
  await writeFile(join(folder, 'session.json'), '{');
  await t.throwsAsync(kept(folder), {instanceOf: DeskError, message: /is not JSON/});
  t.deepEqual(await readdir(folder), ['session.json']);
  const error = await t.throwsAsync(kept(join(folder, 'nothing')), {instanceOf: DeskError});
  t.is(error?.code, 'session.invalid');
});
