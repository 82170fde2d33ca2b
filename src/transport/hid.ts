import {constants} from 'node:fs';
import {access} from 'node:fs/promises';
import type {HIDAsync} from 'node-hid';
import {unpackReports} from '../model/hid-report.ts';
import {describeError} from '../model/problem.ts';
import type {ConnectionListener, Opened, Port, Transport} from './contract.ts';
import {interfacesOf, loadHid} from './hid-library.ts';
import {type ListHidPorts, linuxHidPorts, pathOf, portsOf} from './hid-ports.ts';
import {availabilityOf} from './library.ts';
import {createPortKeeper} from './port-keeper.ts';
import {within} from './timer.ts';

export interface HidTransportOptions {
  /** Where the devices of the system come from; the system if absent. */
  readonly list?: ListHidPorts;
}

/** How often the list is read: by the kernel's own files, or by asking the library, which disturbs the devices. */
const pollMs = 500;
const libraryPollMs = 2000;
/** What waits beyond this is a device that takes nothing any more. */
const mostWaiting = 1_500_000;
/** How long the last words may take. */
const drainMs = 300;

/**
 * HID devices of the system. What is sent is packed reports (`unpackReports`), output and feature ones in the order given; each call of `received` is one input report. Nothing
 * is loaded before the first device is opened, where the system lists them itself.
 */
export function hidTransport({list = systemPorts}: HidTransportOptions = {}): Transport {
  const everyMs = process.platform === 'linux' ? pollMs : libraryPollMs;
  let listings = 0;
  const keeper = createPortKeeper({
    list() {
      listings += 1;
      return list().catch(() => []);
    },
    everyMs: () => everyMs,
    watchesHeld: false,
  });

  const connect = (device: HIDAsync, id: string, listener: ConnectionListener): Opened => {
    let waiting = 0;
    let writing: Promise<unknown> = Promise.resolve();
    const held = keeper.hold(id, listener, async (reason) => {
      if (reason === undefined) await within(writing, undefined, drainMs);
      await letGo(device);
    });
    const write = async (bytes: Uint8Array): Promise<void> => {
      for (const report of unpackReports(bytes)) {
        const data = Buffer.from(report.bytes);
        const written = report.way === 'feature' ? device.sendFeatureReport(data) : device.write(data);
        if ((await within(written, -1)) < 0) throw new Error('it takes nothing any more');
      }
    };
    // The library's errors are texts, and the only sign that a device is gone.
    device.on('error', (error: unknown) => held.end(describeError(error)));
    device.on('data', (report: Uint8Array) => {
      if (held.isHeld && report.length > 0) listener.received(new Uint8Array(report));
    });
    return {
      state: 'open',
      connection: {
        get waiting() {
          return waiting;
        },
        send(bytes) {
          if (!held.isHeld) return;
          waiting += bytes.length;
          if (waiting > mostWaiting) {
            held.end('it takes nothing any more');
            return;
          }
          writing = writing
            .then(() => write(bytes))
            .then(() => {
              waiting -= bytes.length;
            })
            .catch((error: unknown) => held.end(describeError(error)));
        },
        close: () => held.end(undefined),
      },
    };
  };

  return {
    kind: 'hid',
    get listings() {
      return listings;
    },
    availability: async () => availabilityOf(await loadHid()),
    watch: keeper.watch,
    async open(port, listener) {
      const refused = keeper.refusal(port);
      if (refused !== undefined) return refused;
      const loaded = await loadHid();
      if (loaded.state === 'unavailable') return {state: 'failed', reason: loaded.reason};
      const denied = await whyNot(port);
      if (denied !== undefined) return denied;
      const opening = loaded.library.HIDAsync.open(pathOf(port));
      try {
        const device = await within(opening, undefined);
        if (device === undefined) {
          void opening.then(letGo, () => {});
          return {state: 'failed', reason: `${port.name} did not open in time`};
        }
        const late = keeper.refusal(port);
        if (late !== undefined) {
          await letGo(device);
          return late;
        }
        return connect(device, port.id, listener);
      } catch (error) {
        return openFailure(port.name, describeError(error));
      }
    },
    close: keeper.close,
  };
}

/** Asks the system itself before the library does: its words say why. */
async function whyNot(port: Port): Promise<Extract<Opened, {reason: string}> | undefined> {
  if (process.platform !== 'linux') return undefined;
  try {
    await access(pathOf(port), constants.R_OK | constants.W_OK);
    return undefined;
  } catch (error) {
    return openFailure(port.name, describeError(error));
  }
}

function openFailure(name: string, reason: string): Extract<Opened, {reason: string}> {
  if (/no such (file|device)|not found|ENOENT|ENXIO|ENODEV/i.test(reason))
    return {state: 'gone', reason: `${name} is no longer there`};
  if (/permission|denied|EACCES|EPERM|not permitted/i.test(reason)) {
    const cure = process.platform === 'linux' ? ': "longthrow doctor --udev" prints the rules that allow it' : '';
    return {state: 'failed', reason: `${name} may not be opened${cure}`};
  }
  if (/exclusive|busy|EBUSY|sharing/i.test(reason))
    return {state: 'busy', reason: `${name} is held by another program`};
  return {state: 'failed', reason: `${name} does not open: ${reason}`};
}

async function systemPorts(): Promise<readonly Port[]> {
  if (process.platform === 'linux') return linuxHidPorts();
  const loaded = await loadHid();
  return loaded.state === 'unavailable' ? [] : portsOf(interfacesOf(await loaded.library.devicesAsync()));
}

/** Closes, whatever the library says to it. */
async function letGo(device: HIDAsync): Promise<void> {
  await within(
    device.close().catch(() => {}),
    undefined,
    drainMs,
  );
}
