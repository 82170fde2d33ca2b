import type {LaneParameter} from './lane.ts';
import type {Taper} from './taper.ts';

/**
 * Where a value goes on a MIDI wire: a controller, alone (0…127) or with a second one for its lower seven bits (0…16383), or a parameter by
 * its number (NRPN).
 */
export type MidiAddress =
  | {readonly type: 'controller'; readonly channel: number; readonly controller: number; readonly fine?: number}
  /** `parameter` 0…16383; `bits` of its value. */
  | {readonly type: 'nrpn'; readonly channel: number; readonly parameter: number; readonly bits: 7 | 14};

/** Names an address: two that are equal say the same to the device. */
export type MidiAddressKey = string & {readonly brand?: 'MidiAddressKey'};

export function addressKey(address: MidiAddress): MidiAddressKey {
  return address.type === 'controller'
    ? `${address.channel} cc ${address.controller}`
    : `${address.channel} nrpn ${address.parameter}`;
}

/** The highest value that fits an address. */
export function highestValue(address: MidiAddress): number {
  const isFine = address.type === 'controller' ? address.fine !== undefined : address.bits === 14;
  return isFine ? 0x3fff : 0x7f;
}

/** A number in an address: the same for all strips, or counted up from that of the first strip. */
export interface MidiNumbering {
  readonly first: number;
  readonly step: 0 | 1;
}

/** The address of one kind of control, before it is known of which strip. */
export type MidiAddressPattern =
  | {
      readonly type: 'controller';
      readonly channel: MidiNumbering;
      readonly controller: MidiNumbering;
      readonly fine?: MidiNumbering;
    }
  | {
      readonly type: 'nrpn';
      readonly channel: MidiNumbering;
      readonly high: MidiNumbering;
      readonly low: MidiNumbering;
      readonly bits: 7 | 14;
    };

/** How values of the mixer become values on the wire. Shares are of the highest value that the address takes. */
export type MidiLaw =
  /** Level in dB = `fullDb` + 40 log10(share): how General MIDI devices hear volume. */
  | {readonly type: 'square'; readonly fullDb: number}
  /** Level in dB = `fullDb` + 20 log10(share). */
  | {readonly type: 'amplitude'; readonly fullDb: number}
  /** Level in dB by printed marks, as of a fader. */
  | {readonly type: 'taper'; readonly taper: Taper}
  /** −1…1 about a middle: 64 of 127 (8192 of 16383); the lowest two values are both full left. */
  | {readonly type: 'centred'}
  /** The parameter's own range, evenly on its own scale; or from `low` to `high` of it. */
  | {readonly type: 'range'; readonly low: number; readonly high: number}
  | {readonly type: 'switch'; readonly on: number; readonly off: number};

/** One thing that a device can be set to. */
export interface MidiControl {
  readonly parameter: LaneParameter;
  readonly address: MidiAddressPattern;
  readonly law: MidiLaw;
}

/** What a device that is mixed over MIDI can be set to, and by which messages. */
export interface MidiProfile {
  readonly id: string;
  readonly name: string;
  /** So many channels it has. */
  readonly strips: number;
  /** What they are called before their numbers. */
  readonly stripName: string;
  /** Where faders begin, in dB: what such a device has when it is switched on. */
  readonly standardLevelDb: number;
  /** Names of what the first sends go to. */
  readonly returns: readonly string[];
  /** What the wire bears, at most 1,875 where it is a DIN line. */
  readonly bytesPerSecond: number;
  readonly controls: readonly MidiControl[];
  /** The fader of its sum; without it the desk's is added to all levels. */
  readonly master: MidiControl | undefined;
}

/** The address of a control of the strip with that number, counted from 1. */
export function addressOf(pattern: MidiAddressPattern, strip: number): MidiAddress {
  const at = ({first, step}: MidiNumbering): number => first + step * (strip - 1);
  const channel = at(pattern.channel);
  if (pattern.type === 'nrpn')
    return {type: 'nrpn', channel, parameter: (at(pattern.high) << 7) | at(pattern.low), bits: pattern.bits};
  const {fine} = pattern;
  return {
    type: 'controller',
    channel,
    controller: at(pattern.controller),
    ...(fine === undefined ? {} : {fine: at(fine)}),
  };
}

/** What a session says of the device that it mixes. */
export interface MidiTarget {
  /** The name of its port, or a part of it. */
  readonly port: string;
  readonly profile: string;
  /** Length of the tape in seconds. */
  readonly seconds: number;
  /** Which of the device's channels each strip is, counted from 1. */
  readonly channels: ReadonlyMap<string, number>;
}

/** Length of a tape on which nothing is recorded, in seconds, if nobody says how long. */
export const standardTapeSeconds = 3600;
/** Longest such tape, in seconds: points of lanes count frames in 31 bits. */
export const longestTapeSeconds = 43_200;
