import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {crc32} from 'node:zlib';
import test, {type ExecutionContext} from 'ava';
import type {WriterClock} from '../../src/session/journal-writer.ts';
import {type RecoveredSession, recoverSession} from '../../src/session/recover.ts';
import {createSessionStore, type SessionStore, type SessionStoreOptions} from '../../src/session/session-store.ts';
import {createCuttableDisk, type Entries} from './cuttable-disk.ts';
import {deskAt, entryOf, firstFile, keptAt, type NumberedDesk, nextDesk, textOf, textOfDesk} from './kept-desk.ts';

let work = '';
test.before(async () => {
  work = await mkdtemp(join(tmpdir(), 'longthrow-store-'));
});
test.after.always(() => rm(work, {recursive: true, force: true}));

/** Time in which nothing has to be waited for. */
const clock: WriterClock = {
  now: () => 0,
  after: (_, call) => {
    const timer = setImmediate(call);
    return () => clearImmediate(timer);
  },
};

async function folderWith(name: string, files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = join(work, name);
  await mkdir(folder);
  await Promise.all(Object.entries(files).map(([file, text]) => writeFile(join(folder, file), text)));
  return folder;
}

async function recovered(t: ExecutionContext, path: string): Promise<RecoveredSession> {
  const recovery = await recoverSession(path);
  if (recovery.type === 'session') return recovery.recovered;
  t.fail(JSON.stringify(recovery.problems));
  throw new Error('refused');
}

interface Run {
  readonly store: SessionStore;
  readonly kept: string[];
  readonly desk: () => NumberedDesk;
  /** Goes on by so many entries. */
  go(entries: number): void;
  checkpoint(how?: 'often' | 'whole', backs?: 'backs up' | 'keeps the backup'): Promise<void>;
}

/** A desk of numbered states on a store. */
async function run(
  t: ExecutionContext,
  path: string,
  options: Partial<SessionStoreOptions> = {},
  from?: RecoveredSession,
): Promise<Run> {
  const opened = from ?? (await recovered(t, path));
  const kept: string[] = [];
  const store = createSessionStore({
    ...{recovered: opened, added: [], clock, wallMs: () => 1000, troubled: () => {}},
    keptAs: (name) => kept.push(name),
    lock: async () => ({renew: async () => true, release: async () => {}}),
    ...options,
  });
  let desk: NumberedDesk = {...deskAt(opened.journal.lastNumber), lanes: opened.lanes};
  return {
    ...{store, kept},
    desk: () => desk,
    go(entries) {
      for (let count = 0; count < entries; count++) {
        desk = nextDesk(desk);
        store.append(entryOf(desk.number));
      }
    },
    async checkpoint(how = 'whole', backs = 'backs up') {
      t.is(await store.checkpoint(() => keptAt(desk), how, backs), undefined);
    },
  };
}

