import type {Connection, ConnectionListener, Opened, Port} from './contract.ts';
import type {FromDriver, ToDriver} from './driver-message.ts';
import type {PortBlame} from './port-blame.ts';

/** All connections through one driver, across its processes. */
export interface DriverConnections {
  /** Asks the process that runs to open a port, unless that port is left alone. */
  open(port: Port, baud: number | undefined, listener: ConnectionListener): Promise<Opened>;
  /** What the process says of its connections. */
  told(message: Extract<FromDriver, {readonly connection: number}>): void;
  /** The process is gone, and with it all connections; `failed`: through its own fault. */
  loseAll(reason: string, failed: boolean): void;
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
  readonly port: Port;
  readonly baud: number | undefined;
  readonly listener: ConnectionListener;
  readonly settle: (opened: Opened) => void;
  /** The process was asked to open it. */
  isAsked: boolean;
  isOpen: boolean;
  /** Who asked has the connection in hand; until then what is told waits. */
  isLive: boolean;
  held: (() => void)[];
  sentBytes: number;
  takenBytes: number;
  waitingThere: number;
}

/** `post` reaches the process that runs, if one does. `blame` is told how openings end. */
export function createDriverConnections(
  post: (message: ToDriver) => void,
  blame: PortBlame,
  now: () => number,
): DriverConnections {
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
  const linesOpening = (): readonly Line[] => [...lines.values()].filter(({isAsked, isOpen}) => isAsked && !isOpen);
  /** Asks for what is to be opened; a port that may be the end of the process is opened while no other is. */
  const askNext = (): void => {
    for (const [connection, line] of lines) {
      if (line.isAsked) continue;
      const {port, baud} = line;
      const opening = linesOpening();
      if (opening.length > 0 && [line, ...opening].some((one) => blame.isSuspect(one.port))) continue;
      line.isAsked = true;
      post({type: 'open', connection, port, baud});
    }
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
    blame.answered(line.port);
    if (answer.state === 'open') {
      line.isOpen = true;
      line.settle({state: 'open', connection: connectionOf(number, line, answer.counts)});
    } else {
      lines.delete(number);
      line.settle(answer);
    }
    askNext();
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
      const refusal = blame.refusal(port);
      if (refusal !== undefined) return {state: 'failed', reason: refusal};
      last += 1;
      const {answer, line} = newLine(port, baud, listener);
      lines.set(last, line);
      askNext();
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
          askNext();
          break;
        case 'taken':
          line.takenBytes = message.bytes;
          line.waitingThere = message.waiting;
          break;
      }
    },
    loseAll(reason, failed) {
      if (failed) blame.lost(linesOpening().map(({port}) => port));
      for (const [number, line] of [...lines]) lose(number, line, reason);
    },
    endAll() {
      for (const line of lines.values()) line.settle({state: 'failed', reason: 'the transport is closed'});
      lines.clear();
    },
  };
}

function newLine(
  port: Port,
  baud: number | undefined,
  listener: ConnectionListener,
): {readonly answer: Promise<Opened>; readonly line: Line} {
  let settle: (opened: Opened) => void = () => {};
  const answer = new Promise<Opened>((resolve) => (settle = resolve));
  return {
    answer,
    line: {
      port,
      baud,
      listener,
      settle,
      isAsked: false,
      isOpen: false,
      isLive: false,
      held: [],
      sentBytes: 0,
      takenBytes: 0,
      waitingThere: 0,
    },
  };
}
