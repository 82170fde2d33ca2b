import {type ChildProcess, execFile, spawn} from 'node:child_process';
import {closeSync, existsSync, openSync, readdirSync, readFileSync} from 'node:fs';
import {open, readFile, writeFile} from 'node:fs/promises';
import {promisify} from 'node:util';

const run = promisify(execFile);

/** A USB MIDI device of the lab, held from the device's side. */
export interface LabSurface {
  /** Bytes from the device to the host, in the order of the calls. */
  say(bytes: ArrayLike<number>): Promise<void>;
  /** Everything heard from the host since it was plugged last. */
  heard(): readonly number[];
  /** Pulls the cable; answers with the time at which it went (as `performance.now` counts). */
  pull(): Promise<number>;
  /** Plugs it in again; answers when the host has taken it in (no USB device may speak before) with the time at which that began. */
  replug(): Promise<number>;
  remove(): Promise<void>;
}

/** Plugs in a gadget whose USB names are given; `name` is the lab's own, at most twelve characters. `onHeard` is told what the host says. */
export async function plugSurface(
  name: string,
  usb: Readonly<Record<string, string>>,
  onHeard: (bytes: Uint8Array) => void = () => {},
): Promise<LabSurface> {
  const cable = `/sys/kernel/config/usb_gadget/${name}/UDC`;
  const names = Object.entries(usb).flatMap(([key, value]) => [`--${key}`, value]);
  let bytes: number[] = [];
  let ear: ChildProcess | undefined;
  let saying: Promise<unknown> = Promise.resolve();
  const listen = (): void => {
    bytes = [];
    // Opened here, so that nothing goes unheard until the child runs.
    const node = openSync(deviceNode(name), 'r');
    const own = spawn('cat', {stdio: [node, 'pipe', 'ignore']});
    closeSync(node);
    own.stdout?.on('data', (chunk: Buffer) => {
      if (ear !== own) return;
      bytes.push(...chunk);
      onHeard(new Uint8Array(chunk));
    });
    // Plugged in again, the node may say once that there is nothing more to come, before the host has even looked.
    own.once('exit', (status) => {
      if (ear === own && status === 0) listen();
    });
    ear = own;
  };
  const silence = (): void => {
    ear?.kill('SIGKILL');
    ear = undefined;
  };
  const plugged = run('gadget', ['plug', name, ...names, '--midi']);
  await until('the device side', () => findNode(name) !== undefined);
  listen();
  await plugged;
  const socket = await readFile(cable, 'utf8');
  return {
    say(message) {
      const said = saying.then(() => write(deviceNode(name), Uint8Array.from(message)));
      saying = said.catch(() => {});
      return said;
    },
    heard: () => bytes,
    async pull() {
      const atMs = performance.now();
      await writeFile(cable, '\n');
      silence();
      return atMs;
    },
    async replug() {
      const atMs = performance.now();
      await writeFile(cable, socket);
      listen();
      await configured(socket.trim());
      return atMs;
    },
    async remove() {
      silence();
      await run('gadget', ['remove', name]);
    },
  };
}

async function configured(socket: string): Promise<void> {
  const state = (): string => readFileSync(`/sys/class/udc/${socket}/state`, 'utf8').trim();
  await until('the host to take the device in', () => state() === 'configured');
}

async function write(node: string, bytes: Uint8Array): Promise<void> {
  const file = await open(node, 'w');
  try {
    await file.write(bytes);
  } finally {
    await file.close();
  }
}

function deviceNode(name: string): string {
  const node = findNode(name);
  if (node === undefined) throw new Error(`no device side of ${name}`);
  return node;
}

function findNode(name: string): string | undefined {
  for (const card of readdirSync('/proc/asound').filter((entry) => /^card\d+$/.test(entry))) {
    const node = `/dev/snd/midiC${card.slice(4)}D0`;
    const id = `/proc/asound/${card}/id`;
    if (existsSync(id) && readFileSync(id, 'utf8').trim() === name && existsSync(node)) return node;
  }
  return undefined;
}

/** Clients of ALSA's sequencer, ours and all others'. */
export function sequencerClients(): number {
  return readFileSync('/proc/asound/seq/clients', 'utf8').match(/^Client\s+\d+/gm)?.length ?? 0;
}

/** Files this process has open. */
export function openFiles(): number {
  return readdirSync('/proc/self/fd').length;
}

/** Waits until it is so, looking every 10 ms (patiently: the machine is slow); throws with `what` after `withinMs`. Returns how long it took. */
export async function until(what: string, isSo: () => boolean, withinMs = 60_000): Promise<number> {
  const start = performance.now();
  while (!isSo()) {
    if (performance.now() - start > withinMs) throw new Error(`${what}: not within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return Math.round(performance.now() - start);
}

/** How much slower than usual the machine is now, 1 or more: a sum that takes 70 ms here while nobody else is at work. */
export function slowness(): number {
  const sums = [0, 0, 0].map(() => {
    const start = performance.now();
    let sum = 0;
    for (let at = 0; at < 2e7; at += 1) sum = (sum * 31 + at) | 0;
    return performance.now() - start + (sum & 0);
  });
  return Math.max(1, (sums[2] ?? 0) / 70);
}