test('a power cut at any step, of the journal and of every save, leaves a whole state: none older than what was acknowledged', async (t) => {
  const opened = await recovered(t, await folderWith('cut', {'session.json': firstFile}));
  const folder = opened.session.folder;
  /** The strictest that was asked of each state of the disk: numbers of the desk from … to. */
  const seen = new Map<string, {readonly state: Entries; step: string; low: number; high: number}>();
  let store: SessionStore | undefined;
  let steps = 0;
  const disk = createCuttableDisk(new Map([[join(folder, 'session.json'), Buffer.from(firstFile)]]), (step) => {
    steps++;
    const [low, high] = [store?.acknowledged ?? 0, store?.taken ?? 0];
    for (const state of disk.states()) {
      const key = [...state]
        .map(([name, bytes]) => `${name} ${bytes.length} ${crc32(bytes)}`)
        .sort()
        .join();
      const known = seen.get(key);
      if (known === undefined) seen.set(key, {state, step, low, high});
      else Object.assign(known, {low: Math.max(low, known.low), high: Math.min(high, known.high)});
    }
  });
  const first = await run(t, folder, {disk: disk.disk, openFile: disk.openFile}, opened);
  store = first.store;
  first.go(4);
  t.true(await first.store.flushed());
  first.go(2);
  await first.checkpoint('whole', 'backs up');
  for (let batch = 0; batch < 3; batch++) {
    first.go(3);
    t.true(await first.store.flushed());
  }
  await first.checkpoint('often', 'keeps the backup');
  first.go(3);
  t.true(await first.store.flushed());
  await first.checkpoint('whole', 'backs up');
  first.go(2);
  await first.store.close();

  // A second run, on what the first left.
  const second = await run(
    t,
    folder,
    {disk: disk.disk, openFile: disk.openFile},
    await recoveredFrom(t, disk.current(), 'left'),
  );
  store = second.store;
  t.is(second.desk().number, 20);
  second.go(3);
  await second.checkpoint('whole', 'keeps the backup');
  second.go(1);
  await second.store.close();

  let count = 0;
  for (const {state, step, low, high} of seen.values()) {
    count++;
    const found = textOf(await recoveredFrom(t, state, `state-${count}`));
    const allowed = Array.from({length: high - low + 1}, (_, index) => textOfDesk(deskAt(low + index)));
    t.true(allowed.includes(found), `${step}: ${found}; ${low} … ${high} were allowed`);
  }
  t.log(`${steps} steps, ${seen.size} different states of the disk`);
  t.true(seen.size > 60);
});

async function recoveredFrom(t: ExecutionContext, state: Entries, name: string): Promise<RecoveredSession> {
  const files = Object.fromEntries([...state].map(([path, bytes]) => [basename(path), bytes]));
  const found = await recovered(t, await folderWith(name, files));
  return {...found, session: {...found.session, folder: join(work, 'cut')}};
}

/** Runs a desk to a number in a folder, and lets it go as a crash does: without a last save. */
async function crashedAt(t: ExecutionContext, name: string, savedAt: number, number: number): Promise<string> {
  const folder = await folderWith(name, {'session.json': firstFile});
  const {store, go, checkpoint} = await run(t, folder);
  go(savedAt);
  await checkpoint();
  go(number - savedAt);
  t.true(await store.close());
  return folder;
}

const jsonOf = async (folder: string, name = 'session.json') => JSON.parse(await readFile(join(folder, name), 'utf8'));
const textAt = (number: number): string => textOfDesk(deskAt(number));
const reasons = ({problems}: RecoveredSession): string => problems.map(({reason}) => reason).join('\n');

test('as long as nothing happens nothing is written; the first entry makes an id, a journal and a file of the newest version', async (t) => {
  const folder = await folderWith('quiet', {'session.json': firstFile});
  const {store, go} = await run(t, folder);
  t.false(store.isBehind);
  t.true(await store.flushed());
  t.deepEqual(await readdir(folder), ['session.json']);
  go(1);
  t.true(store.isBehind);
  t.true(await store.flushed());
  t.is(store.acknowledged, 1);
  t.deepEqual((await readdir(folder)).sort(), ['journal.jsonl', 'session.json', 'session.json.bak', 'session.json.v1']);
  const file = await jsonOf(folder);
  t.is(file.longthrow, 2);
  t.regex(file.id, /^[0-9a-f-]{36}$/);
  t.is(await readFile(join(folder, 'session.json.v1'), 'utf8'), firstFile);
  await store.close();
});

test('what came after the last save comes back after a crash, and is counted', async (t) => {
  const folder = await crashedAt(t, 'crash', 10, 17);
  const found = await recovered(t, folder);
  t.is(textOf(found), textAt(17));
  t.deepEqual(found.recovered, {entries: 7, rides: 2, steps: 0, moves: 1, spanMs: 0});
  t.deepEqual(found.problems, []);
  // Read again, it is the same: reading changes nothing.
  t.is(textOf(await recovered(t, folder)), textAt(17));
});

