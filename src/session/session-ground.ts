import {join} from 'node:path';
import {newAutomationSettings} from '../model/automation.ts';
import type {JournalEntry} from '../model/journal.ts';
import type {Mixer} from '../model/mixer.ts';
import type {Problem} from '../model/problem.ts';
import type {Session} from '../model/session.ts';
import {keptSuffix, writeCheckpoint} from './checkpoint.ts';
import {type Disk, putDurably} from './durable-file.ts';
import type {JournalEnd} from './journal-file.ts';
import {placeJournal, renewedJournal} from './journal-renewal.ts';
import {type LaneFile, type LaneWrite, laneFileOf, laneWrite} from './lane-file.ts';
import type {RecoveredSession} from './recover.ts';
import {backupFileName, readSessionFile} from './session-file.ts';

/** What is in a session's folder before the first entry of a run is written down. */
export interface Ground {
  /** Where the journal goes on. */
  readonly end: JournalEnd;
  /** The last entry that is in session.json. */
  readonly saved: number;
  readonly laneFile: LaneFile;
}

export interface GroundOptions {
  readonly recovered: RecoveredSession;
  readonly id: string;
  /** What recovery itself added. */
  readonly added: readonly JournalEntry[];
  readonly writtenMs: number;
  /** Told under which name something was kept. */
  readonly keptAs: (name: string) => void;
  readonly disk: Disk;
}

/** A state could not be written; carries what the disk answered. */
export class CheckpointFailure extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.reason);
    this.problem = problem;
  }
}

/**
 * Makes a folder ready for a run: a session.json that has an id and is not older than what goes on from it, and a journal that holds what is needed of the old
 * one. May be asked again after it failed: each part is whole or not there. Rejects with the system's error or a CheckpointFailure.
 */
export async function layGround({recovered, id, added, writtenMs, keptAs, disk}: GroundOptions): Promise<Ground> {
  const {session, journal: state, damagedLanes} = recovered;
  const {folder} = session;
  const number = session.journal ?? 0;
  let saved = number;
  let laneFile = laneFileOf(recovered);
  if (damagedLanes && laneFile.name !== undefined) await keepDamaged(folder, laneFile.name, keptAs, disk);
  if (session.id === undefined || state.isOlder) {
    saved = state.lastNumber;
    const settings = session.automation?.settings ?? newAutomationSettings;
    const write = laneWrite(laneFile, recovered.lanes, settings, saved, 'whole');
    laneFile = await writeState(
      {...session, id, journal: saved, writable: true},
      session.mixer,
      write,
      'backs up',
      disk,
    );
  }
  const base = Math.min(saved, laneFile.number, (await numberInBackup(folder, id, disk)) ?? saved);
  const {bytes, end} = renewedJournal({
    ...{session: id, entries: state.entries, base, saved, lastNumber: state.lastNumber, added, writtenMs},
  });
  const aside = await placeJournal(folder, bytes, state.keepsOld, disk);
  if (aside !== undefined) keptAs(aside);
  return {end, saved, laneFile};
}

/** Writes a state of a session; answers with its file of lanes. Rejects with a CheckpointFailure. */
export async function writeState(
  session: Session,
  mixer: Mixer,
  {lanes, member, after}: LaneWrite,
  backs: 'backs up' | 'keeps the backup',
  disk: Disk,
): Promise<LaneFile> {
  const made = await writeCheckpoint({session: {...session, automation: member}, mixer, lanes, backs}, disk);
  if (made.type === 'failed') throw new CheckpointFailure(made.problem);
  return {...after, name: made.file};
}

async function keepDamaged(folder: string, name: string, keptAs: (name: string) => void, disk: Disk): Promise<void> {
  const bytes = await disk.read(join(folder, name));
  const kept = `${name}${keptSuffix}`;
  if (bytes === undefined || (await disk.read(join(folder, kept))) !== undefined) return;
  await putDurably(join(folder, kept), bytes, 0o666, disk);
  keptAs(kept);
}

/** How far the journal must reach back for the backup to be brought to the present; undefined if there is none of this session. */
async function numberInBackup(folder: string, id: string, disk: Disk): Promise<number | undefined> {
  const text = await disk.read(join(folder, backupFileName)).catch(() => undefined);
  if (text === undefined) return undefined;
  const read = readSessionFile(Buffer.from(text).toString(), backupFileName);
  if (read.type === 'refused' || read.file.id !== id) return undefined;
  const {journal = 0, automation} = read.file;
  return Math.min(journal, automation?.journal ?? journal);
}
