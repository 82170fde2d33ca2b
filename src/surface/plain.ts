import type {Surface} from '../model/surface.ts';
import {encodeMidi, type MidiMessage} from '../wire/midi-message.ts';
import {initialStream, step} from '../wire/midi-stream.ts';
import type {Dialect, Heard} from './dialect.ts';
import {blankPlain, writePlain} from './plain/feedback.ts';
import {createPlainReader} from './plain/hand.ts';

const nothing: readonly Heard[] = [];
/** Universal request for identity (MIDI 1.0, universal SysEx): whoever answers is there. */
const identityRequest: MidiMessage = {type: 'sysex', data: Uint8Array.of(0x7e, 0x7f, 0x06, 0x01)};

/**
 * Plain MIDI as one surface speaks it: notes, controllers and other messages with a value, each at an address of the mapping. A device of which the
 * mapping expects an answer is asked for its identity, and anything it then says counts as one.
 */
export function createPlainDialect(surface: Surface): Dialect {
  const readHand = createPlainReader(surface);
  const mustAnswer = surface.handshake.kind !== 'none';
  let stream = initialStream;
  let alive = false;

  return {
    hello() {
      alive = false;
      return mustAnswer ? [encodeMidi(identityRequest), ...surface.greeting] : surface.greeting;
    },
    read(bytes) {
      const next = step(stream, bytes);
      stream = next.state;
      if (next.messages.length === 0) return nothing;
      const heard: Heard[] = [];
      for (const message of next.messages) {
        if (mustAnswer && !alive && ('channel' in message || message.type === 'sysex')) {
          alive = true;
          heard.push({type: 'link.confirmed'});
        }
        heard.push(...readHand(message));
      }
      return heard;
    },
    write: (changes) => writePlain(surface, changes),
    goodbye: () => [...blankPlain(surface), ...surface.farewell],
  };
}
