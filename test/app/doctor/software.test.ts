import test from 'ava';
import {checkAudio, findSoundWays} from '../../../src/app/doctor/audio.ts';
import {checkLibraries} from '../../../src/app/doctor/libraries.ts';
import {checkRuntime} from '../../../src/app/doctor/runtime.ts';
import {timingRow} from '../../../src/app/doctor/timing.ts';
import {machine} from './machine.ts';

for (const [version, state] of [
  ['20.19.0', 'ok'],
  ['20.18.9', 'missing'],
  ['18.20.0', 'missing'],
  ['22.1.0', 'ok'],
] as const)
  test(`Node ${version} is ${state}`, async (t) => {
    t.is((await checkRuntime(machine({nodeVersion: version})))[0]?.state, state);
  });

for (const [what, given, found, cure] of [
  ['is not installed', {resolvePackage: () => undefined}, /^not installed: no MIDI surfaces$/, /include=optional/],
  ['dies while it loads', {runScript: async () => undefined}, /^ends or hangs/, /--force/],
  ['answers nonsense', {runScript: async () => 'Segmentation fault'}, /^ends or hangs/, /--force/],
  [
    'lacks a shared library',
    {
      runScript: async () =>
        '{"loaded":false,"message":"libasound.so.2: cannot open shared object file: No such file or directory"}',
    },
    /^the shared library libasound\.so\.2 is missing: no MIDI surfaces$/,
    /apt install libasound2, dnf install alsa-lib, pacman -S alsa-lib, or zypper install libasound2/,
  ],
  [
    'fails otherwise',
    {runScript: async () => '{"loaded":false,"message":"bad\\nmagic"}'},
    /does not load \(bad magic\)/,
    /--force/,
  ],
] as const)
  test(`a native package that ${what} is told with its cure`, async (t) => {
    const rows = await checkLibraries(machine(given));
    t.deepEqual(
      rows.map(({state}) => state),
      ['missing', 'missing', 'missing', 'missing'],
    );
    t.regex(rows[0]?.found ?? '', found);
    t.regex(rows[0]?.cure ?? '', cure);
  });

const refused = async () => '{"message":"DeviceNotAvailable"}';
for (const [what, given, cure] of [
  ['PipeWire runs', {files: {'/run/user/1000/pipewire-0': ''}}, /pipewire-alsa/],
  ['PulseAudio runs', {files: {'/run/user/1000/pulse/native': ''}}, /libasound2-plugins/],
  ['JACK runs', {programs: async () => ['jackdbus']}, /libjack-jackd2-0/],
  ['a card is held', {}, /close the program/],
  ['a card is forbidden', {denied: ['/dev/snd/pcmC0D0p'], userName: 'bob'}, /usermod -aG audio/],
  ['there is no card', {list: async () => []}, /connect a sound card/],
  ['the system is another', {platform: 'darwin'}, /sound settings/],
] as const)
  test(`a device that does not open while ${what} has its cure`, async (t) => {
    const rows = await checkAudio(machine({...given, runScript: refused}));
    t.is(rows.at(-1)?.state, 'missing');
    t.regex(rows.at(-1)?.cure ?? '', cure);
  });

test('sound ways are found without opening any', async (t) => {
  const system = machine({
    files: {'/run/user/1000/pipewire-0': '', '/run/user/1000/pulse/native': ''},
    runScript: async () => t.fail(),
  });
  t.deepEqual(await findSoundWays(system), {
    servers: ['PipeWire', 'PulseAudio'],
    devices: ['pcmC0D0p'],
    denied: false,
  });
});

test('without its package no device is tried', async (t) => {
  const rows = await checkAudio(machine({resolvePackage: () => undefined}));
  t.is(rows.at(-1)?.state, 'skipped');
});

test('a child that dies is a device that does not open', async (t) => {
  const rows = await checkAudio(machine({runScript: async () => undefined}));
  t.regex(rows.at(-1)?.found ?? '', /ended or hung/);
});

test('timers that come late are worth a look', (t) => {
  t.is(timingRow([0.1, 0.2, 0.3]).state, 'ok');
  t.is(timingRow(Array.from({length: 60}, (_, at) => at)).state, 'warning');
  t.is(timingRow([]).state, 'ok');
});
