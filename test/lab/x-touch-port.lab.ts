/** A real USB MIDI device named X-Touch at the real MIDI transport: bytes both ways, pulled, replugged, and nothing leaked. */
import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {readdirSync} from 'node:fs';
import type {Connection, Port} from '../../src/transport/contract.ts';
import {midiTransport} from '../../src/transport/midi.ts';
import {loadMidiDriver} from '../../src/transport/midi-driver.ts';
import {openFiles, plugSurface, sequencerClients, until} from './surface.ts';

const figures = new Map<string, unknown>();
const passed = (law: string): void => console.log(`ok - ${law}`);
const lcd = [0xf0, 0, 0, 0x66, 0x14, 0x12, 0, ...Array.from({length: 112}, (_, at) => 32 + (at % 64)), 0xf7];
const dump = [0xf0, 0, 0, 0x66, 0x14, ...Array.from({length: 600}, (_, at) => at % 128), 0xf7];

const transport = midiTransport();
assert.deepEqual(await transport.availability(), {state: 'available'});
let told = false;
let ports: readonly Port[] = [];
transport.watch((now) => {
  ports = now;
  told = true;
});
await until('a first list', () => told);

const loaded = await loadMidiDriver();
if (loaded.state !== 'loaded') throw new Error(loaded.reason);
loaded.driver.list();
const beforeLists = {clients: sequencerClients(), files: openFiles()};
const listStart = performance.now();
for (let count = 0; count < 100; count += 1) loaded.driver.list();
figures.set('msPerList', (performance.now() - listStart) / 100);
const afterLists = {clients: sequencerClients(), files: openFiles()};
assert.deepEqual(afterLists, beforeLists);
loaded.driver.close();
figures.set('lists', {count: 100, beforeLists, afterLists});
passed('a hundred listings leave clients and files as they were');

const usb = {vid: '1397', pid: '00b4', maker: 'Behringer', product: 'X-Touch'};
const surface = await plugSurface('xtouch', usb);
const find = (): Port | undefined => ports.find(({name}) => name.startsWith('X-Touch'));
await until('the port', () => find() !== undefined);
figures.set(
  'ports',
  ports.map(({name}) => name),
);
passed('a plugged device is listed by its name');

let received: number[] = [];
let losses: string[] = [];
let lostAtMs = 0;
const connect = async (): Promise<Connection> => {
  const port = find();
  assert.ok(port);
  received = [];
  losses = [];
  const opened = await transport.open(port, {
    received: (bytes) => received.push(...bytes),
    lost: (reason) => {
      losses.push(reason);
      lostAtMs = performance.now();
    },
  });
  if (opened.state !== 'open') throw new Error(`${opened.state}: ${opened.reason}`);
  return opened.connection;
};

const hand = [0x90, 0x68, 0x7f, 0xe0, 0x40, 0x60, 0xe0, 0x41, 0x60, 0xb0, 0x10, 0x41, 0x90, 0x68, 0x00];
const desk = [0xe0, 0x10, 0x40, ...lcd, 0xd0, 0x2a, 0x90, 0x10, 0x7f, 0xe7, 0x7f, 0x7f];
const talk = async (connection: Connection): Promise<void> => {
  await surface.say(hand);
  await until('what the hand does', () => received.length >= hand.length || losses.length > 0);
  assert.deepEqual([received, losses], [hand, []]);
  connection.send(Uint8Array.from(desk));
  await until('what the desk sends', () => surface.heard().length >= desk.length);
  assert.deepEqual(surface.heard(), desk);
};

let connection = await connect();
await talk(connection);
passed('pitch bend, touch, SysEx and channel pressure pass both ways byte for byte');

received = [];
await surface.say(dump);
await until('a long SysEx', () => received.length >= dump.length);
assert.deepEqual(received, dump);
passed('a SysEx of 606 bytes arrives whole');

assert.equal(
  (await transport.open(find() ?? {id: '', name: '', kind: 'midi'}, {received() {}, lost() {}})).state,
  'busy',
);
connection.close();
connection.close();
const hostNode = readdirSync('/dev/snd')
  .filter((node) => /^midiC\d+D0$/.test(node))
  .at(-1);
const holder = spawn('cat', [`/dev/snd/${hostNode}`], {stdio: 'ignore'});
await new Promise((resolve) => setTimeout(resolve, 1000));
const held = await transport.open(find() ?? {id: '', name: '', kind: 'midi'}, {received() {}, lost() {}});
assert.equal(held.state, 'busy');
figures.set('busy', held.state === 'busy' ? held.reason : '');
holder.kill('SIGKILL');
await until('the other program to end', () => holder.exitCode !== null || holder.signalCode !== null);
passed('a port that is open, here or in another program, is busy');

let start = {clients: 0, files: 0};
const lostMs: number[] = [];
const backMs: number[] = [];
for (let cycle = 0; cycle <= 20; cycle += 1) {
  connection = await connect();
  await talk(connection);
  if (cycle === 0) start = {clients: sequencerClients(), files: openFiles()};
  if (cycle === 20) break;
  const moving = surface.say(Array.from({length: 300}, (_, at) => [0xe0, at % 128, 0x40][at % 3] ?? 0)).catch(() => {});
  const pulledAtMs = await surface.pull();
  await until('the loss', () => losses.length > 0);
  lostMs.push(Math.round(lostAtMs - pulledAtMs));
  await moving;
  assert.equal(find(), undefined);
  const after = received.length;
  connection.send(Uint8Array.from(desk));
  const replugged = performance.now();
  await surface.replug();
  await until('the port again', () => find() !== undefined);
  backMs.push(Math.round(performance.now() - replugged));
  assert.deepEqual(losses, ['unplugged']);
  assert.equal(received.length, after);
}
const end = {clients: sequencerClients(), files: openFiles()};
figures.set('cycles', {count: 20, start, end, lostMs, backMs});
assert.deepEqual(end, start);
assert.ok(Math.max(...lostMs) <= 1000, `lost after ${Math.max(...lostMs)} ms`);
passed('twenty pulls in mid-move: lost within a second, back by name, clients and files constant');

const before = find();
execFileSync('gadget', ['pull', 'xtouch']);
execFileSync('gadget', ['replug', 'xtouch']);
await until('the loss of a cable pulled and replugged unseen', () => losses.length > 0, 3000);
await until('another port', () => find() !== undefined && find()?.id !== before?.id, 3000);
passed('a replug between two listings is told as a loss and a new port');

await surface.pull();
await until('the port to go', () => find() === undefined);
await surface.replug();
await until('the port with its ear', () => find() !== undefined);
connection = await connect();
const farewell = Array.from({length: 300}, (_, at) => [0x90, at % 128, 0]).flat();
const already = surface.heard().length;
connection.send(Uint8Array.from(farewell));
connection.close();
await until('the farewell', () => surface.heard().length >= already + farewell.length);
assert.deepEqual(surface.heard().slice(already), farewell);
passed('what is sent just before closing still arrives');

await transport.close();
await surface.remove();
const rest = sequencerClients();
const {default: easymidi} = await import('easymidi');
for (let count = 0; count < 8; count += 1) easymidi.getInputs();
figures.set('leftByEasymidi', {getInputs: 8, clients: sequencerClients() - rest});
console.log(JSON.stringify(Object.fromEntries(figures)));
process.exit(0);
