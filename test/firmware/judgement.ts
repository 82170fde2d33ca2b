import {decodeBody, encodeBody, type Frame} from '../../src/wire/longthrow/codec.ts';
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
const {'hello-request': helloRequest} = messageKinds;

/** A judge of frames in a session; each judgement begins anew. */
export function createJudge(firstSession: number): Judge {
  let digest = 0;
  const mix = (byte: number): void => {
    digest = Math.imul(digest ^ (byte & 0xff), 16_777_619);
  };
  const mix16 = (value: number): void => {
    mix(value);
    mix(value >> 8);
  };
  const shown = (kind: number, index: number, value: number): void => {
    mix(kind);
    mix(index);
    mix16(value);
  };

  return {
    judge(wire) {
      digest = 2_166_136_261;
      const faults = {crc: 0, overruns: 0, resyncs: 0, reserved: 0, malformed: 0, unknown: 0};
      let session = firstSession;
      let nonce = (0xdeadbe00 | firstSession) >>> 0;
      let expected = 0;
      let heard = 0;
      let data = {due: 0, offset: 0, length: 0};
      let t0 = 0;
      let replying = false;

      const begin = (message: Extract<Message, {type: 'hello-request'}>): void => {
        if (message.lowest > 1 || message.highest < 1 || (session !== 0 && message.nonce === nonce)) return;
        data = {...data, due: 0};
        session = message.nonce & 0xff;
        nonce = message.nonce;
        expected = 0;
        heard = 0;
        replying = false;
      };

      const act = (message: Message): void => {
        switch (message.type) {
          case 'hello-request':
            return begin(message);
          case 'bye':
            session = 0;
            data = {...data, due: 0};
            replying = false;
            return;
          case 'descriptor-read':
            data = {due: 1, offset: message.offset, length: message.length};
            return;
          case 'time-sync':
            t0 = message.t0;
            return;
          case 'ack':
            if (replying && message.next === 1) replying = false;
            return;
          default:
            return show(message, shown, mix);
        }
      };

      const request = (message: Message | undefined, sequence: number): void => {
        if (sequence !== expected) return;
        const type = message?.type;
        if (replying && (type === 'config-get' || type === 'config-commit' || type === 'boot-arm')) return;
        expected = (expected + 1) & 0xff;
        if (message?.type === 'config-get' && isKnownKey(message)) replying = true;
        if (message !== undefined) act(message);
      };

      const take = (frame: Frame, known: boolean, reliable: boolean, isState: boolean): void => {
        if (isState) heard = frame.sequence;
        if (reliable) request(known ? frame.message : undefined, frame.sequence);
        else if (known) act(frame.message);
      };

      for (const framed of step(newFramer(64), wire).frames) {
        if (framed.type === 'dropped') {
          if (framed.fault === 'oversized') faults.overruns++;
          else faults.resyncs++;
          continue;
        }
        const {body} = framed;
        const decoded = decodeBody(body, session);
        if (decoded.state === 'bad') {
          // What only a host could read well, a device does not know.
          const forHost = decoded.fault === 'malformed' && kindAt(body[2] ?? 0)?.from === 'device' && !cutOff(body);
          if (forHost) {
            faults.unknown++;
            if (session !== 0) unknownFrame(body);
          } else if (decoded.fault === 'short') faults.resyncs++;
          else if (decoded.fault === 'version' || decoded.fault === 'reserved') faults.reserved++;
          else faults[decoded.fault]++;
          continue;
        }
        if (decoded.state === 'unknown') {
          faults.unknown++;
          if (session === 0) continue;
          if (decoded.messageClass === 'state') heard = decoded.sequence;
          if (decoded.messageClass === 'reliable') request(undefined, decoded.sequence);
          continue;
        }
        const {frame} = decoded;
        const seed = body[2] === helloRequest.number || body[2] === messageKinds.hello.number ? 0 : session;
        const again = encodeBody(frame, seed);
        if (again.length !== body.length || again.some((byte, at) => byte !== body[at])) mix(0xee);
        const kind = messageKinds[frame.message.type];
        const known = kind.from !== 'device' && frame.message.type !== 'escape';
        if (!known) faults.unknown++;
        if (session === 0 && frame.message.type !== 'hello-request') continue;
        const bits = (body[0] ?? 0) >> 4;
        take(frame, known, (bits & 3) === 1, (bits & 3) === 0);
      }

      function unknownFrame(body: Uint8Array): void {
        const bits = ((body[0] ?? 0) >> 4) & 3;
        if (bits === 0) heard = body[1] ?? 0;
        if (bits === 1) request(undefined, body[1] ?? 0);
      }

      for (const count of [
        faults.crc,
        faults.overruns,
        faults.resyncs,
        faults.reserved,
        faults.malformed,
        faults.unknown,
      ])
        mix(count);
      mix(expected);
      mix(heard);
      mix(session);
      mix(data.due);
      mix16(data.offset);
      mix(data.length);
      mix16(t0);
      return digest >>> 0;
    },
  };
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
      return row(message.first, message.levels);
    case 'colours':
      return row(message.first, message.colours);
    case 'warnings':
      return row(
        message.first,
        message.warnings.map(({severity, reason}) => (severity << 4) | reason),
      );
    case 'rings':
      return row(
        message.first,
        message.rings.map(({style, centre, position}) => {
          const number = ['dot', 'boost-cut', 'wrap', 'spread'].indexOf(style);
          return (number << 14) | (centre ? 0x2000 : 0) | (position === undefined ? 0 : 0x1000 | position);
        }),
      );
    case 'text':
      mix(messageKinds.text.number);
      mix(message.display);
      for (const byte of message.utf8) mix(byte);
      return;
    default:
      return;
  }
}
