/** A synthesizer on a real USB port is mixed, while the tape follows the time code of a second USB device: rides come out as the right controllers where the code is. */
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {closeSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync} from 'node:fs';
import {initialStream, step} from '../../src/wire/midi-stream.ts';
import {quarterFrameValue} from '../../src/wire/time-code/quarter-frame.ts';
import {timeCodeAt} from '../../src/wire/time-code/time-code.ts';
import {startDesk} from './desk-program.ts';
import {plugSurface, until} from './surface.ts';

const passed = (law: string): void => console.log(`ok - ${law}`);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const song = '/tmp/synth-song';
const longthrow = (...words: readonly string[]): void =>
  void execFileSync(process.execPath, ['dist/app/main.js', ...words]);

// A ride that says by its level where the tape is, and a mute.
const seconds = 40;
longthrow('new', song, '--midi', 'Synth', '--channels', '1-4');
writeFileSync(
  '/tmp/rides.csv',
  `strip,parameter,seconds,value\nchannel-1,level,0,-40\nchannel-1,level,${seconds},0\nchannel-2,mute,0,0\nchannel-2,mute,12,1\nchannel-2,mute,15,0\n`,
);
longthrow('automation', 'import', song, '--csv', '/tmp/rides.csv');

interface Change {
  readonly atMs: number;
  readonly channel: number;
  readonly controller: number;
  readonly value: number;
}
const changes: Change[] = [];
const values = new Map<string, number>();
let stream = initialStream;
const synth = await plugSurface('gmsynth', {vid: '1209', pid: '0001', maker: 'Lab', product: 'Synth'}, (bytes) => {
  const read = step(stream, bytes);
  stream = read.state;
  for (const message of read.messages) {
    if (message.type !== 'control-change') continue;
    const {channel, controller, value} = message;
    if (controller < 32) values.set(`${channel} ${controller + 32}`, 0);
    values.set(`${channel} ${controller}`, value);
    changes.push({atMs: performance.now(), channel, controller, value: wide(channel, controller % 32)});
  }
});
function wide(channel: number, controller: number): number {
  return ((values.get(`${channel} ${controller}`) ?? 0) << 7) | (values.get(`${channel} ${controller + 32}`) ?? 0);
}
const tape = await plugSurface('tape', {vid: '1209', pid: '0002', maker: 'Lab', product: 'Tape'});
const desk = await startDesk([song, '--no-device', '--time-code-in', 'Tape']);

const all = (): boolean =>
  [1, 2, 3, 4].every((channel) => [7, 10, 91, 93].every((one) => values.has(`${channel} ${one}`)));
await until('the first state', all, 60_000);
passed('a synthesizer that is there is told everything');

/** The device's side of the tape, held open: a hundred pieces a second. */
const card = readdirSync('/proc/asound').find(
  (entry) => /^card\d+$/.test(entry) && readFileSync(`/proc/asound/${entry}/id`, 'utf8').trim() === 'tape',
);
const node = openSync(`/dev/snd/midiC${card?.slice(4)}D0`, 'w');
const firstQuarter = 800;
const startMs = performance.now();
const masterSeconds = (atMs: number): number => firstQuarter / 100 + (atMs - startMs) / 1000;
let next = firstQuarter;
let isSilent = false;
const pieces = setInterval(() => {
  const now = masterSeconds(performance.now()) * 100;
  for (; next <= now; next += 1) {
    if (isSilent) continue;
    const code = timeCodeAt(Math.floor(next / 8) * 2, '25');
    writeSync(node, Uint8Array.of(0xf1, quarterFrameValue(code, next % 8)));
  }
}, 5);

await until('the lock', () => / locked/.test(desk.status()), 60_000);
const lockedSeconds = masterSeconds(performance.now());
passed('the tape starts with the time code of a USB device');
const offs: number[] = [];
const looks = setInterval(() => {
  const found = /locked, (\d+) ms (late|early)/.exec(desk.status());
  if (found !== null) offs.push(Number(found[1]) * (found[2] === 'late' ? -1 : 1));
}, 1000);
await until('the code to pass 18 s', () => masterSeconds(performance.now()) > 18, 60_000);
// A drop-out of 300 ms.
isSilent = true;
await pause(300);
isSilent = false;
await until('the code to pass 24 s', () => masterSeconds(performance.now()) > 24, 60_000);
clearInterval(looks);
const end = performance.now();

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
const share = (numbers: readonly number[], most: number): number =>
  numbers.filter((one) => Math.abs(one) <= most).length / numbers.length;
const ride = changes.filter(
  ({channel, controller, atMs}) =>
    channel === 1 && controller === 39 && masterSeconds(atMs) > lockedSeconds + 1 && atMs < end,
);
/** Where the tape is by the level of the ride, in seconds. */
const rideSeconds = (value: number): number => ((40 * Math.log10(value / 16_383) + 40) / 40) * seconds;
const behindMs = ride.map(({value, atMs}) => (masterSeconds(atMs) - rideSeconds(value)) * 1000);
const muted = changes.findIndex(
  ({channel, controller, value, atMs}) => channel === 2 && controller === 39 && value === 0 && masterSeconds(atMs) > 11,
);
const lastBefore = changes
  .slice(0, Math.max(0, muted))
  .findLast(({channel, controller}) => channel === 1 && controller === 39);
const muteAt = rideSeconds(lastBefore?.value ?? Number.NaN);
console.log(
  JSON.stringify({
    rideValues: ride.length,
    heardBehindMasterMs: Math.round(median(behindMs)),
    mutedWhereTheRideIsAtSeconds: Math.round(muteAt * 1000) / 1000,
    toldOffMs: offs,
    toldWithinQuarterFrame: share(offs, 10),
  }),
);
// The machine is emulated and stalls for seconds: what comes out is proved, and that both controllers agree where the tape is; how fast it is not.
assert.ok(ride.length > 20, `${ride.length} values of the ride`);
const rises = ride.every(({value}, index) => index === 0 || value > (ride[index - 1]?.value ?? 0) - 100);
assert.ok(rises, 'the ride rises');
assert.ok(Math.abs(muteAt - 12) < 0.3, `muted where the ride is at ${muteAt} s`);
passed('rides come out as the right controllers, and agree where the tape is');
assert.ok(offs.length > 5 && median(offs.map(Math.abs)) <= 10, `told to be off by ${offs.join(', ')} ms`);
passed('the tape comes within a quarter frame of the code, and goes on through a drop-out');

await synth.pull();
await until('the loss to be told', () => /silent output/.test(desk.status()), 60_000);
values.clear();
await synth.replug();
await until('the state after the replug', all, 60_000);
passed('a synthesizer that was pulled is told everything again');

clearInterval(pieces);
await until('the tape to stop', () => /\d stopped/.test(desk.status()), 60_000);
passed('the tape stops when the code does');
closeSync(node);
await desk.end();
await synth.remove();
await tape.remove();
process.exit(0);
