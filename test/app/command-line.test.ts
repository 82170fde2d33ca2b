import {readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {Command} from 'commander';
import {addAutomationRows} from '../../src/app/automation-rows.ts';
import {configValue, keyOf} from '../../src/app/command/firmware-config.ts';
import {addFirmwareRows} from '../../src/app/firmware-rows.ts';
import {addSurfaceRows} from '../../src/app/surface-rows.ts';
import {blockFrames} from '../../src/engine/graph.ts';
import {demoFolder} from '../../src/session/demo-folder.ts';
import {writeBand, writeBandSession} from './band-stems.ts';
import {programIn, type Run} from './program.ts';

const {scratch, run, runUntil} = programIn(test, 'cli');

const songSeconds = 4;
const stemsFolder = (name: string): string => writeBand(join(scratch, name), songSeconds);

/** A session of short stems, for what needs no demo. */
function songFolder(name: string, seconds = songSeconds): Promise<string> {
  return writeBandSession(join(scratch, name), seconds, name);
}

test('every command has help, and help is well', async (t) => {
  for (const words of [
    ['--help'],
    ['new', '--help'],
    ['bounce', '--help'],
    ['surfaces', '--help'],
    ['check', '--help'],
    ['doctor', '--help'],
  ]) {
    const {status, out} = await run(...words);
    t.is(status, 0, words.join(' '));
    t.regex(out, /Usage: longthrow/);
    t.notRegex(out, /default: \[\]/, words.join(' '));
  }
});

test('every command under another says what it is for, and so does every word that it takes', (t) => {
  const program = new Command('longthrow');
  for (const add of [addAutomationRows, addFirmwareRows, addSurfaceRows]) add(program, async () => {});
  const all = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(all)];
  const commands = program.commands.flatMap(all);
  t.true(commands.length > 25);
  for (const command of commands) {
    t.regex(command.description(), /^[a-z].{8,}/, command.name());
    for (const word of command.registeredArguments)
      t.regex(word.description, /.{4,}/, `${command.name()} ${word.name()}`);
    t.notRegex(command.helpInformation(), /default: \[\]/, command.name());
  }
});

test('the help names the values that a surface keeps, and each is read as a number, the label as text', (t) => {
  const program = new Command('longthrow');
  addFirmwareRows(program, async () => {});
  const config = program.commands[0]?.commands.find((command) => command.name() === 'config');
  const told = config?.commands.map((command) => command.registeredArguments[1]?.description)[0] ?? '';
  const names = [...told.matchAll(/[a-z-]+\.1|label|bank/g)].map(([name]) => name);
  t.is(names.length, 8);
  for (const name of names) {
    const {key, control} = keyOf(name);
    t.is(control, 0);
    t.is(configValue(key, Uint8Array.of(0x41, 0x42)), name === 'label' ? 'AB' : 0x4241);
  }
  t.is(keyOf('bottom.3').control, 2);
});

for (const [words, status, message] of [
  [['--nonsense'], 2, /unknown option/],
  [['bounce', 'x'], 2, /required option/],
  [['--seconds', 'soon'], 2, /Give a number from 0/],
  [['/no/such/session'], 5, /no\/such\/session/],
  [['new', '/no/such/folder'], 5, /no\/such\/folder/],
  [['bounce', '/no/such/session', '-o', '/tmp/never.wav'], 5, /no\/such\/session/],
  [['check', '/no/such/file'], 3, /is not there/],
  [['--target', 'cassette', '--no-device'], 2, /There is no delivery target "cassette"\. Known are: ebu-r128/],
] as const) {
  test(`longthrow ${words.join(' ')} ends with ${status} and says why`, async (t) => {
    const result = await run(...words);
    t.is(result.status, status, result.err);
    t.regex(result.err + result.out, message);
    t.false(/\n\s+at /.test(result.err), 'no stack is shown');
  });
}

