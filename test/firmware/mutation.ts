import {encodeBody} from '../../src/wire/longthrow/codec.ts';
import {frameCheck} from '../../src/wire/longthrow/crc.ts';
import {frame} from '../../src/wire/longthrow/framer.ts';
import {sampleFrames} from './samples.ts';

/** Random numbers 0…2³²−1 from a seed (xorshift32 of Marsaglia, 2003): a run can be repeated. */
export function createDice(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

/** Makes frames and what noise, firmware and fate make of them; most keep or get a right check, so that what lies behind it is reached. */
export function createMutator(seed: number, session: number): () => Uint8Array {
  const dice = createDice(seed);
  const bodies = sampleFrames.map(({frame: sent}) => encodeBody({...sent, sequence: 0}, session));
  const any = (): Uint8Array => bodies[dice(bodies.length)] ?? new Uint8Array(5);

  /** The body with a right check for its length. */
  const mended = (body: Uint8Array): Uint8Array => {
    const end = body.length - 2;
    if (end < 3) return body;
    const check = frameCheck(body, end, body[2] === 1 || body[2] === 2 ? 0 : session);
    body[end] = check & 0xff;
    body[end + 1] = check >> 8;
    return body;
  };
  const spoilt = (body: Uint8Array, from: number, bytes: number): Uint8Array => {
    for (let left = bytes; left > 0; left--) {
      const at = from + dice(Math.max(1, body.length - from));
      body[at] = dice(3) === 0 ? dice(8) : dice(256);
    }
    return body;
  };

  return () => {
    const body = any().slice();
    switch (dice(8)) {
      case 0:
        return frame(body);
      case 1: {
        const wire = frame(body);
        for (let left = 1 + dice(3); left > 0; left--) {
          const at = dice(wire.length);
          wire[at] = (wire[at] ?? 0) ^ (1 << dice(8));
        }
        return wire;
      }
      case 2:
      case 3:
        return frame(mended(spoilt(body, 3, 1 + dice(3))));
      case 4: {
        const length = Math.max(0, body.length - 3 + dice(7));
        const other = new Uint8Array(length);
        other.set(body.subarray(0, length));
        return frame(mended(other));
      }
      case 5:
        return frame(mended(spoilt(body, 0, 1)));
      case 6: {
        const [one, other] = [frame(body), frame(mended(spoilt(any().slice(), 1, 1)))];
        const cut = dice(4) === 0 ? dice(one.length) : one.length;
        const both = new Uint8Array(cut + other.length);
        both.set(one.subarray(0, cut));
        both.set(other, cut);
        return both;
      }
      default: {
        const noise = new Uint8Array(1 + dice(dice(20) === 0 ? 300 : 40));
        for (let at = 0; at < noise.length; at++) noise[at] = dice(256);
        noise[noise.length - 1] = 0;
        return noise;
      }
    }
  };
}
