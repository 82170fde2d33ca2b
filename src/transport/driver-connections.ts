import type {Connection, ConnectionListener, Opened, Port} from './contract.ts';
import type {FromDriver, ToDriver} from './driver-message.ts';

/** All connections through one driver, across its processes. */
export interface DriverConnections {
  /** Asks the process that runs to open a port. */
  open(port: Port, baud: number | undefined, listener: ConnectionListener): Promise<Opened>;
  /** What the process says of its connections. */
  told(message: Extract<FromDriver, {readonly connection: number}>): void;
  /** The process is gone, and with it all connections. */
  loseAll(reason: string): void;
  /** Nobody is told anything any more. */
  endAll(): void;
  /** So many are open. */
  readonly size: number;
  /** Bytes handed over that no process took. */
  readonly untakenBytes: number;
  /** When something went through any of them last. */
  readonly busyMs: number;
}

interface Line {
  readonly listener: ConnectionListener;
  readonly settle: (opened: Opened) => void;
  isOpen: boolean;
  /** Who asked has the connection in hand; until then what is told waits. */
  isLive: boolean;
  held: (() => void)[];
  sentBytes: number;
  takenBytes: number;
  waitingThere: number;
}

/** `post` reaches the process that runs, if one does. */
export function createDriverConnections(post: (message: ToDriver) => void, now: () => number): DriverConnections {
  const lines = new Map<number, Line>();
  let last = 0;
  let busyMs = now();

  const connectionOf = (number: number, line: Line, counts: boolean): Connection => {
    const connection: Connection = {
      send(bytes) {
        if (lines.get(number) !== line || bytes.length === 0) return;
        busyMs = now();
        line.sentBytes += bytes.length;
        post({type: 'send', connection: number, bytes});
      },
      close() {
        if (lines.delete(number)) post({type: 'close', connection: number});
      },
    };
    if (!counts) return connection;
    return Object.defineProperty(connection, 'waiting', {
      get: () => line.sentBytes - line.takenBytes + line.waitingThere,
    });
  };
  /** Tells the listener, once it may be told. */
  const deliver = (line: Line, call: () => void): void => {
    if (line.isLive) call();
    else line.held.push(call);
  };
  const lose = (number: number, line: Line, reason: string): void => {
    if (!line.isOpen) {
      lines.delete(number);
      line.settle({state: 'failed', reason});
      return;
    }
    deliver(line, () => {
      if (lines.delete(number)) line.listener.lost(reason);
    });
  };
  const opened = (number: number, line: Line, answer: Extract<FromDriver, {type: 'opened'}>['opened']): void => {
    if (answer.state !== 'open') {
      lines.delete(number);
      line.settle(answer);
      return;
    }
    line.isOpen = true;
    line.settle({state: 'open', connection: connectionOf(number, line, answer.counts)});
  };

  return {
    get size() {
      return lines.size;
    },
    get busyMs() {
      return busyMs;
    },
    get untakenBytes() {
      let sum = 0;
      for (const {sentBytes, takenBytes} of lines.values()) sum += sentBytes - takenBytes;
      return sum;
    },
    async open(port, baud, listener) {
      last += 1;
      const number = last;
      const {answer, line} = newLine(listener);
      lines.set(number, line);
      post({type: 'open', connection: number, port, baud});
      const result = await answer;
      // Who waits for this result must have it before anything is told, through however many promises it comes: this is after all of their turns.
      process.nextTick(() => {
        line.isLive = true;
        for (const call of line.held.splice(0)) call();
      });
      return result;
    },
    told(message) {
      const line = lines.get(message.connection);
      if (line === undefined) return;
      switch (message.type) {
        case 'opened':
          opened(message.connection, line, message.opened);
          break;
        case 'received': {
          busyMs = now();
          const bytes = new Uint8Array(message.bytes);
          deliver(line, () => {
            if (lines.get(message.connection) === line) line.listener.received(bytes);
          });
          break;
        }
        case 'lost':
          lose(message.connection, line, message.reason);
          break;
        case 'taken':
          line.takenBytes = message.bytes;
          line.waitingThere = message.waiting;
          break;
      }
    },
    loseAll(reason) {
      for (const [number, line] of [...lines]) lose(number, line, reason);
    },
    endAll() {
      for (const line of lines.values()) line.settle({state: 'failed', reason: 'the transport is closed'});
      lines.clear();
    },
  };
}

function newLine(listener: ConnectionListener): {readonly answer: Promise<Opened>; readonly line: Line} {
  let settle: (opened: Opened) => void = () => {};
  const answer = new Promise<Opened>((resolve) => (settle = resolve));
  return {
    answer,
    line: {listener, settle, isOpen: false, isLive: false, held: [], sentBytes: 0, takenBytes: 0, waitingThere: 0},
  };
}
