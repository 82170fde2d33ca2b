import {mkdir, readdir, stat, utimes, writeFile} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import test from 'ava';
import {openStemCache} from '../../../src/engine/stems/stem-cache.ts';
import {scratchFile, scratchFolder} from './scratch.ts';

const source = {path: '/stems/kick.flac', size: 1000, modifiedMs: 5};

test('a name stands for path, size, time of change and rate, and for nothing else', async (t) => {
  const folder = await scratchFolder(t);
  const cache = await openStemCache(folder);
  const path = cache.pathOf(source, 48_000);
  t.regex(basename(path), /^[0-9a-f]{32}\.wav$/);
  t.is(dirname(path), folder);
  t.is((await openStemCache(folder)).pathOf({...source}, 48_000), path);
  const others = [
    cache.pathOf({...source, path: '/stems/Kick.flac'}, 48_000),
    cache.pathOf({...source, size: 1001}, 48_000),
    cache.pathOf({...source, modifiedMs: 6}, 48_000),
    cache.pathOf(source, 44_100),
  ];
  t.is(new Set([path, ...others]).size, 5);
  t.not(cache.newPartPath(path), cache.newPartPath(path));
});

test('the folder is made if need be, and left clean', async (t) => {
  const folder = join(await scratchFolder(t), 'a', 'b');
  const cache = await openStemCache(folder);
  t.is(cache.problem, undefined);
  t.deepEqual(await readdir(folder), []);
  await cache.close();
  t.true((await stat(folder)).isDirectory());
});

test('a folder that cannot be written is replaced by a temporary one, with a word about it', async (t) => {
  const blocked = join(await scratchFile(t, Buffer.from('a file')), 'cache');
  const cache = await openStemCache(blocked);
  t.not(cache.folder, blocked);
  t.like(cache.problem, {path: blocked, severity: 'warning'});
  await writeFile(cache.pathOf(source, 48_000), 'x');
  await cache.close();
  await t.throwsAsync(stat(cache.folder), {code: 'ENOENT'});
});

test('what was opened longest ago goes first when the bound is passed, and nothing that is not ours', async (t) => {
  const folder = await scratchFolder(t);
  const cache = await openStemCache(folder, 250);
  const paths = [1, 2, 3, 4].map((size) => cache.pathOf({...source, size}, 48_000));
  for (const [index, path] of paths.entries()) {
    await writeFile(path, Buffer.alloc(100));
    await utimes(path, 1000 + index, 1000 + index);
  }
  await writeFile(join(folder, 'song.wav'), Buffer.alloc(1000));
  await mkdir(join(folder, 'folder'));
  await cache.used(paths[0] ?? '');
  await cache.used(join(folder, 'missing'));
  await cache.trim();
  const kept = await readdir(folder);
  t.deepEqual(kept.sort(), ['folder', 'song.wav', basename(paths[0] ?? ''), basename(paths[3] ?? '')].sort());
});

test('part files of dead processes are removed, those of living ones are not', async (t) => {
  const folder = await scratchFolder(t);
  const name = '0123456789abcdef0123456789abcdef';
  const [dead, alive, own] = [
    `${name}.4194999-1.part`,
    `${name}.${process.ppid}-1.part`,
    `${name}.${process.pid}-9.part`,
  ];
  for (const part of [dead, alive, own, 'notes.part']) await writeFile(join(folder, part), '');
  await openStemCache(folder);
  t.deepEqual((await readdir(folder)).sort(), [alive, own, 'notes.part'].sort());
});
