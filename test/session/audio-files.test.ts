import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';
import test from 'ava';
import {findAudioFiles} from '../../src/session/audio-files.ts';

let work = '';
test.before(async () => {
  work = await mkdtemp(join(tmpdir(), 'longthrow-audio-files-'));
});
test.after.always(() => rm(work, {recursive: true, force: true}));

async function folderOf(name: string, files: readonly string[]): Promise<string> {
  const folder = join(work, name);
  await mkdir(folder, {recursive: true});
  for (const file of files) {
    await mkdir(join(folder, file, '..'), {recursive: true});
    await writeFile(join(folder, file), '');
  }
  return folder;
}

async function found(folder: string): Promise<readonly string[]> {
  return (await findAudioFiles(folder)).files.map((file) => relative(folder, file).replaceAll('\\', '/'));
}

test('audio files of every kind that is read are found, in whatever case, sorted as people sort', async (t) => {
  const kinds = ['10.wav', '2.WAV', '1.wave', 'a.aif', 'b.AIFF', 'c.flac', 'd.mp3', 'e.ogg', 'f.Opus'];
  const folder = await folderOf('kinds', [...kinds, 'notes.txt', 'session.json', 'cover.jpg', 'wav']);
  t.deepEqual(await found(folder), [
    '1.wave',
    '2.WAV',
    '10.wav',
    'a.aif',
    'b.AIFF',
    'c.flac',
    'd.mp3',
    'e.ogg',
    'f.Opus',
  ]);
  t.deepEqual((await findAudioFiles(folder)).problems, []);
});

test('what systems and archivers leave behind is passed over', async (t) => {
  const folder = await folderOf('left', ['Kick.wav', '._Kick.wav', '.hidden.wav', '__MACOSX/Kick.wav']);
  t.deepEqual(await found(folder), ['Kick.wav']);
});

test('a folder of stems inside counts, other folders do not', async (t) => {
  const folder = await folderOf('inside', ['Mix.wav', 'Stems/Kick.wav', 'Bounces/Old.wav']);
  t.deepEqual(await found(folder), ['Mix.wav', 'Stems/Kick.wav']);
});

test('a folder named like an audio file is no audio file, nor is a dead link', async (t) => {
  const folder = await folderOf('odd', ['Kick.wav/inside.txt', 'Snare.wav']);
  await symlink(join(folder, 'nowhere.wav'), join(folder, 'dead.wav'));
  await symlink(join(folder, 'Snare.wav'), join(folder, 'live.wav'));
  t.deepEqual(await found(folder), ['live.wav', 'Snare.wav']);
});

test('an empty folder is a problem', async (t) => {
  const {files, problems} = await findAudioFiles(await folderOf('empty', ['readme.txt']));
  t.deepEqual(files, []);
  t.is(problems[0]?.reason, 'holds no audio files');
  t.is(problems[0]?.severity, 'error');
});

test('where the files are in a folder inside, the problem says which', async (t) => {
  const {problems} = await findAudioFiles(await folderOf('deeper', ['Audio Files/a.wav', 'Audio Files/b.wav']));
  t.regex(problems[0]?.hint ?? '', /There are 2 in .*Audio Files: give that folder\./);
});

test('audio of a kind that is not read is named', async (t) => {
  const {files, problems} = await findAudioFiles(await folderOf('foreign', ['Kick.wav', 'Vox.m4a']));
  t.is(files.length, 1);
  t.is(problems[0]?.reason, 'is of a kind that is not read (.m4a)');
});

test('a file in place of a folder, and a folder that is not there, are problems', async (t) => {
  const folder = await folderOf('file', ['a.wav']);
  t.is((await findAudioFiles(join(folder, 'a.wav'))).problems[0]?.reason, 'is a file, not a folder');
  t.is((await findAudioFiles(join(folder, 'nix'))).problems[0]?.reason, 'is not there');
});
