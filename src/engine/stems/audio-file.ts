import {constants} from 'node:fs';
import {type FileHandle, open, stat} from 'node:fs/promises';
import {resolve} from 'node:path';
import {describeError} from '../../model/problem.ts';
import {type Refusal, refuse} from './sound-header.ts';

/** An open regular file; whoever opened it closes its handle. */
export interface AudioFile {
  readonly handle: FileHandle;
  /** Absolute. */
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
}

/**
 * Opens a file for reading, whatever stands in its place: pipes, devices, folders, loops of links and forbidden files are refused,
 * and nothing can make it wait (a pipe without a writer would, hence the look before and the non-blocking flag).
 */
export async function openAudioFile(path: string): Promise<{type: 'file'; file: AudioFile} | Refusal> {
  let handle: FileHandle | undefined;
  try {
    const kind = refuseKind(await stat(path));
    if (kind !== undefined) return kind;
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const facts = await handle.stat();
    const changed = refuseKind(facts);
    if (changed !== undefined) {
      await handle.close();
      return changed;
    }
    return {type: 'file', file: {handle, path: resolve(path), size: facts.size, modifiedMs: facts.mtimeMs}};
  } catch (error) {
    await handle?.close().catch(() => {});
    return refuseUnreadable(error);
  }
}

function refuseKind(facts: {isDirectory(): boolean; isFile(): boolean; size: number}): Refusal | undefined {
  if (facts.isDirectory()) return refuse('it is a folder, not an audio file');
  if (!facts.isFile()) return refuse('it is a pipe or a device, not an audio file');
  if (facts.size === 0) return refuse('it is empty');
  return undefined;
}

/** The refusal that fits what the system said about a file. */
export function refuseUnreadable(error: unknown): Refusal {
  switch (systemCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return refuse('there is no such file', 'Was it moved or renamed, or is its disk not connected?');
    case 'EACCES':
    case 'EPERM':
      return refuse('no permission to read it', 'Change its permissions, or copy it to a folder of yours.');
    case 'ELOOP':
      return refuse('its symbolic links lead in a circle');
    case 'EMFILE':
    case 'ENFILE':
      return refuse('too many files are open', 'Raise the limit (ulimit -n) or close other programs.');
    default:
      return refuse(`it cannot be read: ${describeError(error)}`);
  }
}

/** The system's name for a failure, such as ENOSPC. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^E[A-Z0-9]+$/.test(error.code) ? error.code : undefined;
}

/** The bytes from `position` on, fewer than `length` only at the end of the file. `into` spares an allocation. */
export async function readBytes(
  file: Pick<AudioFile, 'handle'>,
  position: number,
  length: number,
  into = new Uint8Array(length),
): Promise<Uint8Array> {
  let filled = 0;
  while (filled < length) {
    const {bytesRead} = await file.handle.read(into, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return into.subarray(0, filled);
}
