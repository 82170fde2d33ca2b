import {decodeBody, encodeBody} from '../../src/wire/longthrow/codec.ts';
import {newFramer, step} from '../../src/wire/longthrow/framer.ts';
import {kindAt, type Message, messageKinds} from '../../src/wire/longthrow/message.ts';
import {travelsOf} from '../../src/wire/longthrow/travel.ts';

/**
 * What a device should make of bytes, worked out with the codec alone and put into one number: the same that `core/host/judge.c` works out with the core.
 * FNV-1a over all that was shown, then the counters of faults and what changed.
 */
export interface Judge {
  judge(wire: Uint8Array): number;
}

const faders = 8;

/** A judge of frames in a session; each judgement begins anew. */
export function createJudge(firstSession: number): Judge {
  const firstNonce = (0xdeadbe00 | firstSession) >>> 0;
  const rested = newFramer(64);
  let digest = 0;
  let [crc, overruns, resyncs, reserved, malformed, unknown] = [0, 0, 0, 0, 0, 0];
  let [session, nonce, expected, heard, t0] = [0, 0, 0, 0, 0];
  let [dataDue, dataOffset, dataLength] = [0, 0, 0];
  let replying = false;

  function mix(byte: number): void {
    digest = Math.imul(digest ^ (byte & 0xff), 16_777_619);
  }
  function shown(kind: number, index: number, value: number): void {
    mix(kind);
    mix(index);
    mix(value);
    mix(value >> 8);
  }

  function begin(message: Extract<Message, {type: 'hello-request'}>): void {
    if (message.lowest > 1 || message.highest < 1 || (session !== 0 && message.nonce === nonce)) return;
    session = message.nonce & 0xff;
    nonce = message.nonce;
    dataDue = expected = heard = 0;
    replying = false;
  }

  function act(message: Message): void {
    switch (message.type) {
      case 'hello-request':
        begin(message);
        break;
      case 'bye':
        session = dataDue = 0;
        replying = false;
        break;
      case 'descriptor-read':
        dataDue = 1;
        dataOffset = message.offset;
        dataLength = message.length;
        break;
      case 'time-sync':
        t0 = message.t0;
        break;
      case 'ack':
        if (message.next === 1) replying = false;
        break;
      default:
        show(message, shown, mix);
    }
  }

  /** A reliable frame in a session; `message` is absent where a device does not know it. */
  function request(message: Message | undefined, sequence: number): void {
    if (sequence !== expected) return;
    const type = message?.type;
    if (replying && (type === 'config-get' || type === 'config-commit' || type === 'boot-arm')) return;
    expected = (expected + 1) & 0xff;
    if (message?.type === 'config-get' && isKnownKey(message)) replying = true;
    if (message !== undefined) act(message);
  }

  /** A frame in a session that is not known: it counts in its class all the same. */
  function passOver(body: Uint8Array): void {
    unknown++;
    if (session === 0) return;
    const messageClass = ((body[0] ?? 0) >> 4) & 3;
    if (messageClass === 0) heard = body[1] ?? 0;
    if (messageClass === 1) request(undefined, body[1] ?? 0);
  }

  function hear(body: Uint8Array): void {
    const decoded = decodeBody(body, session);
    if (decoded.state === 'unknown') passOver(body);
    else if (decoded.state === 'bad') {
      // What only a host could read well, a device does not know.
      if (decoded.fault === 'malformed' && kindAt(body[2] ?? 0)?.from === 'device' && !cutOff(body)) passOver(body);
      else if (decoded.fault === 'malformed') malformed++;
      else if (decoded.fault === 'crc') crc++;
      else if (decoded.fault === 'short') resyncs++;
      else reserved++;
    } else {
      const {message, sequence} = decoded.frame;
      if (!isSame(encodeBody(decoded.frame, session), body)) mix(0xee);
      const {from} = messageKinds[message.type];
      if (from === 'device' || message.type === 'escape') passOver(body);
      else if (session !== 0 || message.type === 'hello-request') {
        const messageClass = ((body[0] ?? 0) >> 4) & 3;
        if (messageClass === 0) heard = sequence;
        if (messageClass === 1) request(message, sequence);
        else act(message);
      }
    }
  }

  return {
    judge(wire) {
      digest = 2_166_136_261;
      crc = overruns = resyncs = reserved = malformed = unknown = 0;
      expected = heard = t0 = dataDue = dataOffset = dataLength = 0;
      session = firstSession;
      nonce = firstNonce;
      replying = false;
      for (const framed of step(rested, wire).frames) {
        if (framed.type === 'body') hear(framed.body);
        else if (framed.fault === 'oversized') overruns++;
        else resyncs++;
      }
      for (const count of [crc, overruns, resyncs, reserved, malformed, unknown, expected, heard, session]) mix(count);
      for (const value of [dataDue, dataOffset, dataOffset >> 8, dataLength, t0, t0 >> 8]) mix(value);
      return digest >>> 0;
    },
  };
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/** A time stamp that is announced and not there: no type is looked at then. */
function cutOff(body: Uint8Array): boolean {
  return ((body[0] ?? 0) & 8) !== 0 && body.length < 7;
}

function isKnownKey({key, control}: {readonly key: number; readonly control: number}): boolean {
  return ((key === 1 || key === 2) && control === 0) || (key >= 0x10 && key <= 0x15 && control < faders);
}

function show(
  message: Message,
  shown: (kind: number, index: number, value: number) => void,
  mix: (byte: number) => void,
): void {
  const row = (first: number, values: readonly number[]): void => {
    const {number} = messageKinds[message.type];
    for (let at = 0; at < values.length; at++) shown(number, first + at, values[at] ?? 0);
  };
  switch (message.type) {
    case 'motors':
      for (const {index, value} of travelsOf(message))
        if (index < faders) shown(messageKinds.motors.number, index, value);
      return;
    case 'meters':
    case 'lamps':
      row(message.first, message.levels);
      break;
    case 'colours':
      row(message.first, message.colours);
      break;
    case 'warnings':
      row(
        message.first,
        message.warnings.map(({severity, reason}) => (severity << 4) | reason),
      );
      break;
    case 'rings':
      row(
        message.first,
        message.rings.map(({style, centre, position}) => {
          const number = ['dot', 'boost-cut', 'wrap', 'spread'].indexOf(style);
          return (number << 14) | (centre ? 0x2000 : 0) | (position === undefined ? 0 : 0x1000 | position);
        }),
      );
      break;
    case 'text':
      mix(messageKinds.text.number);
      mix(message.display);
      for (const byte of message.utf8) mix(byte);
      break;
    default:
  }
}
