import type {Surface} from '../model/surface.ts';
import {decodeMackie} from '../wire/mackie/codec.ts';
import type {MackieMessage} from '../wire/mackie/message.ts';
import type {MidiMessage} from '../wire/midi-message.ts';
import {initialStream, step} from '../wire/midi-stream.ts';
import {createDialect, type Heard} from './dialect.ts';
import {frameWords} from './longthrow/words.ts';
import {hexWords, midiWords, type SaidMessage} from './midi-words.ts';
import {reportWords} from './reports/words.ts';

/** Says what the bytes of one connection mean, both ways, to whoever looks on. Holds the state of both streams; never throws. */
export interface Interpreter {
  /** What the device said: the events it means, or the plain messages where it means none. */
  fromDevice(bytes: Uint8Array): readonly string[];
  /** What the device was told: which of its outputs, and what it shall show. Text is `text@` its first cell. */
  toDevice(bytes: Uint8Array): readonly SaidMessage[];
}

/** An interpreter for a surface; without one, or where its bytes are no MIDI (as of a HID device that nobody knows), the bytes speak for themselves. */
export function createInterpreter(surface: Surface | undefined, speaksMidi = true): Interpreter {
  const dialect = surface && createDialect(surface);
  const isMidi = surface === undefined ? speaksMidi : ['mackie', 'plain', 'hui'].includes(surface.dialect);
  const shown = surface && wordsOf(surface);
  let heard = initialStream;
  let told = initialStream;
  return {
    fromDevice(bytes) {
      const events = dialect?.read(bytes) ?? [];
      const next = step(heard, bytes);
      heard = next.state;
      if (events.length > 0) return events.map(eventWords);
      if (!isMidi) return [];
      return next.messages.map((message) => {
        const {about, value} = midiWords(message);
        return `${about}: ${value}`.replace(/: $/, '');
      });
    },
    toDevice(bytes) {
      if (shown !== undefined) return shown(bytes);
      const next = step(told, bytes);
      told = next.state;
      return next.messages.map((message) => meaningOf(surface, message));
    },
  };
}

/** Of surfaces that do not speak MIDI: what they are told. */
function wordsOf(surface: Surface): ((bytes: Uint8Array) => readonly SaidMessage[]) | undefined {
  switch (surface.dialect) {
    case 'reports':
    case 'image-keys':
      return reportWords(surface);
    case 'longthrow':
      return frameWords(surface);
    case 'deej':
      return (bytes) => [{about: 'bytes', value: hexWords(bytes)}];
    default:
      return undefined;
  }
}

function meaningOf(surface: Surface | undefined, message: MidiMessage): SaidMessage {
  if (surface?.dialect === 'mackie') {
    const decoded = decodeMackie(message, 'to-device');
    if (decoded !== undefined) return mackieWords(decoded);
  }
  if (surface?.dialect === 'plain' && (message.type === 'control-change' || message.type === 'note-on')) {
    const [kind, number, value] =
      message.type === 'note-on'
        ? (['note', message.note, message.velocity] as const)
        : (['cc', message.controller, message.value] as const);
    for (const {id, address} of surface.outputs.values()) {
      const isThere = address?.message === kind && address.number === number;
      if (isThere && (address.channel ?? 1) === message.channel) return {about: id, value: String(value)};
    }
  }
  return midiWords(message);
}

function mackieWords(message: MackieMessage): SaidMessage {
  switch (message.type) {
    case 'fader-position':
      return {about: message.strip === 8 ? 'fader.master' : `fader.${message.strip + 1}`, value: String(message.value)};
    case 'lamp':
      return {about: `lamp.${message.lamp}`, value: message.state};
    case 'ring':
      return {
        about: `ring.${message.strip + 1}`,
        value: `${message.style} ${message.position}${message.centre ? ' and centre' : ''}`,
      };
    case 'meter-level':
      return {about: `meter.${message.strip + 1}`, value: String(message.level)};
    case 'meter-overload':
      return {about: `overload.${message.strip + 1}`, value: message.on ? 'on' : 'off'};
    case 'master-meter':
      return {about: `meter.${message.side}`, value: String(message.level)};
    case 'lcd-text':
      return {about: `text@${message.offset}`, value: message.text};
    case 'digit':
      return {
        about: `digits.${message.display}.${message.place}`,
        value: `${message.character}${message.dot ? '.' : ''}`,
      };
    default: {
      const {type, ...rest} = message;
      return {about: type, value: Object.values(rest).map(fieldWords).join(' ')};
    }
  }
}

function fieldWords(field: unknown): string {
  return field instanceof Uint8Array
    ? hexWords(field)
    : typeof field === 'object'
      ? JSON.stringify(field)
      : String(field);
}

function eventWords(event: Heard): string {
  if ('position' in event) return `${event.type} ${event.control} ${event.position.toFixed(4)}`;
  if ('deflection' in event) return `${event.type} ${event.control} ${event.deflection.toFixed(3)}`;
  if ('steps' in event) return `${event.type} ${event.control} ${event.steps > 0 ? '+' : ''}${event.steps}`;
  if ('control' in event) return `${event.type} ${event.control}`;
  return 'reason' in event ? `${event.type}: ${event.reason}` : event.type;
}
