import {plainText} from '../../model/problem.ts';
import type {Surface} from '../../model/surface.ts';
import type {Connection, Port, Transport} from '../../transport/contract.ts';
import type {Clock} from '../clock.ts';
import {isUsualPort} from '../learn/learn-port.ts';
import {isWanted} from './wanted-port.ts';

export interface BystanderOptions {
  readonly transports: readonly Transport[];
  readonly surfaceOf: (port: Port) => Surface | undefined;
  /** Ports that others look after. */
  readonly isOthers?: (port: Port) => boolean;
  /** Parts of the names of the ports that were asked for; none for all. */
  readonly wanted: readonly string[];
  /** Ports of no surface that were asked for by name are opened, so that whoever listens in hears what they say. */
  readonly opens: boolean;
  readonly clock: Pick<Clock, 'after'>;
  /** Takes a sentence for the user. */
  readonly tell: (words: string) => void;
}

/** Whoever waits so long for a surface is told what is there. */
export const waitingMs = 2500;

/**
 * Tells of ports that no surface is at, what can be done about them, and when none is there at all; it watches beside the desk, which only sees its surfaces. Ends with
 * the returned function.
 */
export function watchBystanders(options: BystanderOptions): () => void {
  const {transports, surfaceOf, isOthers = () => false, wanted, opens, clock, tell} = options;
  const seen = new Map<Transport, readonly Port[]>();
  const told = new Set<string>();
  const open = new Map<string, Connection | undefined>();
  let ended = false;

  const listen = async (transport: Transport, port: Port): Promise<void> => {
    open.set(port.id, undefined);
    const forget = (): void => void open.delete(port.id);
    const opened = await transport.open(port, {received: () => {}, lost: forget});
    if (opened.state !== 'open') tell(`${plainText(port.name)} does not open: ${plainText(opened.reason)}`);
    else if (ended) opened.connection.close();
    else open.set(port.id, opened.connection);
  };
  const look = (transport: Transport, ports: readonly Port[]): void => {
    seen.set(transport, ports);
    for (const id of open.keys()) if (![...seen.values()].flat().some((port) => port.id === id)) open.delete(id);
    for (const port of ports) {
      if (surfaceOf(port) !== undefined || isOthers(port)) continue;
      const isAsked = wanted.length > 0 && isWanted(wanted, port);
      if (!isAsked && (wanted.length > 0 || !isUsualPort(port))) continue;
      if (!told.has(port.name)) {
        told.add(port.name);
        const {name} = port;
        tell(`${plainText(name)}: no surface that the desk knows. ${learning(name)}`);
      }
      if (isAsked && opens && !open.has(port.id)) void listen(transport, port);
    }
  };
  const ends = transports.map((transport) => transport.watch((ports) => look(transport, ports)));
  const endWaiting = clock.after(waitingMs, () => {
    const ports = [...seen.values()].flat();
    const found = ports.filter((port) => isWanted(wanted, port));
    if (found.some((port) => surfaceOf(port) !== undefined || isOthers(port) || told.has(port.name))) return;
    const names = ports.filter(isUsualPort).map((port) => plainText(port.name));
    const asked = wanted.map((part) => `"${plainText(part)}"`).join(' or ');
    if (wanted.length === 0) tell('No surface is there yet: plug one in, and it is found.');
    else if (names.length === 0) tell(`Nothing is there yet with ${asked} in its name: plug it in, and it is found.`);
    else tell(`Nothing is there with ${asked} in its name. There are: ${names.join(', ')}.`);
  });

  return () => {
    ended = true;
    endWaiting();
    for (const end of ends) end();
    for (const connection of open.values()) connection?.close();
  };
}

/** How a port is taught. A name goes into the command line only where no shell finds anything but words in it: devices say what they like. */
function learning(name: string): string {
  return /^\w[\w .:()+-]*$/.test(name)
    ? `"longthrow learn" teaches it: longthrow learn "${name}"`
    : '"longthrow learn" teaches it, and asks which device is meant.';
}
