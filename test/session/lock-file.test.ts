import {spawn} from 'node:child_process';
import {mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {
  type LockHolder,
  lockFileName,
  lockSession,
  type SessionLock,
  thisProcess,
} from '../../src/session/lock-file.ts';

let work = '';
test.before(async () => {
  work = await mkdtemp(join(tmpdir(), 'longthrow-lock-'));
});
test.after.always(() => rm(work, {recursive: true, force: true}));

async function newFolder(name: string): Promise<string> {
  const folder = join(work, name);
  await mkdir(folder);
  return folder;
}

/** A lock that somebody left, renewed so many seconds ago. */
async function left(folder: string, holder: Partial<LockHolder> | string, secondsAgo = 0): Promise<void> {
  const self = await thisProcess();
  const path = join(folder, lockFileName);
  await writeFile(path, typeof holder === 'string' ? holder : JSON.stringify({...self, token: 'theirs', ...holder}));
  const at = new Date(Date.now() - secondsAgo * 1000);
  await utimes(path, at, at);
}

async function taken(folder: string): Promise<SessionLock | LockHolder> {
  const locked = await lockSession(folder);
  return locked.type === 'locked' ? locked.lock : locked.holder;
}

const isLock = (found: SessionLock | LockHolder): found is SessionLock => 'renew' in found;

/** The number of a process that is no more. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], {stdio: 'ignore'});
  await new Promise((resolve) => child.on('close', resolve));
  return child.pid ?? 0;
}

test('a session is held by one at a time, and free again when it is let go', async (t) => {
  const folder = await newFolder('one');
  const first = await taken(folder);
  if (!isLock(first)) return t.fail();
  const second = await taken(folder);
  t.false(isLock(second));
  if (!isLock(second)) t.is(second.pid, process.pid);
  t.true(await first.renew());
  await first.release();
  await first.release();
  t.deepEqual(await readdir(folder), []);
  t.true(isLock(await taken(folder)));
});

test('of twenty that ask at once one gets it, and nothing else is left in the folder', async (t) => {
  const pid = await deadPid();
  for (let round = 0; round < 20; round++) {
    const folder = await newFolder(`twenty-${round}`);
    await left(folder, {pid});
    const all = await Promise.all(Array.from({length: 20}, () => taken(folder)));
    t.is(all.filter(isLock).length, 1);
    t.deepEqual(await readdir(folder), [lockFileName]);
  }
});

test('who holds a session says its machine, its process and since when', async (t) => {
  const folder = await newFolder('who');
  await taken(folder);
  const holder = JSON.parse(await readFile(join(folder, lockFileName), 'utf8'));
  t.is(holder.pid, process.pid);
  t.true(Math.abs(holder.sinceMs - Date.now()) < 60_000);
  if (process.platform === 'linux') t.regex(holder.began, /^[0-9a-f-]{36} \d+$/);
});

const forgotten: readonly (readonly [
  what: string,
  holder: () => Promise<Partial<LockHolder> | string>,
  secondsAgo: number,
  isFree: boolean,
])[] = [
  ['of a process that is dead is taken over', async () => ({pid: await deadPid()}), 0, true],
  [
    'of a process that lives is respected, however old',
    async () => ({}),
    process.platform === 'linux' ? 3600 : 0,
    false,
  ],
  ['of a number that is another process by now is taken over', async () => ({began: 'another-boot 1'}), 0, true],
  ['of another machine is respected while it is renewed', async () => ({host: 'studio-b', pid: 1}), 30, false],
  [
    'of another machine that was not renewed for long is taken over',
    async () => ({host: 'studio-b', pid: 1}),
    120,
    true,
  ],
  ['that is no lock, and old, is taken over', async () => 'garbage', 120, true],
];

for (const [what, holder, secondsAgo, isFree] of forgotten) {
  test(`a lock ${what}`, async (t) => {
    const folder = await newFolder(what.replace(/\W+/g, '-'));
    await left(folder, await holder(), secondsAgo);
    const found = await taken(folder);
    t.is(isLock(found), isFree);
    if (isLock(found)) t.true(await found.renew());
    t.deepEqual(await readdir(folder), [lockFileName]);
  });
}

test('who lost a lock to another learns it, and does not take it away from them', async (t) => {
  const folder = await newFolder('lost');
  const first = await taken(folder);
  if (!isLock(first)) return t.fail();
  await left(folder, {token: 'theirs'});
  t.false(await first.renew());
  await first.release();
  t.deepEqual(await readdir(folder), [lockFileName]);
  await rm(join(folder, lockFileName));
  t.false(await first.renew());
});

test('a folder that cannot be written to rejects with what the system says', async (t) => {
  const error = await t.throwsAsync<NodeJS.ErrnoException>(lockSession(join(work, 'no', 'such')));
  t.is(error?.code, 'ENOENT');
});
