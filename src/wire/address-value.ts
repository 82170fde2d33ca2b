import type {AddressMessage} from '../model/surface.ts';
import {type ControllerPair, createControllerPair, type PairedValue} from './controller-pair.ts';
import type {MidiMessage} from './midi-message.ts';

/**
 * Values at plain addresses, as messages tell them.
 *
 *   Bn cc vv   cc        7 bits                     Bn 63 pp  Bn 62 pp   selects nrpn `pp pp`, 65 and 64 an rpn; 7F 7F none
 *              cc14      with its other half        Bn 06 vv  Bn 26 vv   its value, coarse and fine
 *   9n nn vv   note      velocity, 8n: 0            Bn 60 00  Bn 61 00   one step up, one down
 *   An nn vv   poly      pressure                   Dn vv      pressure
 *   En ll hh   bend      14 bits                    Cn pp      program   7F
 */
export interface AddressValue {
  readonly message: AddressMessage;
  readonly channel: number;
  /** 0 where the channel is all. */
  readonly number: number;
  /** 0…127, or 0…16383 of messages of fourteen bits. */
  readonly value: number;
  /** Of nrpn and rpn: a step up or down instead of a value. */
  readonly step?: 1 | -1;
}

/** Whether a message carries fourteen bits. */
export function isWide(message: AddressMessage): boolean {
  return message === 'cc14' || message === 'nrpn' || message === 'rpn' || message === 'bend';
}

/** Coarse controllers of fourteen-bit pairs have their fine half so far above. */
export const fineOffset = 32;
/** Controllers of parameter numbers (MIDI 1.0). */
export const parameterControllers = {
  nrpn: {coarse: 99, fine: 98},
  rpn: {coarse: 101, fine: 100},
  entry: {coarse: 6, fine: 38},
  up: 96,
  down: 97,
} as const;

interface Selection {
  readonly message: 'nrpn' | 'rpn';
  readonly coarse: number;
  readonly fine: number;
}

/** Reads every message as the values it tells; a message of half a value may tell none, one of a controller several. */
export function createAddressReader(
  /** Coarse controllers that have a fine half. */
  paired: ReadonlySet<number>,
): (message: MidiMessage) => readonly AddressValue[] {
  const pairs = new Map<string, ControllerPair>();
  const selections = new Map<number, Selection>();
  const pairOf = (key: string): ControllerPair => {
    const pair = pairs.get(key) ?? createControllerPair();
    pairs.set(key, pair);
    return pair;
  };

  const wide = (channel: number, controller: number, value: number): readonly AddressValue[] => {
    const told: AddressValue[] = [];
    const tell = (message: AddressMessage, number: number, whole: PairedValue | undefined): void => {
      if (whole !== undefined) told.push({message, channel, number, value: whole.value});
    };
    if (paired.has(controller)) tell('cc14', controller, pairOf(`${channel} ${controller}`).coarse(value));
    const coarse = controller - fineOffset;
    if (paired.has(coarse)) tell('cc14', coarse, pairOf(`${channel} ${coarse}`).fine(value));
    return [...told, ...parameter(channel, controller, value)];
  };

  const parameter = (channel: number, controller: number, value: number): readonly AddressValue[] => {
    const {nrpn, rpn, entry, up, down} = parameterControllers;
    for (const [message, halves] of [['nrpn', nrpn] as const, ['rpn', rpn] as const]) {
      if (controller !== halves.coarse && controller !== halves.fine) continue;
      const before = selections.get(channel);
      const selected = before?.message === message ? before : {message, coarse: 0, fine: 0};
      selections.set(channel, controller === halves.coarse ? {...selected, coarse: value} : {...selected, fine: value});
      return [];
    }
    const selected = selections.get(channel);
    if (selected === undefined || (selected.coarse === 127 && selected.fine === 127)) return [];
    const {message} = selected;
    const number = (selected.coarse << 7) | selected.fine;
    if (controller === up || controller === down)
      return [{message, channel, number, value: 0, step: controller === up ? 1 : -1}];
    if (controller !== entry.coarse && controller !== entry.fine) return [];
    const pair = pairOf(`${channel} ${message} ${number}`);
    const whole = controller === entry.coarse ? pair.coarse(value) : pair.fine(value);
    return whole === undefined ? [] : [{message, channel, number, value: whole.value}];
  };

  return (message) => {
    switch (message.type) {
      case 'control-change': {
        const {channel, controller, value} = message;
        return [{message: 'cc', channel, number: controller, value}, ...wide(channel, controller, value)];
      }
      case 'note-on':
        return [{message: 'note', channel: message.channel, number: message.note, value: message.velocity}];
      case 'note-off':
        return [{message: 'note', channel: message.channel, number: message.note, value: 0}];
      case 'poly-pressure':
        return [{message: 'poly', channel: message.channel, number: message.note, value: message.pressure}];
      case 'channel-pressure':
        return [{message: 'pressure', channel: message.channel, number: 0, value: message.pressure}];
      case 'program-change':
        return [{message: 'program', channel: message.channel, number: message.program, value: 127}];
      case 'pitch-bend':
        return [{message: 'bend', channel: message.channel, number: 0, value: message.value}];
      default:
        return [];
    }
  };
}
