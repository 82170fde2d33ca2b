import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {projectFile} from './project.ts';

const source = fileURLToPath(projectFile('src'));

/** Who may import whom; the house's own rule, also drawn in docs/architecture.md. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  model: [],
  mapping: ['model'],
  wire: ['model'],
  gain: ['model'],
  automation: ['model'],
  surface: ['model', 'mapping', 'wire', 'gain', 'automation'],
  machines: ['model', 'mapping', 'wire', 'gain', 'automation', 'surface'],
  transport: ['model'],
  engine: ['model', 'gain', 'automation', 'wire'],
  session: ['model', 'automation'],
  app: ['model', 'mapping', 'wire', 'gain', 'automation', 'surface', 'machines', 'transport', 'engine', 'session'],
};

/** Packages that only some folders may know. */
const keepers: Readonly<Record<string, readonly string[]>> = {
  zod: ['mapping', 'session'],
  xstate: ['machines', 'app'],
  commander: ['app'],
  easymidi: ['transport'],
  '@julusian/midi': ['transport'],
  'node-hid': ['transport'],
  serialport: ['transport'],
  'node-web-audio-api': ['engine'],
};

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly target: string;
}

function sources(folder: string): string[] {
  return readdirSync(folder, {withFileTypes: true}).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'assembly' || entry.name === 'demo' ? [] : sources(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

const files = sources(source);
const imports: readonly Import[] = files.flatMap((path) => {
  const file = relative(source, path);
  const folder = file.split(/[\\/]/)[0] ?? '';
  const text = readFileSync(path, 'utf8');
  const found = text.matchAll(/(?:\bfrom|\bimport\()\s*'([^']+)'|\bimport\s+'([^']+)'/g);
  return [...found].map((match) => ({file, folder, target: match[1] ?? match[2] ?? ''}));
});

test('the house has sources, and they import', (t) => {
  t.true(files.length > 50);
  t.true(imports.length > 100);
});

for (const [folder, allowed] of Object.entries(arrows)) {
  test(`${folder} imports only ${allowed.join(', ') || 'itself'}`, (t) => {
    const offending = imports
      .filter((one) => one.folder === folder && one.target.startsWith('.'))
      .map((one) => ({
        ...one,
        to: relative(source, resolve(source, dirname(one.file), one.target)).split(/[\\/]/)[0] ?? '',
      }))
      .filter(({to}) => to !== folder && !allowed.includes(to))
      .map(({file, to}) => `${file} → ${to}`);
    t.deepEqual(offending, []);
  });
}

for (const [name, folders] of Object.entries(keepers)) {
  test(`only ${folders.join(' and ')} know the package ${name}`, (t) => {
    const offending = imports
      .filter((one) => one.target === name || one.target.startsWith(`${name}/`))
      .filter((one) => !folders.includes(one.folder));
    t.deepEqual(offending, []);
  });
}

test('no source file grows past 250 lines', (t) => {
  const long = files
    .map((path) => [relative(source, path), readFileSync(path, 'utf8').split('\n').length - 1] as const)
    .filter(([, lines]) => lines > 250);
  t.deepEqual(long, []);
});

test('no product is named in the sources', (t) => {
  const products = /x-touch|xtouch|behringer|\bicon\b|qcon|nanokontrol|\bkorg\b|bcf2000|mcu pro|stream deck|faderport/i;
  const named = files.filter((path) => products.test(readFileSync(path, 'utf8'))).map((path) => relative(source, path));
  t.deepEqual(named, []);
});

test('files are nouns in kebab-case, and none is a catch-all', (t) => {
  const names = files.map((path) => relative(source, path));
  t.deepEqual(
    names.filter((name) => !/^(?:[a-z0-9]+(?:-[a-z0-9]+)*[\\/])+[a-z0-9]+(?:-[a-z0-9]+)*\.ts$/.test(name)),
    [],
  );
  t.deepEqual(
    names.filter((name) => /\b(?:utils?|helpers?|common|misc|index)\.ts$/.test(name)),
    [],
  );
});
