import {access, constants, stat} from 'node:fs/promises';
import {basename, dirname, join, resolve} from 'node:path';
import {DeskError, plainText} from '../model/problem.ts';
import {systemCode} from '../session/durable-file.ts';
import {type LockHolder, lockSession, type SessionLock} from '../session/lock-file.ts';
import {backupFileName, sessionFileName} from '../session/session-file.ts';

/** How it went to get the right to write to a session. */
export type Acquired =
  | {readonly type: 'locked'; readonly lock: SessionLock}
  /** The folder cannot be written to; the system's error. */
  | {readonly type: 'refused'; readonly error: unknown}
  /** It is no session; what is wrong says who reads it. */
  | {readonly type: 'no session'};

/** The folder of a session that is named by itself, by its file or by the backup. */
export function folderOf(path: string): string {
  const given = resolve(path);
  return [sessionFileName, backupFileName].includes(basename(given)) ? dirname(given) : given;
}

/** Takes a session for writing. Rejects with a DeskError if another program has it. */
export async function acquireSession(folder: string): Promise<Acquired> {
  const files = await Promise.all(
    [sessionFileName, backupFileName].map((name) => stat(join(folder, name)).catch(() => undefined)),
  );
  if (files.every((file) => file === undefined)) return {type: 'no session'};
  try {
    const locked = await lockSession(folder);
    if (locked.type === 'locked') return locked;
    throw new DeskError('session.busy', busyText(folder, locked.holder));
  } catch (error) {
    if (error instanceof DeskError) throw error;
    return {type: 'refused', error};
  }
}

/** Why a session cannot be opened, and what to do. */
function busyText(folder: string, {pid, host, sinceMs}: LockHolder): string {
  const since = new Date(sinceMs).toTimeString().slice(0, 5);
  const who = `process ${pid} on ${plainText(host.split(' ')[0] ?? host)}, since ${since}`;
  return `${plainText(folder)} is open in another Longthrow (${who}).\n    Close it there, or give --read-only to listen and look: nothing is written then.`;
}

/** What tells two states of session.json apart without reading them. */
export async function fileFacts(folder: string): Promise<string> {
  const facts = await stat(join(folder, sessionFileName)).catch(() => undefined);
  return facts === undefined ? 'none' : `${facts.size} ${facts.mtimeMs} ${facts.ino}`;
}

/** Takes a session that could not be written to when it was opened: only if it is as it was seen then. Rejects as long as that cannot be. */
export async function acquireLater(folder: string, seen: string): Promise<SessionLock> {
  await access(folder, constants.W_OK);
  await access(join(folder, sessionFileName), constants.W_OK).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw error;
  });
  const locked = await lockSession(folder);
  if (locked.type === 'held') throw new Error(busyText(folder, locked.holder));
  if ((await fileFacts(folder)) === seen) return locked.lock;
  await locked.lock.release();
  throw new Error('another program has written the session meanwhile');
}

/** What a system says of a file that may not be written to. */
export function accessError(): Error {
  return Object.assign(new Error('the session may not be written to'), {code: 'EACCES'});
}
