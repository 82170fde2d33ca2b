import type {Address} from '../model/surface.ts';
import {fineOffset, parameterControllers} from './address-value.ts';
import {encodeMidi, type MidiMessage} from './midi-message.ts';

/**
 * The bytes that bring a plain address to a value, on channel 1 where it names none; the messages of one value stand in one piece, since
 * what is sent between the halves of a parameter's number would change another one.
 *
 *   cc, note, poly, pressure   one message of 7 bits; program: the value is the program, and the number counts for nothing
 *   bend                       one message of 14 bits
 *   cc14                       coarse at the number, fine 32 above
 *   nrpn, rpn                  the number (coarse, fine), then data entry (coarse, fine)
 */
export function addressBytes(address: Address, value: number): Uint8Array {
  const {message, channel = 1, number} = address;
  const controller = (at: number, data: number): MidiMessage => ({
    type: 'control-change',
    channel,
    controller: at,
    value: data,
  });
  const halves = (coarseAt: number, fineAt: number, whole: number): readonly MidiMessage[] => {
    const bounded = Math.min(0x3fff, Math.max(0, Math.round(whole) || 0));
    return [controller(coarseAt, bounded >> 7), controller(fineAt, bounded & 0x7f)];
  };
  switch (message) {
    case 'cc':
      return encodeMidi(controller(number, value));
    case 'note':
      return encodeMidi({type: 'note-on', channel, note: number, velocity: value});
    case 'poly':
      return encodeMidi({type: 'poly-pressure', channel, note: number, pressure: value});
    case 'pressure':
      return encodeMidi({type: 'channel-pressure', channel, pressure: value});
    case 'program':
      return encodeMidi({type: 'program-change', channel, program: value});
    case 'bend':
      return encodeMidi({type: 'pitch-bend', channel, value});
    case 'cc14':
      return joined(halves(number, number + fineOffset, value));
    case 'nrpn':
    case 'rpn': {
      const {coarse, fine} = parameterControllers[message];
      const {entry} = parameterControllers;
      return joined([...halves(coarse, fine, number), ...halves(entry.coarse, entry.fine, value)]);
    }
  }
}

function joined(messages: readonly MidiMessage[]): Uint8Array {
  return Uint8Array.from(messages.flatMap((message) => [...encodeMidi(message)]));
}
