import {createHash} from 'node:crypto';
import {mkdir, mkdtemp, readdir, rm, stat, unlink, utimes} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describeError, type Problem} from '../../model/problem.ts';
import type {AudioFile} from './audio-file.ts';
import {createPartFile} from './part-file.ts';

/**
 * The folder of conformed stems. A file's name is a digest of its source (path, size, time of change) and the rate, and it appears only when complete:
 * the names are the index. When the folder grows beyond its bound, the files opened longest ago go.
 */
export interface StemCache {
  readonly folder: string;
  /** Said once if the wanted folder could not be used. */
  readonly problem: Problem | undefined;
  /** Where the conformed form of a source at a rate lies, or would. */
  pathOf(source: Pick<AudioFile, 'path' | 'size' | 'modifiedMs'>, sampleRate: number): string;
  /** A name for a file that grows; never the same twice. */
  newPartPath(finalPath: string): string;
  /** Notes that a file was opened. */
  used(path: string): Promise<void>;
  /** Removes what was opened longest ago until the bound is kept. */
  trim(): Promise<void>;
  /** Removes a stand-in folder. */
  close(): Promise<void>;
}

/** Bound of the folder in bytes: 20 GB. */
const cacheBytes = 20e9;

/** Goes into every name, so that files of another making are never taken for ours: raise it when conforming changes. */
const making = 1;
const finalName = /^[0-9a-f]{32}\.wav$/;
const partName = /^[0-9a-f]{32}\.(\d+)-\d+\.part$/;
let parts = 0;

/** Makes the folder ready, or a stand-in among the system's temporary files if it cannot be written; removes what dead processes left. */
export async function openStemCache(wantedFolder: string, mostBytes = cacheBytes): Promise<StemCache> {
  const {folder, problem} = await usableFolder(wantedFolder);
  await removeLeftovers(folder);
  return {
    folder,
    problem,
    pathOf(source, sampleRate) {
      const identity = JSON.stringify([making, source.path, source.size, source.modifiedMs, sampleRate]);
      return join(folder, `${createHash('sha256').update(identity).digest('hex').slice(0, 32)}.wav`);
    },
    newPartPath: (finalPath) => finalPath.replace(/wav$/, `${process.pid}-${++parts}.part`),
    async used(path) {
      const now = new Date();
      await utimes(path, now, now).catch(() => {});
    },
    trim: () => trimFolder(folder, mostBytes),
    async close() {
      if (folder !== wantedFolder) await rm(folder, {recursive: true, force: true});
    },
  };
}

async function usableFolder(wanted: string): Promise<{folder: string; problem: Problem | undefined}> {
  try {
    await mkdir(wanted, {recursive: true});
    const trial = await createPartFile(join(wanted, `${'0'.repeat(32)}.${process.pid}-${++parts}.part`));
    await trial.write(new Uint8Array(1), 0);
    await trial.discard();
    return {folder: wanted, problem: undefined};
  } catch (error) {
    const folder = await mkdtemp(join(tmpdir(), 'longthrow-stems-'));
    const reason = `decoded stems cannot be kept here: ${describeError(error)}`;
    const hint = 'They are decoded anew at every start. Free its disk or change its permissions.';
    return {folder, problem: {path: wanted, reason, hint, severity: 'warning'}};
  }
}

async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = Number(partName.exec(name)?.[1]);
    if (pid > 0 && pid !== process.pid && !isAlive(pid)) await unlink(join(folder, name)).catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function trimFolder(folder: string, mostBytes: number): Promise<void> {
  const files: {path: string; bytes: number; usedMs: number}[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const facts = finalName.test(name) ? await stat(path).catch(() => undefined) : undefined;
    if (facts !== undefined) files.push({path, bytes: facts.size, usedMs: facts.mtimeMs});
  }
  files.sort((a, b) => b.usedMs - a.usedMs);
  let sum = 0;
  for (const {path, bytes} of files) {
    sum += bytes;
    if (sum > mostBytes) await unlink(path).catch(() => {});
  }
}
