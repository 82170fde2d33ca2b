import type {Availability, ConnectionListener, Opened, Port, Transport, TransportHealth} from './contract.ts';
import {careForDriver, type DriverClock} from './driver-care.ts';
import {createDriverConnections} from './driver-connections.ts';
import {type DriverKind, driverNames} from './driver-kinds.ts';
import type {DriverSetup, ToDriver} from './driver-message.ts';
import {driverProgram, type StartDriverProcess, startDriverProcess} from './driver-process.ts';
import {isHopeless} from './driver-supervisor.ts';
import {createPortBlame} from './port-blame.ts';
import {systemAfter} from './timer.ts';

/** A transport in a process of its own. */
export interface DriverTransport extends Transport {
  /** Opens a port at another speed, where there are speeds. */
  openAt(port: Port, baud: number, listener: ConnectionListener): Promise<Opened>;
  readonly health: TransportHealth;
}

export interface DriverTransportOptions {
  readonly setup?: DriverSetup;
  /** Where ports are seen without the driver: then its process is started only when one is opened. */
  readonly watchPorts?: Transport['watch'];
  readonly clock?: DriverClock;
}

/** So much that a driver has not taken is more than it ever will. */
const mostUntakenBytes = 4_000_000;

/**
 * A transport whose native library runs in a process of its own: a crash, a leak or a call that blocks costs its connections about a second. They are lost
 * with a reason, the ports go from the list and come back, and whoever watches opens them again as after a replug.
 */
export function driverTransport(kind: DriverKind, options: DriverTransportOptions = {}): DriverTransport {
  return supervisedTransport(kind, (listener) => startDriverProcess(driverProgram, kind, listener), options);
}

/** The same around any program that serves as a driver. */
export function supervisedTransport(
  kind: Port['kind'],
  start: StartDriverProcess,
  {setup = {}, watchPorts, clock = systemClock}: DriverTransportOptions = {},
): DriverTransport {
  const name = driverNames[kind];
  const watchers = new Set<(ports: readonly Port[]) => void>();
  /** Ends each watch that needs no driver. */
  const ends = new Set<() => void>();
  const blame = createPortBlame(name, clock.now);
  /** Undefined answers: the process that was asked is gone. */
  const questions = new Map<number, (availability: Availability | undefined) => void>();
  let asked = 0;
  /** Undefined until the process that runs has told them. */
  let ports: readonly Port[] | undefined;
  let known: readonly Port[] = [];

  const show = (now: readonly Port[]): void => {
    ports = now;
    if (watchPorts !== undefined) return;
    for (const changed of [...watchers]) if (watchers.has(changed)) changed(now);
  };
  const post = (message: ToDriver): void => {
    care.post(message);
    if (message.type === 'send' && connections.untakenBytes > mostUntakenBytes) care.choked();
  };
  const connections = createDriverConnections(post, blame, clock.now);
  const care = careForDriver({
    name,
    start,
    clock,
    setup,
    known: () => known,
    use: () => ({connections: connections.size, busyMs: connections.busyMs}),
    told: (message) => {
      if (message.type === 'ports') {
        known = message.ports;
        blame.found(known);
        show(message.ports);
      } else if (message.type === 'answer') questions.get(message.question)?.(message.availability);
      else connections.told(message);
    },
    lost: (reason, failed) => {
      connections.loseAll(reason, failed);
      for (const settle of [...questions.values()]) settle(undefined);
      if (ports !== undefined && ports.length > 0) show([]);
      ports = undefined;
    },
    despaired: () => {
      if (ports === undefined) show([]);
    },
  });

  const ask = (): Promise<Availability | undefined> => {
    asked += 1;
    const question = asked;
    return new Promise((resolve) => {
      questions.set(question, (availability) => {
        questions.delete(question);
        resolve(availability);
      });
      care.post({type: 'ask', question});
    });
  };
  const whyNot = (): string => {
    if (care.state.isClosed) return 'the transport is closed';
    return care.state.reason || `the ${name} driver has not started yet`;
  };
  const openAt = async (port: Port, baud: number | undefined, listener: ConnectionListener): Promise<Opened> => {
    if (!(await care.running())) return {state: 'failed', reason: whyNot()};
    return connections.open(port, baud, listener);
  };

  const watchUntilClosed = (watch: Transport['watch'], changed: (ports: readonly Port[]) => void): (() => void) => {
    const endWatch = watch(changed);
    const end = (): void => {
      ends.delete(end);
      endWatch();
    };
    ends.add(end);
    // Who was told at once may have closed all this.
    if (care.state.isClosed) end();
    return end;
  };

  return {
    kind,
    get health() {
      const {failures, reason, renewals} = care.state;
      const {refusals: leftAlone} = blame;
      return {failures, reason, renewals, isHopeless: isHopeless(care.state), leftAlone, processId: care.processId};
    },
    async availability() {
      while (await care.running()) {
        const availability = await ask();
        if (availability !== undefined) return availability;
      }
      return unavailable(whyNot());
    },
    watch(changed) {
      if (care.state.isClosed) return () => {};
      if (watchPorts !== undefined) return watchUntilClosed(watchPorts, changed);
      watchers.add(changed);
      if (ports !== undefined) changed(ports);
      else void care.running();
      return () => watchers.delete(changed);
    },
    open: (port, listener) => openAt(port, undefined, listener),
    openAt,
    close() {
      watchers.clear();
      for (const end of [...ends]) end();
      connections.endAll();
      for (const settle of [...questions.values()]) settle(unavailable('the transport is closed'));
      return care.close();
    },
  };
}

function unavailable(reason: string): Availability {
  const cure =
    'it is started again by itself; if it goes on, unplug what was plugged in last, and see longthrow doctor';
  return {state: 'unavailable', reason, cure};
}

const systemClock: DriverClock = {now: () => performance.now(), after: systemAfter};
