import {randomUUID} from 'node:crypto';
import {link, open, readFile, readlink, rm, stat} from 'node:fs/promises';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {z} from 'zod';
import {parseJson} from '../model/json-text.ts';
import {systemCode} from './durable-file.ts';

/** Name of the lock in a session's folder: who has the session open for writing. */
export const lockFileName = '.session.lock';

/** Who holds a session. */
export interface LockHolder {
  /** Made for this lock alone. */
  readonly token: string;
  /** The machine (and, on Linux, its world of process numbers). */
  readonly host: string;
  readonly pid: number;
  /** When that process began, in the system's own count: a number that is given again is not the same process. Absent where the system does not say. */
  readonly began?: string | undefined;
  /** ms since 1970. */
  readonly sinceMs: number;
}

const holderSchema = z.strictObject({
  token: z.string().max(64),
  host: z.string().max(300),
  pid: z.number().int().min(1),
  began: z.string().max(200).optional(),
  sinceMs: z.number(),
});

export interface SessionLock {
  /** Says that it is still held; false if somebody else took it, or the folder is gone. To be called every `renewMs`. */
  renew(): Promise<boolean>;
  /** Gives it back, if it is still held. Idempotent. */
  release(): Promise<void>;
}

export type Locked =
  | {readonly type: 'locked'; readonly lock: SessionLock}
  | {readonly type: 'held'; readonly holder: LockHolder};

/** How often a lock is renewed, and after how long without that one of another machine is taken to be forgotten. */
export const renewMs = 15_000;
const forgottenMs = 90_000;
/** Ending of the name of a lock on taking over a lock. */
const takingOver = '.takeover';
/** How often one asks again while others take a lock over, and after what pause. */
const mostAttempts = 40;
const pauseMs = 25;

/**
 * Takes the lock of a session's folder, if nobody holds it. A lock of a process that is no more is taken over; so is one of another machine that was not
 * renewed for a minute and a half, by the clock of the disk. Rejects with the system's error if the folder cannot be written to.
 */
export async function lockSession(folder: string, self: () => Promise<LockHolder> = thisProcess): Promise<Locked> {
  const path = join(folder, lockFileName);
  const holder = await self();
  const mine = join(folder, `${lockFileName}.${holder.token}`);
  await writeNew(mine, JSON.stringify(holder));
  try {
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      if (await placed(mine, path)) return {type: 'locked', lock: heldLock(path, holder)};
      const found = await readHolder(path);
      if (found === undefined) continue;
      if (!(await isForgotten(path, mine, found, holder))) {
        if (found !== 'unreadable') return {type: 'held', holder: found};
      } else if (await placed(mine, `${path}${takingOver}`)) {
        await takeOver(path, mine, holder).finally(() => rm(`${path}${takingOver}`, {force: true}));
        continue;
      } else if (await isOld(`${path}${takingOver}`, mine)) await rm(`${path}${takingOver}`, {force: true});
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    throw Object.assign(new Error('the lock of the session changes all the time'), {code: 'EBUSY'});
  } finally {
    await rm(mine, {force: true}).catch(() => undefined);
  }
}

/** A lock is complete the moment it is there: a file that has been written gets a second name. Disks that know no second names get a new file. */
async function placed(mine: string, path: string): Promise<boolean> {
  try {
    await link(mine, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP', 'EMLINK', 'EACCES'].includes(systemCode(error))) throw error;
  }
  try {
    await writeNew(path, await readFile(mine, 'utf8'));
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Takes a lock away if it is still forgotten. Only one does that at a time, so that none takes away what another has placed meanwhile. */
async function takeOver(path: string, mine: string, self: LockHolder): Promise<void> {
  const found = await readHolder(path);
  if (found !== undefined && (await isForgotten(path, mine, found, self))) await rm(path, {force: true});
}

function heldLock(path: string, holder: LockHolder): SessionLock {
  const isMine = async (): Promise<boolean> => {
    const found = await readHolder(path).catch(() => undefined);
    return found !== undefined && found !== 'unreadable' && found.token === holder.token;
  };
  return {
    async renew() {
      if (!(await isMine())) return false;
      // Written over with the same text: so the time is that of the disk, which may be another machine's.
      await rewrite(path, JSON.stringify(holder)).catch(() => undefined);
      return true;
    },
    async release() {
      if (await isMine()) await rm(path, {force: true}).catch(() => undefined);
    },
  };
}

async function isForgotten(
  path: string,
  mine: string,
  found: LockHolder | 'unreadable',
  self: LockHolder,
): Promise<boolean> {
  if (found === 'unreadable') return isOld(path, mine);
  if (found.host !== self.host) return isOld(path, mine);
  if (found.pid === self.pid && found.began === self.began) return false;
  const began = await beginningOf(found.pid);
  if (began === 'gone') return true;
  return found.began === undefined || began === undefined ? isOld(path, mine) : found.began !== began;
}

/** Whether a lock was not renewed for long, against a file that was written just now on the same disk. */
async function isOld(path: string, mine: string): Promise<boolean> {
  const [lock, now] = await Promise.all([stat(path).catch(() => undefined), stat(mine)]);
  return lock !== undefined && now.mtimeMs - lock.mtimeMs > forgottenMs;
}

async function readHolder(path: string): Promise<LockHolder | 'unreadable' | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const json = parseJson(text);
  const checked = holderSchema.safeParse(json.type === 'value' ? json.value : undefined);
  return checked.success ? checked.data : 'unreadable';
}

async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}

async function rewrite(path: string, text: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.write(text, 0);
  } finally {
    await file.close();
  }
}

/** This process, as a holder of a lock of its own. */
export async function thisProcess(): Promise<LockHolder> {
  const world = await readlink('/proc/self/ns/pid').catch(() => '');
  const began = await beginningOf(process.pid);
  return {
    token: randomUUID(),
    host: `${hostname()} ${world}`.trim(),
    pid: process.pid,
    ...(began === undefined || began === 'gone' ? {} : {began}),
    sinceMs: Date.now(),
  };
}

/** When a process of this machine began (on Linux: which start of the machine, and clock ticks since then); undefined if the system does not say. */
async function beginningOf(pid: number): Promise<string | 'gone' | undefined> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return 'gone';
  }
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    const status = await readFile(`/proc/${pid}/stat`, 'latin1');
    // The name in brackets may hold anything; behind it stand what the process does (Z: it is dead, and nobody asked why) and, as the 20th, when it began.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    const ticks = fields[19];
    if (fields[0] === 'Z' || fields[0] === 'X') return 'gone';
    return ticks === undefined ? undefined : `${boot} ${ticks}`;
  } catch {
    return undefined;
  }
}