test('steps are taken back and again after any number of restarts, with saves and crashes between', async (t) => {
  const folder = await crashedAt(t, 'restarts', 5, 9);
  for (let number = 9; number < 60; ) {
    const {store, go, checkpoint, desk} = await run(t, folder);
    t.is(desk().number, number);
    go(5 + (number % 4));
    number = desk().number;
    if (number % 2 === 0) await checkpoint(number % 3 === 0 ? 'whole' : 'often', 'keeps the backup');
    await store.close();
    t.is(textOf(await recovered(t, folder)), textAt(number));
  }
});

test('a journal stays small: of what is saved only the steps stay in it', async (t) => {
  const folder = await crashedAt(t, 'small', 400, 400);
  const before = (await readFile(join(folder, 'journal.jsonl'))).length;
  const {store, go, checkpoint} = await run(t, folder);
  go(1);
  await checkpoint();
  await store.close();
  const again = await run(t, folder);
  again.go(1);
  await again.store.close();
  const after = await readFile(join(folder, 'journal.jsonl'), 'utf8');
  t.true(after.length < before * 0.7, `${before} bytes became ${after.length}`);
  t.is(textOf(await recovered(t, folder)), textAt(402));
});

test('the journal of another session is kept under another name, told, and never used', async (t) => {
  const folder = await crashedAt(t, 'foreign', 3, 6);
  await writeFile(
    join(folder, 'session.json'),
    JSON.stringify({...(await jsonOf(folder)), id: 'ffffffff-0000', journal: 0}),
  );
  const other = await readFile(join(folder, 'journal.jsonl'));
  const found = await recovered(t, folder);
  t.regex(reasons(found), /belongs to another session/);
  t.is(found.history.past.length, 0);
  const {store, go, kept} = await run(t, folder);
  go(1);
  t.true(await store.flushed());
  await store.close();
  t.deepEqual(kept, ['journal-aside-1.jsonl']);
  t.deepEqual(await readFile(join(folder, 'journal-aside-1.jsonl')), other);
  t.deepEqual((await recovered(t, folder)).problems, []);
});

test('a session.json that somebody put back is what counts; the journal that is newer is kept and told', async (t) => {
  const folder = await folderWith('put-back', {'session.json': firstFile});
  const first = await run(t, folder);
  first.go(4);
  await first.checkpoint();
  const old = await readFile(join(folder, 'session.json'));
  first.go(6);
  await first.checkpoint();
  await first.store.close();
  await writeFile(join(folder, 'session.json'), old);
  const found = await recovered(t, folder);
  t.is(textOf(found), textAt(4));
  t.regex(reasons(found), /newer than session\.json/);
  const second = await run(t, folder, {}, found);
  t.is(found.journal.lastNumber, 10);
  second.store.append({type: 'moved', commands: [{type: 'strip.setLevel', strip: 'vox', levelDb: -77}]});
  t.true(await second.store.flushed());
  await second.store.close();
  t.deepEqual(second.kept, ['journal-aside-1.jsonl']);
  const again = await recovered(t, folder);
  t.is(textOf(again), textAt(4).replace('-0.04', '-77'));
  t.deepEqual(again.problems, []);
});

test('where session.json is damaged, its backup and the journal make the newest state', async (t) => {
  const folder = await folderWith('damaged', {'session.json': firstFile});
  const first = await run(t, folder);
  first.go(4);
  await first.checkpoint('whole', 'backs up');
  first.go(8);
  await first.checkpoint('whole', 'backs up');
  first.go(2);
  await first.store.close();
  await writeFile(join(folder, 'session.json'), '{"longthrow": 2,');
  t.is((await recoverSession(folder)).type, 'refused');
  const found = await recovered(t, join(folder, 'session.json.bak'));
  t.is(textOf(found), textAt(14));
  const second = await run(t, folder, {}, found);
  second.go(3);
  await second.checkpoint();
  await second.store.close();
  t.is(textOf(await recovered(t, folder)), textAt(17));
});

