import {execFile} from 'node:child_process';
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import test from 'ava';
import {type BouncePart, type BounceResult, bounceSet} from '../../../src/engine/bounce.ts';
import {unwritableReason} from '../../../src/engine/new-file.ts';
import {DeskError} from '../../../src/model/problem.ts';
import {projectFile} from '../../project.ts';
import {mixerOf} from '../graph/rig.ts';
import {noise} from '../graph/signal.ts';
import {memoryStem} from '../memory-stem.ts';
import {readSound, scratchFolder} from './scratch.ts';

const folder = await scratchFolder();
test.after.always(() => folder.remove());

const frames = 40_000;
const form = {sampleRate: 48_000, lengthFrames: frames, format: 'pcm24'} as const;

async function place(name: string): Promise<string> {
  const path = join(folder.path, name);
  await mkdir(path);
  return path;
}

function partsIn(path: string, names: readonly string[]): readonly BouncePart[] {
  return names.map((name, index) => ({
    mixer: mixerOf([{levelDb: -3 * index}]),
    stems: [memoryStem(noise(frames, 1, 0.5), noise(frames, 2, 0.5))],
    target: join(path, name),
  }));
}

const texts = (path: string) => (results: readonly BounceResult[]) => [
  {target: join(path, 'report.txt'), text: results.map((one) => one.loudness.integratedLufs.toFixed(1)).join('\n')},
];

test('several mixes become files together, each measured, with the texts that belong to them', async (t) => {
  const path = await place('together');
  const told: number[] = [];
  const results = await bounceSet({
    ...form,
    parts: partsIn(path, ['a.wav', 'b.wav']),
    texts: texts(path),
    onProgress: (fraction) => told.push(fraction),
  });
  t.deepEqual((await readdir(path)).sort(), ['a.wav', 'b.wav', 'report.txt']);
  t.is(told.length, 4);
  t.is(told[1], 0.5);
  t.is(told[3], 1);
  t.true(
    told.every((fraction, index) => fraction > (told[index - 1] ?? 0)),
    told.join(' '),
  );
  const [one, two] = results;
  const quieter = (one?.loudness.integratedLufs ?? 0) - (two?.loudness.integratedLufs ?? 0);
  t.true(Math.abs(quieter - 3) < 0.001, `${quieter}`);
  t.is((await readFile(join(path, 'report.txt'), 'utf8')).split('\n').length, 2);
  t.is((await readSound(join(path, 'b.wav'))).left.length, frames);
});

test('an abort at any moment leaves nothing of the set, and older files as they were', async (t) => {
  const path = await place('aborted');
  await writeFile(join(path, 'b.wav'), 'older');
  for (let moment = 1; moment <= 4; moment++) {
    const control = new AbortController();
    const stop = new Error(`stop ${moment}`);
    let pieces = 0;
    const onProgress = (): void => {
      pieces++;
      if (pieces === moment) control.abort(stop);
    };
    const parts = partsIn(path, ['a.wav', 'b.wav']);
    await t.throwsAsync(bounceSet({...form, parts, texts: texts(path), onProgress, signal: control.signal}), {
      is: stop,
    });
    t.deepEqual(await readdir(path), ['b.wav'], `after piece ${moment}`);
  }
  t.is(await readFile(join(path, 'b.wav'), 'utf8'), 'older');
});

test('a file that cannot be put in its place takes the new ones before it back', async (t) => {
  const path = await place('blocked');
  await writeFile(join(path, 'older.wav'), 'older');
  const parts = partsIn(path, ['a.wav', 'older.wav', 'c.wav']);
  const blocked = bounceSet({
    ...form,
    parts,
    texts: () => [{target: join(path, 'no', 'report.txt'), text: ''}],
  });
  await t.throwsAsync(blocked, {instanceOf: DeskError, message: /its folder does not exist/});
  t.deepEqual(await readdir(path), ['older.wav']);

  // A folder that appears under a name between the start and the end.
  let told = 0;
  const late = bounceSet({
    ...form,
    parts,
    onProgress: () => {
      told++;
      if (told === 1) void mkdir(join(path, 'c.wav', 'inner'), {recursive: true});
    },
  });
  await t.throwsAsync(late, {instanceOf: DeskError});
  t.deepEqual((await readdir(path)).sort(), ['c.wav', 'older.wav']);
});

test('a part that fails takes the others with it', async (t) => {
  const path = await place('failing');
  const gone = new DeskError('file.unreadable', 'The disk went away.');
  const parts = partsIn(path, ['a.wav', 'b.wav']).map((part, index) =>
    index === 0 ? part : {...part, stems: [{...memoryStem(noise(10, 1)), prepare: () => Promise.reject(gone)}]},
  );
  await t.throwsAsync(bounceSet({...form, parts}), {is: gone});
  t.deepEqual(await readdir(path), []);
});

test('what the system says of a full disk, and of others, comes with a cure', (t) => {
  for (const [code, reason] of [
    ['ENOSPC', /the disk is full: make room/],
    ['EDQUOT', /the disk is full: make room/],
    ['EFBIG', /longer than this disk or this user may have files/],
    ['EROFS', /can only be read/],
    ['EACCES', /may not write there/],
  ] as const) {
    t.regex(unwritableReason(Object.assign(new Error('x'), {code})), reason);
  }
  t.is(unwritableReason(new Error('a\u001b[2Jb')), 'a [2Jb');
});

test('where no more can be written, it is told, and nothing is left', async (t) => {
  const path = await place('full');
  const script = fileURLToPath(projectFile('test/engine/bounce/full-disk.ts'));
  // A limit on the length of files stands for the full disk: the system answers each write beyond it with an error.
  const command = `trap '' XFSZ; ulimit -f 64; exec "$0" --import=tsx "$1" "$2"`;
  for (const name of ['mix.wav', 'mix.flac']) {
    const {stdout} = await promisify(execFile)('bash', ['-c', command, process.execPath, script, join(path, name)]);
    t.regex(stdout, /file\.unwritable: .*mix\.(wav|flac) cannot be written: it is longer than this disk/);
    t.deepEqual(await readdir(path), []);
  }
});
