import {execFile} from 'node:child_process';
import {access} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

/** Debian's libebur128, compiled against by the tests and the bench where it and a compiler are installed. */
const run = promisify(execFile);

export type Tool =
  | {readonly state: 'built'; readonly path: string}
  | {readonly state: 'missing'; readonly what: string};

/** Compiles a program that uses the library, `-O2`; says what is missing where it cannot. Throws if both are there and it fails nevertheless. */
export async function build(source: URL, folder: string): Promise<Tool> {
  const path = join(folder, 'tool');
  const missing = await whatIsMissing();
  if (missing !== undefined) return {state: 'missing', what: missing};
  await run('cc', ['-O2', '-o', path, fileURLToPath(source), '-lebur128', '-lm']);
  return {state: 'built', path};
}

/** A sentence, or undefined where compiler and header are there. */
export async function whatIsMissing(): Promise<string | undefined> {
  const compiler = await run('cc', ['--version']).catch(() => undefined);
  if (compiler === undefined) return 'no C compiler (apt install gcc)';
  const header = await access('/usr/include/ebur128.h').catch(() => 'none');
  return header === 'none' ? 'no libebur128 (apt install libebur128-dev)' : undefined;
}
