/** A MIDI surface, two HID surfaces and a serial one together at the whole program, all real USB devices: pulled and replugged in any order while the tape plays. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {mappingsFolder} from '../../src/app/folders.ts';
import {encodeSamples} from '../../src/engine/stems/sample-encoding.ts';
import {waveHeader} from '../../src/engine/stems/wave-writer.ts';
import {loadMappings} from '../../src/mapping/load.ts';
import {levelAt} from '../../src/model/taper.ts';
import {demoFolder} from '../../src/session/demo-folder.ts';
import {sine} from '../engine/graph/signal.ts';
import type {Compiled} from '../firmware/compiler.ts';
import {compileHidDevice, compilePtyDevice, type PtyDevice, startPtyDevice} from '../transport/pty-device.ts';
import {createVirtualDevice} from '../virtual-desk/virtual-device.ts';
import {startDesk} from './desk-program.ts';
import {type Gadget, plugGadget} from './gadget.ts';
import {plugSurface, sequencerClients, slowness, until} from './surface.ts';

interface FinalStatus {
  readonly strips: readonly {readonly id: string; readonly levelDb: number | null}[];
}

const cycles = 20;
const allowedMs = 3000;
const passed = (law: string): void => console.log(`ok - ${law}`);
/** How far it has come: it takes long. */
const note = (text: string): void => console.log(`# ${(performance.now() / 1000).toFixed(0)} s: ${text}`);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const programOf = (compiled: Compiled): string => {
  if (compiled.state === 'absent') throw new Error(compiled.reason);
  return compiled.program;
};
const boards = {serial: programOf(compilePtyDevice()), reports: programOf(compileHidDevice())};
const {surfaces} = await loadMappings(mappingsFolder);
const surface = surfaces.find(({id}) => id === 'x-touch');
if (surface === undefined) throw new Error('no mapping of the X-Touch');

// Two tones at the lowest rate there is: what the emulated processor can load and play in time beside all the devices.
const [song, rate, seconds] = ['/tmp/song', 8000, 30];
const encoding = {kind: 'int', bytes: 2, littleEndian: true} as const;
const demo = JSON.parse(readFileSync(`${demoFolder}/session.json`, 'utf8'));
const strips = ['low', 'high'].map((id) => ({...demo.strips[0], id, name: id, file: `${id}.wav`, levelDb: -10}));
mkdirSync(song);
for (const {id, file} of strips) {
  const tone = sine(rate * seconds, id === 'low' ? 220 : 660, rate, 0.25);
  const samples = encodeSamples(encoding, [tone], tone.length);
  writeFileSync(`${song}/${file}`, Buffer.concat([waveHeader(encoding, 1, rate, tone.length), samples]));
}
writeFileSync(`${song}/session.json`, JSON.stringify({...demo, sampleRate: rate, strips}));

/** Whether a board shows something that a host told it; at its start it shows what is safe. */
const shows = ({lines}: PtyDevice): boolean => {
  const linked = lines.indexOf('linked 1');
  return linked >= 0 && lines.slice(linked).some((line) => line.startsWith('shown'));
};
/** A board of our own that gets its power by the cable. */
const startBoard = async (program: string, cable: Gadget) => {
  let running: PtyDevice | undefined = await startPtyDevice(program, 0, cable.node);
  return {
    isPainted: () => running !== undefined && shows(running),
    said: () => ({exit: running?.child.exitCode, lines: running?.lines.slice(-3)}),
    async pull() {
      await cable.pull();
      const old = running;
      running = undefined;
      if (old === undefined || old.child.exitCode !== null) throw new Error('the board ended by itself');
      const ended = once(old.child, 'close');
      old.end();
      await ended;
    },
    async replug() {
      await cable.replug();
      running = await startPtyDevice(program, 0, cable.node);
    },
    async remove() {
      running?.end();
      await cable.remove();
    },
  };
};

