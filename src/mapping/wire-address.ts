import type {Address, AddressMessage, Control} from '../model/surface.ts';
import type {AddressFile} from './address-schema.ts';
import {kindWhere} from './control-names.ts';

/** The fields of a place that name a message, in the order in which they are read. */
const messageFields = [
  'cc',
  'note',
  'cc14',
  'nrpn',
  'rpn',
  'bend',
  'poly',
  'pressure',
  'program',
] as const satisfies readonly AddressMessage[];

type Place = Pick<AddressFile, AddressMessage | 'channel' | 'step'>;
type Given = number | readonly (number | null)[] | undefined;

/** The values of one step up and down in each custom of endless encoders. */
const relativeValues: Readonly<Record<string, {readonly on: number; readonly off: number}>> = {
  'twos-complement': {on: 0x01, off: 0x7f},
  'sign-magnitude': {on: 0x01, off: 0x41},
  'inverted-sign-magnitude': {on: 0x41, off: 0x01},
  'offset-64': {on: 0x41, off: 0x3f},
  'offset-16': {on: 0x11, off: 0x0f},
  'inc-dec': {on: 0x7f, off: 0x00},
  auto: {on: 0x01, off: 0x7f},
};

/** The messages that a place names; one is right. */
export function messagesOfPlace(place: Place): readonly AddressMessage[] {
  return messageFields.filter((field) => place[field] !== undefined);
}

/**
 * Where the control or lamp of one strip (from 0; undefined for what stands alone) lives, or undefined if the numbers
 * given in the file do not reach that far or leave their range. An endless encoder's `on` and `off` are the values of one step
 * clockwise and one step back.
 */
export function addressOf(file: AddressFile, kind: Control['kind'], strip: number | undefined): Address | undefined {
  const at = placeOf(file, strip);
  if (at === undefined) return undefined;
  const endless = kind === 'encoder' || kind === 'jog';
  const custom = relativeValues[file.relative ?? ''];
  const press = file.press ?? (at.message === 'program' ? 'trigger' : 'gate');
  return {
    ...at,
    on: file.on ?? custom?.on ?? (endless ? 1 : 127),
    off: file.off ?? custom?.off ?? (endless ? 65 : 0),
    ...(file.top === undefined ? {} : {top: file.top}),
    ...(file.reverse === true ? {reverse: true} : {}),
    ...(press === 'gate' ? {} : {press}),
    ...(file.relative === 'auto' ? {relative: 'auto'} : {}),
  };
}

/** The kind of control that a name is at an address: a further knob with the values of its steps is endless. */
export function kindAt(name: string, {relative, on, off}: AddressFile): Control['kind'] {
  return kindWhere(name, relative !== undefined || (on !== undefined && off !== undefined));
}

/** Message, channel and number of a place; undefined where its numbers do not reach. */
export function placeOf(
  file: Place,
  strip: number | undefined,
): Pick<Address, 'message' | 'channel' | 'number'> | undefined {
  const index = strip ?? 0;
  const [message] = messagesOfPlace(file);
  if (message === undefined) return undefined;
  const number = counted(file[message], index, file.step ?? 1);
  if (number === undefined || number < lowestOf(message) || number > highestOf(message)) return undefined;
  if (message === 'bend' || message === 'pressure') return {message, channel: number, number: 0};
  const channel = counted(file.channel, index, 0);
  if (Array.isArray(file.channel) && channel === undefined) return undefined;
  return {message, channel, number};
}

/** Whether a strip (from 0) has this control or lamp at all: a list may leave strips out. */
export function standsOn(file: Place, strip: number): boolean {
  const [message] = messagesOfPlace(file);
  const given = message && file[message];
  return !Array.isArray(given) || given[strip] !== null;
}

function lowestOf(message: AddressMessage): number {
  return message === 'bend' || message === 'pressure' ? 1 : 0;
}

/** The highest number of a message; of bend and pressure it is a channel. */
export function highestOf(message: AddressMessage): number {
  switch (message) {
    case 'bend':
    case 'pressure':
      return 16;
    case 'cc14':
      return 31;
    case 'nrpn':
    case 'rpn':
      return 16_383;
    default:
      return 127;
  }
}

function counted(given: Given, index: number, step: number): number | undefined {
  if (given === undefined) return undefined;
  return typeof given === 'number' ? given + index * step : (given[index] ?? undefined);
}

/** The controllers that a fourteen-bit pair and a parameter number use up beside their own number. */
function controllersOf({message, number}: Address): readonly number[] {
  if (message === 'cc14') return [number, number + 32];
  return message === 'cc' ? [number] : [];
}

/** Whether two controls would hear the same message; no channel means all channels. */
export function collide(one: Address, other: Address): boolean {
  const sameChannel = one.channel === undefined || other.channel === undefined || one.channel === other.channel;
  if (!sameChannel) return false;
  if (one.message === other.message && one.number === other.number) return true;
  return controllersOf(one).some((controller) => controllersOf(other).includes(controller));
}
