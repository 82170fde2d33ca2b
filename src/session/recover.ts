import {readFile} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {newAutomationSettings} from '../model/automation.ts';
import type {History} from '../model/history.ts';
import type {Lanes} from '../model/lane-change.ts';
import {describeError, type Problem} from '../model/problem.ts';
import type {Session} from '../model/session.ts';
import {parseAutomation} from './automation-file.ts';
import {systemCode} from './durable-file.ts';
import {journalFileName, type NumberedEntry, type ReadJournal, readJournal} from './journal-file.ts';
import {loadSession} from './load.ts';
import {type OpenPass, type Recovered, replay} from './replay.ts';
import {backupFileName} from './session-file.ts';

/** A session as it was when its desk last wrote anything down, journal included. */
export interface RecoveredSession {
  /** Mixer, tape and meters are as the journal leaves them; `automation` has the settings so, and names the file of lanes that was read. */
  readonly session: Session;
  readonly lanes: Lanes;
  readonly history: History;
  readonly openPasses: readonly OpenPass[];
  readonly recovered: Recovered;
  /** What was found wrong with lanes and journal, beside the problems of the session. */
  readonly problems: readonly Problem[];
  /** How the journal is to be continued. */
  readonly journal: JournalState;
  /** The file of lanes is damaged: it is to be kept when another takes its place. */
  readonly damagedLanes: boolean;
}

/** What a journal is to those who will write it. */
export interface JournalState {
  /** Entries that belong to the state, in order. */
  readonly entries: readonly NumberedEntry[];
  /** The highest number that any entry ever had. */
  readonly lastNumber: number;
  /** session.json is older than its journal, or not what was opened: it must be written before anything else is. */
  readonly isOlder: boolean;
  /** The journal on the disk holds what is not in `entries`: it is to be kept under another name when it is replaced. */
  readonly keepsOld: boolean;
}

export type Recovery =
  | {readonly type: 'session'; readonly recovered: RecoveredSession}
  | {readonly type: 'refused'; readonly problems: readonly Problem[]};

/** A desk may be writing while somebody else reads: what does not fit together is looked at again. */
const attempts = 3;

/** Reads a session with its lanes and everything that its journal has beyond it. Writes nothing, and needs no lock. Never throws. */
export async function recoverSession(folderOrFile: string): Promise<Recovery> {
  for (let attempt = 1; ; attempt++) {
    const loaded = await loadSession(folderOrFile);
    if (loaded.type === 'refused') return loaded;
    const {session} = loaded;
    const lanes = await readLanes(session);
    const journal = await readJournalOf(session.folder);
    const isBackup = basename(folderOrFile) === backupFileName;
    const doubtful = lanes.isMissing || (journal.read.saved > (session.journal ?? 0) && isOwn(journal.read, session));
    if (attempt < attempts && doubtful && !isBackup) continue;
    const isChosen = isBackup && (await loadSession(session.folder)).type === 'session';
    return {type: 'session', recovered: recover(session, lanes, journal, isBackup, isChosen)};
  }
}

