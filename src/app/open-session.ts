import {resolve} from 'node:path';
import {mostReferences} from '../model/monitor.ts';
import {DeskError, type Problem, plainText} from '../model/problem.ts';
import type {Session} from '../model/session.ts';
import {loadSession} from '../session/load.ts';
import {findReferences} from '../session/references.ts';

/** A problem as one line: place, reason, and what to do. */
export function problemLine({path, reason, hint, severity}: Problem): string {
  return `${severity === 'warning' ? 'warning: ' : ''}${path}: ${reason}${hint === undefined ? '' : `\n    ${hint}`}`;
}

/** The same on a single line, for the terminal view and status lines; the folder that everyone knows is left out. */
export function noticeLine({path, reason, hint}: Problem, folder: string): string {
  const place = path.startsWith(folder) ? path.slice(folder.length).replace(/^[\\/]/, '') || path : path;
  return plainText(`${place}: ${reason}${hint === undefined ? '.' : ` – ${hint}`}`);
}

/** The session of a folder, with more tracks to compare its mix with, for this run. Rejects with a DeskError that lists what is wrong with it. */
export async function openSession(path: string, references: readonly string[] = []): Promise<Session> {
  const loaded = await loadSession(path);
  if (loaded.type === 'session') return withReferences(loaded.session, references);
  throw new DeskError('session.invalid', loaded.problems.map(problemLine).join('\n'));
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
