import {readdirSync} from 'node:fs';
import type {Connection, ConnectionListener, Opened, Port} from './contract.ts';
import type {DrivenTransport, DriverStart} from './driver-kinds.ts';
import type {DriverOpened, FromDriver, ToDriver} from './driver-message.ts';

/** The driver's half of the conversation, apart from the process it runs in. */
export interface DriverServer {
  /** Does what the desk says. */
  hear(message: ToDriver): void;
  /** Gives a sign of life, once its transport is loaded: until then nothing can be asked of it. */
  alive(): void;
  /** Tells what has gone out since; whether something still waits. */
  count(): boolean;
  /** Gives all ports back. Idempotent. */
  close(): Promise<void>;
}

interface Line {
  connection: Connection | undefined;
  takenBytes: number;
  toldTaken: number;
  toldWaiting: number;
}

/** Puts a transport behind messages. `tell` hands them to the desk in their order. */
export function createDriverServer(
  make: (start: DriverStart) => Promise<DrivenTransport>,
  tell: (message: FromDriver) => void,
): DriverServer {
  const lines = new Map<number, Line>();
  let transport: Promise<DrivenTransport> | undefined;
  let listed: (() => number) | undefined;
  let endWatch = (): void => {};
  let isLoaded = false;
  let closed: Promise<void> | undefined;

  const begin = async (start: DriverStart): Promise<DrivenTransport> => {
    const made = await make(start);
    listed = () => made.listings ?? 0;
    // The library, too, which takes long on a busy machine and lets nothing else happen meanwhile.
    await made.availability();
    isLoaded = true;
    tellAlive();
    if (closed === undefined) endWatch = made.watch((ports) => tell({type: 'ports', ports}));
    return made;
  };
  const tellAlive = (): void => {
    const memoryMb = process.memoryUsage.rss() / 1e6;
    tell({type: 'alive', listings: listed?.() ?? 0, files: openFiles(), memoryMb});
  };
  const tellTaken = (connection: number, line: Line): void => {
    const waiting = line.connection?.waiting ?? 0;
    if (line.takenBytes === line.toldTaken && waiting === line.toldWaiting) return;
    line.toldTaken = line.takenBytes;
    line.toldWaiting = waiting;
    tell({type: 'taken', connection, bytes: line.takenBytes, waiting});
  };

  const open = async (connection: number, port: Port, baud: number | undefined): Promise<void> => {
    const line: Line = {connection: undefined, takenBytes: 0, toldTaken: 0, toldWaiting: 0};
    const listener = {
      received: (bytes: Uint8Array) => tell({type: 'received', connection, bytes}),
      lost: (reason: string) => {
        if (lines.delete(connection)) tell({type: 'lost', connection, reason});
      },
    };
    lines.set(connection, line);
    const opened = await openOn(await transport, port, baud, listener);
    const answer: DriverOpened =
      opened.state === 'open' ? {state: 'open', counts: opened.connection.waiting !== undefined} : opened;
    // It may have been closed while it was being opened.
    if (!lines.has(connection) && opened.state === 'open') opened.connection.close();
    if (opened.state === 'open') line.connection = opened.connection;
    else lines.delete(connection);
    tell({type: 'opened', connection, opened: answer});
  };

  return {
    hear(message) {
      switch (message.type) {
        case 'begin':
          transport = begin({...message.setup, known: message.known});
          break;
        case 'ask':
          void transport
            ?.then((made) => made.availability())
            .then((availability) => tell({type: 'answer', question: message.question, availability}));
          break;
        case 'open':
          void open(message.connection, message.port, message.baud);
          break;
        case 'send': {
          const line = lines.get(message.connection);
          if (line === undefined) break;
          line.takenBytes += message.bytes.length;
          line.connection?.send(message.bytes);
          break;
        }
        case 'close':
          lines.get(message.connection)?.connection?.close();
          lines.delete(message.connection);
          break;
        case 'beat':
        case 'end':
          break;
      }
    },
    alive() {
      if (isLoaded) tellAlive();
    },
    count() {
      for (const [connection, line] of lines) tellTaken(connection, line);
      return [...lines.values()].some(({toldWaiting}) => toldWaiting > 0);
    },
    close() {
      closed ??= (async () => {
        endWatch();
        await (await transport)?.close();
      })();
      return closed;
    },
  };
}

async function openOn(
  transport: DrivenTransport | undefined,
  port: Port,
  baud: number | undefined,
  listener: ConnectionListener,
): Promise<Opened> {
  if (transport === undefined) return {state: 'failed', reason: 'the driver has not begun'};
  if (baud === undefined) return transport.open(port, listener);
  return transport.openAt?.(port, baud, listener) ?? {state: 'failed', reason: 'its ports have no speeds'};
}

/** Files that this process has open, where the system tells. */
function openFiles(): number {
  if (process.platform !== 'linux') return 0;
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0;
  }
}
