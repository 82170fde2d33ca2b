import {spawn} from 'node:child_process';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {recoverSession} from '../../src/session/recover.ts';
import {deskAt, firstFile, textOf, textOfDesk} from './kept-desk.ts';

/** Each kill hits a program in the middle of writing so many sessions. */
const sessions = 8;
/** 5 by rule (40 sessions cut off), as many as LONGTHROW_KILLS says otherwise: 25 make 200. */
const kills = Number(process.env['LONGTHROW_KILLS'] ?? 5);

/** What a session was said to have before the kill. */
interface Said {
  acknowledged: number;
  readonly takenMs: Map<number, number>;
}

test('whenever a program is killed while it writes, each of its sessions opens, with all that was acknowledged', async (t) => {
  t.timeout(120_000);
  const work = await mkdtemp(join(tmpdir(), 'longthrow-kill-'));
  const folders = Array.from({length: sessions}, (_, index) => join(work, `session-${index}`));
  const lostMs: number[] = [];
  let done = 0;
  try {
    for (const folder of folders) {
      await mkdir(folder);
      await writeFile(join(folder, 'session.json'), firstFile);
    }
    for (let kill = 0; kill < kills; kill++) {
      const said = await killWhileWriting(folders, kill);
      for (const [index, folder] of folders.entries()) {
        const {acknowledged, takenMs} = said[index] ?? {acknowledged: 0, takenMs: new Map()};
        const recovery = await recoverSession(folder);
        if (recovery.type === 'refused') return t.fail(`kill ${kill}: ${JSON.stringify(recovery.problems)}`);
        const {recovered} = recovery;
        const number = recovered.journal.lastNumber;
        t.true(number >= acknowledged, `kill ${kill}: ${number} is there, ${acknowledged} was acknowledged`);
        t.is(textOf(recovered), textOfDesk(deskAt(number)), `kill ${kill}: a state that never was`);
        const last = Math.max(...takenMs.keys());
        lostMs.push(
          last > number ? (takenMs.get(last) ?? 0) - (takenMs.get(number) ?? takenMs.get(number + 1) ?? 0) : 0,
        );
        done++;
      }
    }
  } finally {
    await rm(work, {recursive: true, force: true});
  }
  // A busy machine may stop the program for longer than that; the long run is made where nothing else runs.
  if (kills >= 25) t.true(Math.max(...lostMs) <= 250);
  const sorted = lostMs.sort((one, other) => one - other);
  t.log(
    `${kills} kills cut ${done} sessions; lost at most ${sorted.at(-1)} ms, half of them ${sorted[done >> 1]} ms or less`,
  );
});

/** Runs the writer from the same kind of source as this test, and kills it some ms after all of its sessions are being written. */
function killWhileWriting(folders: readonly string[], kill: number): Promise<readonly Said[]> {
  const program = fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? 'kept-desk-writer.ts' : 'kept-desk-writer.js', import.meta.url),
  );
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, program, ...folders], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const said = folders.map((): Said => ({acknowledged: 0, takenMs: new Map()}));
    let rest = '';
    let isKilling = false;
    child.stdout.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [what, index, number, ms] = line.split(' ');
        const one = said[Number(index)];
        if (what === 't') one?.takenMs.set(Number(number), Number(ms));
        else if (one !== undefined) one.acknowledged = Number(number);
      }
      if (isKilling || said.some(({acknowledged}) => acknowledged === 0)) return;
      isKilling = true;
      setTimeout(() => child.kill('SIGKILL'), (kill * 37) % 211);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(said);
      else reject(new Error(`the writer ended by itself: ${code}`));
    });
  });
}
