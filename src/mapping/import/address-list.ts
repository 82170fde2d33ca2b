import type {AddressMessage} from '../../model/surface.ts';
import type {AddressFile} from '../address-schema.ts';

/** Where the control or lamp of one strip lives. */
export interface StripAddress {
  readonly message: AddressMessage;
  /** 0 where the channel is all. */
  readonly number: number;
  /** 1…16, undefined for any. */
  readonly channel: number | undefined;
  /** Values when pressed and released, or of one step clockwise and one step back; undefined for the usual ones. */
  readonly on: number | undefined;
  readonly off: number | undefined;
  /** The value at the end of the travel, if it is known. */
  readonly top?: number;
  /** The values fall as it goes up or to the right. */
  readonly reverse?: boolean;
  /** A key that does not tell its release. */
  readonly press?: 'toggle' | 'trigger';
}

/** Whether two addresses can stand in one entry of a surface file: an entry has one kind of message, one way round, one way of pressing, and one pair of values. */
export function standsWith(one: StripAddress, other: StripAddress): boolean {
  return (
    one.message === other.message &&
    one.on === other.on &&
    one.off === other.off &&
    one.press === other.press &&
    (one.reverse ?? false) === (other.reverse ?? false) &&
    (one.channel === undefined) === (other.channel === undefined)
  );
}

/**
 * The entry of a surface file for one address a strip, as short as it can be written: a first number that counts up, or a list with
 * null for strips without. All given addresses must stand with each other; at least one must be given.
 */
export function addressEntry(addresses: readonly (StripAddress | undefined)[]): AddressFile {
  const first = addresses.find((address) => address !== undefined);
  if (first === undefined) return {};
  // Of pitch bend and channel pressure the channel is the number.
  const isChannel = first.message === 'bend' || first.message === 'pressure';
  const numbers = addresses.map(
    (address) => (address && (isChannel ? (address.channel ?? 1) : address.number)) ?? null,
  );
  const channels = addresses.map((address) => address?.channel ?? first.channel ?? 1);
  const {step, even} = progression(numbers);
  const [start] = numbers;
  const {channel, on, off, top, reverse = false, press} = first;
  return {
    [first.message]: even ? start : numbers,
    ...(channel === undefined || isChannel
      ? {}
      : {channel: channels.every((one) => one === channel) ? channel : channels}),
    ...(even && step !== 1 ? {step} : {}),
    ...(on === undefined ? {} : {on}),
    ...(off === undefined ? {} : {off}),
    ...(top === undefined ? {} : {top}),
    ...(reverse ? {reverse} : {}),
    ...(press === undefined ? {} : {press}),
  };
}

/** The entry for an address that is there once. */
export function singleEntry(address: StripAddress): AddressFile {
  return addressEntry([address]);
}

/** How far each number is from the one before, if that is the same everywhere and small enough to be written. */
function progression(numbers: readonly (number | null)[]): {readonly step: number; readonly even: boolean} {
  const [first, second] = numbers;
  if (typeof first !== 'number') return {step: 1, even: false};
  const step = typeof second === 'number' ? second - first : 1;
  const even = Math.abs(step) <= 128 && numbers.every((number, strip) => number === first + strip * step);
  return {step, even};
}
