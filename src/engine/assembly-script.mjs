import {mkdir, readdir, readFile, rename, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const changedAt = async (file) => (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;

/**
 * Compiles `<name>.ts` in the folder `assembly` beside a script (AssemblyScript) to dist/<name>.wasm, with SIMD and without a runtime. Does nothing while the output
 * is newer than every source, that script (`url`) and this one.
 */
export async function compileAssembly(name, url) {
  const script = fileURLToPath(url);
  const sources = path.join(path.dirname(script), 'assembly');
  const output = fileURLToPath(new URL(`../../dist/${name}.wasm`, import.meta.url));
  const files = (await readdir(sources)).filter((file) => file.endsWith('.ts')).map((file) => path.join(sources, file));
  const newest = Math.max(...(await Promise.all([...files, script, fileURLToPath(import.meta.url)].map(changedAt))));
  if (newest < (await changedAt(output))) return;
  const {default: asc} = await import('assemblyscript/asc');
  const options = ['--enable', 'simd', '-O3', '--converge', '--runtime', 'stub', '--noAssert', '--use', 'abort='];
  let wasm;
  const {error, stderr} = await asc.main([`${name}.ts`, '--outFile', `${name}.wasm`, ...options], {
    readFile: async (asked) => {
      const file = path.resolve(sources, asked);
      return files.includes(file) ? readFile(file, 'utf8') : null;
    },
    writeFile: (written, contents) => {
      if (written.endsWith('.wasm')) wasm = contents;
    },
    listFiles: () => [],
  });
  if (error || !wasm) {
    process.stderr.write(`The ${name} does not compile.\n${stderr.toString()}${error?.message ?? ''}\n`);
    process.exit(1);
  }
  // Renamed into place, so that a test run beside this one never reads half a file.
  await mkdir(path.dirname(output), {recursive: true});
  const unfinished = `${output}.${process.pid}`;
  await writeFile(unfinished, wasm);
  await rename(unfinished, output);
}
