import {mkdir, stat} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import type {Mappings} from '../mapping/compile.ts';
import {loadMappings} from '../mapping/load.ts';
import {DeskError, describeError} from '../model/problem.ts';
import {putDurably, systemDisk} from '../session/durable-file.ts';
import {mappingsFolder, userMappingsFolder} from './folders.ts';

/** A surface or layout file that was made, and is not written yet. */
export interface NewMapping {
  readonly kind: 'surfaces' | 'layouts';
  /** The file's name without ending. */
  readonly id: string;
  readonly file: object;
}

/**
 * The mappings of the program, those of the user's folder, which win over them, and those of `folder`, which win over both. Rejects with a
 * DeskError if `folder` is not there; what is wrong in a file is a problem of the result, and all other files work.
 */
export async function deskMappings(folder: string | undefined): Promise<Mappings> {
  if (folder !== undefined && !(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw new DeskError('usage', `${folder}: there is no such folder; it has "surfaces" and "layouts" in it.`);
  }
  return loadMappings(mappingsFolder, userMappingsFolder(process.env), ...(folder === undefined ? [] : [folder]));
}

/** Where a mapping lies among those that the desk looks for: `folder`, or the user's own. */
export function ownMappingPath({kind, id}: NewMapping, folder: string | undefined): string {
  return join(folder ?? userMappingsFolder(process.env), kind, `${id}.json`);
}

/** Rejects with a DeskError if there is a file already. */
export async function refuseMapping(path: string): Promise<void> {
  if ((await stat(path).catch(() => undefined)) === undefined) return;
  throw new DeskError('file.unwritable', `${path} is there already. Give --replace to write over it, or another name.`);
}

/**
 * Writes a mapping whole or not at all; folders are made. Rejects with a DeskError if there is such a file already that may not be replaced,
 * or the disk refuses.
 */
export async function writeMapping(path: string, file: object, mayReplace: boolean): Promise<void> {
  if (!mayReplace) await refuseMapping(path);
  try {
    await mkdir(dirname(path), {recursive: true});
    await putDurably(path, Buffer.from(`${mappingText(file)}\n`), 0o666, systemDisk);
  } catch (error) {
    throw new DeskError('file.unwritable', `${basename(path)} cannot be written: ${describeError(error)}`, error);
  }
}

/** A mapping as people write it: lists of numbers on one line. */
export function mappingText(file: object): string {
  return JSON.stringify(file, null, 2).replace(/\[\s*\n[^[\]{}]*?\]/g, (list) =>
    list.includes('"') ? list : list.replace(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']'),
  );
}
