import {execFile} from 'node:child_process';
import {access, constants, readdir, readFile, stat} from 'node:fs/promises';
import {delimiter, join} from 'node:path';

/** The machine as the doctor sees it; it only reads. Tests bring their own. */
export interface System {
  readonly platform: NodeJS.Platform;
  readonly nodeVersion: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Ids of the groups of this login, empty where there are none. */
  readonly groups: readonly number[];
  readonly userName: string;
  /** Names in a folder, sorted; none if it is not there. */
  list(folder: string): Promise<readonly string[]>;
  /** Text of a file, or undefined. */
  read(path: string): Promise<string | undefined>;
  /** Whether it may be read and written by us. */
  access(path: string): Promise<'allowed' | 'denied' | 'absent'>;
  /** Id of the group that a file belongs to. */
  groupOf(path: string): Promise<number | undefined>;
  /** Names of running programs, as the kernel knows them (at most 15 characters); none where that cannot be asked. */
  programs(): Promise<readonly string[]>;
  /** Whether a program of that name is on the search path. */
  hasProgram(name: string): Promise<boolean>;
  /** Where a package would be loaded from, or undefined if it is not installed. */
  resolvePackage(name: string): string | undefined;
  /** Runs a script with arguments in a Node of its own and answers with its last line of standard output; undefined if it died or took too long. */
  runScript(script: string, args: readonly string[]): Promise<string | undefined>;
}

/** How long a child may take, in milliseconds. */
const childTimeoutMs = 2500;

/** The machine this runs on. */
export function thisSystem(): System {
  return {
    platform: process.platform,
    nodeVersion: process.versions.node,
    environment: process.env,
    groups: [...(process.getgroups?.() ?? []), ...(process.getegid === undefined ? [] : [process.getegid()])],
    userName: process.env['USER'] ?? process.env['LOGNAME'] ?? '',
    list: listFolder,
    read: readText,
    access: (path) => tryAccess(path),
    groupOf: async (path) => (await stat(path).catch(() => undefined))?.gid,
    programs: async () => {
      const ids = (await listFolder('/proc')).filter((name) => /^\d+$/.test(name));
      const names = await Promise.all(ids.map((id) => readText(`/proc/${id}/comm`)));
      return names.flatMap((name) => name?.trim() ?? []);
    },
    hasProgram: async (name) => {
      const folders = (process.env['PATH'] ?? '').split(delimiter).concat('/usr/sbin', '/sbin');
      const found = await Promise.all(folders.map((folder) => tryAccess(join(folder, name), constants.X_OK)));
      return found.includes('allowed');
    },
    resolvePackage: (name) => {
      try {
        return import.meta.resolve(name);
      } catch {
        return undefined;
      }
    },
    runScript,
  };
}

async function listFolder(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}

function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

async function tryAccess(
  path: string,
  mode = constants.R_OK | constants.W_OK,
): Promise<'allowed' | 'denied' | 'absent'> {
  try {
    await access(path, mode);
    return 'allowed';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'EACCES' || code === 'EPERM' ? 'denied' : 'absent';
  }
}

function runScript(script: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const given = ['--input-type=module', '-e', script, '--', ...args];
    execFile(process.execPath, given, {timeout: childTimeoutMs, killSignal: 'SIGKILL'}, (_error, stdout) => {
      resolve(stdout.trim().split('\n').at(-1) || undefined);
    });
  });
}
