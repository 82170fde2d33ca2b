// AVA starts a process for every file, and starting costs more than most of our files do: so the files of a part of the house run twenty to a process.
// Alone run those that need a process of their own: that start others, wait for real time, or touch what a process has only once.
import {mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {dirname, join, relative, sep} from 'node:path';

const perProcess = 20;
const alone = /\bprocess\.(?!cwd)|\b(?:spawn|fork|execFile|setTimeout)(?:Sync)?\(|live-rig|programIn/;

/** Writes what runs together, and the list of all that AVA is to start. */
export async function gather(compiled) {
  const together = 'build/together';
  await rm(together, {recursive: true, force: true});
  await mkdir(together, {recursive: true});
  const files = (await readdir(compiled, {recursive: true})).filter((name) => name.endsWith('.test.js')).sort();
  const started = [];
  const folders = new Map();
  for (const file of files) {
    const text = await readFile(join(compiled, file), 'utf8');
    const single = alone.test(text);
    await name(compiled, file, text, single);
    if (single) started.push(path(compiled, file));
    else {
      const [folder = ''] = path(file).split('/');
      folders.set(folder, [...(folders.get(folder) ?? []), path('../test', file)]);
    }
  }
  for (const [folder, members] of folders) {
    for (let first = 0; first < members.length; first += perProcess) {
      const file = path(together, `${folder}-${first / perProcess + 1}.test.js`);
      const imports = members.slice(first, first + perProcess).map((member) => `import '${member}';\n`);
      await writeFile(file, `import {declareAll} from '../../test/named.mjs';\n${imports.join('')}declareAll();\n`);
      started.push(file);
    }
  }
  await writeFile('build/started.json', `${JSON.stringify(started, undefined, 1)}\n`);
}

/** Titles are one of a kind in a process: those of a file that shares one begin with its name. */
async function name(compiled, file, text, single) {
  const shared = path(relative(dirname(join(compiled, file)), 'test/named.mjs'));
  const named = `import {testOf} from '${shared}'; const test = testOf('${titleOf(file)}');`;
  const written = text.replace(
    /^import test(?:, \{\})? from 'ava';$|^import \{testOf\} from .*$/m,
    single ? "import test from 'ava';" : named,
  );
  if (written !== text) await writeFile(join(compiled, file), written);
}

/** `render › meters` for gain/render/meters.test.js: the part of the house stands in the name of the process. */
function titleOf(file) {
  return path(file)
    .replace(/\.test\.js$/, '')
    .split('/')
    .slice(1)
    .join(' › ');
}

function path(...parts) {
  return join(...parts)
    .split(sep)
    .join('/');
}