// Boards that nobody knows yet are greeted for a while only: they speak before the desk does.
const line = await plugGadget('line', '--vid 2341 --pid 0043 --maker Lab --product Line --serial LT8 --acm'.split(' '));
const serial = await startBoard(boards.serial, line);
// Raw reports of 64 bytes both ways, on a usage page of its maker's own.
writeFileSync(
  '/tmp/reports.bin',
  Uint8Array.of(...[6, 0, 255, 9, 1, 161, 1, 21, 0, 38, 255, 0, 117, 8, 149, 64], ...[9, 1, 129, 2, 9, 1, 145, 2, 192]),
);
const reports = await startBoard(
  boards.reports,
  await plugGadget('reports', [
    ...'--vid 2341 --pid 8036 --maker Lab --product Reports --serial LT9'.split(' '),
    ...['--hid', '/tmp/reports.bin', '64'],
  ]),
);
note('two boards are plugged in');
// Two strips are not enough for three times eight: the others show what the first surface does.
const layout = JSON.parse(readFileSync(`${mappingsFolder}/layouts/mixer.json`, 'utf8'));
const sections = [
  {id: 'main', surfaces: ['x-touch']},
  {id: 'beside', surfaces: ['*'], follows: 'main'},
];
mkdirSync('/tmp/mappings/layouts', {recursive: true});
writeFileSync('/tmp/mappings/layouts/lab.json', JSON.stringify({...layout, sections}));
const desk = await startDesk([
  ...[song, '--no-device', '--stopped', '--look-ahead', '2000'],
  ...['--mappings', '/tmp/mappings', '--layout', 'lab'],
]);
note(`the desk has started at slowness ${slowness().toFixed(1)}`);
let told = 0;
const noteDesk = (): void => {
  for (const notice of desk.notices().slice(told)) note(notice);
  told = desk.notices().length;
  note(desk.status());
  note(JSON.stringify([serial.said(), reports.said()]));
};
const notes = setInterval(noteDesk, 10_000);

let deliver: (bytes: Uint8Array) => void = () => {};
const device = createVirtualDevice(surface, (bytes) => deliver(bytes));
const midi = await plugSurface('xtouch', {vid: '1397', pid: '00b4', maker: 'Behringer', product: 'X-Touch'}, (bytes) =>
  device.receive(bytes),
);
deliver = (bytes) => void midi.say(bytes).catch(() => {});
device.powerOn();

// Five bytes of input as the vendor's own page has them: shuttle, jog, nothing, thirteen buttons.
writeFileSync(
  '/tmp/shuttle.bin',
  Uint8Array.of(6, 0, 255, 9, 1, 161, 1, 9, 2, 21, 0, 38, 255, 0, 117, 8, 149, 5, 129, 2, 192),
);
const shuttle = await plugGadget('shuttle', [
  ...['--vid', '0b33', '--pid', '0030', '--maker', 'Contour', '--product', 'ShuttlePRO'],
  ...['--hid', '/tmp/shuttle.bin', '5'],
]);

type Kind = 'midi' | 'hid' | 'reports' | 'serial';
/** One of the surfaces on the desk. */
interface Plugged {
  /** As the desk calls it. */
  readonly name: string;
  /** Whether it shows what the desk wants, since it was plugged in last; absent for what shows nothing. */
  readonly isPainted?: () => boolean;
  pull(): Promise<unknown>;
  replug(): Promise<unknown>;
  remove(): Promise<void>;
}
const plugged: Readonly<Record<Kind, Plugged>> = {
  midi: {
    name: 'X-Touch',
    isPainted: () => ['fader.1', 'text.1', 'lamp.mute.1'].every((output) => device.shown().has(output)),
    async pull() {
      await midi.pull();
      device.powerOff();
    },
    async replug() {
      await midi.replug();
      device.powerOn();
    },
    remove: midi.remove,
  },
  hid: {name: 'ShuttlePRO', ...shuttle},
  reports: {name: 'Desk 8', ...reports},
  serial: {
    name: 'Eight strips',
    ...serial,
    async pull() {
      await serial.pull();
      await until('the port to go', () => !readdirSync('/dev').some((name) => name.startsWith('ttyACM')));
    },
  },
};
const kinds = Object.keys(plugged) as readonly Kind[];
const stateOf = (kind: Kind): string =>
  new RegExp(`${plugged[kind].name}[^,|]* (ready|unplugged|opening)`).exec(desk.status())?.[1] ?? '';
for (const kind of kinds) {
  const isThere = (): boolean => stateOf(kind) === 'ready' && plugged[kind].isPainted?.() !== false;
  await until(`the ${kind} surface`, isThere, 300_000);
}
passed('a MIDI surface, two on HID and one on a serial line are one desk');

