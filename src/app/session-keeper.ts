import type {JournalEntry} from '../model/journal.ts';
import type {Problem} from '../model/problem.ts';
import {renewMs, type SessionLock} from '../session/lock-file.ts';
import {createSessionStore, type Kept, type SessionStore} from '../session/session-store.ts';
import type {Clock} from './clock.ts';
import {noticeLine, type OpenedSession, openSession} from './open-session.ts';
import {timeOf, troubleText} from './save-words.ts';
import {accessError, acquireLater, acquireSession, fileFacts, folderOf} from './session-lock.ts';

export interface KeeperOptions {
  /** Folder or file of the session. */
  readonly path: string;
  /** Tracks to compare the mix with, for this run. */
  readonly references?: readonly string[];
  /** Why nothing is to be written: it is the demo, or it was asked for. Undefined: it is. */
  readonly readOnly?: 'demo' | 'asked' | undefined;
  readonly clock: Clock;
  /** ms since 1970; the machine's if absent. */
  readonly wallMs?: () => number;
}

/** A session that is kept while a desk plays it: every change on the disk at once, the whole from time to time, and at the end. */
export interface SessionKeeper {
  /** As it was when it was last written, crash or not. */
  readonly opened: OpenedSession;
  /** Takes a change. */
  journal(entry: JournalEntry): void;
  /** Says what is kept; from now on the session is written by itself when something has changed. */
  begin(read: () => Kept): void;
  /** Save was asked for. */
  save(): Promise<void>;
  /** What a person should know: how the last save went, what was recovered, what the disk refuses. */
  notices(): readonly string[];
  /** Whether all changes so far are on the disk. */
  flushed(): Promise<boolean>;
  /** Writes what is not yet written, and lets the session go; answers with what went wrong. */
  close(read: () => Kept): Promise<Problem | undefined>;
  /** Lets the session go as it is: what is on the disk has all. */
  abandon(): Promise<void>;
}

/** Things that changed are in session.json after so long at the most; or when the journal has grown by so much since. */
const autosaveMs = 10_000;
const autosaveBytes = 2_000_000;
const lookMs = 1000;
/** A folder that could not be written to is asked again after so long. */
const retryMs = 5000;

/** Opens a session to be played and written. Rejects with a DeskError if it is damaged, or another program has it. */
export async function openKeeper(options: KeeperOptions): Promise<SessionKeeper> {
  const {path, references, readOnly} = options;
  if (readOnly !== undefined) return keepNothing(await openSession(path, references), readOnly);
  const acquired = await acquireSession(folderOf(path));
  const lock = acquired.type === 'locked' ? acquired.lock : undefined;
  try {
    const opened = await openSession(path, references);
    const refused = acquired.type === 'refused' ? acquired.error : undefined;
    if (opened.session.writable || refused !== undefined) return await keep(opened, lock, refused, options);
    await lock?.release();
    return await keep(opened, undefined, accessError(), options);
  } catch (error) {
    await lock?.release();
    throw error;
  }
}

function keepNothing(opened: OpenedSession, why: 'demo' | 'asked'): SessionKeeper {
  const {folder} = opened.session;
  const refusal =
    why === 'demo'
      ? `this session is the demo, or read-only – Copy the folder ${folder} to a place of your own and open the copy.`
      : 'the session was opened with --read-only.';
  let asked = false;
  return {
    opened,
    journal() {},
    begin() {},
    async save() {
      asked = true;
    },
    notices: () => [
      ...(asked ? [`Not saved: ${refusal}`] : []),
      ...(why === 'asked' ? ['Read-only: nothing is written.'] : []),
      ...(opened.told === undefined ? [] : [opened.told]),
    ],
    flushed: async () => true,
    close: async () => undefined,
    async abandon() {},
  };
}

