import {access} from 'node:fs/promises';
import type {SerialPort} from 'serialport';
import {describeError} from '../model/problem.ts';
import type {Availability, ConnectionListener, Opened, Port, Transport} from './contract.ts';
import {type ListSerialPorts, linuxSerialPorts, portOf} from './serial-ports.ts';

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
/** How long the system may take to list or to open. */
const patienceMs = 3000;
/** Known to the library's Linux part, not to its types. */
const quick = {lowLatency: true};
/** What waits beyond this is a line that has stalled for seconds. */
const mostWaiting = 16_384;
/** How long the last words may take. */
const drainMs = 200;

/** Nothing is loaded before the first port is opened; without the library no port opens, and `availability` says why. */
export function serialTransport(options: SerialTransportOptions = {}): SerialTransport {
  const watchers = new Map<(ports: readonly Port[]) => void, string | undefined>();
  const open = new Map<string, {end(reason: string | undefined): void}>();
  const closings = new Set<Promise<void>>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLooking = false;
  let listings = 0;
  let closed = false;

  const look = async (): Promise<void> => {
    if (isLooking || closed) return;
    isLooking = true;
    listings += 1;
    const ports = await allPorts(options);
    isLooking = false;
    if (closed) return;
    const ids = ports.map(({id}) => id);
    for (const [id, connection] of [...open]) if (!ids.includes(id)) connection.end('unplugged');
    for (const [changed, told] of [...watchers]) {
      if (told === ids.join() || !watchers.has(changed)) continue;
      watchers.set(changed, ids.join());
      changed(ports);
    }
    clearTimeout(timer);
    if (watchers.size > 0) timer = setTimeout(() => void look(), pollMs);
  };

  const openAt = async ({id: path, name}: Port, baud: number, listener: ConnectionListener): Promise<Opened> => {
    if (closed) return {state: 'failed', reason: 'the transport is closed'};
    if (open.has(path)) return {state: 'busy', reason: `${name} is open already`};
    const library = await loadSerial();
    if (library.state === 'unavailable') return {state: 'failed', reason: library.reason};
    const port = new library.library.SerialPort({path, baudRate: baud, autoOpen: false, hupcl: false});
    // A port that fails says so more than once, and after its end.
    let live = false;
    const end = (reason: string | undefined): void => {
      if (!live) return;
      live = false;
      open.delete(path);
      port.removeListener('data', received);
      const closing = letGo(port).finally(() => closings.delete(closing));
      closings.add(closing);
      if (reason !== undefined) listener.lost(reason);
    };
    const received = (bytes: Uint8Array): void => {
      if (live && bytes.length > 0) listener.received(new Uint8Array(bytes));
    };
    port.on('error', (error) => end(describeError(error)));
    port.on('close', () => end('unplugged'));
    const failure = await opening(port);
    if (failure !== undefined || closed) {
      await letGo(port);
      return failure === undefined ? {state: 'failed', reason: 'the transport is closed'} : openFailure(name, failure);
    }
    live = true;
    open.set(path, {end});
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
          if (!live) return;
          if (port.writableLength > mostWaiting) end('the line takes nothing any more');
          else port.write(Buffer.from(bytes));
        },
        close: () => end(undefined),
      },
    };
  };

  return {
    kind: 'serial',
    get listings() {
      return listings;
    },
    async availability(): Promise<Availability> {
      const loaded = await loadSerial();
      return loaded.state === 'unavailable' ? loaded : {state: 'available'};
    },
    watch(changed) {
      if (closed) return () => {};
      watchers.set(changed, undefined);
      void look();
      return () => watchers.delete(changed);
    },
    open: (port, listener) => openAt(port, usualBaud, listener),
    openAt,
    async close() {
      closed = true;
      clearTimeout(timer);
      watchers.clear();
      for (const {end} of [...open.values()]) end(undefined);
      await Promise.all(closings);
    },
  };
}

/** All ports that are there now; a system that does not answer has none. */
export async function allPorts({paths = [], list = systemPorts}: SerialTransportOptions): Promise<readonly Port[]> {
  const listed = await within(
    list().catch(() => []),
    [],
  );
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

async function loadSerial(): Promise<
  {readonly state: 'loaded'; readonly library: Library} | Extract<Availability, {state: 'unavailable'}>
> {
  try {
    return {state: 'loaded', library: await import('serialport')};
  } catch (error) {
    return {
      state: 'unavailable',
      reason: `the package serialport cannot be loaded: ${describeError(error)}`,
      cure: 'npm install --include=optional',
    };
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

function within<Value>(answer: Promise<Value>, otherwise: Value, ms: number = patienceMs): Promise<Value> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(otherwise), ms);
    const settle = (value: Value): void => {
      clearTimeout(timer);
      resolve(value);
    };
    answer.then(settle, () => settle(otherwise));
  });
}
