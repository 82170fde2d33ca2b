import {stat} from 'node:fs/promises';
import {join} from 'node:path';
import {parseJson} from '../model/json-text.ts';
import type {Lanes} from '../model/lane-change.ts';
import type {Mixer} from '../model/mixer.ts';
import type {Problem} from '../model/problem.ts';
import type {Session, StemFile} from '../model/session.ts';
import {automationFileName, automationFileNumber, automationPieces} from './automation-file.ts';
import {type Disk, systemDisk} from './durable-file.ts';
import {saveCure, saveReason, sessionFileOf, writeSessionFile} from './save.ts';
import {backupFileName} from './session-file.ts';

/** A state of a session to be written. */
export interface Checkpoint {
  /** With its id, the number of the last journal entry that is in it, and its settings of automation. */
  readonly session: Session;
  readonly mixer: Mixer;
  /** To be written into a file of their own; undefined keeps the one that the session names. */
  readonly lanes: Lanes | undefined;
  /** Whether the state before becomes `session.json.bak`. */
  readonly backs: 'backs up' | 'keeps the backup';
}

export type Checkpointed =
  /** `file` is the file of lanes that the session names now. */
  {readonly type: 'saved'; readonly file: string | undefined} | {readonly type: 'failed'; readonly problem: Problem};

/**
 * Writes lanes, then the session that names their file, then removes files of lanes that neither it nor its backup names: whatever happens meanwhile, the folder
 * holds the old state or the new one. Never throws: a disk that refuses is an answer.
 */
export async function writeCheckpoint(checkpoint: Checkpoint, disk: Disk = systemDisk): Promise<Checkpointed> {
  const {session, mixer, lanes, backs} = checkpoint;
  const {folder, automation} = session;
  let file = automation?.file;
  if (lanes !== undefined) {
    file = undefined;
    try {
      if (lanes.size > 0) file = await writeLanes(folder, lanes, disk);
    } catch (error) {
      const path = join(folder, automationFileName(1).replace('1', 'N'));
      const problem = {
        path,
        reason: `was not saved: ${saveReason(error)}`,
        hint: saveCure(error),
        severity: 'error',
      } as const;
      return {type: 'failed', problem};
    }
  }
  const {file: _, ...settings} = automation ?? {};
  const named = 'settings' in settings ? {automation: {...settings, ...(file === undefined ? {} : {file})}} : {};
  const written = sessionFileOf({...session, ...named, stems: await measured(session.stems)}, mixer);
  const saved = await writeSessionFile(folder, written, disk, backs);
  if (saved.type === 'failed') return saved;
  await removeUnnamed(folder, file, disk).catch(() => undefined);
  return {type: 'saved', file};
}

/** Under a number that no file has had: nobody names a file before it is whole. */
async function writeLanes(folder: string, lanes: Lanes, disk: Disk): Promise<string> {
  const numbers = (await disk.names(folder)).map((name) => automationFileNumber(name.replace(keptSuffix, '')) ?? 0);
  const name = automationFileName(Math.max(0, ...numbers) + 1);
  const pieces: Uint8Array[] = [];
  for (const piece of automationPieces(lanes)) {
    pieces.push(piece);
    // Lanes never change in place; so the desk may go on between two of them.
    if (piece.length > longPiece) await new Promise((resolve) => setImmediate(resolve));
  }
  await disk.writeThrough(join(folder, name), Buffer.concat(pieces), 0o666);
  await disk.syncFolder(folder);
  return name;
}

/** A piece of text that takes a millisecond to make. */
const longPiece = 20_000;

/** What damaged files of lanes are called after they were replaced: nothing removes them. */
export const keptSuffix = '.damaged';

/** Removes files of lanes that neither the session nor its backup names. A backup that cannot be read may name any. */
async function removeUnnamed(folder: string, file: string | undefined, disk: Disk): Promise<void> {
  const backup = await disk.read(join(folder, backupFileName));
  const named = backup === undefined ? [] : namedIn(backup);
  if (named === undefined) return;
  const files = (await disk.names(folder)).filter((name) => automationFileNumber(name) !== undefined);
  for (const name of files) {
    if (name !== file && !named.includes(name)) await disk.remove(join(folder, name));
  }
}

function namedIn(sessionFile: Uint8Array): readonly string[] | undefined {
  const json = parseJson(Buffer.from(sessionFile).toString());
  if (json.type === 'broken' || typeof json.value !== 'object' || json.value === null) return undefined;
  if (!('automation' in json.value)) return [];
  const {automation} = json.value;
  if (typeof automation !== 'object' || automation === null) return undefined;
  if (!('file' in automation)) return [];
  return typeof automation.file === 'string' ? [automation.file] : undefined;
}

/** Stems with the lengths of their files, as far as these are there; those of missing ones stay as they were known. */
async function measured(stems: readonly StemFile[]): Promise<readonly StemFile[]> {
  return Promise.all(
    stems.map(async (stem) => {
      const found = await stat(stem.path).catch(() => undefined);
      return found?.isFile() ? {...stem, bytes: found.size} : stem;
    }),
  );
}
