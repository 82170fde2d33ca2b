import type {Surface} from '../model/surface.ts';
import {encodeHui, type HuiReader, initialReader, readHui} from '../wire/hui/codec.ts';
import {initialStream, step} from '../wire/midi-stream.ts';
import type {Dialect, Heard} from './dialect.ts';
import {blankMessages} from './hui/blank.ts';
import {createFeedback} from './hui/feedback.ts';
import {createHandReader} from './hui/hand.ts';

const nothing: readonly Heard[] = [];
const ping: readonly Uint8Array[] = [encodeHui({type: 'ping'}) ?? new Uint8Array(0)];
/** The host asks once a second; a device that missed three questions is gone. */
const pulse = {everyMs: 1000, lostAfterMs: 3500, messages: ping};

/**
 * The HUI protocol as one surface speaks it. It is there as long as it answers the ping, and begins anew when it says that it was reset:
 * then it is asked at once, and what it answers confirms it again.
 */
export function createHuiDialect(surface: Surface): Dialect {
  const readHand = createHandReader(surface);
  const feedback = createFeedback(surface);
  let stream = initialStream;
  let reader: HuiReader = initialReader;
  let alive = false;

  return {
    pulse,
    hello() {
      alive = false;
      feedback.forget();
      return [...ping, ...surface.greeting];
    },
    read(bytes) {
      const next = step(stream, bytes);
      stream = next.state;
      if (next.messages.length === 0) return nothing;
      const heard: Heard[] = [];
      for (const midi of next.messages) {
        const read = readHui(reader, midi, 'from-device');
        reader = read.reader;
        const {message} = read;
        if (message === undefined) continue;
        if (message.type === 'ping-answer') {
          if (!alive) feedback.forget();
          heard.push({type: alive ? 'link.answered' : 'link.confirmed'});
          alive = true;
        } else if (message.type === 'reset') {
          alive = false;
          heard.push({type: 'link.asked', reply: ping});
        } else {
          const event = readHand(message);
          if (event !== undefined) heard.push(event);
        }
      }
      return heard;
    },
    write: (changes) => feedback.write(changes),
    goodbye() {
      feedback.forget();
      return [...blankMessages(surface), ...surface.farewell];
    },
  };
}