test('the backup that is opened while session.json is well is the state before the last save, and becomes session.json', async (t) => {
  const folder = await crashedAt(t, 'backup', 4, 4);
  const first = await run(t, folder);
  first.go(4);
  await first.checkpoint();
  await first.store.close();
  const found = await recovered(t, join(folder, 'session.json.bak'));
  t.is(textOf(found), textAt(4));
  t.is((await jsonOf(folder)).journal, 8, 'reading writes nothing');
  const second = await run(t, folder, {}, found);
  second.store.append({type: 'moved', commands: [{type: 'strip.setLevel', strip: 'vox', levelDb: -66}]});
  t.true(await second.store.flushed());
  await second.store.close();
  t.is(textOf(await recovered(t, folder)), textAt(4).replace('-0.04', '-66'));
});

test('half a line at the end is left out and told; a line that is damaged before ends what is done again, and all is kept', async (t) => {
  const folder = await crashedAt(t, 'torn', 3, 9);
  const path = join(folder, 'journal.jsonl');
  const whole = await readFile(path);
  await writeFile(path, Buffer.concat([whole, Buffer.from('{"n":10,"ms":1000,"entry":{"type":"mo')]));
  const torn = await recovered(t, folder);
  t.is(textOf(torn), textAt(9));
  t.regex(reasons(torn), /ends in half a line/);
  const lines = whole.toString().split('\n');
  const damaged = lines.findIndex((line) => line.startsWith('{"n":6,'));
  lines[damaged] = (lines[damaged] ?? '').replace('"ms":1000', '"ms":1001');
  await writeFile(path, lines.join('\n'));
  const cut = await recovered(t, folder);
  t.is(textOf(cut), textAt(5));
  t.regex(reasons(cut), new RegExp(`damaged at line ${damaged + 1}: what follows is left out`));
  const {store, go, kept} = await run(t, folder, {}, cut);
  go(1);
  await store.close();
  t.deepEqual(kept, ['journal-aside-1.jsonl']);
  t.is(await readFile(join(folder, 'journal-aside-1.jsonl'), 'utf8'), lines.join('\n'));
});

test('of files of lanes those stay that session.json and its backup name; one that is damaged stays under another name', async (t) => {
  const folder = await folderWith('lanes', {'session.json': firstFile, 'automation-notes.txt': 'mine'});
  const first = await run(t, folder);
  for (let save = 0; save < 4; save++) {
    first.go(5);
    await first.checkpoint();
  }
  await first.store.close();
  const named = [(await jsonOf(folder)).automation.file, (await jsonOf(folder, 'session.json.bak')).automation.file];
  const files = (await readdir(folder)).filter((name) => name.startsWith('automation-'));
  t.deepEqual(files.sort(), [...named, 'automation-notes.txt'].sort());
  const path = join(folder, named[0]);
  await writeFile(path, `${await readFile(path, 'utf8')}lane vox level 2\n0 0\n`);
  const found = await recovered(t, folder);
  t.is(textOf(found), textAt(20));
  t.regex(found.problems[0]?.path ?? '', /automation-\d+\.txt: line \d+$/);
  const second = await run(t, folder, {}, found);
  second.go(1);
  await second.checkpoint();
  second.go(2);
  await second.checkpoint();
  await second.store.close();
  t.deepEqual(second.kept, [`${named[0]}.damaged`]);
  t.true((await readdir(folder)).includes(`${named[0]}.damaged`));
  t.is(textOf(await recovered(t, folder)), textAt(23));
});

test('a file of lanes that is missing is told, and the session opens without them', async (t) => {
  const folder = await crashedAt(t, 'no-lanes', 6, 8);
  await rm(join(folder, (await jsonOf(folder)).automation.file));
  const found = await recovered(t, folder);
  t.regex(reasons(found), /is missing; all lanes in it are/);
  t.is(found.session.mixer.strips[0]?.levelDb, deskAt(8).levelDb);
});

