import {access} from 'node:fs/promises';
import type {SerialPort} from 'serialport';
import {describeError} from '../model/problem.ts';
import type {ConnectionListener, Opened, Port, Transport} from './contract.ts';
import {availabilityOf, type Loaded, unloaded} from './library.ts';
import {createPortKeeper, type HeldPort} from './port-keeper.ts';
import {type ListSerialPorts, linuxSerialPorts, portOf} from './serial-ports.ts';
import {within} from './timer.ts';

export interface SerialTransportOptions {
  /** Ports beside those that the system lists, by path: pseudo-terminals, links. */
  readonly paths?: readonly string[];
  /** Where the ports of the system come from; the system if absent. */
  readonly list?: ListSerialPorts;
}

/** Serial ports of the system, opened at 115,200 baud, or with `openAt` at another speed. */
export interface SerialTransport extends Transport {
  openAt(port: Port, baud: number, listener: ConnectionListener): Promise<Opened>;
}

type Library = typeof import('serialport');

const usualBaud = 115_200;
/** The library tells not always when a port goes: the list is read again and again. */
const pollMs = 500;
/** Known to the library's Linux part, not to its types. */
const quick = {lowLatency: true};
/** What waits beyond this is a line that has stalled for seconds. */
const mostWaiting = 16_384;
/** How long the last words may take. */
const drainMs = 200;

/** Nothing is loaded before the first port is opened; without the library no port opens, and `availability` says why. */
export function serialTransport(options: SerialTransportOptions = {}): SerialTransport {
  let listings = 0;
  const keeper = createPortKeeper({
    list() {
      listings += 1;
      return allPorts(options);
    },
    everyMs: () => pollMs,
    watchesHeld: false,
  });

  const openAt = async (wanted: Port, baud: number, listener: ConnectionListener): Promise<Opened> => {
    const {id: path, name} = wanted;
    const refused = keeper.refusal(wanted);
    if (refused !== undefined) return refused;
    const library = await loadSerial();
    if (library.state === 'unavailable') return {state: 'failed', reason: library.reason};
    const port = new library.library.SerialPort({path, baudRate: baud, autoOpen: false, hupcl: false});
    // A port that fails says so more than once, and after its end.
    let held: HeldPort | undefined;
    port.on('error', (error) => held?.end(describeError(error)));
    port.on('close', () => held?.end('unplugged'));
    const failure = await opening(port);
    const late = failure === undefined ? keeper.refusal(wanted) : openFailure(name, failure);
    if (late !== undefined) {
      await letGo(port);
      return late;
    }
    const received = (bytes: Uint8Array): void => {
      if (line.isHeld && bytes.length > 0) listener.received(new Uint8Array(bytes));
    };
    const line = keeper.hold(path, listener, () => {
      port.removeListener('data', received);
      return letGo(port);
    });
    held = line;
    port.on('data', received);
    // Some bridges hold bytes back for 16 ms; what has no such thing refuses.
    if (process.platform === 'linux') port.set({...quick, dtr: true, rts: true}, () => {});
    return {
      state: 'open',
      connection: {
        get waiting() {
          return port.writableLength;
        },
        send(bytes) {
          if (!line.isHeld) return;
          if (port.writableLength > mostWaiting) line.end('the line takes nothing any more');
          else port.write(Buffer.from(bytes));
        },
        close: () => line.end(undefined),
      },
    };
  };

  return {
    kind: 'serial',
    get listings() {
      return listings;
    },
    availability: async () => availabilityOf(await loadSerial()),
    watch: keeper.watch,
    open: (port, listener) => openAt(port, usualBaud, listener),
    openAt,
    close: keeper.close,
  };
}

/** All ports that are there now; a system that says nothing of them has none. */
export async function allPorts({paths = [], list = systemPorts}: SerialTransportOptions): Promise<readonly Port[]> {
  const listed = await list().catch(() => []);
  const others = paths.filter((path) => !listed.some(({id}) => id === path));
  const there = await Promise.all(
    others.map((path) =>
      access(path)
        .then(() => portOf(path))
        .catch(() => undefined),
    ),
  );
  return [...listed, ...there.flatMap((port) => port ?? [])];
}

async function systemPorts(): Promise<readonly Port[]> {
  if (process.platform === 'linux') return linuxSerialPorts();
  const loaded = await loadSerial();
  if (loaded.state === 'unavailable') return [];
  const found = await loaded.library.SerialPort.list();
  return found.map(({path, manufacturer, vendorId, productId, serialNumber}) => {
    const isUsb = vendorId !== undefined && productId !== undefined;
    return portOf(path, manufacturer, isUsb ? {vendor: vendorId, product: productId, serial: serialNumber} : undefined);
  });
}

async function loadSerial(): Promise<Loaded<Library>> {
  try {
    return {state: 'loaded', library: await import('serialport')};
  } catch (error) {
    return unloaded('serialport', error);
  }
}

/** Opens; answers with what went wrong. */
function opening(port: SerialPort): Promise<string | undefined> {
  const opened = new Promise<string | undefined>((resolve) => {
    port.open((error) => resolve(error === null ? undefined : describeError(error)));
  });
  return within(opened, 'the port did not open in time');
}

function openFailure(name: string, reason: string): Opened {
  if (/no such file|not found|ENOENT|ENXIO/i.test(reason)) return {state: 'gone', reason: `${name} is no longer there`};
  if (/lock|busy|EBUSY/i.test(reason)) return {state: 'busy', reason: `${name} is held by another program`};
  return {state: 'failed', reason};
}

/** Lets the last words out and closes, whatever the driver says to it; a line that has stalled is not waited for. */
function letGo(port: SerialPort): Promise<void> {
  if (port.opening) port.once('open', () => port.close(() => {}));
  if (!port.isOpen) return Promise.resolve();
  const drained = new Promise<void>((resolve) => port.drain(() => resolve()));
  const closing = within(drained, undefined, drainMs).then(
    () => new Promise<void>((resolve) => port.close(() => resolve())),
  );
  return within(closing, undefined, 2 * drainMs);
}
