/**
 * Compiles the limiter (assembly/*.ts, AssemblyScript) to dist/limiter.wasm, with SIMD and without a runtime.
 * Does nothing while the output is newer than every source and this script.
 */
import {mkdir, readdir, readFile, rename, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../../..');
const sources = path.join(here, 'assembly');
const output = path.join(root, 'dist', 'limiter.wasm');

const changedAt = async (file) => (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;

const files = (await readdir(sources)).filter((name) => name.endsWith('.ts')).map((name) => path.join(sources, name));
const newest = Math.max(...(await Promise.all([...files, fileURLToPath(import.meta.url)].map(changedAt))));
if (newest >= (await changedAt(output))) {
  const {default: asc} = await import('assemblyscript/asc');
  const options = ['--enable', 'simd', '-O3', '--converge', '--runtime', 'stub', '--noAssert', '--use', 'abort='];
  let wasm;
  const {error, stderr} = await asc.main(['limiter.ts', '--outFile', 'limiter.wasm', ...options], {
    readFile: async (name) => {
      const file = path.resolve(sources, name);
      return files.includes(file) ? readFile(file, 'utf8') : null;
    },
    writeFile: (name, contents) => {
      if (name.endsWith('.wasm')) wasm = contents;
    },
    listFiles: () => [],
  });
  if (error || !wasm) {
    process.stderr.write(`The limiter does not compile.\n${stderr.toString()}${error?.message ?? ''}\n`);
    process.exit(1);
  }
  // Renamed into place, so that a test run beside this one never reads half a file.
  await mkdir(path.dirname(output), {recursive: true});
  const unfinished = `${output}.${process.pid}`;
  await writeFile(unfinished, wasm);
  await rename(unfinished, output);
}
