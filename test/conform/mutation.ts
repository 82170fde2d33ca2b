import {spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {projectFile} from '../project.ts';
import type {Mutant} from './mutants.ts';

const compilers = ['cc', 'gcc', 'clang'];
const core = fileURLToPath(projectFile('firmware-protocol/core'));

/** The compiler of this machine; undefined without one. */
export function compilerHere(): string | undefined {
  return compilers.find((compiler) => spawnSync(compiler, ['--version']).status === 0);
}

/** A folder for mutants that goes when `end` is called. */
export function mutantFolder(): {readonly folder: string; readonly end: () => void} {
  const folder = mkdtempSync(join(tmpdir(), 'longthrow-mutants-'));
  return {folder, end: () => rmSync(folder, {recursive: true, force: true})};
}

/** Compiles the reference firmware, with a fault if one is given, and gives the program; throws a sentence if that cannot be done. */
export function compileMutant(compiler: string, folder: string, mutant?: Mutant, program = 'virtual-device'): string {
  const place = join(folder, mutant?.id ?? `none-${program}`);
  mkdirSync(place);
  for (const name of ['longthrow.c', 'longthrow.h', 'host'])
    cpSync(join(core, name), join(place, name), {recursive: true});
  if (mutant !== undefined) {
    const file = join(place, mutant.file);
    const parts = readFileSync(file, 'utf8').split(mutant.from);
    if (parts.length !== 2) throw new Error(`${mutant.id}: its text stands there ${parts.length - 1} times`);
    writeFileSync(file, parts.join(mutant.to));
  }
  const made = join(place, 'device');
  const sources = [join(place, 'longthrow.c'), join(place, `host/${program}.c`)];
  const {status, stderr} = spawnSync(compiler, ['-std=gnu99', '-O0', '-w', ...sources, '-o', made], {encoding: 'utf8'});
  if (status !== 0) throw new Error(`${mutant?.id} does not compile:\n${stderr}`);
  return made;
}
