import type {Stats} from 'node:fs';
import {readdir, stat} from 'node:fs/promises';
import {basename, dirname} from 'node:path';
import {nearestName} from '../model/near-name.ts';
import {describeError, type Problem, plainText} from '../model/problem.ts';
import {systemCode} from './durable-file.ts';

/**
 * What is wrong with a file that should be there, or undefined: looked for without opening it, so that a pipe or a device in its place cannot hold up the
 * desk. `without` says what a session without it is like.
 */
export async function missingFile(path: string, without: string): Promise<Problem | undefined> {
  const found = await look(path);
  if (found.type === 'there' && found.stats.isFile()) return undefined;
  const name = plainText(path);
  if (found.type === 'there') return {path: name, reason: `is not a file; ${without}`, severity: 'warning'};
  const why = found.reason === absentReason ? 'is missing' : found.reason;
  const near = nearestName(basename(path), await readdir(dirname(path)).catch(() => []));
  const hint =
    near === undefined
      ? 'Bring the file back and open the session again.'
      : `There is a "${plainText(near)}" beside it.`;
  return {path: name, reason: `${why}; ${without}`, hint, severity: 'warning'};
}

/** Why a file is none, where there is nothing at all. */
export const absentReason = 'is not there';

/** What stands at a path. */
export type Found =
  | {readonly type: 'there'; readonly stats: Stats}
  | {readonly type: 'absent'; readonly reason: string; readonly hint: string | undefined};

/** Looks at a path without opening what is there. Never throws. */
export async function look(path: string): Promise<Found> {
  try {
    return {type: 'there', stats: await stat(path)};
  } catch (error) {
    const absent = ['ENOENT', 'ENOTDIR'].includes(systemCode(error));
    return {
      type: 'absent',
      reason: absent ? absentReason : `cannot be reached: ${describeError(error)}`,
      hint: cureOf(error),
    };
  }
}

/** What to do about a file that cannot be reached. */
export function cureOf(error: unknown): string | undefined {
  if (systemCode(error) === 'EACCES') return 'Give yourself the right to read it.';
  return systemCode(error) === 'ENOENT' ? 'Check how it is written.' : undefined;
}
