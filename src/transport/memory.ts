import type {Connection, ConnectionListener, Opened, Port, Transport} from './contract.ts';

/** The device's side of a memory port: what a virtual surface, or a test, holds in its hand. */
export interface MemoryDevice {
  readonly name: string;
  /** Where the host sees it; another one after each replug, undefined while it is pulled. */
  readonly port: Port | undefined;
  /** Whether the host has it open. */
  readonly connected: boolean;
  /** All messages the host sent since it was plugged first, oldest first, each as it was handed over; but for those sent while they are not kept. */
  readonly heard: readonly Uint8Array[];
  /** Whether messages are kept; they are at first. Who only listens (`onHeard`) for a long time needs no memory of all. */
  keep(kept: boolean): void;
  /** What was heard since the last call. */
  takeHeard(): readonly Uint8Array[];
  /** Told of each message at once, until the returned function is called. */
  onHeard(listener: (bytes: Uint8Array) => void): () => void;
  /** Speaks to the host, in chunks of at most `chunkLength` bytes; unheard while the port is not open. */
  say(bytes: Uint8Array, chunkLength?: number): void;
  /** The cable is pulled: the port goes from the list and its connection is lost. */
  pull(): void;
  replug(): void;
  /** Another program holds the port: `open` answers `busy`. What is open stays open. */
  setBusy(busy: boolean): void;
  /** The driver fails: the connection is lost, the port stays in the list. */
  fail(reason: string): void;
}

export interface MemoryTransport extends Transport {
  /** A new device; several may have the same name. `facts`: what it is on USB. */
  plug(name: string, facts?: PortFacts): MemoryDevice;
}

type PortFacts = Pick<Port, 'usb' | 'hid'>;

interface Link {
  readonly listener: ConnectionListener;
  /** From the moment on at which `open` has returned. */
  live: boolean;
}

interface Slot {
  readonly device: MemoryDevice;
  open(listener: ConnectionListener): Opened;
  end(reason: string | undefined): void;
}

/** A transport without hardware that keeps every promise of the contract; each call makes a world of its own. */
export function memoryTransport(): MemoryTransport {
  const slots: Slot[] = [];
  const watchers = new Set<(ports: readonly Port[]) => void>();
  let plugged = 0;
  let closed = false;

  const ports = (): readonly Port[] => slots.flatMap((slot) => slot.device.port ?? []);
  const announce = (): void => {
    const now = ports();
    for (const changed of [...watchers]) if (watchers.has(changed)) changed(now);
  };
  const nextPort = (name: string, facts: PortFacts): Port => {
    plugged += 1;
    return {id: `memory:${plugged}`, name, kind: 'memory', ...facts};
  };

  return {
    kind: 'memory',
    availability: async () => ({state: 'available'}),
    plug(name, facts = {}) {
      const slot = memorySlot(name, (called) => nextPort(called, facts), announce);
      slots.push(slot);
      announce();
      return slot.device;
    },
    watch(changed) {
      if (closed) return () => {};
      watchers.add(changed);
      changed(ports());
      return () => watchers.delete(changed);
    },
    async open(port, listener) {
      if (closed) return {state: 'failed', reason: 'the transport is closed'};
      const slot = slots.find(({device}) => device.port?.id === port.id);
      return slot?.open(listener) ?? {state: 'gone', reason: `${port.name} is no longer there`};
    },
    async close() {
      closed = true;
      watchers.clear();
      for (const slot of slots) slot.end(undefined);
    },
  };
}

function memorySlot(name: string, nextPort: (name: string) => Port, announce: () => void): Slot {
  let port: Port | undefined = nextPort(name);
  let link: Link | undefined;
  let busy = false;
  let taken = 0;
  let kept = true;
  const heard: Uint8Array[] = [];
  const ears = new Set<(bytes: Uint8Array) => void>();

  const end = (reason: string | undefined): void => {
    const ended = link;
    link = undefined;
    if (reason !== undefined) ended?.listener.lost(reason);
  };
  const connection = (own: Link): Connection => ({
    send(bytes) {
      if (link !== own) return;
      const copy = bytes.slice();
      if (kept) heard.push(copy);
      for (const ear of [...ears]) ear(copy);
    },
    close() {
      if (link === own) end(undefined);
    },
  });

  const device: MemoryDevice = {
    name,
    heard,
    get port() {
      return port;
    },
    get connected() {
      return link !== undefined;
    },
    keep(next) {
      kept = next;
    },
    takeHeard() {
      const fresh = heard.slice(taken);
      taken = heard.length;
      return fresh;
    },
    onHeard(listener) {
      ears.add(listener);
      return () => ears.delete(listener);
    },
    say(bytes, chunkLength = bytes.length) {
      const own = link;
      for (let at = 0; at < bytes.length; at += Math.max(1, chunkLength)) {
        if (own === undefined || link !== own || !own.live) return;
        own.listener.received(bytes.slice(at, at + Math.max(1, chunkLength)));
      }
    },
    pull() {
      if (port === undefined) return;
      port = undefined;
      end('unplugged');
      announce();
    },
    replug() {
      if (port !== undefined) return;
      port = nextPort(name);
      announce();
    },
    setBusy(value) {
      busy = value;
    },
    fail: end,
  };

  return {
    device,
    end,
    open(listener) {
      if (busy || link !== undefined) return {state: 'busy', reason: `${name} is held by another program`};
      const own: Link = {listener, live: false};
      link = own;
      queueMicrotask(() => {
        own.live = true;
      });
      return {state: 'open', connection: connection(own)};
    },
  };
}
