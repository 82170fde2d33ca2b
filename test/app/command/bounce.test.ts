import {once} from 'node:events';
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import test from 'ava';
import {writeBandSession} from '../band-stems.ts';
import {programIn, type Run} from '../program.ts';

const program = programIn(test, 'bounce');
const {scratch} = program;
const song = join(scratch, 'song');
test.before(async () => {
  await writeBandSession(song, 6, 'Song');
});

/** Bounces a song of six seconds by the built program. */
const run = (...words: readonly string[]): Promise<Run> => program.run('bounce', song, ...words);

async function place(name: string): Promise<string> {
  const path = join(scratch, name);
  await mkdir(path);
  return path;
}

test.serial('a mix comes with its loudness, said and written beside it', async (t) => {
  const folder = await place('mix');
  const {status, out, err} = await run('-o', join(folder, 'mix.flac'), '--to', '0:04', '--json');
  t.is(status, 0, err);
  const answer = JSON.parse(out);
  t.like(answer, {format: 'flac24', frames: 4 * 48_000, file: join(folder, 'mix.flac'), schemaVersion: 1});
  t.true(
    answer.loudness.integratedLufs < -1 &&
      answer.loudness.integratedLufs > -10 &&
      answer.loudness.truePeakDbtp >= answer.loudness.samplePeakDbfs,
  );
  t.deepEqual((await readdir(folder)).sort(), ['mix.flac', 'mix.loudness.json', 'mix.loudness.txt']);
  const report = JSON.parse(await readFile(join(folder, 'mix.loudness.json'), 'utf8'));
  t.is(report.files[0].integratedLufs, answer.loudness.integratedLufs);
  t.regex(await readFile(join(folder, 'mix.loudness.txt'), 'utf8'), /^file .*\nmix\.flac +0:04\.0/);
});

test.serial('--stems writes each strip into the folder, --groups each instrument', async (t) => {
  const stems = join(scratch, 'new', 'stems');
  const first = await run('-o', stems, '--stems', '--format', 'pcm16', '--to', '2', '--json');
  t.is(first.status, 0, first.err);
  const names = (await readdir(stems)).sort();
  t.is(names.filter((name) => name.endsWith('.wav')).length, 10);
  t.is(names[0], '01 Kick.wav');
  t.true(names.includes('bounce.loudness.json') && names.includes('bounce.loudness.txt'));
  t.is(JSON.parse(first.out).files.length, 10);

  const groups = join(scratch, 'groups');
  const second = await run('-o', groups, '--groups', '--no-report', '--from', '1', '--to', '2', '--tail', '0.5');
  t.is(second.status, 0, second.err);
  t.regex(second.out, /01 drums\.wav: 0:01\.5, peak .* LUFS/);
  t.true((await readdir(groups)).every((name) => name.endsWith('.wav')));
});

test.serial('what is there stays, unless it shall be replaced', async (t) => {
  const folder = await place('kept');
  await writeFile(join(folder, 'mix.loudness.txt'), 'mine');
  const refused = await run('-o', join(folder, 'mix.wav'), '--to', '1');
  t.is(refused.status, 5);
  t.regex(refused.err, /mix\.loudness\.txt is there already/);
  t.deepEqual(await readdir(folder), ['mix.loudness.txt']);
  t.is((await run('-o', join(folder, 'mix.wav'), '--to', '1', '--replace')).status, 0);
  t.not(await readFile(join(folder, 'mix.loudness.txt'), 'utf8'), 'mine');
});

for (const [words, message] of [
  [['-o', 'x.flac', '--format', 'pcm24'], /name it \.wav/],
  [['-o', 'x.mp3'], /WAV and FLAC/],
  [['-o', 'x.wav', '--stems'], /several are written: give a folder/],
  [['-o', 'x', '--stems', '--groups'], /--stems or --groups/],
  [['-o', 'x.wav', '--from', '5', '--to', '5'], /--to must lie after --from/],
  [['-o', 'x.wav', '--from', 'soon'], /Give seconds \(83\.5\) or minutes/],
  [['-o', '/no/such/x.wav', '--from', '10:00'], /--from lies after the end: the session is 0:06/],
  [['-o', 'x.wav', '--tail', '90'], /Give a number from 0 to 60/],
] as const) {
  test.serial(`bounce ${words.join(' ')} is wrong usage`, async (t) => {
    const {status, err} = await run(...words);
    t.is(status, 2, err);
    t.regex(err, message);
  });
}

test.serial('Ctrl-C leaves neither files nor the folder that was made for them', async (t) => {
  const folder = await place('cancelled');
  const target = join(folder, 'a', 'b');
  const child = program.start(['bounce', song, '-o', target, '--stems', '--tail', '60']);
  let err = '';
  child.stderr.on('data', (text: Buffer) => {
    err += text;
  });
  const ended = once(child, 'exit');
  // The first part file says that it works.
  for (let turn = 0; turn < 500 && (await readdir(target).catch(() => [])).length === 0; turn++) await delay(10);
  child.kill('SIGINT');
  const [status] = await ended;
  t.is(status, 130, err);
  t.regex(err, /Cancelled; nothing was written/);
  t.deepEqual(await readdir(folder), []);
});
