import {open, readdir, readFile, realpath, rename, rm, stat} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';

/**
 * The few things asked of a disk to replace a file safely; tests put a failing or crashing disk in its place.
 * All reject with the system's own error (`code` is `ENOSPC`, `EROFS` and so on).
 */
export interface Disk {
  /** The whole file, or undefined if there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** The path behind symbolic links, or the path itself if nothing is there. */
  resolve(path: string): Promise<string>;
  /** Permission bits of a file. */
  mode(path: string): Promise<number>;
  /** Makes a new file of these bytes (it must not exist) and returns only when they are on the disk. */
  writeThrough(path: string, bytes: Uint8Array, mode: number): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file if it is there. */
  remove(path: string): Promise<void>;
  /** Returns when the folder's entries are on the disk. */
  syncFolder(folder: string): Promise<void>;
  /** Names of all that is in a folder. */
  names(folder: string): Promise<readonly string[]>;
  /** Temporary files left in the folder by a program that died more than an hour ago. */
  leftovers(folder: string): Promise<readonly string[]>;
}

const leftoverPattern =
  /^\.(session\.json(\.bak|\.v\d+)?|journal(-aside-\d+)?\.jsonl)\.\d+-\d+\.tmp$|^\.session\.lock\.([0-9a-f-]{36}|takeover)$/;
const leftoverAgeMs = 3_600_000;

/** The machine's own disk. */
export const systemDisk: Disk = {
  read: (path) => readFile(path).catch(undefinedIfAbsent),
  resolve: async (path) => (await realpath(path).catch(undefinedIfAbsent)) ?? path,
  mode: async (path) => (await stat(path)).mode & 0o777,
  writeThrough: async (path, bytes, mode) => {
    const file = await open(path, 'wx', mode);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  rename,
  remove: (path) => rm(path, {force: true}),
  syncFolder: async (folder) => {
    // Windows and some network disks know no synchronising of folders; there the rename itself is all there is.
    const handle = await open(folder, 'r').catch(undefinedIfUnable);
    try {
      await handle?.sync().catch(undefinedIfUnable);
    } finally {
      await handle?.close();
    }
  },
  names: (folder) => readdir(folder),
  leftovers: async (folder) => {
    const names = (await readdir(folder)).filter((name) => leftoverPattern.test(name));
    const paths = names.map((name) => join(folder, name));
    const ages = await Promise.all(paths.map(async (path) => Date.now() - ((await stat(path)).mtimeMs ?? 0)));
    return paths.filter((_, index) => (ages[index] ?? 0) > leftoverAgeMs);
  },
};

let written = 0;

/**
 * Replaces a file so that at every moment, power cuts included, its path holds either the old or the new contents, whole:
 * new file, flush, rename, flush of the folder. What was there before is first put at `backupPath` in the same way, if there is to be such.
 * Equal contents are not written again. Rejects with the system's error, and leaves the old file then.
 */
export async function replaceDurably(
  path: string,
  bytes: Uint8Array,
  backupPath: string | undefined,
  disk: Disk,
): Promise<void> {
  const target = await disk.resolve(path);
  const before = await disk.read(target);
  if (before !== undefined && Buffer.compare(before, bytes) === 0) return;
  const mode = before === undefined ? 0o666 : await disk.mode(target);
  if (before !== undefined && backupPath !== undefined) await putDurably(backupPath, before, mode, disk);
  await putDurably(target, bytes, mode, disk);
  await removeLeftovers(dirname(target), disk);
}

/** Puts a file at a path, whole, and returns when it is on the disk; what was there is replaced. Rejects with the system's error. */
export async function putDurably(path: string, bytes: Uint8Array, mode: number, disk: Disk): Promise<void> {
  written += 1;
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}-${written}.tmp`);
  try {
    await disk.writeThrough(temporary, bytes, mode);
    await disk.rename(temporary, path);
  } catch (error) {
    await disk.remove(temporary).catch(() => undefined);
    throw error;
  }
  await disk.syncFolder(dirname(path));
}

/** Tidies up after a program that was killed while saving; that this fails is no reason to call a save failed. */
async function removeLeftovers(folder: string, disk: Disk): Promise<void> {
  try {
    for (const path of await disk.leftovers(folder)) await disk.remove(path);
  } catch {
    // The session is saved; the leftovers stay until the next time.
  }
}

/** The code of a system error (`ENOENT`), or an empty text. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function undefinedIfAbsent(error: unknown): undefined {
  if (systemCode(error) === 'ENOENT') return undefined;
  throw error;
}

function undefinedIfUnable(error: unknown): undefined {
  if (['EPERM', 'EISDIR', 'EINVAL', 'ENOTSUP', 'EACCES'].includes(systemCode(error))) return undefined;
  throw error;
}
