import {plainText} from '../../model/problem.ts';
import type {Port} from '../../transport/contract.ts';

/** Whether a port was asked for: by a part of its name, or by its path. */
export function isWanted(wanted: readonly string[], port: Port): boolean {
  if (wanted.length === 0) return true;
  const name = plainText(port.name).toLowerCase();
  return wanted.some((part) => part === port.id || name.includes(part.toLowerCase()));
}
