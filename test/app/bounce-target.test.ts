import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {endingOf, formatFor, refuseTaken, reportTargets} from '../../src/app/bounce-target.ts';
import {DeskError} from '../../src/model/problem.ts';

for (const [output, asked, format] of [
  ['mix.wav', undefined, 'pcm24'],
  ['mix.WAV', 'float32', 'float32'],
  ['mix', undefined, 'pcm24'],
  ['mix', 'flac16', 'flac16'],
  ['v1.2', 'pcm16', 'pcm16'],
  ['mix.flac', undefined, 'flac24'],
  ['mix.flac', 'flac16', 'flac16'],
] as const) {
  test(`${output} ${asked === undefined ? 'without a format' : `as ${asked}`} becomes ${format}`, (t) => {
    t.is(formatFor(output, asked), format);
  });
}

for (const [output, asked, message] of [
  ['mix.flac', 'pcm24', /does not end as pcm24 files do: name it \.wav/],
  ['mix.wav', 'flac24', /name it \.flac/],
  ['mix.mp3', undefined, /WAV and FLAC files are written, none that end in \.mp3/],
  ['mix.aiff', 'pcm24', /none that end in \.aiff/],
] as const) {
  test(`${output} ${asked === undefined ? '' : `as ${asked} `}is refused with a reason`, (t) => {
    const error = t.throws(() => formatFor(output, asked), {instanceOf: DeskError, message});
    t.is(error?.code, 'usage');
  });
}

test('reports lie beside their file, or in the folder of several', (t) => {
  t.deepEqual(reportTargets('/a/mix.wav', false), {json: '/a/mix.loudness.json', text: '/a/mix.loudness.txt'});
  t.deepEqual(reportTargets('/a/mix', false), {json: '/a/mix.loudness.json', text: '/a/mix.loudness.txt'});
  t.deepEqual(reportTargets('/a/stems', true), {
    json: '/a/stems/bounce.loudness.json',
    text: '/a/stems/bounce.loudness.txt',
  });
  t.is(endingOf('flac16'), 'flac');
  t.is(endingOf('float32'), 'wav');
});

test('files that are there are named, folders are left to be told when they are opened', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'target-'));
  t.teardown(() => rm(folder, {recursive: true, force: true}));
  await refuseTaken([join(folder, 'no.wav'), folder]);
  await writeFile(join(folder, 'mix.loudness.txt'), '');
  await t.throwsAsync(refuseTaken([join(folder, 'mix.wav'), join(folder, 'mix.loudness.txt')]), {
    instanceOf: DeskError,
    message: /mix\.loudness\.txt is there already\. Give another name, or --replace/,
  });
});
