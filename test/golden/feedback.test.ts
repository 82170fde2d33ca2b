import {readdir, readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {shippedMappings} from '../../src/mapping/folder.ts';
import {loadMappings} from '../../src/mapping/load.ts';
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
  ['generic-pitch-bend', 'fader.master', 'at 1', 'E8 7F 7F'],
  ['generic-encoders', 'ring.8', 'wrap 1', 'B0 17 7F'],
];

for (const [id, output, cell, bytes] of published) {
  test(`${id}: ${output} ${cell} is ${bytes}`, (t) => {
    const surface = surfaces.find((one) => one.id === id);
    t.is(surface && feedbackBytes(surface).outputs[output]?.[cell], bytes);
  });
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
  t.deepEqual(helloOf('arturia-beatstep')?.slice(0, 2), [
    'F0 00 20 6B 7F 42 02 00 03 20 14 F7',
    'F0 00 20 6B 7F 42 02 00 06 20 01 F7',
  ]);
  t.is(surfaces.find(({id}) => id === 'faderport-16')?.keepAlive?.everyMs, 1000);
});
