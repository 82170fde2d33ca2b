import type {MidiMessage} from '../wire/midi-message.ts';

/** A message as people read it: what it is about, and the value it brings. */
export interface SaidMessage {
  readonly about: string;
  readonly value: string;
}

/** A MIDI message in words, whoever sent it. */
export function midiWords(message: MidiMessage): SaidMessage {
  switch (message.type) {
    case 'note-on':
      return {about: `note ${message.note} channel ${message.channel}`, value: `on ${message.velocity}`};
    case 'note-off':
      return {about: `note ${message.note} channel ${message.channel}`, value: `off ${message.velocity}`};
    case 'poly-pressure':
      return {about: `pressure ${message.note} channel ${message.channel}`, value: String(message.pressure)};
    case 'control-change':
      return {about: `controller ${message.controller} channel ${message.channel}`, value: String(message.value)};
    case 'program-change':
      return {about: `program channel ${message.channel}`, value: String(message.program)};
    case 'channel-pressure':
      return {about: `pressure channel ${message.channel}`, value: String(message.pressure)};
    case 'pitch-bend':
      return {about: `pitch bend channel ${message.channel}`, value: String(message.value)};
    case 'sysex':
      return {about: `sysex ${hexWords(message.data.subarray(0, 6))}`, value: hexWords(message.data.subarray(6))};
    case 'quarter-frame':
      return {about: 'quarter frame', value: String(message.value)};
    case 'song-position':
      return {about: 'song position', value: String(message.sixteenths)};
    case 'song-select':
      return {about: 'song', value: String(message.song)};
    default:
      return {about: message.type, value: ''};
  }
}

/** Bytes as two hex digits each, with spaces between. */
export function hexWords(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(' ');
}
