import type {ConnectionListener, Opened, Port, Transport} from './contract.ts';
import {type After, systemAfter, within} from './timer.ts';

export interface PortKeeperOptions {
  /** Reads which ports there are. Never rejects. */
  readonly list: () => Promise<readonly Port[]>;
  /** How long the list holds, in milliseconds. */
  readonly everyMs: () => number;
  /** The list is read on while ports are held, even if nobody watches. */
  readonly watchesHeld: boolean;
  /** Timers of the system if absent. */
  readonly after?: After | undefined;
}

/** A port that is open. */
export interface HeldPort {
  /** Until it ends. */
  readonly isHeld: boolean;
  /** Gives it back, once; with a reason its listener is told that it is lost. */
  end(reason: string | undefined): void;
}

/** What every transport of the system does in the same way: it tells who watches of ports that come and go, and knows which are open. */
export interface PortKeeper {
  readonly isClosed: boolean;
  readonly watch: Transport['watch'];
  /** What was just read: ports that are held and not in it are lost, then who watches is told, if it is news to him. */
  found(ports: readonly Port[]): void;
  /** Reads the list after so many milliseconds instead of when it was due. */
  lookIn(delayMs: number): void;
  /** Why a port is not opened before anything is tried: the transport is closed, or has it open. */
  refusal(port: Port): Opened | undefined;
  /** Holds a port that was opened. `letGo` gives it back, with the reason as in `end`, and never rejects. */
  hold(id: string, listener: ConnectionListener, letGo: (reason: string | undefined) => Promise<void>): HeldPort;
  /** Ends watches and connections; settles when all ports are given back. Idempotent. */
  close(): Promise<void>;
}

/** How long reading the list may take before it is read anew, in milliseconds: seconds on a machine that is busy, and no port is gone for that. */
const listPatienceMs = 30_000;

/** Nothing is read before somebody watches. */
export function createPortKeeper({list, everyMs, watchesHeld, after = systemAfter}: PortKeeperOptions): PortKeeper {
  /** Each watcher with the ids it was told last. */
  const watchers = new Map<(ports: readonly Port[]) => void, string | undefined>();
  const held = new Map<string, HeldPort>();
  const closings = new Set<Promise<void>>();
  let endTimer: (() => void) | undefined;
  let isLooking = false;
  let isClosed = false;

  const look = async (): Promise<void> => {
    if (isLooking || isClosed) return;
    isLooking = true;
    const ports = await within<readonly Port[] | undefined>(list(), undefined, listPatienceMs, after);
    isLooking = false;
    if (isClosed) return;
    if (ports !== undefined) found(ports);
    lookIn(everyMs());
  };
  const lookIn = (delayMs: number): void => {
    endTimer?.();
    endTimer = undefined;
    if (isClosed || (watchers.size === 0 && !(watchesHeld && held.size > 0))) return;
    endTimer = after(delayMs, () => {
      endTimer = undefined;
      void look();
    });
  };
  const found = (ports: readonly Port[]): void => {
    const ids = ports.map(({id}) => id);
    for (const [id, port] of [...held]) if (!ids.includes(id)) port.end('unplugged');
    for (const [changed, told] of [...watchers]) {
      if (told === ids.join() || !watchers.has(changed)) continue;
      watchers.set(changed, ids.join());
      changed(ports);
    }
  };

  return {
    get isClosed() {
      return isClosed;
    },
    watch(changed) {
      if (isClosed) return () => {};
      watchers.set(changed, undefined);
      void look();
      return () => watchers.delete(changed);
    },
    found,
    lookIn,
    refusal({id, name}) {
      if (isClosed) return {state: 'failed', reason: 'the transport is closed'};
      return held.has(id) ? {state: 'busy', reason: `${name} is open already`} : undefined;
    },
    hold(id, listener, letGo) {
      const port: HeldPort = {
        get isHeld() {
          return held.get(id) === port;
        },
        end(reason) {
          if (!port.isHeld) return;
          held.delete(id);
          const closing = letGo(reason);
          closings.add(closing);
          void closing.then(() => closings.delete(closing));
          if (reason !== undefined) listener.lost(reason);
        },
      };
      held.set(id, port);
      if (watchesHeld && endTimer === undefined) lookIn(everyMs());
      return port;
    },
    async close() {
      isClosed = true;
      endTimer?.();
      watchers.clear();
      for (const port of [...held.values()]) port.end(undefined);
      await Promise.all(closings);
    },
  };
}