test('many lanes are written in whole saves only; between them the journal has what changed', async (t) => {
  const folder = await folderWith('many', {'session.json': firstFile});
  const count = 210_000;
  const lane = {frames: Int32Array.from({length: count}, (_, index) => 1000 + index), values: new Float64Array(count)};
  const lanes = new Map([['vox level', lane]]);
  const {store, go, desk} = await run(t, folder);
  const save = (how: 'often' | 'whole') =>
    store.checkpoint(() => keptAt({...desk(), lanes: new Map([...lanes, ...desk().lanes])}), how, 'keeps the backup');
  go(3);
  await save('whole');
  const {automation} = await jsonOf(folder);
  go(6);
  await save('often');
  t.deepEqual((await jsonOf(folder)).automation, {...automation, journal: 3});
  t.is((await jsonOf(folder)).journal, 9);
  go(1);
  await store.close();
  const found = await recovered(t, folder);
  t.is(found.lanes.get('vox level')?.frames.length, count);
  t.deepEqual(found.lanes.get('vox pan'), deskAt(10).lanes.get('vox pan'));
});

test('a step too large for the journal is in the next save; what was done before it can still be taken back', async (t) => {
  const folder = await crashedAt(t, 'large', 3, 3);
  const {store, desk} = await run(t, folder);
  const count = 600_000;
  const lane = {frames: Int32Array.from({length: count}, (_, index) => index), values: new Float64Array(count)};
  const change = {lane: 'vox level', fromFrame: 0, toFrame: count, before: lane, after: lane};
  t.true(store.append({type: 'step', step: {name: 'small', edits: [], lanes: []}}));
  t.false(store.append({type: 'step', step: {name: 'scale all', edits: [], lanes: [change]}}));
  t.is(
    await store.checkpoint(() => keptAt({...desk(), lanes: new Map([['vox level', lane]])}), 'whole', 'backs up'),
    undefined,
  );
  await store.close();
  const {lanes, history} = await recovered(t, folder);
  t.is(lanes.get('vox level')?.frames.length, count);
  t.deepEqual(
    history.past.map(({name}) => name),
    ['ride 3', 'small', 'scale all (too large to be kept)'],
  );
  t.true((await readFile(join(folder, 'journal.jsonl'))).length < 10_000);
});

const no = (code: string) => Object.assign(new Error(code), {code});

test('what a full disk refuses stays in memory, is told at once and once more when it is written', async (t) => {
  const folder = await crashedAt(t, 'full', 2, 2);
  let isFull = false;
  const told: string[] = [];
  const {openAppendFile} = await import('../../src/session/append-file.ts');
  const {store, go, desk} = await run(t, folder, {
    troubled: (error) => told.push(error instanceof Error ? error.message : 'well'),
    openFile: async (path) => {
      const file = await openAppendFile(path);
      const write = async (bytes: Uint8Array, position: number): Promise<void> => {
        // A full disk takes a part.
        if (isFull) await file.write(bytes.subarray(0, 7), position);
        if (isFull) throw no('ENOSPC');
        await file.write(bytes, position);
      };
      return {...file, write};
    },
  });
  go(2);
  t.true(await store.flushed());
  isFull = true;
  go(3);
  t.false(await store.flushed());
  t.is(store.acknowledged, 4);
  t.deepEqual(told, ['ENOSPC']);
  t.is(textOf(await recovered(t, folder)), textAt(4), 'what was acknowledged is there');
  go(2);
  isFull = false;
  while (!(await store.flushed())) await new Promise((resolve) => setImmediate(resolve));
  t.is(told.at(-1), 'well');
  t.is(store.acknowledged, 9);
  t.is(textOf(await recovered(t, folder)), textAt(9));
  t.is(desk().number, 9);
  await store.close();
});

test('a session that another program has taken over is not written any more', async (t) => {
  const folder = await crashedAt(t, 'taken', 2, 2);
  const {store, go, desk} = await run(t, folder, {
    lock: async () => ({renew: async () => false, release: async () => {}}),
  });
  go(1);
  const problem = await store.checkpoint(() => keptAt(desk()), 'whole', 'backs up');
  t.regex(problem?.reason ?? '', /another program has taken the session over/);
  await store.close();
});
