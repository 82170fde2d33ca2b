import type {Connection, Port, Transport} from '../../src/transport/contract.ts';
import type {DriverWear, ToDriver} from '../../src/transport/driver-message.ts';
import type {DriverProcessListener, StartDriverProcess} from '../../src/transport/driver-process.ts';
import {createDriverServer} from '../../src/transport/driver-server.ts';
import type {ProcessLook} from '../../src/transport/driver-silence.ts';
import {type MemoryTransport, memoryTransport} from '../../src/transport/memory.ts';
import type {After} from '../../src/transport/timer.ts';

/** A driver's process that is none: it lives in this one, and a test decides over its life. */
export interface FakeDriver {
  readonly isAlive: boolean;
  wear: DriverWear;
  /** How the system says that it fares. */
  look: ProcessLook | undefined;
  /** It hears and says nothing any more; killing it works. */
  freeze(): void;
  /** And again. */
  thaw(): void;
  die(how: string): void;
}

export interface FakeDrivers {
  readonly start: StartDriverProcess;
  /** All that were ever started, oldest first. */
  readonly all: readonly FakeDriver[];
  readonly newest: FakeDriver;
  /** Devices, whichever process looks at them. */
  readonly devices: MemoryTransport;
  readonly mostAtOnce: number;
  /** Those that are started from now on never come up. */
  broken: boolean;
  /** So long those that are started from now on load their transport, in ms; the process itself runs meanwhile. */
  loadMs: number;
  /** The process hangs that opens a port of this name. */
  hangsOpening: string | undefined;
}

const startMs = 60;
const dieMs = 5;
const aliveMs = 200;

/** `after` is the time of these processes. */
export function fakeDrivers(after: After): FakeDrivers {
  const all: FakeDriver[] = [];
  const devices = memoryTransport();
  let mostAtOnce = 0;
  const world: FakeDrivers = {
    all,
    devices,
    broken: false,
    loadMs: 0,
    hangsOpening: undefined,
    get mostAtOnce() {
      return mostAtOnce;
    },
    get newest() {
      const newest = all.at(-1);
      if (newest === undefined) throw new Error('none was started');
      return newest;
    },
    start(listener) {
      const {fake, post, kill} = startFake(world, listener, after);
      all.push(fake);
      mostAtOnce = Math.max(mostAtOnce, all.filter(({isAlive}) => isAlive).length);
      return {processId: all.length, post, kill, look: () => fake.look};
    },
  };
  return world;
}

function startFake(world: FakeDrivers, {told, exited}: DriverProcessListener, after: After) {
  let isAlive = true;
  const {devices, loadMs} = world;
  let isFrozen = world.broken;
  let unheard: ToDriver[] = [];
  const seen = seenThrough(devices, ({name}) => {
    if (name === world.hangsOpening) fake.freeze();
  });
  const fake: FakeDriver = {
    wear: {listings: 0, files: 20, memoryMb: 45},
    look: undefined,
    get isAlive() {
      return isAlive;
    },
    freeze() {
      isFrozen = true;
    },
    thaw() {
      isFrozen = false;
      live();
    },
    die(how) {
      if (!isAlive) return;
      isAlive = false;
      void seen.close();
      exited(how);
    },
  };
  const server = createDriverServer(
    async () => {
      if (loadMs > 0) await new Promise<void>((resolve) => after(loadMs, resolve));
      return seen;
    },
    (message) => {
      if (isAlive && !isFrozen) told([message.type === 'alive' ? {type: 'alive', ...fake.wear} : message]);
    },
  );
  const live = (): void => {
    if (!isAlive || isFrozen) return;
    server.alive();
    after(aliveMs, live);
  };
  const hear = (message: ToDriver): void => {
    if (!isAlive || isFrozen) return;
    if (message.type === 'end') after(dieMs, () => !isFrozen && fake.die('exit code 0'));
    else server.hear(message);
    server.count();
  };
  after(startMs, () => {
    const waiting = unheard;
    unheard = [];
    isUp = true;
    waiting.forEach(hear);
    live();
  });
  let isUp = false;
  return {
    fake,
    post(message: ToDriver) {
      if (isUp) hear(message);
      else unheard.push(message);
    },
    kill: () => void after(dieMs, () => fake.die('SIGKILL')),
  };
}

/** The devices as one process sees them: when it ends, its connections do. `opening` is called before each opening. */
function seenThrough(devices: MemoryTransport, opening: (port: Port) => void): Transport {
  const open = new Set<Connection>();
  const watches = new Set<() => void>();
  return {
    kind: 'memory',
    availability: () => devices.availability(),
    watch(changed) {
      const end = devices.watch(changed);
      watches.add(end);
      return end;
    },
    async open(port, listener) {
      opening(port);
      const opened = await devices.open(port, listener);
      if (opened.state === 'open') open.add(opened.connection);
      return opened;
    },
    async close() {
      for (const end of watches) end();
      for (const connection of open) connection.close();
    },
  };
}
