import type {AddressMessage} from '../../model/surface.ts';
import {createAddressReader, fineOffset, isWide, parameterControllers} from '../../wire/address-value.ts';
import type {MidiMessage} from '../../wire/midi-message.ts';
import {rangeOf} from './range.ts';

/** Everything that was heard at one address while a hand was at one control. */
export interface Track {
  readonly message: AddressMessage;
  /** 1…16. */
  readonly channel: number;
  /** 0 where the channel is all. */
  readonly number: number;
  /** In order; 0…`top`. */
  readonly values: readonly number[];
  /** Of parameter numbers that are counted up and down: the steps, in order. */
  readonly steps: readonly number[];
  /** The highest value that the message can carry. */
  readonly top: number;
}

/** Fine halves that move less than this are no halves: another control trembles there. */
const leastFineTravel = 16;

/**
 * What was heard, address by address. Halves of fourteen bits and parts of parameter numbers count as what they are parts of; which number is
 * selected may have been said `before`.
 */
export function tracksOf(messages: readonly MidiMessage[], before: readonly MidiMessage[] = []): readonly Track[] {
  const paired = pairsIn(messages, before.some(isSelection));
  const read = createAddressReader(paired);
  for (const message of before) read(message);
  const tracks = new Map<string, Track & {readonly values: number[]; readonly steps: number[]}>();
  for (const message of messages) {
    for (const told of read(message)) {
      const key = `${told.message} ${told.channel} ${told.number}`;
      const {message: kind, channel, number} = told;
      const track = tracks.get(key) ?? {
        message: kind,
        channel,
        number,
        values: [],
        steps: [],
        top: isWide(kind) ? 16_383 : 127,
      };
      if (told.step === undefined) track.values.push(told.value);
      else track.steps.push(told.step);
      tracks.set(key, track);
    }
  }
  const all = [...tracks.values()];
  const counted = new Set(
    all.filter(({message}) => message === 'nrpn' || message === 'rpn').map(({channel}) => channel),
  );
  return all.filter(({message, channel, number}) => {
    if (message !== 'cc') return true;
    if (counted.has(channel) && isParameterPart(number)) return false;
    return !paired.has(number) && !paired.has(number - fineOffset);
  });
}

/** Coarse controllers whose fine half was heard with them. */
function pairsIn(messages: readonly MidiMessage[], isSelected: boolean): ReadonlySet<number> {
  const heard = new Map<number, number[]>();
  const isCounted = isSelected || messages.some(isSelection);
  for (const message of messages) {
    if (message.type !== 'control-change') continue;
    heard.set(message.controller, [...(heard.get(message.controller) ?? []), message.value]);
  }
  const pairs = [...heard.keys()].filter((number) => {
    if (number >= fineOffset || (isCounted && isParameterPart(number))) return false;
    const [coarse, fine] = [heard.get(number) ?? [], heard.get(number + fineOffset) ?? []];
    return coarse.length > 1 && fine.length >= coarse.length * 0.4 && rangeOf(fine) >= leastFineTravel;
  });
  return new Set(pairs);
}

/** Whether a message selects a parameter by half of its number: what is entered from then on is of that one. */
export function isSelection(message: MidiMessage): boolean {
  const {nrpn, rpn} = parameterControllers;
  return message.type === 'control-change' && message.controller >= nrpn.fine && message.controller <= rpn.coarse;
}

function isParameterPart(controller: number): boolean {
  const {nrpn, rpn, entry, up, down} = parameterControllers;
  return [nrpn.coarse, nrpn.fine, rpn.coarse, rpn.fine, entry.coarse, entry.fine, up, down].some(
    (one) => one === controller,
  );
}

/** Whether two tracks are of the same address. */
export function isSamePlace(one: Place, other: Place): boolean {
  return one.message === other.message && one.channel === other.channel && one.number === other.number;
}

/** Where something lives on the wire. */
export type Place = Pick<Track, 'message' | 'channel' | 'number'>;

/** Whether two places hear the same message: the same place, or a controller that is half of the other. */
export function overlaps(one: Place, other: Place): boolean {
  if (isSamePlace(one, other)) return true;
  if (one.channel !== other.channel) return false;
  return controllersOf(one).some((controller) => controllersOf(other).includes(controller));
}

function controllersOf({message, number}: Place): readonly number[] {
  return message === 'cc14' ? [number, number + fineOffset] : message === 'cc' ? [number] : [];
}
