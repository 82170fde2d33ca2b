/** A real USB serial board with the firmware core on it, in the real desk: pulled and replugged twenty times while its faders move. */
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {promisify} from 'node:util';
import {serialTransport} from '../../src/transport/serial.ts';
import {isBoard} from '../../src/transport/serial-ports.ts';
import {openSerialDesk} from '../firmware/serial-desk.ts';
import {compilePtyDevice, type PtyDevice, startPtyDevice} from '../transport/pty-device.ts';
import {openFiles, slowness, until} from './surface.ts';

const cycles = 20;
/** How soon it must be found, on a machine that nobody else uses. */
const usualMs = 3000;
/** So many moves a second of all eight faders: what the emulated processor bears beside the desk. */
const moves = 25;
const figures = new Map<string, unknown>();
const passed = (law: string): void => console.log(`ok - ${law}`);
const run = promisify(execFile);

const compiled = compilePtyDevice();
if (compiled.state === 'absent') throw new Error(compiled.reason);
const {program} = compiled;

const cable = '/sys/kernel/config/usb_gadget/desk8/UDC';
const {stdout} = await run(
  'gadget',
  'plug desk8 --vid 2341 --pid 0043 --maker Lab --product Desk --serial LT8 --acm'.split(' '),
);
const terminal = /acm=(\S+)/.exec(stdout)?.[1] ?? '';
const socket = readFileSync(cable, 'utf8').trim();
const isConfigured = (): boolean => readFileSync(`/sys/class/udc/${socket}/state`, 'utf8').trim() === 'configured';
const isListed = (): boolean => readdirSync('/dev').some((name) => name.startsWith('ttyACM'));
await until('the port', () => isConfigured() && isListed());

let device = await startPtyDevice(program, moves, terminal);
const {desk, engine, close} = openSerialDesk(serialTransport(), isBoard);
const unit = (): string | undefined => desk.status().units[0]?.state;
const shown = (device: PtyDevice): number => device.lines.filter((line) => line.startsWith('shown')).length;
/** Both ways: hands at the engine, meters at the device. */
const talks = async (device: PtyDevice): Promise<void> => {
  const [before, seen] = [engine.mixer, shown(device)];
  await until('a fader at the engine', () => engine.mixer !== before);
  await until('what the device shows', () => shown(device) > seen + 10);
};

await until('the surface', () => unit() === 'ready');
await talks(device);
assert.equal(desk.status().units[0]?.strips, 8);
passed('a board that describes itself is found on its port, and both ways carry');

const lostMs: number[] = [];
const foundMs: number[] = [];
const ownMs: number[] = [];
const files: number[] = [openFiles()];
const allowedMs: number[] = [];
for (let cycle = 0; cycle < cycles; cycle += 1) {
  const ended = new Promise((resolve) => device.child.once('close', resolve));
  const pulledAtMs = performance.now();
  await writeFile(cable, '\n');
  await until('the loss', () => unit() === 'unplugged');
  lostMs.push(Math.round(performance.now() - pulledAtMs));
  const {mixer} = engine;
  // Its power came by the cable.
  device.end();
  await ended;
  await until('the port to go', () => !isListed());

  // Its program runs when the host asks what it is.
  device = await startPtyDevice(program, moves, terminal);
  const slowBefore = slowness();
  const pluggedAtMs = performance.now();
  await writeFile(cable, socket);
  await until('the host to take it in', isConfigured);
  await until('the port again', isListed);
  const listedAtMs = performance.now();
  await until('the surface again', () => {
    if (unit() !== 'ready') assert.equal(engine.mixer, mixer, 'a level moved while nobody was there');
    return unit() === 'ready';
  }).catch((error: unknown) => {
    console.error({
      cycle,
      lostMs,
      foundMs,
      units: desk.status().units,
      exit: device.child.exitCode,
      said: device.lines.slice(-5),
    });
    throw error;
  });
  foundMs.push(Math.round(performance.now() - pluggedAtMs));
  ownMs.push(Math.round(performance.now() - listedAtMs));
  // Who shares the computer comes and goes meanwhile.
  allowedMs.push(Math.round(usualMs * Math.max(slowBefore, slowness())));
  await talks(device);
  // A look at the ports has files open for a moment; what leaks stays.
  await until('no file more than before', () => openFiles() <= (files[0] ?? 0), 15_000).catch(() => {});
  files.push(openFiles());
}
figures.set('cycles', {count: cycles, lostMs, foundMs, ownMs, allowedMs, files});
console.log(JSON.stringify(Object.fromEntries(figures)));
assert.ok(Math.max(...files) <= (files[0] ?? 0), `files: ${files.join(', ')}`);
passed(`pulled ${cycles} times in mid-move: no file is left open, no level moved by itself`);
const late = foundMs.filter((ms, cycle) => ms > (allowedMs[cycle] ?? 0));
assert.deepEqual(late, [], `found again after ${foundMs.join(', ')} ms instead of ${allowedMs.join(', ')} ms`);
passed('found again within 3 s each time');

await close();
device.end();
await run('gadget', ['remove', 'desk8']);
process.exit(0);
