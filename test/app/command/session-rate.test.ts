import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {programIn} from '../program.ts';
import {writeToneSession} from './tone-session.ts';

const {scratch, run} = programIn(test, 'rate');
const frames = 30_001;

/** A session of one tone at that rate, with two markers and a loop. */
function session(sampleRate: number): Promise<string> {
  const markers = [
    {frame: 9000, name: 'Verse'},
    {frame: 1_000_000, name: 'Lost'},
  ];
  return writeToneSession(join(scratch, `at-${sampleRate}`), sampleRate, frames, {
    markers,
    loop: {inFrame: 5000, outFrame: 15_000},
  });
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
