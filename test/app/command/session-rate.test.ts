import {execFile} from 'node:child_process';
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {encodeSamples, type SampleEncoding} from '../../../src/engine/stems/sample-encoding.ts';
import {waveHeader} from '../../../src/engine/stems/wave-writer.ts';
import {sine} from '../../engine/graph/signal.ts';
import {projectFile} from '../../project.ts';

const main = fileURLToPath(projectFile('dist/app/main.js'));
const scratch = await mkdtemp(join(tmpdir(), 'longthrow-rate-'));
test.after.always(() => rm(scratch, {recursive: true, force: true}));
const environment = {...process.env, XDG_CACHE_HOME: join(scratch, 'cache'), NO_COLOR: '1'};

function run(
  ...words: string[]
): Promise<{readonly status: number | null; readonly out: string; readonly err: string}> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...words], {env: environment, timeout: 60_000}, (_, out, err) =>
      resolve({status: child.exitCode, out, err}),
    );
  });
}

const encoding: SampleEncoding = {kind: 'int', bytes: 2, littleEndian: true};
const frames = 30_001;

/** A session of one tone at that rate, with two markers and a loop. */
async function session(sampleRate: number): Promise<string> {
  const folder = join(scratch, `at-${sampleRate}`);
  await mkdir(folder);
  const tone = sine(frames, 220, sampleRate, 0.25);
  const bytes = Buffer.concat([waveHeader(encoding, 1, sampleRate, frames), encodeSamples(encoding, [tone], frames)]);
  await writeFile(join(folder, 'Tone.wav'), bytes);
  const strip = {id: 'tone', name: 'Tone', file: 'Tone.wav', group: 'other', colour: 'white', channels: 1, trimDb: 0};
  const still = {levelDb: 0, pan: 0, muted: false, soloed: false, soloSafe: false, polarityInverted: false};
  const file = {longthrow: 1, name: 'Tone', sampleRate, strips: [{...strip, ...still}], masterLevelDb: 0};
  const markers = [
    {frame: 9000, name: 'Verse'},
    {frame: 1_000_000, name: 'Lost'},
  ];
  const loop = {inFrame: 5000, outFrame: 15_000};
  await writeFile(join(folder, 'session.json'), JSON.stringify({...file, markers, loop}));
  return folder;
}

for (const sampleRate of [44_100, 48_000, 96_000]) {
  test.serial(
    `a session at ${sampleRate} Hz is bounced at that rate, once through, whatever loop it has`,
    async (t) => {
      const folder = await session(sampleRate);
      const target = join(scratch, `mix-${sampleRate}.wav`);
      const {status, out, err} = await run('bounce', folder, '-o', target, '--json', '--no-report');
      t.is(status, 0, err);
      t.like(JSON.parse(out), {sampleRate, frames});
      const header = await readFile(target);
      t.is(header.readUInt32LE(header.indexOf('fmt ') + 12), sampleRate);
    },
  );
}

test.serial(
  'a session is played at its own rate, with its markers and its loop, and what lies after the end is told',
  async (t) => {
    const folder = join(scratch, 'at-44100');
    const {status, out, err} = await run(folder, '--no-device', '--no-surfaces', '--seconds', '1', '--json');
    t.is(status, 0, err);
    const answer = JSON.parse(out);
    t.is(answer.audio.sampleRate, 44_100);
    t.deepEqual(answer.playback.loop, {inSeconds: 0.113, outSeconds: 0.34});
    t.deepEqual(answer.playback.markers[0], {name: 'Verse', seconds: 0.204});
    t.true(answer.notices.some((notice: string) => /"Lost" stands at 0:22\.6, after the end at 0:00\.6/.test(notice)));
  },
);
