import {encodeMidi, type MidiMessage} from '../midi-message.ts';
import {decodeChannel, encodeChannel} from './channel-codec.ts';
import type {Direction, MackieMessage} from './message.ts';
import {decodeSysex, encodeSysex} from './sysex-codec.ts';

/** What a MIDI message says in the Mackie Control protocol; undefined for what the protocol does not know. */
export function decodeMackie(message: MidiMessage, direction: Direction): MackieMessage | undefined {
  return message.type === 'sysex' ? decodeSysex(message.data, direction) : decodeChannel(message, direction);
}

/**
 * The bytes of a message, one whole MIDI message each; none for a strip or cell that is not there, a turn of no ticks,
 * and firmware updates, which are never sent. Decoding gives the same message back.
 */
export function encodeMackie(message: MackieMessage): readonly Uint8Array[] {
  const channelMessage = encodeChannel(message);
  if (channelMessage !== undefined) return [encodeMidi(channelMessage)];
  return encodeSysex(message).map((data) => encodeMidi({type: 'sysex', data}));
}
