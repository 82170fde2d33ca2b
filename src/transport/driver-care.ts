import type {Port} from './contract.ts';
import type {DriverSetup, DriverWear, FromDriver, ToDriver} from './driver-message.ts';
import type {DriverProcess, StartDriverProcess} from './driver-process.ts';
import {lookAfterMs} from './driver-silence.ts';
import {
  type DriverEvent,
  type DriverState,
  driverTickMs,
  isHopeless,
  newDriver,
  stepDriver,
} from './driver-supervisor.ts';
import type {After} from './timer.ts';

/** Keeps one process of a driver running from when it is wanted until it is closed. */
export interface DriverCare {
  readonly state: DriverState;
  readonly processId: number | undefined;
  /** Resolves when a process runs, with false when none will soon. Starts the first one. */
  running(): Promise<boolean>;
  /** Says something to the process that runs; without one it is lost. */
  post(message: ToDriver): void;
  /** Too much waits for it. */
  choked(): void;
  /** Resolves when there is no process any more. */
  close(): Promise<void>;
}

export interface DriverCareOptions {
  /** How its kind is called in sentences. */
  readonly name: string;
  readonly start: StartDriverProcess;
  readonly clock: DriverClock;
  readonly setup: DriverSetup;
  /** Ports as the process that ran last called them. */
  readonly known: () => readonly Port[];
  readonly told: (message: Exclude<FromDriver, {type: 'alive' | 'failed'}>) => void;
  /** What the process had open is lost, once for each that ran; `failed`: through its own fault. */
  readonly lost: (reason: string, failed: boolean) => void;
  /** The driver failed so often that nobody should wait for it. */
  readonly despaired: () => void;
  /** Connections that are open, and when something went through any of them last. */
  readonly use: () => {readonly connections: number; readonly busyMs: number};
}

export interface DriverClock {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  readonly after: After;
}

/** The desk gives signs of life so often. */
const beatEveryMs = 1000;
/** How long anybody waits for a process that starts. */
const patienceMs = 4000;
const noWear: DriverWear = {listings: 0, files: 0, memoryMb: 0};

export function careForDriver({name, start, clock, ...desk}: DriverCareOptions): DriverCare {
  const waiting = new Set<(hasBegun: boolean) => void>();
  const events: DriverEvent[] = [];
  let state = newDriver;
  let child: DriverProcess | undefined;
  let wear = noWear;
  let beatMs = 0;
  let isTicking = false;
  let ended: Promise<void> | undefined;
  let settleEnded = (): void => {};

  const isRunning = (): boolean => state.phase === 'running';

  /** One event after the other: what is told of one may lead to the next. */
  const happened = (event: DriverEvent): void => {
    events.push(event);
    if (events.length > 1) return;
    for (let next = events[0]; next !== undefined; next = events[0]) {
      step(next);
      events.shift();
    }
  };
  const step = (event: DriverEvent): void => {
    const done = stepDriver(state, event, clock.now(), name);
    ({state} = done);
    for (const order of done.orders) {
      if (order.type === 'start') begin();
      else if (order.type === 'end') child?.post({type: 'end'});
      else if (order.type === 'kill') child?.kill();
      else desk.lost(order.reason, order.failed);
    }
    if (isRunning()) settleWaiting(true);
    else if (isHopeless(state)) {
      settleWaiting(false);
      desk.despaired();
    }
    if (state.phase === 'ended') settleEnded();
  };
  const settleWaiting = (hasBegun: boolean): void => {
    for (const settle of [...waiting]) settle(hasBegun);
  };

  const begin = (): void => {
    const own = start({
      told: (messages) => {
        if (child !== own) return;
        happened({type: 'heard', usedMs: isRunning() ? undefined : own.look()?.usedMs});
        for (const message of messages) {
          if (message.type === 'alive') wear = message;
          else if (message.type !== 'failed' && isRunning()) desk.told(message);
        }
      },
      exited: (how) => {
        if (child !== own) return;
        child = undefined;
        happened({type: 'exited', how});
      },
    });
    child = own;
    wear = noWear;
    beatMs = clock.now();
    own.post({type: 'begin', setup: desk.setup, known: desk.known()});
    tickLater();
  };
  const tickLater = (): void => {
    if (isTicking) return;
    isTicking = true;
    clock.after(driverTickMs, () => {
      isTicking = false;
      const now = clock.now();
      const {connections, busyMs} = desk.use();
      const isSilent = now - Math.max(state.heardMs, state.sinceMs) > lookAfterMs;
      const look = isSilent ? child?.look() : undefined;
      happened({type: 'ticked', wear, connections, quietMs: now - busyMs, look});
      if (now - beatMs >= beatEveryMs) {
        beatMs = now;
        child?.post({type: 'beat'});
      }
      if (state.phase !== 'ended') tickLater();
    });
  };

  return {
    get state() {
      return state;
    },
    get processId() {
      return child?.processId;
    },
    async running() {
      happened({type: 'wanted'});
      if (isRunning()) return true;
      if (state.isClosed || isHopeless(state)) return false;
      const ran = await new Promise<boolean>((resolve) => {
        const settle = (hasBegun: boolean): void => {
          endPatience();
          waiting.delete(settle);
          resolve(hasBegun);
        };
        const endPatience = clock.after(patienceMs, () => settle(false));
        waiting.add(settle);
      });
      return ran && isRunning();
    },
    post: (message) => child?.post(message),
    choked: () => happened({type: 'choked'}),
    close() {
      ended ??= new Promise((resolve) => {
        settleEnded = resolve;
        settleWaiting(false);
        happened({type: 'closed'});
      });
      return ended;
    },
  };
}
