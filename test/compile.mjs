// Compiles program and tests at once: build/test mirrors test/, build/src is dist/. Compiled tests start in half the time.
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {mkdir, readdir, rm, symlink} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {gather} from './gather.mjs';

const compiled = 'build/test';
await mkdir('build', {recursive: true});
await mkdir('dist', {recursive: true});
if (!existsSync('build/src')) await symlink('../dist', 'build/src', 'junction');

// The compiler leaves what it made of tests that are gone: they would run for ever.
const made = existsSync(compiled) ? await readdir(compiled, {recursive: true}) : [];
for (const file of made.filter((name) => name.endsWith('.js'))) {
  if (!existsSync(join('test', file.replace(/js$/, 'ts')))) await rm(join(compiled, file));
}

const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
const {status} = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.test.json'], {stdio: 'inherit'});
if (status !== 0) process.exit(status ?? 1);
await gather(compiled);
