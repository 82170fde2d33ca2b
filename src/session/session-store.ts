import {randomUUID} from 'node:crypto';
import {join} from 'node:path';
import type {Automation} from '../model/automation.ts';
import type {JournalEntry} from '../model/journal.ts';
import type {MeterSettings} from '../model/meter-settings.ts';
import type {Mixer} from '../model/mixer.ts';
import type {Problem} from '../model/problem.ts';
import type {Session} from '../model/session.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {Timeline} from '../model/timeline.ts';
import {type OpenAppendFile, openAppendFile} from './append-file.ts';
import {type Disk, systemDisk} from './durable-file.ts';
import {withoutManyPoints} from './journal-entry.ts';
import {journalFileName} from './journal-file.ts';
import {createJournalWriter, type WriterClock} from './journal-writer.ts';
import {type LaneFile, laneFileOf, laneWrite} from './lane-file.ts';
import type {SessionLock} from './lock-file.ts';
import type {RecoveredSession} from './recover.ts';
import {saveCure, saveReason} from './save.ts';
import {sessionFileName} from './session-file.ts';
import {CheckpointFailure, type Ground, layGround, writeState} from './session-ground.ts';

/** Everything of a running desk that outlives it, but for the steps: the journal has them. */
export interface Kept {
  readonly mixer: Mixer;
  readonly automation: Automation;
  readonly timeline: Timeline;
  readonly meters: MeterSettings;
  readonly snapshots: readonly Snapshot[];
}

export interface SessionStoreOptions {
  readonly recovered: RecoveredSession;
  /** What recovery itself added: steps of passes that never ended. */
  readonly added: readonly JournalEntry[];
  /** Gets the right to write; asked before the first write, and again as long as it rejects. */
  readonly lock: () => Promise<SessionLock>;
  readonly clock: WriterClock;
  /** ms since 1970. */
  readonly wallMs: () => number;
  /** Told when the disk refuses the journal, and (undefined) when it does no longer. */
  readonly troubled: (error: unknown) => void;
  /** Told under which name something was kept that could not be read. */
  readonly keptAs: (name: string) => void;
  readonly disk?: Disk;
  readonly openFile?: OpenAppendFile;
}

/** A session's folder while a desk writes to it: the journal at once, session.json and lanes from time to time. As long as nothing happens it writes nothing. */
export interface SessionStore {
  /** Takes an entry. False: it is too large for the journal, and a whole checkpoint must be written at once; then it cannot be taken back after a restart. */
  append(entry: JournalEntry): boolean;
  /** Whether anything was taken, or recovered, that session.json does not have. */
  readonly isBehind: boolean;
  /** Bytes of journal that were written since session.json was. */
  readonly behindBytes: number;
  /** The numbers of the last entry that was taken, and of the last that is on the disk. */
  readonly taken: number;
  readonly acknowledged: number;
  /**
   * Writes what is kept now. `often` is cheap: many lanes stay in their file as they were, for the journal has what changed. Answers with what went wrong.
   */
  checkpoint(
    read: () => Kept,
    how: 'often' | 'whole',
    backs: 'backs up' | 'keeps the backup',
  ): Promise<Problem | undefined>;
  /** See `JournalWriter.flushed`. */
  flushed(): Promise<boolean>;
  /** Flushes, and gives file and lock back; false if something could not be written. */
  close(): Promise<boolean>;
}

export function createSessionStore(options: SessionStoreOptions): SessionStore {
  const {recovered, added, wallMs, keptAs, disk = systemDisk, openFile = openAppendFile} = options;
  const {folder} = recovered.session;
  const id = recovered.session.id ?? randomUUID();
  const session: Session = {...recovered.session, id, writable: true};
  let saved = session.journal ?? 0;
  let savedBytes = 0;
  let laneFile: LaneFile = laneFileOf(recovered);
  let isRecovered = added.length > 0 || recovered.recovered.entries > 0;
  let lock: SessionLock | undefined;
  let ground: Ground | undefined;
  let laying: Promise<Ground> | undefined;

  const writer = createJournalWriter({
    open: async (end) => {
      const from = end ?? (await ready()).end;
      const file = await openFile(join(folder, journalFileName));
      if ((await file.length()) >= from.bytes) return {file, end: from};
      await file.close();
      throw new Error(`${journalFileName} was cut or replaced by another program`);
    },
    lastNumber: recovered.journal.lastNumber + added.length,
    clock: options.clock,
    wallMs,
    troubled: options.troubled,
  });

  /** The right to write, and a folder that is ready for it. */
  function ready(): Promise<Ground> {
    laying ??= lay().finally(() => {
      laying = undefined;
    });
    return laying;
  }

  async function lay(): Promise<Ground> {
    lock ??= await options.lock();
    if (ground !== undefined) return ground;
    ground = await layGround({recovered, id, added, writtenMs: wallMs(), keptAs, disk});
    ({saved, laneFile} = ground);
    return ground;
  }

  async function write(
    read: () => Kept,
    how: 'often' | 'whole',
    backs: 'backs up' | 'keeps the backup',
  ): Promise<void> {
    await ready();
    if ((await lock?.renew()) === false) {
      throw new Error('another program has taken the session over, and this one writes nothing more');
    }
    const {mixer, automation, ...kept} = read();
    const number = writer.taken;
    const bytes = writer.writtenBytes;
    // What session.json says it has, the journal has too: steps can be taken back only from there.
    await writer.flushed();
    const lanes = laneWrite(laneFile, automation.lanes, automation.settings, number, how);
    laneFile = await writeState({...session, ...kept, journal: number}, mixer, lanes, backs, disk);
    saved = number;
    savedBytes = bytes;
    isRecovered = false;
    writer.saved(number);
  }

  return {
    append(entry) {
      const small = withoutManyPoints(entry);
      writer.append(small ?? entry);
      return small === undefined;
    },
    get isBehind() {
      return isRecovered || writer.taken > saved;
    },
    get behindBytes() {
      return writer.writtenBytes - savedBytes;
    },
    get taken() {
      return writer.taken;
    },
    get acknowledged() {
      return writer.acknowledged;
    },
    async checkpoint(read, how, backs) {
      try {
        await write(read, how, backs);
        return undefined;
      } catch (error) {
        if (error instanceof CheckpointFailure) return error.problem;
        const reason = `was not saved: ${saveReason(error)}`;
        return {path: join(folder, sessionFileName), reason, hint: saveCure(error), severity: 'error'};
      }
    },
    flushed: writer.flushed,
    async close() {
      const done = await writer.close();
      await lock?.release();
      return done;
    },
  };
}
