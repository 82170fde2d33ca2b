import type {MidiWire, MidiWireListener} from '../engine/midi/midi-engine.ts';
import {plainText} from '../model/problem.ts';
import type {Connection, Port, Transport} from '../transport/contract.ts';
import {initialStream, step} from '../wire/midi-stream.ts';
import type {Clock} from './clock.ts';

/** MIDI ports that are used for something else than surfaces, by name: opened when they are there, again after each replug, and shared by all who name them. */
export interface MidiLines {
  line(name: string): MidiWire;
  /** What every line that is not there waits for. */
  notices(): readonly string[];
  close(): void;
}

/** A port that another program holds, or that failed, is tried again after so long. */
const retryMs = 1000;

interface Shared {
  readonly name: string;
  readonly listeners: Set<MidiWireListener>;
  state: LineState;
  stream: typeof initialStream;
  /** Grows with every opening, so that what an old one says is not heard. */
  turn: number;
  endRetry: (() => void) | undefined;
}

type LineState =
  | {readonly type: 'open'; readonly port: Port; readonly connection: Connection}
  | {readonly type: 'opening'; readonly port: Port}
  | {readonly type: 'waiting'; readonly reason: string; readonly cure: string};

/** Ports of that transport, which somebody else closes. */
export function createMidiLines(transport: Transport, clock: Clock): MidiLines {
  const lines = new Map<string, Shared>();
  let ports: readonly Port[] = [];
  let unavailable: {readonly reason: string; readonly cure: string} | undefined;
  let closed = false;

  const absent = (name: string): LineState => ({
    type: 'waiting',
    reason: unavailable?.reason ?? `the MIDI port "${plainText(name)}" is not there`,
    cure: unavailable?.cure ?? 'plug it in: everything is sent when it comes',
  });
  const become = (line: Shared, state: LineState): void => {
    const before = line.state;
    line.state = state;
    if (before.type === 'open' || state.type === 'open') for (const listener of [...line.listeners]) listener.changed();
  };
  const retry = (line: Shared): void => {
    line.endRetry?.();
    line.endRetry = clock.after(retryMs, () => look(line));
  };
  const look = (line: Shared): void => {
    if (closed) return;
    const port = portNamed(ports, line.name);
    if (port === undefined) {
      line.turn += 1;
      become(line, absent(line.name));
      return;
    }
    if (line.state.type !== 'waiting' && line.state.port.id === port.id) return;
    void open(line, port);
  };
  const open = async (line: Shared, port: Port): Promise<void> => {
    line.turn += 1;
    const {turn} = line;
    if (line.state.type === 'open') line.state.connection.close();
    become(line, {type: 'opening', port});
    line.stream = initialStream;
    const isCurrent = (): boolean => line.turn === turn && !closed;
    const opened = await transport.open(port, {
      received(bytes) {
        if (!isCurrent()) return;
        const read = step(line.stream, bytes);
        line.stream = read.state;
        if (read.messages.length > 0) for (const listener of [...line.listeners]) listener.received(read.messages);
      },
      lost(reason) {
        if (!isCurrent()) return;
        become(line, {
          type: 'waiting',
          reason: `the MIDI port "${port.name}": ${plainText(reason)}`,
          cure: 'it is opened again when it is back',
        });
        retry(line);
      },
    });
    if (!isCurrent()) {
      if (opened.state === 'open') opened.connection.close();
      return;
    }
    if (opened.state === 'open') become(line, {type: 'open', port, connection: opened.connection});
    else {
      const cure = opened.state === 'busy' ? 'close the other program; it is tried again' : 'it is tried again';
      become(line, {type: 'waiting', reason: plainText(opened.reason), cure});
      retry(line);
    }
  };
  void transport.availability().then((found) => {
    if (found.state === 'available') return;
    unavailable = {reason: plainText(found.reason), cure: plainText(found.cure)};
    for (const line of lines.values()) look(line);
  });
  const endWatch = transport.watch((list) => {
    ports = list;
    if (list.length > 0) unavailable = undefined;
    for (const line of [...lines.values()]) look(line);
  });

  return {
    line(name) {
      const shared = lines.get(name) ?? {
        ...{name, listeners: new Set<MidiWireListener>(), state: absent(name)},
        ...{stream: initialStream, turn: 0, endRetry: undefined},
      };
      if (!lines.has(name)) {
        lines.set(name, shared);
        look(shared);
      }
      return wireOn(shared);
    },
    notices: () =>
      [...lines.values()].flatMap(({state}) => (state.type === 'waiting' ? [`${state.reason} – ${state.cure}`] : [])),
    close() {
      closed = true;
      endWatch();
      for (const line of lines.values()) {
        line.endRetry?.();
        if (line.state.type === 'open') line.state.connection.close();
      }
    },
  };
}

/** One user of a shared line. */
function wireOn(shared: Shared): MidiWire {
  const mine = new Set<MidiWireListener>();
  return {
    get portName() {
      return shared.state.type === 'open' ? plainText(shared.state.port.name) : undefined;
    },
    get reason() {
      return shared.state.type === 'waiting' ? shared.state.reason : undefined;
    },
    get cure() {
      return shared.state.type === 'waiting' ? shared.state.cure : undefined;
    },
    send(bytes) {
      if (shared.state.type === 'open') shared.state.connection.send(bytes);
    },
    listen(listener) {
      mine.add(listener);
      shared.listeners.add(listener);
      return () => shared.listeners.delete(listener);
    },
    close() {
      for (const listener of mine) shared.listeners.delete(listener);
    },
  };
}

/** The port of that very name, else the first one that has it in its own, whatever the case. */
function portNamed(ports: readonly Port[], name: string): Port | undefined {
  const wanted = name.trim().toLowerCase();
  const named = (fits: (name: string) => boolean): Port | undefined =>
    ports.find((port) => fits(port.name.trim().toLowerCase()));
  return named((one) => one === wanted) ?? named((one) => one.includes(wanted));
}