test('the demo plays without a terminal, and its last word is JSON', async (t) => {
  const words = ['--json', '--no-device', '--no-surfaces'];
  // Behind the first half second, and something is heard: a bus without sound says -inf.
  const {status, out, err} = await runUntil(/^(?!0:00\.[0-5])\d+:\d\d\.\d playing, loop \| bus -?\d/m, ...words);
  t.is(status, 130, err);
  const answer = JSON.parse(out);
  t.is(answer.schemaVersion, 1);
  t.is(answer.strips.length, 10);
  t.true(answer.playback.seconds > 0.5, `${answer.playback.seconds}`);
  t.is(answer.playback.looping, true);
  const {output, starvedBlocks, sampleRate} = answer.audio;
  t.is(output, 'silent');
  const silentSeconds = (starvedBlocks * blockFrames) / sampleRate;
  t.true(silentSeconds < answer.playback.seconds / 2, `its stems were not ready for ${silentSeconds} s`);
});

/** A desk that has said how it is for two seconds, and was stopped by Ctrl-C. */
let stopped: Promise<Run> | undefined;
async function stoppedDesk(): Promise<Run> {
  stopped ??= songFolder('lines').then((folder) =>
    runUntil(/^(\d+:\d\d\.\d (playing|stopped)(, loop)? \| bus.*\n){2}/m, folder, '--no-device', '--no-surfaces'),
  );
  return stopped;
}

test('without a terminal a status line a second is printed', async (t) => {
  const {out} = await stoppedDesk();
  const atSeconds = [...out.matchAll(/^0:0(\d\.\d) playing \| bus/gm)].map(([, seconds]) => Number(seconds));
  t.true(atSeconds.length >= 2, out);
});

test('Ctrl-C ends the desk with 130', async (t) => {
  t.is((await stoppedDesk()).status, 130);
});

test('stems become a session, which plays, checks and bounces', async (t) => {
  const folder = stemsFolder('song');
  const made = await run('new', folder, '--json');
  t.is(made.status, 0, made.err);
  const {session, problems} = JSON.parse(made.out);
  t.is(session.strips.length, 10);
  t.is(session.sampleRate, 48_000);
  t.deepEqual([...new Set(session.strips.map((strip: {group: string}) => strip.group))].includes('drums'), true);
  const reasons = problems.map(({reason}: {reason: string}) => reason).join('; ');
  t.regex(reasons, /silent|silence/);
  t.regex(reasons, /clip|full scale/);
  t.regex(reasons, /name/);

  const again = await run('new', folder);
  t.is(again.status, 5);
  t.regex(again.err, /there already/);

  const one = join(scratch, 'one.wav');
  const two = join(scratch, 'two.wav');
  const bounced = await run('bounce', folder, '-o', one, '--json');
  t.is(bounced.status, 0, bounced.err);
  t.true(JSON.parse(bounced.out).frames >= 48_000 * songSeconds);
  t.is((await run('bounce', folder, '-o', one)).status, 5);
  t.is((await run('bounce', folder, '-o', two)).status, 0);
  t.true(readFileSync(one).equals(readFileSync(two)), 'two bounces are the same to the bit');

  const played = await run(folder, '--seconds', '1', '--json', '--no-device', '--no-surfaces');
  t.is(played.status, 0, played.err);
  t.is(JSON.parse(played.out).strips.length, 10);
});

test('a session whose stems are gone opens, and says which', async (t) => {
  const folder = await songFolder('gone');
  for (const file of readdirSync(folder)) if (file.endsWith('.wav')) rmSync(join(folder, file));
  const {status, out, err} = await run(folder, '--seconds', '1', '--json', '--no-device', '--no-surfaces');
  t.is(status, 0, err);
  const {notices, strips} = JSON.parse(out);
  t.is(strips.length, 10);
  t.true(notices.filter((notice: string) => /\.wav/.test(notice)).length >= 10, notices.join('\n'));
  t.is((await run('check', folder)).status, 3);
  const bounced = await run('bounce', folder, '-o', join(scratch, 'gone.wav'));
  t.is(bounced.status, 5);
  t.false(readdirSync(scratch).some((name) => name.includes('gone.wav')));
});

