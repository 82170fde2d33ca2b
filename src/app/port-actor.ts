import {fromCallback} from 'xstate';
import type {PortActorInput, PortEvent} from '../machines/link.ts';
import type {Surface} from '../model/surface.ts';
import {createDialect, type Dialect, type Pulse} from '../surface/dialect.ts';
import type {Connection, Port, Transport} from '../transport/contract.ts';
import type {Clock} from './clock.ts';
import {createLoopWatch, mayLoop} from './loop-watch.ts';
import type {Outbox} from './outbox.ts';
import {openOutbox} from './outbox.ts';
import type {Unit} from './unit-contract.ts';

/** What the port actor needs of the desk: where ports are, and a unit to speak for each open one. */
export interface PortHost {
  readonly clock: Clock;
  /** The port of that id and the transport it belongs to, if it is still there. */
  findPort(id: string): {readonly port: Port; readonly transport: Transport} | undefined;
  /** A unit for a connection that was opened; it is used from now on. */
  unitOpened(key: string, surface: Surface, dialect: Dialect, outbox: Outbox): Unit;
  unitClosed(key: string): void;
}

/** A device that says nothing is asked so many times more, so far apart. */
const asksAgain = 3;
const askEveryMs = 2000;

/** Makes the actor that opens a unit's port, greets the device, hears it, and closes it when stopped. */
export function portActor(host: PortHost) {
  return fromCallback<{type: 'none'}, PortActorInput>(({input, sendBack}) => {
    const tell = (event: PortEvent): void => sendBack(event);
    const found = host.findPort(input.port.id);
    const dialect = createDialect(input.surface);
    let connection: Connection | undefined;
    let outbox: Outbox | undefined;
    let unit: Unit | undefined;
    let stopped = false;
    let confirmed = false;
    let heard = false;
    /** When it last answered that it is still there. */
    let answeredAtMs = 0;
    let endAsking = (): void => {};
    let endKeeping = (): void => {};
    let endPulse = (): void => {};

    const heardBytes = (bytes: Uint8Array): void => {
      if (stopped || unit === undefined) return;
      const events = unit.received(bytes);
      // What identifies it says that it is alive, too: one ready, one picture.
      if (!heard && !events.some(({type}) => type === 'link.confirmed')) tell({type: 'link.heard'});
      heard = true;
      for (const event of events) {
        if (event.type === 'link.asked') {
          for (const reply of event.reply) outbox?.urgent(reply);
        } else if (event.type === 'link.answered') {
          answeredAtMs = host.clock.now();
        } else if (event.type === 'link.confirmed') {
          answeredAtMs = host.clock.now();
          if (confirmed) unit.restarted();
          tell({type: confirmed ? 'link.restarted' : 'link.identified'});
          confirmed = true;
        } else {
          tell({type: 'link.refused', reason: event.reason});
        }
      }
    };
    const watch = mayLoop(input.surface)
      ? createLoopWatch({
          clock: host.clock,
          send: (bytes) => outbox?.urgent(bytes),
          pass: heardBytes,
          looped: () => tell({type: 'link.refused', reason: loopText(input.port.name), again: true}),
        })
      : undefined;
    const received = watch?.received ?? heardBytes;
    const lost = (reason: string): void => {
      connection = undefined;
      if (!stopped) tell({type: 'link.failed', reason});
    };

    /** A device that was still starting up, or whose answer was lost on the way, is asked again. */
    const greet = (asksLeft: number): void => {
      for (const bytes of dialect.hello()) outbox?.urgent(bytes);
      if (asksLeft === 0 || input.surface.handshake.kind === 'none' || dialect.pulse !== undefined) return;
      endAsking = host.clock.after(askEveryMs, () => {
        if (!confirmed) greet(asksLeft - 1);
      });
    };

    /** Some devices go to sleep unless they hear this again and again. */
    const keepAlive = (): void => {
      const {keepAlive: wanted} = input.surface;
      if (stopped || wanted === undefined) return;
      outbox?.urgent(wanted.message);
      endKeeping = host.clock.after(wanted.everyMs, keepAlive);
    };

    /** A device that must go on answering is asked as long as it is connected. */
    const beat = ({everyMs, lostAfterMs, messages}: Pulse): void => {
      endPulse = host.clock.after(everyMs, () => {
        if (confirmed && host.clock.now() - answeredAtMs > lostAfterMs)
          return tell({type: 'link.failed', reason: 'it no longer answers'});
        for (const bytes of messages) outbox?.urgent(bytes);
        beat({everyMs, lostAfterMs, messages});
      });
    };

    const send = (bytes: Uint8Array, because: string): void => {
      watch?.sent(bytes);
      connection?.send(bytes, because);
    };

    const open = async (): Promise<void> => {
      if (found === undefined) return tell({type: 'link.failed', reason: 'the port is no longer there'});
      const opened = await found.transport.open(found.port, {received, lost});
      if (opened.state !== 'open')
        return tell({type: opened.state === 'busy' ? 'link.busy' : 'link.failed', reason: opened.reason});
      if (stopped) return opened.connection.close();
      connection = opened.connection;
      outbox = openOutbox(input.surface.pace, send, host.clock);
      unit = host.unitOpened(input.unit, input.surface, dialect, outbox);
      tell({type: 'link.opened'});
      watch?.ask();
      greet(asksAgain);
      keepAlive();
      if (dialect.pulse !== undefined) beat(dialect.pulse);
    };
    open().catch((error: unknown) =>
      tell({type: 'link.failed', reason: error instanceof Error ? error.message : String(error)}),
    );

    return () => {
      stopped = true;
      watch?.end();
      endAsking();
      endKeeping();
      endPulse();
      outbox?.close();
      unit?.end();
      if (unit !== undefined) host.unitClosed(input.unit);
      for (const bytes of connection === undefined ? [] : dialect.goodbye()) connection?.send(bytes, 'goodbye');
      connection?.close();
    };
  });
}

function loopText(port: string): string {
  return `It hears itself: a loop-back cable or MIDI thru leads from the output of "${port}" to its input. Take it away; the desk looks again twice a minute.`;
}
