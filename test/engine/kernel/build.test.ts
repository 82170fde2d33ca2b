import {execFile} from 'node:child_process';
import {stat} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import test from 'ava';
import {readKernel} from '../../../src/engine/kernel/kernel.ts';
import {DeskError} from '../../../src/model/problem.ts';
import {projectFile} from '../../project.ts';

const run = promisify(execFile);
const script = fileURLToPath(projectFile('src/engine/kernel/build.mjs'));
const output = projectFile('dist/kernel.wasm');

test('building again with nothing changed leaves the kernel as it is', async (t) => {
  await run(process.execPath, [script]);
  const {mtimeMs} = await stat(output);
  await run(process.execPath, [script]);
  t.is((await stat(output)).mtimeMs, mtimeMs);
});

test('the kernel is a WebAssembly module that asks nothing of its host', async (t) => {
  const bytes = await readKernel(output);
  t.deepEqual([...bytes.subarray(0, 8)], [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  t.true(bytes.length < 32_768);
});

test('a kernel that was not built is told with the cure', async (t) => {
  const error = await t.throwsAsync(readKernel(new URL('file:///nowhere/kernel.wasm')), {instanceOf: DeskError});
  t.regex(error?.message ?? '', /npm run build/);
});
