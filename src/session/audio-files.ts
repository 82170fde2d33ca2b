import {readdir, stat} from 'node:fs/promises';
import {basename, extname, join, resolve} from 'node:path';
import {describeError, type Problem, plainText} from '../model/problem.ts';
import {systemCode} from './durable-file.ts';
import {mostStrips} from './session-file.ts';

/** Audio files of a folder, sorted as people sort (2 before 10), and what was found in the way. */
export interface FoundAudio {
  /** Absolute paths. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

const readable = new Set(['.wav', '.wave', '.aif', '.aiff', '.aifc', '.flac', '.mp3', '.ogg', '.oga', '.opus']);
const unreadable = new Set([
  '.m4a',
  '.aac',
  '.wma',
  '.caf',
  '.w64',
  '.rf64',
  '.ape',
  '.wv',
  '.alac',
  '.mp4',
  '.ac3',
  '.sd2',
  '.rx2',
  '.dsf',
]);
const natural = new Intl.Collator('en', {numeric: true, sensitivity: 'base'});

/**
 * The stems of a folder: its own audio files and those of a folder `stems` in it. Files that begin with a dot and what
 * archivers leave (`__MACOSX`) are passed over. If there are none, the problem says where there are some. Never throws.
 */
export async function findAudioFiles(folder: string): Promise<FoundAudio> {
  const root = resolve(folder);
  const own = await list(root);
  if (own.type === 'unreadable') return {files: [], problems: [own.problem]};
  const stemFolders = own.folders.filter((path) => basename(path).toLowerCase() === 'stems');
  const lists = [own, ...(await Promise.all(stemFolders.map(list)))];
  const files: string[] = [];
  const problems: Problem[] = [];
  for (const found of lists) {
    if (found.type === 'unreadable') {
      problems.push(found.problem);
      continue;
    }
    files.push(...found.files.filter((path) => readable.has(extname(path).toLowerCase())));
    problems.push(...found.files.filter((path) => unreadable.has(extname(path).toLowerCase())).map(foreign));
  }
  if (files.length === 0) problems.push(await nothingIn(root, own.folders));
  if (files.length > mostStrips) problems.push(tooMany(root, files.length));
  return {files: files.slice(0, mostStrips), problems};
}

type Listed =
  | {readonly type: 'listed'; readonly files: readonly string[]; readonly folders: readonly string[]}
  | {readonly type: 'unreadable'; readonly problem: Problem};

async function list(folder: string): Promise<Listed> {
  let names: readonly string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    return {type: 'unreadable', problem: {path: plainText(folder), ...causeOf(error), severity: 'error'}};
  }
  const paths = names
    .filter((name) => !name.startsWith('.') && name !== '__MACOSX')
    .sort(natural.compare)
    .map((name) => join(folder, name));
  const kinds = await Promise.all(paths.map(kindOf));
  return {
    type: 'listed',
    files: paths.filter((_, index) => kinds[index] === 'file'),
    folders: paths.filter((_, index) => kinds[index] === 'folder'),
  };
}

/** Follows links; what is neither file nor folder (a pipe, a dead link) is none of ours. */
async function kindOf(path: string): Promise<'file' | 'folder' | 'other'> {
  try {
    const found = await stat(path);
    return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
  } catch {
    return 'other';
  }
}

async function nothingIn(root: string, folders: readonly string[]): Promise<Problem> {
  const reason = 'holds no audio files';
  for (const folder of folders) {
    const inside = await list(folder);
    const count =
      inside.type === 'listed' ? inside.files.filter((path) => readable.has(extname(path).toLowerCase())).length : 0;
    if (count > 0) {
      const hint = `There ${count === 1 ? 'is 1' : `are ${count}`} in ${plainText(folder)}: give that folder.`;
      return {path: plainText(root), reason, hint, severity: 'error'};
    }
  }
  return {
    path: plainText(root),
    reason,
    hint: 'Put WAV, AIFF, FLAC, MP3, OGG or Opus files into it.',
    severity: 'error',
  };
}

function foreign(path: string): Problem {
  const reason = `is of a kind that is not read (${extname(path)})`;
  return {path: plainText(path), reason, hint: 'Convert it to WAV or FLAC.', severity: 'warning'};
}

function tooMany(root: string, count: number): Problem {
  const reason = `holds ${count} audio files; the first ${mostStrips} are used`;
  return {
    path: plainText(root),
    reason,
    hint: 'Move those that belong to the mix into a folder of their own.',
    severity: 'warning',
  };
}

function causeOf(error: unknown): Pick<Problem, 'reason' | 'hint'> {
  switch (systemCode(error)) {
    case 'ENOENT':
      return {reason: 'is not there', hint: 'Check how the folder is written.'};
    case 'ENOTDIR':
      return {reason: 'is a file, not a folder', hint: 'Give the folder that holds the stems.'};
    case 'EACCES':
    case 'EPERM':
      return {reason: 'may not be read', hint: 'Give yourself the right to read the folder.'};
    default:
      return {reason: `cannot be read: ${describeError(error)}`, hint: 'Check the disk, and try again.'};
  }
}
