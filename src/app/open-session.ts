import {DeskError, type Problem, plainText} from '../model/problem.ts';
import type {Session} from '../model/session.ts';
import {loadSession} from '../session/load.ts';

/** A problem as one line: place, reason, and what to do. */
export function problemLine({path, reason, hint, severity}: Problem): string {
  return `${severity === 'warning' ? 'warning: ' : ''}${path}: ${reason}${hint === undefined ? '' : `\n    ${hint}`}`;
}

/** The same on a single line, for the terminal view and status lines; the folder that everyone knows is left out. */
export function noticeLine({path, reason, hint}: Problem, folder: string): string {
  const place = path.startsWith(folder) ? path.slice(folder.length).replace(/^[\\/]/, '') || path : path;
  return plainText(`${place}: ${reason}${hint === undefined ? '.' : ` – ${hint}`}`);
}

/** The session of a folder. Rejects with a DeskError that lists what is wrong with it. */
export async function openSession(path: string): Promise<Session> {
  const loaded = await loadSession(path);
  if (loaded.type === 'session') return loaded.session;
  throw new DeskError('session.invalid', loaded.problems.map(problemLine).join('\n'));
}
