import {spawn} from 'node:child_process';
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {type Disk, replaceDurably} from '../../src/session/durable-file.ts';
import {projectFile} from '../project.ts';

const path = '/song/session.json';
const backup = '/song/session.json.bak';

/** What a power cut may leave of a folder: which entries, and what is in them. */
type Entries = ReadonlyMap<string, string>;

/**
 * A disk as an unkind file system has it: contents are on it only after `writeThrough`, and of the changes to a folder since
 * its last synchronising a power cut keeps any it likes. `wasCut` is called before and after each step with every state
 * that a cut could leave there.
 */
function cuttable(first: Entries, wasCut: (states: readonly Entries[], step: string) => void): Disk {
  let synced: Entries = first;
  let pending: ((entries: Map<string, string>) => void)[] = [];
  const current = (): Map<string, string> => changed(synced, pending);
  const look = (step: string): void => {
    const subsets = Array.from({length: 2 ** pending.length}, (_, mask) =>
      pending.filter((_change, bit) => mask & (1 << bit)),
    );
    wasCut(
      subsets.map((subset) => changed(synced, subset)),
      step,
    );
  };
  const content = (name: string): string => {
    const found = current().get(name);
    if (found === undefined) throw Object.assign(new Error(name), {code: 'ENOENT'});
    return found;
  };
  return {
    read: async (name) => (current().has(name) ? Buffer.from(content(name)) : undefined),
    resolve: async (name) => name,
    mode: async () => 0o644,
    writeThrough: async (name, bytes) => {
      const text = Buffer.from(bytes).toString();
      const written = pending;
      pending = [...written, (entries) => entries.set(name, text.slice(0, text.length / 2))];
      look(`half of ${name} written`);
      pending = [...written, (entries) => entries.set(name, text)];
      look(`${name} written`);
    },
    rename: async (from, to) => {
      const moved = content(from);
      pending.push((entries) => {
        entries.delete(from);
        entries.set(to, moved);
      });
      look(`${from} renamed`);
    },
    remove: async (name) => {
      pending.push((entries) => entries.delete(name));
    },
    syncFolder: async () => {
      synced = current();
      pending = [];
      look('folder synchronised');
    },
    names: async () => [...current().keys()],
    leftovers: async () => [],
  };
}

function changed(from: Entries, changes: readonly ((entries: Map<string, string>) => void)[]): Map<string, string> {
  const entries = new Map(from);
  for (const change of changes) change(entries);
  return entries;
}

test('a power cut at any step leaves the old or the new contents, whole, and always a state before', async (t) => {
  const steps: string[] = [];
  const first = new Map([
    [path, 'the second state'],
    [backup, 'the first state'],
  ]);
  const disk = cuttable(first, (states, step) => {
    steps.push(step);
    for (const state of states) {
      t.true(['the second state', 'the third state'].includes(state.get(path) ?? ''), `${step}: ${state.get(path)}`);
      t.true(
        ['the first state', 'the second state'].includes(state.get(backup) ?? ''),
        `${step}: ${state.get(backup)}`,
      );
      // Never both gone: where the file holds the new state, the old one is safe beside it.
      if (state.get(path) === 'the third state') t.is(state.get(backup), 'the second state', step);
    }
  });
  await replaceDurably(path, Buffer.from('the third state'), backup, disk);
  t.is(steps.length, 8);
});

test('a power cut after the save was answered never takes it back', async (t) => {
  let last: readonly Entries[] = [];
  const disk = cuttable(new Map([[path, 'old']]), (states) => {
    last = states;
  });
  await replaceDurably(path, Buffer.from('new'), backup, disk);
  t.deepEqual(last, [
    new Map([
      [path, 'new'],
      [backup, 'old'],
    ]),
  ]);
});

test('the first save of a folder leaves nothing or the whole', async (t) => {
  const disk = cuttable(new Map(), (states) => {
    for (const state of states) t.true([undefined, 'new'].includes(state.get(path)));
  });
  await replaceDurably(path, Buffer.from('new'), backup, disk);
});

/** The program that is killed: saves ever higher versions of 200 kB and says each number when it is saved. */
const saver = `
import {replaceDurably, systemDisk} from '${projectFile('dist/session/durable-file.js').href}';
const [, , folder, from] = process.argv;
for (let version = Number(from); ; version++) {
  const text = JSON.stringify({version, filling: String(version % 10).repeat(200_000), end: version});
  await replaceDurably(folder + '/session.json', Buffer.from(text), folder + '/session.json.bak', systemDisk);
  process.stdout.write(version + '\\n');
}
`;

test('fifty kills while saving in a loop leave no damaged file and lose no save that was answered', async (t) => {
  const work = await mkdtemp(join(tmpdir(), 'longthrow-kill-'));
  try {
    await writeFile(join(work, 'package.json'), '{"type": "module"}');
    await writeFile(join(work, 'saver.js'), saver);
    let answered = 0;
    let interrupted = 0;
    for (let kill = 0; kill < 50; kill++) {
      answered = Math.max(answered, await killWhileSaving(work, answered + 1, kill));
      const file = await versionOf(join(work, 'session.json'));
      t.true(file >= answered, `kill ${kill}: the file holds ${file}, ${answered} was answered`);
      if (file > 1) t.true((await versionOf(join(work, 'session.json.bak'))) >= 1);
      if (file > answered) interrupted++;
    }
    const halves = (await readdir(work)).filter((name) => name.endsWith('.tmp')).length;
    t.log(`${answered} saves answered; kills within a write: ${halves}, between rename and answer: ${interrupted}`);
  } finally {
    await rm(work, {recursive: true, force: true});
  }
});

/** Kills the saver some answers and a fraction of a save after its start; the last version it answered. */
function killWhileSaving(folder: string, from: number, kill: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(folder, 'saver.js'), folder, String(from)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    let killing = false;
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (killing || said.split('\n').length <= 1 + (kill % 3)) return;
      killing = true;
      setTimeout(() => child.kill('SIGKILL'), (kill * 0.37) % 5);
    });
    child.on('error', reject);
    child.on('close', () => resolve(Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1) ?? 0)));
  });
}

/** The version in a file that must be whole; throws if it is not. */
async function versionOf(file: string): Promise<number> {
  const {version, filling, end} = JSON.parse(await readFile(file, 'utf8'));
  if (version !== end || filling !== String(version % 10).repeat(200_000)) throw new Error(`${file} is damaged`);
  return version;
}
