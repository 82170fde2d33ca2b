import {decodeBody, encodeFrame, type Frame} from '../../src/wire/longthrow/codec.ts';
import {newFramer, step} from '../../src/wire/longthrow/framer.ts';
import {classOf, type Message} from '../../src/wire/longthrow/message.ts';
import type {Machine} from './machine.ts';

/** A message of the chip, and when its last byte was put on the line. */
export interface Heard {
  readonly atMs: number;
  readonly message: Message;
}

/** A host that does the least: hello until it is answered, heartbeats, and what a test says. */
export interface TestHost {
  /** Time passes, millisecond by millisecond, and the host does what is due. */
  readonly run: (ms: number) => void;
  readonly send: (message: Message) => void;
  /** Everything heard since the last call. */
  readonly heard: () => readonly Heard[];
  /** Runs until a message comes that is looked for; undefined if none does in this time. Those before it are passed over. */
  readonly until: (wanted: (message: Message) => boolean, limitMs: number) => Heard | undefined;
  /** From now on it says nothing any more, or speaks again with a new session. */
  readonly die: () => void;
  readonly revive: () => void;
  readonly session: () => number;
  /** Bytes that were no good frame: noise of a restart, cut frames. */
  readonly faults: () => number;
  /** What is painted after each hello. */
  readonly paint: Message[];
}

const everyMs = 250;

/** A host at the other end of the chip's line. */
export function newTestHost(machine: Machine, leaseMs = 1000): TestHost {
  const paint: Message[] = [];
  let framer = newFramer();
  let log: Heard[] = [];
  let faults = 0;
  let [alive, session, nonce] = [true, 0, 0xc0de0001];
  let due = 0;
  const sequences = {state: 0, reliable: 0, ack: 0, system: 0};

  const send = (message: Message) => {
    const sequence = sequences[classOf(message)]++ & 0xff;
    const frame: Frame = {message, sequence};
    machine.send(encodeFrame(frame, session));
  };
  const begin = (started: number) => {
    session = started;
    Object.assign(sequences, {state: 0, reliable: 0, ack: 0, system: 0});
    due = machine.nowMs();
    for (const message of paint) send(message);
  };
  const take = ({message, sequence}: Frame, atMs: number) => {
    log.push({atMs, message});
    if (!alive) return;
    if (message.type === 'hello') {
      if (message.nonce === nonce && message.session !== 0 && session === 0) begin(message.session);
      // An announcement: the session is gone.
      if (message.nonce === 0 && session !== 0) {
        session = 0;
        nonce = nextNonce(nonce);
        due = atMs;
      }
    }
    if (classOf(message) === 'reliable') send({type: 'ack', next: (sequence + 1) & 0xff, credits: 1, status: 0});
  };
  const listen = () => {
    const read = step(framer, machine.heard());
    framer = read.state;
    for (const framed of read.frames) {
      const decoded = framed.type === 'body' ? decodeBody(framed.body, session) : undefined;
      if (decoded?.state === 'good') take(decoded.frame, machine.nowMs());
      else faults++;
    }
  };
  const speak = () => {
    if (!alive || machine.nowMs() < due) return;
    due = machine.nowMs() + everyMs;
    if (session !== 0) {
      const counts = {heard: 0, crcFaults: 0, overruns: 0, resyncs: 0, descriptor: 0};
      send({type: 'heartbeat', session, state: 0, ...counts});
    } else send({type: 'hello-request', lowest: 1, highest: 1, nonce, mtu: 64, leaseMs});
  };
  const run = (ms: number) => {
    for (let left = ms; left > 0; left--) {
      speak();
      machine.run(1);
      listen();
    }
  };
  return {
    run,
    send,
    heard: () => {
      const all = log;
      log = [];
      return all;
    },
    until: (wanted, limitMs) => {
      for (let left = limitMs; left >= 0; left--) {
        const at = log.findIndex(({message}) => wanted(message));
        const found = log[at];
        log = at < 0 ? [] : log.slice(at + 1);
        if (found !== undefined) return found;
        run(1);
      }
      return undefined;
    },
    die: () => {
      alive = false;
    },
    revive: () => {
      alive = true;
      session = 0;
      nonce = nextNonce(nonce);
      due = machine.nowMs();
    },
    session: () => session,
    faults: () => faults,
    paint,
  };
}

/** Another nonce; its lowest byte, the session, is never 0. */
function nextNonce(nonce: number): number {
  const next = (nonce + 1) >>> 0;
  return (next & 0xff) === 0 ? next + 1 : next;
}
