import {describeError} from '../model/problem.ts';
import type {ConnectionListener, Opened, Port, Transport} from './contract.ts';
import {type LoadedDriver, loadMidiDriver, type MidiDriver} from './midi-driver.ts';
import {type MidiLink, openLink} from './midi-link.ts';
import {joinPorts, type MidiPort} from './midi-ports.ts';

export interface MidiTransportOptions {
  /** Where the driver comes from: easymidi, unless a test brings its own. Never rejects. */
  readonly load?: () => Promise<LoadedDriver>;
  /** Ports as they were called before, so that equal devices keep their names. */
  readonly known?: readonly Port[];
  /** Calls once after that many milliseconds, and returns the way out. */
  readonly after?: (delayMs: number, call: () => void) => () => void;
}

/** The library tells nothing when a port vanishes, so the list is read again and again; what is lost is known within a second. */
const pollMs = 500;
/**
 * How long device nodes must rest before the list is read: they come and go in a row, and a port that vanishes
 * while it is listed makes the library complain on the terminal.
 */
const hintMs = 30;
/** How long a system without MIDI is left alone before it is asked again. */
const retryMs = 2000;

interface OpenPort {
  readonly listener: ConnectionListener;
  readonly link: MidiLink;
}

/** MIDI ports of the system. Nothing is loaded before the first call; without MIDI there are no ports, and `availability` says why. */
export function midiTransport(options: MidiTransportOptions = {}): Transport {
  const load = options.load ?? loadMidiDriver;
  const after = options.after ?? systemAfter;
  /** Each watcher with the ids it was told last. */
  const watchers = new Map<(ports: readonly Port[]) => void, string | undefined>();
  const open = new Map<string, OpenPort>();
  let driver: MidiDriver | undefined;
  let loading: Promise<LoadedDriver> | undefined;
  let ports: readonly MidiPort[] = (options.known ?? []).map((port) => ({port, input: undefined, output: undefined}));
  let listings = 0;
  let endHints: () => void = () => {};
  let endTimer: (() => void) | undefined;
  let closed = false;

  const ensureDriver = async (): Promise<LoadedDriver> => {
    if (driver !== undefined) return {state: 'loaded', driver};
    loading ??= load().then((loaded) => {
      loading = undefined;
      if (loaded.state === 'loaded') adopt(loaded.driver);
      return loaded;
    });
    return loading;
  };

  const adopt = (loaded: MidiDriver): void => {
    if (closed) {
      loaded.close();
      return;
    }
    driver = loaded;
    endHints = loaded.hints(() => schedule(hintMs));
  };

  const abandon = (): void => {
    endHints();
    endHints = () => {};
    driver?.close();
    driver = undefined;
  };

  const schedule = (delayMs: number): void => {
    endTimer?.();
    endTimer = undefined;
    if (closed || (watchers.size === 0 && open.size === 0)) return;
    endTimer = after(delayMs, () => {
      endTimer = undefined;
      void look();
    });
  };

  const look = async (): Promise<void> => {
    await ensureDriver();
    if (closed) return;
    poll();
    schedule(driver === undefined ? retryMs : pollMs);
  };

  /** Reads the list now: first what was lost is told, then what there is. */
  const poll = (): void => {
    ports = list();
    const ids = ports.map(({port}) => port.id);
    for (const id of [...open.keys()]) if (!ids.includes(id)) end(id)?.lost('unplugged');
    const now = ports.map(({port}) => port);
    for (const [changed, told] of [...watchers]) {
      if (told === ids.join() || !watchers.has(changed)) continue;
      watchers.set(changed, ids.join());
      changed(now);
    }
  };

  const list = (): readonly MidiPort[] => {
    if (driver === undefined) return [];
    listings += 1;
    try {
      return joinPorts(driver.list(), ports);
    } catch {
      abandon();
      return [];
    }
  };

  const end = (id: string): ConnectionListener | undefined => {
    const ended = open.get(id);
    open.delete(id);
    ended?.link.close();
    return ended?.listener;
  };

  const connect = (using: MidiDriver, midiPort: MidiPort, listener: ConnectionListener): Opened => {
    const {id} = midiPort.port;
    const isOpen = (): boolean => open.get(id)?.link === link;
    const link = openLink(using, midiPort, (bytes) => {
      if (bytes.length > 0 && isOpen()) listener.received(new Uint8Array(bytes));
    });
    open.set(id, {listener, link});
    if (endTimer === undefined) schedule(pollMs);
    return {
      state: 'open',
      connection: {
        send(bytes) {
          if (!isOpen()) return;
          try {
            link.send(bytes);
          } catch (error) {
            end(id)?.lost(describeError(error));
          }
        },
        close() {
          if (isOpen()) end(id);
        },
      },
    };
  };

  return {
    kind: 'midi',
    get listings() {
      return listings;
    },
    async availability() {
      const loaded = await ensureDriver();
      return loaded.state === 'loaded' ? {state: 'available'} : loaded;
    },
    watch(changed) {
      if (closed) return () => {};
      watchers.set(changed, undefined);
      void look();
      return () => watchers.delete(changed);
    },
    async open({id, name}, listener) {
      const loaded = await ensureDriver();
      if (closed) return {state: 'failed', reason: 'the transport is closed'};
      if (loaded.state === 'unavailable') return {state: 'failed', reason: loaded.reason};
      const find = (): MidiPort | undefined => {
        poll();
        return ports.find(({port}) => port.id === id);
      };
      const found = find();
      if (found === undefined) return {state: 'gone', reason: `${name} is no longer there`};
      if (open.has(id)) return {state: 'busy', reason: `${name} is open already`};
      try {
        return connect(loaded.driver, found, listener);
      } catch (error) {
        if (find() === undefined) return {state: 'gone', reason: `${name} is no longer there`};
        return {state: 'busy', reason: `${name} is held by another program (${describeError(error)})`};
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      endTimer?.();
      watchers.clear();
      for (const id of [...open.keys()]) end(id);
      await loading;
      abandon();
    },
  };
}

function systemAfter(delayMs: number, call: () => void): () => void {
  const timer = setTimeout(call, delayMs);
  return () => clearTimeout(timer);
}
