import type {DeviceNumber, Surface} from '../../model/surface.ts';
import {decodeBody} from '../../wire/longthrow/codec.ts';
import {newFramer, step} from '../../wire/longthrow/framer.ts';
import type {Message} from '../../wire/longthrow/message.ts';
import {textOf} from '../../wire/longthrow/text.ts';
import type {SaidMessage} from '../midi-words.ts';

/** Says what frames of session 0 show on a home-made surface, output by output. Holds the state of the stream. */
export function frameWords({numbers}: Surface): (bytes: Uint8Array) => readonly SaidMessage[] {
  const outputs = new Map([...(numbers?.outputs ?? [])].map(([id, number]) => [keyOf(number), id]));
  let framer = newFramer();

  return (bytes) => {
    const next = step(framer, bytes);
    framer = next.state;
    return next.frames.flatMap((framed): readonly SaidMessage[] => {
      const decoded = framed.type === 'body' ? decodeBody(framed.body, 0) : undefined;
      return decoded?.state === 'good' ? wordsOf(decoded.frame.message) : [];
    });
  };

  function wordsOf(message: Message): readonly SaidMessage[] {
    const told = valuesOf(message);
    if (told === undefined) return [{about: message.type, value: ''}];
    const {first, values} = told;
    return values.map((value, at): SaidMessage => {
      const id = outputs.get(`${message.type} ${first + at}`);
      return {about: id ?? `${message.type} ${first + at}`, value};
    });
  }
}

function keyOf({message, index}: DeviceNumber): string {
  return `${message} ${index}`;
}

/** What a message brings to the outputs from a number on. */
function valuesOf(message: Message): {readonly first: number; readonly values: readonly string[]} | undefined {
  switch (message.type) {
    case 'motors':
      return {first: message.first, values: message.values.map(String)};
    case 'meters':
    case 'lamps':
      return {first: message.first, values: message.levels.map(String)};
    case 'colours':
      return {first: message.first, values: message.colours.map((colour) => colour.toString(16).padStart(4, '0'))};
    case 'rings':
      return {
        first: message.first,
        values: message.rings.map(
          ({style, position, centre}) => `${style} ${position ?? 'dark'}${centre ? ' and centre' : ''}`,
        ),
      };
    case 'text':
      return {first: message.display, values: [textOf(message.utf8)]};
    case 'warnings':
      return {first: message.first, values: message.warnings.map(({severity, reason}) => `${severity} ${reason}`)};
    default:
      return undefined;
  }
}
