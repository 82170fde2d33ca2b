import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, renameSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {projectFile} from '../project.ts';

/** A program made of the core's C sources, or why there is none: a line for whoever runs the tests. */
export type Compiled =
  | {readonly state: 'ready'; readonly program: string}
  | {readonly state: 'absent'; readonly reason: string};

const compilers = ['cc', 'gcc', 'clang'];

/** Compiles a program of `firmware-protocol/core` with the system's own compiler, once for its sources as they are. */
export function compileCore(name: string, sources: readonly string[], flags: readonly string[] = []): Compiled {
  const folder = fileURLToPath(projectFile('firmware-protocol/core'));
  const program = fileURLToPath(projectFile(`build/firmware/${name}`));
  const paths = sources.map((source) => join(folder, source));
  const headers = [folder, join(folder, 'host')].flatMap((place) =>
    readdirSync(place).map((file) => join(place, file)),
  );
  const newest = Math.max(...[...paths, ...headers].map((path) => statSync(path).mtimeMs));
  if (existsSync(program) && statSync(program).mtimeMs > newest) return {state: 'ready', program};
  mkdirSync(dirname(program), {recursive: true});
  const made = `${program}.${process.pid}`;
  const strict = ['-std=c99', '-Wall', '-Wextra', '-pedantic', '-Werror', '-O2'];
  for (const compiler of compilers) {
    const run = spawnSync(compiler, [...strict, ...flags, ...paths, '-o', made], {encoding: 'utf8'});
    if (run.error !== undefined) continue;
    if (run.status !== 0) throw new Error(`${compiler} refuses ${name}:\n${run.stderr}`);
    renameSync(made, program);
    return {state: 'ready', program};
  }
  return {state: 'absent', reason: `no C compiler (${compilers.join(', ')}): the firmware core was not tested`};
}
