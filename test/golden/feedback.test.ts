import {readdir, readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {shippedMappings} from '../../src/mapping/folder.ts';
import {loadMappings} from '../../src/mapping/load.ts';
import {createDialect, type Heard} from '../../src/surface/dialect.ts';
import {projectFile} from '../project.ts';
import {feedbackBytes} from './feedback-bytes.ts';
import {goldenName, goldenText, isGolden} from './files.ts';

const folder = fileURLToPath(projectFile('test/golden'));
const {surfaces} = await loadMappings(shippedMappings);
const golden = surfaces.filter(isGolden);

for (const surface of golden) {
  test(`${surface.id}: the bytes to it are those that were looked at`, async (t) => {
    const kept = await readFile(`${folder}/${goldenName(surface)}`, 'utf8').catch(() => '');
    t.true(
      kept === goldenText(surface),
      'if that is meant: node --import=tsx test/golden/write.ts, and read the difference',
    );
    const {outputs} = feedbackBytes(surface);
    const silent = Object.entries(outputs).filter(([, cells]) => Object.values(cells).some((bytes) => bytes === ''));
    t.deepEqual(silent, [], 'every output can be told everything');
  });
}

test('no bytes are kept of surfaces that are gone', async (t) => {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  t.deepEqual(files.sort(), golden.map(goldenName).sort());
});

/** Checked by hand against published protocol descriptions, not against this program. */
const published: readonly (readonly [surface: string, output: string, cell: string, bytes: string])[] = [
  ['korg-nanokontrol2', 'lamp.mute.1', 'lit', 'BF 30 7F'],
  ['korg-nanokontrol2-cc', 'lamp.mute.1', 'lit', 'B0 30 7F'],
  ['x-touch', 'fader.1', 'at 1', 'E0 70 7F'],
  ['x-touch-mini', 'ring.1', 'dot 1', 'B0 30 0B'],
  ['x-touch-mini', 'ring.8', 'wrap 0', 'B0 37 21'],
  ['x-touch-mini', 'lamp.rec.1', 'lit', '90 59 7F'],
  ['x-touch-mini', 'lamp.rec.8', 'lit', '90 2D 7F'],
  ['x-touch-mini-standard', 'lamp.rec.1', 'lit', '90 00 01'],
  ['x-touch-mini-standard', 'lamp.play', 'lit', '90 0E 01'],
  ['x-touch-mini-standard', 'fader.1', 'at 1', 'BA 01 7F'],
  ['x-touch-compact-standard', 'lamp.mute.1', 'lit', '90 10 01'],
  ['x-touch-compact-standard', 'fader.master', 'at 1', 'B0 09 7F'],
  ['x-touch-compact-standard', 'ring.1', 'dot 1', 'B0 1A 0D'],
  ['x-touch-compact-standard', 'ring.8', 'dark', 'B0 21 00'],
  ['bcf2000-preset-2', 'fader.8', 'at 1', 'B7 07 7F'],
  ['akai-midimix', 'lamp.mute.8', 'lit', '90 16 7F'],
  ['akai-midimix', 'lamp.rec.1', 'lit', '90 03 7F'],
  ['akai-apc40-mk2', 'lamp.solo.8', 'lit', '97 31 01'],
  ['akai-apc40-mk2', 'knob.1', 'at 1', 'B0 30 7F'],
  ['akai-apc40-mk2', 'column.8.5', 'dark', '90 27 00'],
  ['akai-apc40-mk2', 'column.1.1', 'white', '90 00 03'],
  ['launch-control-xl', 'pad.rec.1', 'dark', 'F0 00 20 29 02 11 78 08 18 0C F7'],
  ['launch-control-xl', 'pad.mute.8', 'green', 'F0 00 20 29 02 11 78 08 27 3C F7'],
  ['launch-control-xl', 'column.1.3', 'dark', 'F0 00 20 29 02 11 78 08 00 0C F7'],
  ['launchpad-mini-mk3', 'pad.mute.1', 'white', 'F0 00 20 29 02 0D 03 03 0B 7F 7F 7F F7'],
  ['launchpad-x', 'column.8.4', 'dark', 'F0 00 20 29 02 0C 03 03 58 00 00 00 F7'],
  ['faderport-2008', 'fader.1', 'at 1', 'B0 00 07 B0 20 7F'],
  ['faderport-2008', 'lamp.play', 'lit', 'A0 01 01'],
  ['faderport-2008', 'lamp.mute.1', 'dark', 'A0 15 00'],
  ['faderport-8', 'fader.8', 'at 1', 'E7 70 7F'],
  ['faderport-8', 'lamp.solo.1', 'lit', '90 08 7F'],
  ['faderport-8', 'pad.select.8', 'white', '91 1F 7F | 92 1F 7F | 93 1F 7F | 90 1F 7F'],
  ['faderport-8', 'meter.8', 'step 0', 'D7 00'],
  ['faderport-16', 'fader.16', 'at 1', 'EF 70 7F'],
  ['faderport-16', 'lamp.solo.16', 'lit', '90 57 7F'],
  ['faderport-16', 'lamp.mute.16', 'lit', '90 7F 7F'],
  ['faderport-2', 'lamp.solo.1', 'lit', '90 08 7F'],
  ['arturia-beatstep', 'pad.rec.1', 'dark', 'F0 00 20 6B 7F 42 02 00 10 70 00 F7'],
  ['arturia-beatstep', 'pad.undo', 'vermillion', 'F0 00 20 6B 7F 42 02 00 10 7F 01 F7'],
  ['xone-k2', 'pad.rec.1', 'dark', '9E 30 00'],
  ['xone-k2', 'pad.rec.1', 'orange', '9E 54 7F'],
  ['xone-k2', 'pad.mute.4', 'green', '9E 73 7F'],
  ['midi-fighter-twister', 'fader.1', 'at 1', 'B0 00 7F'],
  ['midi-fighter-twister', 'pad.mute.1', 'dark', 'B1 08 00 | B2 08 11'],
  ['faderport-8', 'pad.select.1', 'red strip', '91 18 20 | 92 18 00 | 93 18 00 | 90 18 7F'],
  ['faderport-8', 'ring.1', 'dark', 'B0 38 04'],
  ['faderport-8', 'ring.8', 'dot 0.5', 'B0 3F 00 B0 37 40'],
  ['faderport-16', 'meter.1', 'step 12', 'D0 7D'],
  ['faderport-16', 'meter.16', 'step 12', 'C7 7D'],
  ['faderport-2008', 'lamp.automation-off', 'lit', 'A0 10 01'],
  ['faderport-2008', 'lamp.quick-punch', 'lit', 'A0 06 01'],
  ['akai-apc40-mk2', 'lamp.auto.8', 'lit', '97 34 01'],
  ['akai-apc40-mk2', 'lamp.insert.8', 'dark', '97 42 00'],
  ['akai-apc40-mk2', 'pad.f5', 'white', '90 56 03'],
  ['bcf2000-preset-1', 'send3.8', 'at 1', 'B0 20 7F'],
  ['bcf2000-preset-2', 'send3.8', 'at 1', 'B7 0D 7F'],
  ['launch-control-xl-user', 'pad.mute.1', 'green', 'F0 00 20 29 02 11 78 00 20 3C F7'],
  ['launchpad-mk2', 'pad.select.1', 'red strip', 'F0 00 20 29 02 18 0B 1F 10 00 00 F7'],
  ['launchpad-mk2', 'column.8.4', 'white', 'F0 00 20 29 02 18 0B 58 3F 3F 3F F7'],
  ['launchpad-pro', 'pad.cursor-up', 'dark', 'F0 00 20 29 02 10 0B 5B 00 00 00 F7'],
  ['launchpad-classic', 'pad.mute.1', 'dark', '90 70 0C'],
  ['launchpad-classic', 'column.8.4', 'green', '90 07 2C'],
  ['xone-k2', 'lamp.name-value', 'lit', '9E 0C 7F'],
  ['generic-pitch-bend', 'fader.master', 'at 1', 'E8 7F 7F'],
  ['generic-encoders', 'ring.8', 'wrap 1', 'B0 17 7F'],
];

for (const [id, output, cell, bytes] of published) {
  test(`${id}: ${output} ${cell} is ${bytes}`, (t) => {
    const surface = surfaces.find((one) => one.id === id);
    t.is(surface && feedbackBytes(surface).outputs[output]?.[cell], bytes);
  });
}

/** What controls say, taken by hand from published descriptions: bytes, and what they are heard as. */
const spoken: readonly (readonly [surface: string, bytes: string, heard: string])[] = [
  ['korg-nanokontrol2', 'BF 07 7F', 'fader.8 1'],
  ['korg-nanokontrol2', 'BF 17 40', 'knob.8 0.5'],
  ['korg-nanokontrol2', 'BF 40 7F', 'rec.1 pressed'],
  ['korg-nanokontrol2-cc', 'B0 2D 7F', 'record pressed'],
  ['x-touch-mini', 'B0 17 47', 'wheel.8 -7'],
  ['x-touch-mini', '90 20 7F', 'mute.1 pressed'],
  ['x-touch-mini', 'E8 7F 7F', 'fader.master 1'],
  ['x-touch-mini-standard', 'BA 12 7F', 'fader.8 1'],
  ['x-touch-mini-standard', '9A 20 7F', 'rec.1 pressed'],
  ['x-touch-compact-standard', 'B0 09 7F', 'fader.master 1'],
  ['x-touch', '90 68 7F', 'fader.1 touched'],
  ['x-touch', 'B0 10 41', 'encoder.1 -1'],
  ['x-touch', 'B0 3C 01', 'jog 1'],
  ['bcf2000-preset-2', 'CA 01', 'mute.1 pressed, mute.1 released'],
  ['bcf2000-preset-2', 'CA 10', 'solo.8 pressed, solo.8 released'],
  ['bcf2000-preset-2', 'B7 07 7F', 'fader.8 1'],
  ['akai-midimix', 'B0 3D 7F', 'fader.8 1'],
  ['akai-midimix', 'B0 10 00', 'send1.1 0'],
  ['akai-midimix', '90 17 7F', 'solo.8 pressed'],
  ['akai-midimix', '90 1A 7F', 'bank-right pressed'],
  ['akai-apc40-mk2', 'B7 07 7F', 'fader.8 1'],
  ['akai-apc40-mk2', 'B0 2F 7F', 'dial -1'],
  ['akai-apc40-mk2', '93 34 7F', 'auto.4 pressed'],
  ['akai-apc40-mk2', '90 5D 7F', 'record pressed'],
  ['akai-apc40-mk2', 'B0 40 7F', 'user-a pressed'],
  ['launch-control-xl', 'B8 54 7F', 'fader.8 1'],
  ['launch-control-xl', '98 39 7F', 'rec.5 pressed'],
  ['launch-control-xl', 'B8 68 7F', 'cursor-up pressed'],
  ['launch-control-xl-user', '90 49 7F', 'mute.1 pressed'],
  ['launchpad-mini-mk3', '90 2C 7F', 'rec.4 pressed'],
  ['launchpad-mk2', 'B0 6F 7F', 'shift pressed'],
  ['launchpad-mk2', '90 59 7F', 'play pressed'],
  ['launchpad-pro', 'B0 59 7F', 'play pressed'],
  ['launchpad-classic', '90 08 7F', 'play pressed'],
  ['launchpad-classic', '90 77 7F', 'mute.8 pressed'],
  ['faderport-2008', 'A0 7F 01', 'fader.1 touched'],
  ['faderport-2008', 'A0 17 01', 'automation-off pressed'],
  ['faderport-2008', 'E0 00 7F', 'encoder.1 -1'],
  ['faderport-8', '90 6F 7F', 'fader.8 touched'],
  ['faderport-8', 'B0 10 43', 'pan-dial -3'],
  ['faderport-8', 'B0 3C 02', 'jog 2'],
  ['faderport-8', '90 4F 7F', 'automation-off pressed'],
  ['faderport-8', '90 46 7F', 'shift pressed'],
  ['faderport-16', 'EF 70 7F', 'fader.16 1'],
  ['faderport-16', '90 58 7F', 'solo.12 pressed'],
  ['faderport-16', '90 07 7F', 'select.9 pressed'],
  ['faderport-2', '90 2E 7F', 'channel-left pressed'],
  ['arturia-beatstep', '90 2C 40', 'rec.1 pressed'],
  ['arturia-beatstep', 'B0 14 3F', 'wheel.1 -1'],
  ['xone-k2', '9E 30 7F', 'rec.1 pressed'],
  ['xone-k2', 'BE 15 01', 'dial 1'],
  ['xone-k2', 'BE 00 7F', 'encoder.1 -1'],
  ['midi-fighter-twister', 'B1 08 7F', 'mute.1 pressed'],
  ['midi-fighter-twister', 'B3 0B 7F', 'bank-right pressed'],
  ['generic-hui', 'B0 0F 02 2F 42', 'mute.3 pressed'],
  ['generic-hui', 'B0 41 43', 'encoder.2 3'],
];

for (const [id, bytes, expected] of spoken) {
  test(`${id}: ${bytes} is ${expected}`, (t) => {
    const surface = surfaces.find((one) => one.id === id);
    const heard = surface && createDialect(surface).read(Buffer.from(bytes.replaceAll(' ', ''), 'hex'));
    t.is(
      heard
        ?.filter(({type}) => !type.startsWith('link.'))
        .map(sayHeard)
        .join(', '),
      expected,
    );
  });
}

function sayHeard(heard: Heard): string {
  switch (heard.type) {
    case 'fader.moved':
      return `${heard.control} ${Math.round(heard.position * 1000) / 1000}`;
    case 'encoder.turned':
      return `${heard.control} ${heard.steps}`;
    default:
      return 'control' in heard ? `${heard.control} ${heard.type.split('.')[1]}` : heard.type;
  }
}

test('devices are woken and put into the mode in which their lamps obey', (t) => {
  const helloOf = (id: string): readonly string[] | undefined => {
    const surface = surfaces.find((one) => one.id === id);
    return surface && feedbackBytes(surface).hello;
  };
  t.is(helloOf('akai-apc40-mk2')?.[0], 'F0 47 7F 29 60 00 04 42 00 01 00 F7');
  t.is(helloOf('launchpad-pro-mk3')?.[0], 'F0 00 20 29 02 0E 0E 01 F7');
  t.is(helloOf('launch-control-xl')?.[0], 'F0 00 20 29 02 11 77 08 F7');
  t.deepEqual(helloOf('faderport-2008'), ['F0 7E 7F 06 01 F7', '91 00 64']);
  t.is(helloOf('faderport-8')?.[7], 'F0 00 01 06 02 13 07 15 F7');
  t.is(helloOf('faderport-16')?.[15], 'F0 00 01 06 16 13 0F 15 F7');
  t.true(helloOf('faderport-8')?.includes('92 4A 7F'), 'READ is green');
  t.deepEqual(helloOf('launchpad-mk2')?.[0], 'F0 00 20 29 02 18 22 00 F7');
  t.deepEqual(helloOf('midi-fighter-twister'), ['B3 00 7F']);
  t.true(
    helloOf('arturia-beatstep')?.includes('F0 00 20 6B 7F 42 02 00 03 78 24 F7'),
    'the first lower pad is note 36',
  );
  t.deepEqual(helloOf('arturia-beatstep')?.slice(0, 2), [
    'F0 00 20 6B 7F 42 02 00 03 20 14 F7',
    'F0 00 20 6B 7F 42 02 00 06 20 01 F7',
  ]);
  t.is(surfaces.find(({id}) => id === 'faderport-16')?.keepAlive?.everyMs, 1000);
});
