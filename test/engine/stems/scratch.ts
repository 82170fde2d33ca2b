import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {projectFile} from '../../project.ts';

/** A folder that goes away with the test. */
export async function scratchFolder(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'longthrow-test-'));
  t.teardown(() => rm(folder, {recursive: true, force: true}));
  return folder;
}

/** A file in a scratch folder. */
export async function scratchFile(t: ExecutionContext, bytes: Uint8Array, name = 'file'): Promise<string> {
  const path = join(await scratchFolder(t), name);
  await writeFile(path, bytes);
  return path;
}

/** Path of a fixture. */
export function fixturePath(name: string): string {
  return projectFile(`test/engine/stems/fixtures/${name}`).pathname;
}

/** Bytes of a fixture. */
export function fixtureBytes(name: string): Promise<Uint8Array> {
  return readFile(fixturePath(name));
}