test('a damaged stem is named with its reason and skipped', async (t) => {
  const folder = stemsFolder('damaged');
  const kick = 'Kick.flac';
  rmSync(join(folder, 'Kick.wav'));
  writeFileSync(join(folder, kick), readFileSync(join(demoFolder, 'stems', kick)).subarray(0, 40_000));
  const {status, out} = await run('new', folder, '--json');
  t.is(status, 0);
  const {session, problems} = JSON.parse(out);
  t.is(session.strips.length, 9);
  t.true(problems.some(({path, reason}: {path: string; reason: string}) => path.includes(kick) && reason.length > 5));
});

test('check finds the slip in a mapping, and the nearest name', async (t) => {
  const file = join(scratch, 'slip.json');
  writeFileSync(
    file,
    JSON.stringify({
      $schema: 'surface.schema.json',
      name: 'Slip',
      maker: 'X',
      dialect: 'mackei',
      ports: ['^Slip$'],
      unit: 'main',
      strips: 8,
    }),
  );
  const {status, out} = await run('check', file);
  t.is(status, 3);
  t.regex(out, /mackie/);
});

test('known surfaces are listed with what they have for levels', async (t) => {
  const {status, out} = await run('surfaces', '--known');
  t.is(status, 0);
  for (const [name, faders] of [
    ['x-touch', 'motor faders'],
    ['korg-nanokontrol2', 'faders without motors'],
    ['midi-fighter-twister', 'encoders that follow'],
    ['stream-deck-xl', 'no faders'],
  ])
    t.regex(out, new RegExp(`  ${name} .*, ${faders}$`, 'm'));
});

test('known surfaces are listed, also as JSON', async (t) => {
  const {status, out} = await run('surfaces', '--known', '--json');
  t.is(status, 0);
  const ids = JSON.parse(out).known.map(({id}: {id: string}) => id);
  for (const id of [
    'mackie-control',
    'mackie-control-pro',
    'x-touch',
    'x-touch-one',
    'x-touch-compact',
    'bcf2000',
    'korg-nanokontrol2',
  ])
    t.true(ids.includes(id), id);
  const connected = await run('surfaces', '--json');
  t.is(connected.status, 0);
  t.is(JSON.parse(connected.out).schemaVersion, 1);
});

test('the doctor answers in JSON, and its status agrees with it', async (t) => {
  const {status, out} = await run('doctor', '--json');
  const report = JSON.parse(out);
  t.is(report.schemaVersion, 1);
  t.is(status, report.ok ? 0 : 3);
  t.true(report.checks.some(({area}: {area: string}) => area === 'runtime'));
});

test('a reference named for a run is measured, those that are missing are told, and the session is left as it is', async (t) => {
  const folder = await songFolder('compared', 8);
  const track = join(folder, 'Electric_Guitar.wav');
  const tracks = ['--reference', track, '--reference', join(folder, 'gone.wav')];
  const words = [folder, ...tracks, '--target', 'Spotify', '--no-device', '--no-surfaces', '--json'];
  // Longer and longer, until track and mix have been measured.
  let answer: Run = {status: 0, out: '{}', err: ''};
  for (let seconds = 2; seconds < 60 && !/"missingDb": [-\d]/.test(answer.out); seconds *= 2)
    answer = await run(...words, '--seconds', String(seconds));
  const {status, out} = answer;
  t.is(status, 0);
  const {references, notices, target, loudness} = JSON.parse(out);
  t.like(target, {id: 'spotify', integratedLufs: -14});
  t.true(Math.abs(target.distanceLu - (loudness.integratedLufs + 14)) < 0.02, JSON.stringify({target, loudness}));
  t.like(references[0], {name: 'Electric_Guitar.wav', state: 'ready', missingDb: 0});
  t.true(references[0].integratedLufs < -5 && Math.abs(references[0].gainDb) < 40);
  t.like(references[1], {name: 'gone.wav', state: 'failed', integratedLufs: null});
  t.true(notices.some((notice: string) => /gone\.wav: is missing; the mix cannot be compared/.test(notice)));
  t.false(readFileSync(join(folder, 'session.json'), 'utf8').includes('references'));
});
