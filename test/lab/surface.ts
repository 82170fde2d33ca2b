import {type ChildProcess, execFile, spawn} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {open, writeFile} from 'node:fs/promises';
import {promisify} from 'node:util';

const run = promisify(execFile);

/** A USB MIDI device of the lab, held from the device's side. */
export interface LabSurface {
  /** Bytes from the device to the host. */
  say(bytes: readonly number[]): Promise<void>;
  /** Everything heard from the host since it was plugged last. */
  heard(): readonly number[];
  /** Pulls the cable; answers with the time at which it went (as `performance.now` counts). */
  pull(): Promise<number>;
  replug(): Promise<void>;
  remove(): Promise<void>;
}

/** Plugs in a gadget whose USB names are given; `name` is the lab's own, at most twelve characters. */
export async function plugSurface(name: string, usb: Readonly<Record<string, string>>): Promise<LabSurface> {
  const names = Object.entries(usb).flatMap(([key, value]) => [`--${key}`, value]);
  await run('gadget', ['plug', name, ...names, '--midi']);
  let bytes: number[] = [];
  let ear: ChildProcess | undefined;
  const listen = (): void => {
    bytes = [];
    ear = spawn('cat', [deviceNode(name)], {stdio: ['ignore', 'pipe', 'ignore']});
    ear.stdout?.on('data', (chunk: Buffer) => bytes.push(...chunk));
  };
  const silence = (): void => void ear?.kill('SIGKILL');
  listen();
  return {
    async say(message) {
      const file = await open(deviceNode(name), 'w');
      try {
        await file.write(Uint8Array.from(message));
      } finally {
        await file.close();
      }
    },
    heard: () => bytes,
    async pull() {
      const atMs = performance.now();
      await writeFile(`/sys/kernel/config/usb_gadget/${name}/UDC`, '\n');
      silence();
      return atMs;
    },
    async replug() {
      await run('gadget', ['replug', name]);
      listen();
    },
    async remove() {
      silence();
      await run('gadget', ['remove', name]);
    },
  };
}

function deviceNode(name: string): string {
  for (const card of readdirSync('/proc/asound').filter((entry) => /^card\d+$/.test(entry)))
    if (readFileSync(`/proc/asound/${card}/id`, 'utf8').trim() === name) return `/dev/snd/midiC${card.slice(4)}D0`;
  throw new Error(`no device side of ${name}`);
}

/** Clients of ALSA's sequencer, ours and all others'. */
export function sequencerClients(): number {
  return readFileSync('/proc/asound/seq/clients', 'utf8').match(/^Client\s+\d+/gm)?.length ?? 0;
}

/** Files this process has open. */
export function openFiles(): number {
  return readdirSync('/proc/self/fd').length;
}

/** Waits until it is so, looking every 10 ms; throws with `what` after `withinMs`. Returns how long it took. */
export async function until(what: string, isSo: () => boolean, withinMs = 10_000): Promise<number> {
  const start = performance.now();
  while (!isSo()) {
    if (performance.now() - start > withinMs) throw new Error(`${what}: not within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return Math.round(performance.now() - start);
}
