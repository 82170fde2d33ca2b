import {newAutomationSettings} from '../model/automation.ts';
import type {Step} from '../model/history.ts';
import {type Lanes, withChange} from '../model/lane-change.ts';
import {newMeterSettings} from '../model/meter-settings.ts';
import {DeskError} from '../model/problem.ts';
import {type Snapshot, withSnapshot} from '../model/snapshot.ts';
import {newTimeline} from '../model/timeline.ts';
import type {Kept} from '../session/session-store.ts';
import {systemClock} from './clock.ts';
import {type OpenedSession, openSession, problemLine} from './open-session.ts';
import {openKeeper, type SessionKeeper} from './session-keeper.ts';

/** What a command changes of a session that nobody has open. */
export interface SessionEdit {
  /** A step of lanes, which a desk can take back. */
  readonly step?: Step;
  /** Snapshots that are others, or (undefined) no more, by the name they had. */
  readonly snapshots?: readonly {readonly name: string; readonly snapshot: Snapshot | undefined}[];
}

/** What came of it. */
export interface EditedSession {
  readonly opened: OpenedSession;
  readonly lanes: Lanes;
  readonly snapshots: readonly Snapshot[];
  /** False: nothing was to be changed. */
  readonly changed: boolean;
}

/**
 * Opens a session, changes it as `edit` says, and writes it, journal and all; nobody else can write to it meanwhile. Rejects with a DeskError where it cannot
 * be read or written, or is open in another program; it is as it was then.
 */
export async function editSession(path: string, edit: (opened: OpenedSession) => SessionEdit): Promise<EditedSession> {
  const {session} = await openSession(path);
  if (!session.writable) {
    const reason = 'may not be written to: it is the demo, or read-only.';
    throw new DeskError('file.unwritable', `${session.folder} ${reason} Copy the folder to a place of your own.`);
  }
  const keeper = await openKeeper({path, clock: systemClock}).catch(sayWhereElse);
  const {opened} = keeper;
  let edited: EditedSession = {
    opened,
    lanes: opened.lanes,
    snapshots: opened.session.snapshots ?? [],
    changed: false,
  };
  try {
    edited = changed(edited, edit(opened), keeper);
  } catch (error) {
    await keeper.close(() => keptOf(edited));
    throw error;
  }
  const problem = await keeper.close(() => keptOf(edited));
  if (problem !== undefined) throw new DeskError('file.unwritable', problemLine(problem));
  return edited;
}

function changed(before: EditedSession, {step, snapshots = []}: SessionEdit, keeper: SessionKeeper): EditedSession {
  const changes = step?.lanes ?? [];
  if (step !== undefined && changes.length > 0) keeper.journal({type: 'step', step});
  for (const {name, snapshot} of snapshots) keeper.journal({type: 'snapshot', name, snapshot});
  return {
    ...before,
    lanes: changes.reduce(withChange, before.lanes),
    snapshots: snapshots.reduce((list, {name, snapshot}) => withSnapshot(list, name, snapshot), before.snapshots),
    changed: changes.length > 0 || snapshots.length > 0,
  };
}

function keptOf({opened: {session}, lanes, snapshots}: EditedSession): Kept {
  return {
    mixer: session.mixer,
    automation: {lanes, settings: session.automation?.settings ?? newAutomationSettings},
    timeline: session.timeline ?? newTimeline,
    meters: session.meters ?? newMeterSettings,
    snapshots,
  };
}

/** What is open elsewhere can be changed there. */
function sayWhereElse(error: unknown): never {
  if (!(error instanceof DeskError) || error.code !== 'session.busy') throw error;
  const [what = ''] = error.message.split('\n');
  throw new DeskError('session.busy', `${what}\n    Close it there first, or make the change there.`, error);
}
