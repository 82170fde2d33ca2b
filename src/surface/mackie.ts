import type {Surface} from '../model/surface.ts';
import {decodeMackie} from '../wire/mackie/codec.ts';
import {initialStream, step} from '../wire/midi-stream.ts';
import type {Dialect, Heard} from './dialect.ts';
import {blankMessages} from './mackie/blank.ts';
import {createFeedback} from './mackie/feedback.ts';
import {createHandReader} from './mackie/hand.ts';
import {hearLink, helloMessages, type Link, newLink} from './mackie/link.ts';

const nothing: readonly Heard[] = [];

/** The Mackie Control protocol as one surface speaks it. */
export function createMackieDialect(surface: Surface): Dialect {
  const readHand = createHandReader(surface);
  const feedback = createFeedback(surface);
  let stream = initialStream;
  let link: Link = newLink(surface);

  return {
    hello() {
      link = newLink(surface);
      feedback.forget();
      return helloMessages(surface);
    },
    read(bytes) {
      const next = step(stream, bytes);
      stream = next.state;
      if (next.messages.length === 0) return nothing;
      const heard: Heard[] = [];
      for (const midi of next.messages) {
        const message = decodeMackie(midi, 'from-device');
        const linked = hearLink(link, surface, message, 'channel' in midi);
        link = linked.link;
        for (const event of linked.heard) {
          if (event.type === 'link.confirmed') feedback.forget();
          heard.push(event);
        }
        const event = message && readHand(message);
        if (event !== undefined) heard.push(event);
      }
      return heard;
    },
    write: (changes) => feedback.write(changes, link.deviceId),
    goodbye() {
      feedback.forget();
      return [...blankMessages(surface, link.deviceId), ...surface.farewell];
    },
  };
}
