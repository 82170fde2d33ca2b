/**
 * Compiles the effects (dsp/*.dsp, Faust) to dist/effects: a module for each highest sample rate, and a table of what it can be set to.
 * The compiler, @grame/faustwasm, is needed here and nowhere else. Does nothing while the outputs are newer than every source and this script.
 */
import {mkdir, readFile, rename, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const output = path.resolve(here, '../../../dist/effects');
const variants = ['delay', 'reverb'].flatMap((kind) =>
  [48_000, 96_000, 192_000].map((maxRate) => ({
    maxRate,
    source: path.join(here, 'dsp', `${kind}.dsp`),
    base: path.join(output, `${kind}-${maxRate}`),
  })),
);

const changedAt = async (file) => (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
const script = await changedAt(fileURLToPath(import.meta.url));

/** Renamed into place, so that a test run beside this one never reads half a file. */
async function write(file, contents) {
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, contents);
  await rename(unfinished, file);
}

async function faust() {
  const {FaustCompiler, instantiateFaustModuleFromFile, LibFaust} = await import('@grame/faustwasm/dist/esm/index.js');
  const library = fileURLToPath(import.meta.resolve('@grame/faustwasm/libfaust-wasm/libfaust-wasm.js'));
  return new FaustCompiler(new LibFaust(await instantiateFaustModuleFromFile(library)));
}

let compiler;
for (const {maxRate, source, base} of variants) {
  const newest = Math.max(script, await changedAt(source));
  if ((await changedAt(`${base}.wasm`)) > newest && (await changedAt(`${base}.json`)) > newest) continue;
  compiler ??= await faust();
  const name = path.basename(base);
  const code = `maxRate = ${maxRate};\n${await readFile(source, 'utf8')}`;
  // Numbers too small for a normal float become 0: there is no flag for that in WebAssembly.
  const compiled = await compiler.createMonoDSPFactory(name.replace('-', '_'), code, '-ftz 2');
  if (!compiled) {
    process.stderr.write(`${path.basename(source)} does not compile.\n${compiler.getErrorMessage()}\n`);
    process.exit(1);
  }
  const {size, inputs, outputs, ui} = JSON.parse(compiled.json);
  if (inputs !== 2 || outputs !== 2) throw new Error(`${name} has ${inputs} inputs and ${outputs} outputs.`);
  const settings = Object.fromEntries(ui[0].items.map(({label, index}) => [label, index]));
  await mkdir(output, {recursive: true});
  await write(`${base}.wasm`, compiled.code);
  await write(`${base}.json`, `${JSON.stringify({stateBytes: size, settings})}\n`);
}
