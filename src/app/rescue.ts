import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import type {Problem} from '../model/problem.ts';
import {writeCheckpoint} from '../session/checkpoint.ts';
import type {Kept} from '../session/session-store.ts';
import {rescueFolder} from './folders.ts';
import {type OpenedSession, problemLine} from './open-session.ts';

/**
 * Puts a session that its own folder did not take into a folder of the user's own, as a session that can be opened there: its stems stay where they are.
 * Answers with what went wrong and where it is now, for people. Never throws.
 */
export async function rescued(
  {session}: OpenedSession,
  {mixer, automation, ...kept}: Kept,
  failed: Problem,
  atMs = Date.now(),
): Promise<string> {
  const stamp = new Date(atMs).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  const name =
    session.name
      .replace(/[^\p{L}\p{N} _-]+/gu, '')
      .trim()
      .slice(0, 60) || 'session';
  const folder = join(rescueFolder(process.env), `${name} ${stamp}`);
  const told = problemLine(failed);
  try {
    await mkdir(folder, {recursive: true});
    const {id: _, journal: __, ...rest} = session;
    const saved = await writeCheckpoint({
      session: {...rest, ...kept, folder, automation: {settings: automation.settings}, writable: true},
      mixer,
      lanes: automation.lanes,
      backs: 'backs up',
    });
    if (saved.type === 'saved')
      return `${told}\n    So that nothing is lost it was written to ${folder}: open it there.`;
    return `${told}\n    Neither could it be written to ${folder}.`;
  } catch {
    return `${told}\n    Neither could it be written to ${folder}.`;
  }
}
