import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const main = fileURLToPath(new URL('../../dist/app/main.js', import.meta.url));

/** The built program as users start it, with a cache of its own. */
export function startProgram(options: readonly string[], cacheHome: string): ChildProcess {
  if (!existsSync(main)) throw new Error('the program is not built: npm run build');
  return spawn(process.execPath, [main, ...options], {
    env: {...process.env, XDG_CACHE_HOME: cacheHome},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** A process and all that it started, itself first; empty where the system has no /proc. */
export function processTree(processId: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of existsSync('/proc/self/stat') ? readdirSync('/proc') : []) {
    const parent = Number(/^PPid:\s+(\d+)/m.exec(procText(name, 'status'))?.[1]);
    if (Number(name) > 0 && parent > 0) parents.set(Number(name), parent);
  }
  const tree = parents.has(processId) ? [processId] : [];
  for (const one of tree) for (const [child, parent] of parents) if (parent === one) tree.push(child);
  return tree;
}

/** Resident memory of a process in MB; `shared` is what it has in common with others (program and libraries). */
export function residentMb(processId: number): {readonly all: number; readonly shared: number} {
  const status = procText(String(processId), 'status');
  const read = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1024;
  return {all: read('VmRSS'), shared: read('RssFile')};
}

function procText(name: string, file: string): string {
  try {
    return readFileSync(`/proc/${name}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
