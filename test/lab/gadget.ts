import {execFile} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {promisify} from 'node:util';
import {until} from './surface.ts';

const run = promisify(execFile);

/** A USB device of the lab that is plugged in, by its cable. */
export interface Gadget {
  /** The device's side of its function, a file: `/dev/hidg0`, `/dev/ttyGS0`. */
  readonly node: string;
  pull(): Promise<void>;
  /** Answers when the host has taken it in. */
  replug(): Promise<void>;
  remove(): Promise<void>;
}

/** Plugs a device in; `given` are words for `gadget plug NAME`. */
export async function plugGadget(name: string, given: readonly string[]): Promise<Gadget> {
  const {stdout} = await run('gadget', ['plug', name, ...given]);
  const cable = `/sys/kernel/config/usb_gadget/${name}/UDC`;
  const socket = readFileSync(cable, 'utf8').trim();
  const state = (): string => readFileSync(`/sys/class/udc/${socket}/state`, 'utf8').trim();
  const isConfigured = (): boolean => state() === 'configured';
  await until('the host to take the device in', isConfigured);
  return {
    node: /=(\/dev\/\S+)/.exec(stdout)?.[1] ?? '',
    pull: () => writeFile(cable, '\n'),
    async replug() {
      await writeFile(cable, socket);
      await until('the host to take the device in', isConfigured);
    },
    async remove() {
      await run('gadget', ['remove', name]);
    },
  };
}
