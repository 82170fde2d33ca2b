import {resolve} from 'node:path';
import {modeOf} from '../model/automation.ts';
import type {JournalEntry} from '../model/journal.ts';
import {type LaneId, laneTarget} from '../model/lane.ts';
import type {Lanes} from '../model/lane-change.ts';
import {mostReferences} from '../model/monitor.ts';
import {DeskError, type Problem, plainText} from '../model/problem.ts';
import type {Session} from '../model/session.ts';
import {type RecoveredSession, recoverSession} from '../session/recover.ts';
import {findReferences} from '../session/references.ts';
import {closePasses} from './recovered-passes.ts';
import {recoveryWords} from './recovery-words.ts';

/** A problem as one line: place, reason, and what to do. */
export function problemLine({path, reason, hint, severity}: Problem): string {
  return `${severity === 'warning' ? 'warning: ' : ''}${path}: ${reason}${hint === undefined ? '' : `\n    ${hint}`}`;
}

/** The same on a single line, for the terminal view and status lines; the folder that everyone knows is left out. */
export function noticeLine({path, reason, hint}: Problem, folder: string): string {
  const place = path.startsWith(folder) ? path.slice(folder.length).replace(/^[\\/]/, '') || path : path;
  return plainText(`${place}: ${reason}${hint === undefined ? '.' : ` – ${hint}`}`);
}

/** A session with all that its journal has: passes that a crash cut off are closed, and problems of every kind are those of `session`. */
export interface OpenedSession extends RecoveredSession {
  /** What recovery itself added, to be written down by who writes to the session. */
  readonly added: readonly JournalEntry[];
  /** What was recovered, as a sentence; undefined if nothing was. */
  readonly told: string | undefined;
}

/**
 * The session of a folder as it was when its desk last wrote anything down, with more tracks to compare its mix with, for this run. Writes nothing. Rejects with
 * a DeskError that lists what is wrong with it.
 */
export async function openSession(path: string, references: readonly string[] = []): Promise<OpenedSession> {
  const recovery = await recoverSession(path);
  if (recovery.type === 'refused') {
    throw new DeskError('session.invalid', recovery.problems.map(problemLine).join('\n'));
  }
  const {recovered} = recovery;
  const {lanes, history, added, rides} = closePasses(recovered);
  const session = await withReferences(recovered.session, references);
  const count = {...recovered.recovered, rides: recovered.recovered.rides + rides};
  return {
    ...recovered,
    ...{lanes, history, added, recovered: count},
    session: {...session, problems: [...session.problems, ...recovered.problems]},
    told: recoveryWords(count),
  };
}

/** The lanes that move the mix of a session: those that are not off. What is added to a level goes with the level. */
export function lanesInForce({session, lanes}: OpenedSession): Lanes {
  const settings = session.automation?.settings;
  const isInForce = (id: LaneId): boolean => {
    const target = laneTarget(id);
    if (target === undefined) return false;
    const {strip, parameter} = target;
    const owner = parameter === 'level.offset' ? ({strip, parameter: 'level'} as const) : target;
    return settings === undefined || modeOf(settings, owner) !== 'off';
  };
  return new Map([...lanes].filter(([id]) => isInForce(id)));
}

/** Those of the session come first; what is more than a session can have is left out, and told. */
async function withReferences(session: Session, paths: readonly string[]): Promise<Session> {
  if (paths.length === 0) return session;
  const {references = []} = session;
  const room = Math.max(0, mostReferences - references.length);
  const found = await findReferences(paths.slice(0, room).map((path) => resolve(path)));
  const left = paths.slice(room).map(
    (path): Problem => ({
      path,
      reason: `is left out: a session has at most ${mostReferences} references`,
      severity: 'warning',
    }),
  );
  return {
    ...session,
    references: [...references, ...found.files.map((file) => ({...file, passing: true as const}))],
    problems: [...session.problems, ...found.problems, ...left],
  };
}