function recover(
  session: Session,
  lanes: ReadLanes,
  journal: JournalText,
  isBackup: boolean,
  isChosen: boolean,
): RecoveredSession {
  const {read} = journal;
  const number = session.journal ?? 0;
  const problems: Problem[] = [...lanes.problems, ...journal.problems];
  const tell = (reason: string, hint: string): void => {
    problems.push({path: join(session.folder, journalFileName), reason, hint, severity: 'warning'});
  };
  const isThere = journal.bytes > 0;
  const isForeign = isThere && !isOwn(read, session);
  const isReplaced = !isBackup && !isForeign && read.saved > number;
  const lanesNumber = session.automation?.journal ?? number;
  // A journal that begins later than the state cannot bring it further.
  const isBeyond = read.from > Math.min(number, lanesNumber);
  const isOlder = !isForeign && (isReplaced || isChosen || isBeyond);
  const reachable = isForeign || isBeyond ? [] : read.entries;
  const {used, isCut} = usable(isOlder ? reachable.filter((entry) => entry.number <= number) : reachable, number);
  const keepsOld = isForeign || isOlder || isCut || read.damaged.length > 0 || journal.problems.length > 0;
  if (!isThere && number > 0) tell('is missing or empty', 'What was done before cannot be taken back.');
  else if (isForeign) tell('belongs to another session', keptHint);
  else if (isReplaced)
    tell('is newer than session.json, which was put back', `What was done since is not done again. ${keptHint}`);
  else if (isCut) tell(`is damaged at line ${read.damaged[0] ?? '?'}: what follows is left out`, keptHint);
  else if (read.damaged.length > 0) tell(`is damaged at line ${read.damaged.join(', ')}: steps are missing`, keptHint);
  else if (read.tornBytes > 0)
    tell('ends in half a line, which was being written when the program ended', 'It is left out.');
  const settings = session.automation?.settings ?? newAutomationSettings;
  const {mixer} = session;
  const base = {
    mixer,
    settings,
    timeline: session.timeline,
    meters: session.meters,
    snapshots: session.snapshots,
    lanes: lanes.lanes,
  };
  const replayed = replay({...base, number, lanesNumber}, used);
  const {timeline, meters, snapshots} = replayed;
  return {
    session: {
      ...session,
      mixer: replayed.mixer,
      automation: {...session.automation, settings: replayed.settings},
      ...(timeline === undefined ? {} : {timeline}),
      ...(meters === undefined ? {} : {meters}),
      ...(snapshots === undefined ? {} : {snapshots}),
    },
    lanes: replayed.lanes,
    history: replayed.history,
    openPasses: isOlder ? [] : replayed.openPasses,
    recovered: replayed.recovered,
    problems,
    journal: {
      entries: used,
      lastNumber: Math.max(number, isForeign ? 0 : Math.max(read.end.number, read.saved, read.from)),
      isOlder,
      keepsOld,
    },
    damagedLanes: lanes.isDamaged,
  };
}

const keptHint = 'It is kept under another name.';

function isOwn(read: ReadJournal, session: Session): boolean {
  return read.session !== undefined && read.session === session.id;
}

/** Entries that can be replayed after one with this number: up to the first that is missing. What the session has already may have gaps. */
function usable(
  entries: readonly NumberedEntry[],
  number: number,
): {readonly used: readonly NumberedEntry[]; readonly isCut: boolean} {
  let next = number + 1;
  const end = entries.findIndex((entry) => {
    if (entry.number <= number) return false;
    if (entry.number !== next) return true;
    next++;
    return false;
  });
  return end === -1 ? {used: entries, isCut: false} : {used: entries.slice(0, end), isCut: true};
}

interface ReadLanes {
  readonly lanes: Lanes;
  readonly problems: readonly Problem[];
  readonly isMissing: boolean;
  readonly isDamaged: boolean;
}

async function readLanes({folder, automation}: Session): Promise<ReadLanes> {
  const none = {lanes: new Map(), problems: [], isMissing: false, isDamaged: false};
  if (automation?.file === undefined) return none;
  const path = join(folder, automation.file);
  try {
    const {lanes, problems} = parseAutomation(await readFile(path), path);
    return {...none, lanes, problems, isDamaged: problems.some(({severity}) => severity === 'error')};
  } catch (error) {
    const isMissing = systemCode(error) === 'ENOENT';
    const reason = isMissing ? 'is missing; all lanes in it are' : `cannot be read: ${describeError(error)}`;
    const problem = {path, reason, hint: 'Bring the file back and open the session again.', severity: 'error'} as const;
    return {...none, problems: [problem], isMissing, isDamaged: true};
  }
}

interface JournalText {
  readonly read: ReadJournal;
  readonly bytes: number;
  readonly problems: readonly Problem[];
}

async function readJournalOf(folder: string): Promise<JournalText> {
  const path = join(folder, journalFileName);
  try {
    const bytes = await readFile(path);
    return {read: readJournal(bytes), bytes: bytes.length, problems: []};
  } catch (error) {
    const none = {read: readJournal(new Uint8Array(0)), bytes: 0, problems: []};
    if (systemCode(error) === 'ENOENT') return none;
    const reason = `cannot be read: ${describeError(error)}`;
    const hint = 'What was done since the last save, and the steps to take back, are in it.';
    return {...none, problems: [{path, reason, hint, severity: 'error'}]};
  }
}
