/** A ride on a real USB fader while the tape plays, the cable pulled in the middle of it: what was ridden is kept, in the session and after a crash. */
import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {cpSync, readFileSync, writeFileSync} from 'node:fs';
import {mappingsFolder} from '../../src/app/folders.ts';
import {loadMappings} from '../../src/mapping/load.ts';
import {demoFolder} from '../../src/session/demo-folder.ts';
import {createVirtualDevice} from '../virtual-desk/virtual-device.ts';
import {plugSurface, until} from './surface.ts';

interface LaneRow {
  readonly lane: string;
  readonly points: number;
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

const passed = (law: string): void => console.log(`ok - ${law}`);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const {surfaces} = await loadMappings(mappingsFolder);
const surface = surfaces.find(({id}) => id === 'x-touch');
if (surface === undefined) throw new Error('no mapping of the X-Touch');
const song = '/tmp/song';
cpSync(demoFolder, song, {recursive: true});
// One stem is what the emulated processor can play in time.
const file = JSON.parse(readFileSync(`${song}/session.json`, 'utf8'));
const strips = file.strips.filter(({id}: {readonly id: string}) => id === 'kick');
writeFileSync(`${song}/session.json`, JSON.stringify({...file, strips}));

const lanes = (): readonly LaneRow[] =>
  JSON.parse(execFileSync(process.execPath, ['dist/app/main.js', 'automation', song, '--json'], {encoding: 'utf8'}))
    .lanes;
const start = async () => {
  const program = spawn(process.execPath, ['dist/app/main.js', song, '--no-device', '--stopped', '--json'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = {errors: ''};
  program.stderr.on('data', (text) => {
    said.errors += text;
  });
  const ended = once(program, 'exit');
  await until(
    'the program',
    () => {
      if (program.exitCode !== null)
        throw new Error(`the program ended with status ${program.exitCode}: ${said.errors}`);
      return /no surface/.test(said.errors);
    },
    120_000,
  );
  return {program, said, ended};
};

let desk = await start();
process.on('exit', (status) => {
  if (status !== 0) console.error(`the program's last words:\n${desk.said.errors.split('\n').slice(-30).join('\n')}`);
});
let deliver: (bytes: Uint8Array) => void = () => {};
const device = createVirtualDevice(surface, (bytes) => deliver(bytes));
const usb = {vid: '1397', pid: '00b4', maker: 'Behringer', product: 'X-Touch'};
const cable = await plugSurface('xtouch', usb, (bytes) => device.receive(bytes));
deliver = (bytes) => void cable.say(bytes).catch(() => {});
device.powerOn();
const painted = (): boolean =>
  ['fader.1', 'fader.8', 'text.1', 'lamp.mute.1'].every((output) => device.shown().has(output));
await until('the first picture', painted, 60_000);
await pause(3000);

const tap = (key: string): void => {
  device.press(key);
  device.lift(key);
};
tap('select.1');
tap('touch');
await pause(1500);
tap('play');
await until('the tape', () => /0:0[1-9].* playing/.test(desk.said.errors.trim().split('\n').at(-1) ?? ''), 60_000);
device.touch('fader.1');
// Moves as far apart as the emulated processor can render anew after each.
for (let step = 0; step <= 50; step += 1) {
  device.move('fader.1', 0.4 + 0.2 * Math.sin(step / 4));
  await pause(80);
}
device.release('fader.1');
await pause(1500);

// The second ride is cut short by the cable.
device.touch('fader.1');
for (let step = 0; step <= 30; step += 1) {
  device.move('fader.1', 0.6 + 0.1 * Math.sin(step / 3));
  await pause(80);
}
await cable.pull();
device.powerOff();
device.release('fader.1');
await until(
  'the loss to be told',
  () => /X-Touch unplugged/.test(desk.said.errors.trim().split('\n').at(-1) ?? ''),
  30_000,
);
await pause(3000);
passed('a fader pulled in mid-ride is told of, and the tape plays on');

desk.program.kill('SIGKILL');
await desk.ended;
const [row] = lanes();
assert.equal(row?.lane, 'kick level');
assert.ok((row?.points ?? 0) >= 20, `${row?.points} points`);
assert.ok((row?.toSeconds ?? 0) - (row?.fromSeconds ?? 0) > 2.5, `${row?.fromSeconds} to ${row?.toSeconds} s`);
passed('both rides are in the session, though the desk was killed without a word');

desk = await start();
await cable.replug();
device.powerOn();
await until('the picture after the replug', painted, 60_000);
await pause(3000);
tap('play');
const seen: number[] = [];
await until(
  'the motor to follow the ride',
  () => {
    seen.push(device.standsAt('fader.1'));
    return Math.max(...seen) - Math.min(...seen) > 0.2;
  },
  60_000,
);
assert.deepEqual(device.strays, []);
passed('played back after the crash, the motor follows what was ridden');
desk.program.kill('SIGINT');
await desk.ended;
console.log(JSON.stringify({points: row?.points, seconds: (row?.toSeconds ?? 0) - (row?.fromSeconds ?? 0)}));
await cable.remove();
process.exit(0);