// From here on the tape goes round.
for (const key of ['cycle', 'play']) {
  device.press(key);
  device.lift(key);
  await pause(1000);
}
await until(`a tape that goes round in "${desk.status()}"`, () => /playing, loop/.test(desk.status()));
// Hands that never rest: the jog turns all the time, and what the desk shows moves with the tape.
let jog = 0;
let isTurning = true;
const turning = (async () => {
  while (isTurning) {
    // To and fro: a tape that is turned to its end stops there.
    jog = jog === 1 ? 2 : 1;
    await writeFile(shuttle.node, Uint8Array.of(0, jog, 0, 0, 0)).catch(() => {});
    await pause(2000);
  }
})();
/** A ride that ends where its fader is left. */
const ride = async (): Promise<void> => {
  device.touch('fader.1');
  for (let step = 0; step <= 10; step += 1) {
    device.move('fader.1', 0.3 + 0.04 * step);
    await pause(40);
  }
  device.release('fader.1');
};
await ride();
await pause(1500);
const left = device.standsAt('fader.1');
assert.ok(left > 0.6, `the fader that was ridden stands at ${left}`);

/** Numbers 0…1 in an order that is the same each time (a linear congruential generator). */
let seed = 7;
const random = (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};
const backMs: Record<Kind, number[]> = {midi: [], hid: [], reports: [], serial: []};
const slow: number[] = [];
const resources: {readonly files: number; readonly processes: number; readonly clients: number}[] = [];
// The first times round each kind opens what it keeps open.
const warmUp = 2 * kinds.length;
for (let cycle = -warmUp; cycle < cycles; cycle += 1) {
  const kind = kinds[cycle < 0 ? (cycle + warmUp) % kinds.length : Math.floor(random() * kinds.length)] ?? 'midi';
  slow.push(slowness());
  const pulledMs = performance.now();
  await plugged[kind].pull();
  await until(`the loss of ${kind} in "${desk.status()}"`, () => stateOf(kind) === 'unplugged', 60_000);
  const startedMs = performance.now();
  await plugged[kind].replug();
  const comesBack = (isSo: () => boolean): Promise<unknown> =>
    until(`${kind} to be back`, isSo, 60_000).catch((error: unknown) => {
      console.error({cycle, backMs, boards: [serial.said(), reports.said()]});
      throw error;
    });
  // What shows something is back when it shows what the desk wants: the desk's own line of text comes later.
  const {isPainted} = plugged[kind];
  await comesBack(() => (isPainted === undefined ? stateOf(kind) === 'ready' : isPainted()));
  const back = Math.round(performance.now() - startedMs);
  await comesBack(() => stateOf(kind) === 'ready');
  if (cycle >= 0) backMs[kind].push(back);
  note(`${cycle} ${kind}: lost after ${Math.round(startedMs - pulledMs)} ms, back after ${back} ms`);
  if (cycle === -1 || cycle % 5 === 4) {
    await pause(1000);
    resources.push({...(await desk.resources()), clients: sequencerClients()});
  }
}
isTurning = false;
await turning;
clearInterval(notes);
// Half of them, so that one stall of the computer below does not count for all.
const usual = slow.sort((one, other) => one - other)[Math.floor(slow.length / 2)] ?? 1;
noteDesk();
console.log(JSON.stringify({cycles, backMs, slowness: Number(usual.toFixed(1)), resources}));
assert.match(desk.status(), /playing/);
passed('twenty pulls in any order: the program goes on, and so does the tape');
for (const [kind, times] of Object.entries(backMs)) {
  const most = Math.round(allowedMs * usual);
  assert.ok(
    times.every((ms) => ms <= most),
    `${kind} was back after ${times.join(', ')} ms instead of ${most} ms`,
  );
}
passed('each is back within three seconds, on a machine as fast as it should be');
for (const one of resources) assert.deepEqual(one, resources[0]);
passed('no file is left open, no process, no client of the sequencer');

const {taper} = surface.faders;
const status = (await desk.end()) as FinalStatus;
const levels = status.strips.map(({id, levelDb}) => ({
  id,
  levelDb,
  wantedDb: id === 'low' ? levelAt(taper, left) : -10,
}));
console.log(JSON.stringify(levels));
assert.equal(levels.length, strips.length);
for (const {id, levelDb, wantedDb} of levels)
  assert.ok(Math.abs((levelDb ?? -200) - wantedDb) < 0.2, `${id} at ${levelDb} dB instead of ${wantedDb} dB`);
passed('no gain moved but by the hand');
for (const {remove} of Object.values(plugged)) await remove();
process.exit(0);
