import {describeError} from '../model/problem.ts';
import {systemCode} from '../session/durable-file.ts';
import {saveCure, saveReason} from '../session/save.ts';

/** What a disk refuses, why, and what becomes of what was done. */
export function troubleText(error: unknown): string {
  const isKnown = systemCode(error) !== '';
  const reason = isKnown ? saveReason(error) : describeError(error);
  const cure = isKnown ? ` ${saveCure(error)}` : '';
  return `Nothing can be written: ${reason}. Everything stays in memory, and is tried again.${cure}`;
}

/** `14:03:22`. */
export function timeOf(ms: number): string {
  return new Date(ms).toTimeString().slice(0, 8);
}
