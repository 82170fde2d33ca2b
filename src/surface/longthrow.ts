import type {Surface} from '../model/surface.ts';
import {decodeBody, encodeFrame} from '../wire/longthrow/codec.ts';
import {newFramer, step} from '../wire/longthrow/framer.ts';
import type {Dialect, Outgoing} from './dialect.ts';
import {cellMessage} from './longthrow/feedback.ts';
import {createDeviceReader} from './longthrow/hand.ts';

/**
 * A device that has described itself, in the frames of its own protocol. Its link holds session, lease and sequence: between link and desk all frames are of session 0
 * and sequence 0, so that what is recorded here can be read without knowing the session.
 */
export function createLongthrowDialect(surface: Surface): Dialect {
  let framer = newFramer();
  let hand = createDeviceReader(surface);

  return {
    hello() {
      hand = createDeviceReader(surface);
      return [];
    },
    read(bytes) {
      const next = step(framer, bytes);
      framer = next.state;
      return next.frames.flatMap((framed) => {
        const decoded = framed.type === 'body' ? decodeBody(framed.body, 0) : undefined;
        return decoded?.state === 'good' ? hand(decoded.frame.message) : [];
      });
    },
    write: (changes) =>
      changes.flatMap(({output: id, cell, because}): readonly Outgoing[] => {
        const number = surface.numbers?.outputs.get(id);
        const message = number && surface.outputs.get(id)?.type === cell.type && cellMessage(surface, number, cell);
        if (!message) return [];
        const lane = cell.type === 'meter' ? 'meter' : message.type === 'text' ? 'text' : 'state';
        return [{key: id, lane, bytes: encodeFrame({message, sequence: 0}, 0), because}];
      }),
    // Good-bye makes every output safe: the link says it.
    goodbye: () => [],
  };
}