async function keep(
  opened: OpenedSession,
  held: SessionLock | undefined,
  refused: unknown,
  {clock, wallMs = Date.now}: KeeperOptions,
): Promise<SessionKeeper> {
  const {folder} = opened.session;
  const seen = await fileFacts(folder);
  let lock = held;
  let trouble = refused === undefined ? undefined : troubleText(refused);
  let wasTroubled = refused !== undefined;
  let lastSave: string | undefined;
  let wellAgain: string | undefined;
  let behindSinceMs: number | undefined;
  let lookedMs = clock.now();
  let firstSave = true;
  let read: (() => Kept) | undefined;
  let busy: Promise<unknown> = Promise.resolve();
  let cancel: (() => void) | undefined;
  const kept: string[] = [];

  const troubled = (error: unknown): void => {
    if (error !== undefined) trouble = troubleText(error);
    else if (trouble !== undefined) {
      trouble = undefined;
      wellAgain = `The session can be written again; what was done meanwhile was written at ${timeOf(wallMs())}.`;
    }
    wasTroubled = error !== undefined;
  };

  const store: SessionStore = createSessionStore({
    recovered: opened,
    added: opened.added,
    clock,
    wallMs,
    troubled,
    keptAs: (name) => kept.push(`What could not be used is kept as ${name}.`),
    lock: takeLock,
  });

  /** The lock that is held; one that could not be had at first only if nobody has written meanwhile. */
  async function takeLock(): Promise<SessionLock> {
    if (lock !== undefined) return lock;
    lock = await acquireLater(folder, seen);
    return lock;
  }

  /** One after the other; the first save of a run, and those asked for, keep the state before as the backup. */
  function write(how: 'often' | 'whole', isAsked: boolean, from: () => Kept): Promise<Problem | undefined> {
    const saved = busy.then(async () => {
      const problem = await store.checkpoint(from, how, firstSave || isAsked ? 'backs up' : 'keeps the backup');
      if (problem === undefined) {
        firstSave = false;
        behindSinceMs = undefined;
        if (wasTroubled) troubled(undefined);
      }
      return problem;
    });
    busy = saved;
    return saved;
  }

  function look(): void {
    cancel = clock.after(lookMs, look);
    const nowMs = clock.now();
    if (store.isBehind) behindSinceMs ??= nowMs;
    const isDue =
      behindSinceMs !== undefined && (nowMs - behindSinceMs >= autosaveMs || store.behindBytes > autosaveBytes);
    if (isDue && read !== undefined) {
      behindSinceMs = nowMs;
      tellFailure(write('often', false, read));
    }
    if (nowMs - lookedMs < (lock === undefined ? retryMs : renewMs)) return;
    lookedMs = nowMs;
    void lookAfterLock();
  }

  async function lookAfterLock(): Promise<void> {
    try {
      if (lock === undefined) {
        await takeLock();
        if (!store.isBehind) troubled(undefined);
      } else if (!(await lock.renew())) troubled(new Error('another program has taken the session over'));
    } catch (error) {
      troubled(error);
    }
  }

  async function letGo(): Promise<void> {
    cancel?.();
    await store.close();
    await lock?.release();
  }

  function tellFailure(saved: Promise<Problem | undefined>): void {
    void saved.then((problem) => {
      if (problem === undefined) return;
      wasTroubled = true;
      trouble = `Not saved: ${noticeLine(problem, folder)} All of it is still here, and is tried again.`;
    });
  }

  return {
    opened,
    journal(entry) {
      if (!store.append(entry) && read !== undefined) tellFailure(write('whole', false, read));
    },
    begin(source) {
      read = source;
      cancel ??= clock.after(lookMs, look);
    },
    async save() {
      if (read === undefined) return;
      const problem = await write('whole', true, read);
      lastSave = `The session was written at ${timeOf(wallMs())}.`;
      if (problem !== undefined) lastSave = `Not saved: ${noticeLine(problem, folder)}`;
    },
    notices: () => [
      ...(trouble === undefined ? [] : [trouble]),
      ...(lastSave === undefined ? [] : [lastSave]),
      ...(wellAgain === undefined ? [] : [wellAgain]),
      ...(opened.told === undefined ? [] : [opened.told]),
      ...kept,
    ],
    flushed: store.flushed,
    async close(last) {
      cancel?.();
      cancel = undefined;
      await busy;
      const problem = store.isBehind ? await write('whole', false, last) : undefined;
      await letGo();
      return problem;
    },
    abandon: letGo,
  };
}
