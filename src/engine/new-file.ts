import {open, realpath, rename, rm, stat} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import {DeskError, plainText} from '../model/problem.ts';

/** A file that comes to be unseen beside its target, and takes its place in one step when it is complete. Everything rejects with a DeskError. */
export interface NewFile {
  append(bytes: Uint8Array): Promise<void>;
  /** Overwrites what was appended before, from a byte on. */
  patch(bytes: Uint8Array, position: number): Promise<void>;
  /** Flushes and closes: everything that can fail for want of room has happened then. */
  complete(): Promise<void>;
  /** Puts the complete file in its place at once, whatever was there. */
  place(): Promise<void>;
  /** Leaves nothing behind of a file that is not in its place yet. Never rejects. */
  abandon(): Promise<void>;
}

let opened = 0;

/** Begins a file. Rejects with a DeskError where it cannot be written; a link stands for the file it means. */
export async function openNewFile(target: string): Promise<NewFile> {
  const place = await realpath(target).catch(() => target);
  const there = await stat(place).catch(() => undefined);
  if (there && !there.isFile()) {
    const reason = there.isDirectory()
      ? 'it is a folder: name a file in it'
      : 'it is no ordinary file: choose another name';
    throw new DeskError('file.unwritable', `${plainText(target)} cannot be written: ${reason}.`);
  }
  opened += 1;
  const unfinished = join(dirname(place), `.${basename(place)}.${process.pid}-${opened}.part`);
  const told = <Value>(step: Promise<Value>): Promise<Value> =>
    step.catch((error: unknown) => {
      throw new DeskError(
        'file.unwritable',
        `${plainText(target)} cannot be written: ${unwritableReason(error)}.`,
        error,
      );
    });

  const file = await told(open(unfinished, 'wx'));
  let state: 'open' | 'closed' | 'over' = 'open';
  let length = 0;

  /** A write may take less than it was given (a disk that is nearly full): what is left is written again. */
  async function write(bytes: Uint8Array, position: number): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      at += (await file.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
    }
  }

  return {
    async append(bytes) {
      await told(write(bytes, length));
      length += bytes.length;
    },
    patch: (bytes, position) => told(write(bytes, position)),
    async complete() {
      await told(file.sync());
      state = 'closed';
      await told(file.close());
    },
    async place() {
      await told(rename(unfinished, place));
      state = 'over';
      await flushFolder(dirname(place));
    },
    async abandon() {
      if (state === 'over') return;
      if (state === 'open') await file.close().catch(() => undefined);
      state = 'over';
      await rm(unfinished, {force: true}).catch(() => undefined);
    },
  };
}

/** So that the new name outlives a power cut; where a system knows no flushing of folders, the rename is all there is. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}

/** Why the system refused, and what to do about it. */
export function unwritableReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'its folder does not exist: make it, or choose another place';
    case 'EACCES':
    case 'EPERM':
      return 'this user may not write there: choose a folder of your own';
    case 'EROFS':
      return 'the disk can only be read: choose another one';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full: make room, or choose another one';
    case 'EFBIG':
      return 'it is longer than this disk or this user may have files: bounce less, or choose another disk';
    case 'ENAMETOOLONG':
      return 'its name is too long: choose a shorter one';
    default:
      return plainText(error instanceof Error ? error.message : String(error));
  }
}
