import type {Frame} from '../wire/longthrow/codec.ts';
import {heartbeatTimes, hostStates} from '../wire/longthrow/heartbeat.ts';
import type {Hello} from '../wire/longthrow/hello.ts';
import {classOf, type Message} from '../wire/longthrow/message.ts';
import {
  acknowledge,
  type Done,
  newReliableSender,
  pulse,
  queue,
  type ReliableSender,
  release,
} from './firmware-reliable.ts';

/** One session with a home-made surface, from its hello to its end: what is counted and what is under way. */
export interface FirmwareSession {
  /** 1…255, the lowest byte of the nonce. */
  readonly id: number;
  readonly hello: Hello;
  /** Sequence numbers of the next frames. */
  readonly next: {readonly state: number; readonly ack: number; readonly system: number};
  readonly reliable: ReliableSender;
  /** Sequence number of the next RELIABLE frame of the device. */
  readonly expected: number;
  /** The last STATE sequence that was heard. */
  readonly heardState: number;
  /** Frames that were dropped, as the heartbeat tells. */
  readonly faults: {readonly crc: number; readonly oversized: number; readonly resyncs: number};
}

/** A session after a step, and what goes out with it, in order. */
export interface Stepped {
  readonly session: FirmwareSession;
  readonly out: readonly Frame[];
}

/** How often the host says that it is alive: often enough that a bad line does not end the lease. */
export const beatEveryMs = 100;
/** The lease that is asked for. */
export const leaseMs = 1000;

/** The session that a hello has begun, on a line that carries bodies of so many bytes. */
export function beginSession(hello: Hello, mtu: number): FirmwareSession {
  return {
    id: hello.nonce & 0xff,
    hello: {...hello, mtu: Math.min(mtu, hello.mtu)},
    next: {state: 0, ack: 0, system: 0},
    reliable: newReliableSender(hello.credits),
    expected: 0,
    heardState: 0,
    faults: {crc: 0, oversized: 0, resyncs: 0},
  };
}

/** Says something: at once, or of class RELIABLE as soon as the device has room. */
export function say(session: FirmwareSession, message: Message): Stepped {
  const messageClass = classOf(message);
  if (messageClass === 'reliable') return flush({...session, reliable: queue(session.reliable, message)});
  const sequence = session.next[messageClass];
  return {
    session: {...session, next: {...session.next, [messageClass]: (sequence + 1) & 0xff}},
    out: [{message, sequence}],
  };
}

/** The host's heartbeat; `live` while sound plays. */
export function beat(session: FirmwareSession, live: boolean): Stepped {
  return say(session, {
    type: 'heartbeat',
    session: session.id,
    state: live ? hostStates.live : 0,
    heard: session.heardState,
    crcFaults: session.faults.crc & 0xffff,
    overruns: session.faults.oversized & 0xffff,
    resyncs: session.faults.resyncs & 0xffff,
    descriptor: session.hello.descriptorCheck & 0xffff,
  });
}

/** Takes a frame of the device: answers what must be acknowledged, and says whether the message is new and what was done. */
export function take(
  session: FirmwareSession,
  {message, sequence}: Frame,
): Stepped & {readonly isNew: boolean; readonly done: readonly Done[]} {
  switch (classOf(message)) {
    case 'state':
      return {session: {...session, heardState: sequence}, out: [], isNew: true, done: []};
    case 'system':
      return {session, out: [], isNew: true, done: []};
    case 'ack': {
      if (message.type !== 'ack') return {session, out: [], isNew: false, done: []};
      const {sender, done} = acknowledge(session.reliable, message);
      return {...flush({...session, reliable: sender}), isNew: false, done};
    }
    case 'reliable': {
      const isNew = sequence === session.expected;
      const expected = isNew ? (sequence + 1) & 0xff : session.expected;
      return {...say({...session, expected}, {type: 'ack', next: expected, credits: 1, status: 0}), isNew, done: []};
    }
  }
}

/** A RELIABLE frame of a type that this host does not know: acknowledged as unsupported. */
export function takeUnknown(session: FirmwareSession, sequence: number): Stepped {
  const expected = sequence === session.expected ? (sequence + 1) & 0xff : session.expected;
  return say({...session, expected}, {type: 'ack', next: expected, credits: 1, status: 1});
}

/** A pulse of the host: what was not acknowledged goes out again. */
export function pulseSession(session: FirmwareSession): Stepped & {readonly broken: boolean} {
  const {sender, out, broken} = pulse(session.reliable);
  return {session: {...session, reliable: sender}, out, broken};
}

/** Counts a frame that was dropped. */
export function countFault(session: FirmwareSession, fault: keyof FirmwareSession['faults']): FirmwareSession {
  return {...session, faults: {...session.faults, [fault]: session.faults[fault] + 1}};
}

/** How long a device may be silent. */
export const silentMs = heartbeatTimes.deadMs;

function flush(session: FirmwareSession): Stepped {
  const {sender, out} = release(session.reliable);
  return {session: {...session, reliable: sender}, out};
}
