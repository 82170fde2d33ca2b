import {addressKey, type MidiAddress, type MidiAddressKey} from '../model/midi-profile.ts';
import {type ControllerPair, createControllerPair} from './controller-pair.ts';
import type {MidiMessage} from './midi-message.ts';

/**
 * Values at addresses of a MIDI device, as control changes.
 *
 *   Bn cc vv                          a controller of seven bits
 *   Bn cc vv  Bn c2 vv                one of fourteen, the upper seven bits first: whoever hears them sets the lower to 0
 *   Bn 63 pp  Bn 62 pp  Bn 06 vv      a parameter by number (NRPN): upper and lower half of the number, then of the value
 *                       Bn 26 vv
 *
 * n is the channel less one. Sources: MIDI 1.0, controllers 0…63 and 98, 99, 6, 38.
 */
const numberHigh = 99;
const numberLow = 98;
const registeredHigh = 101;
const registeredLow = 100;
const entryHigh = 6;
const entryLow = 38;

/** The bytes that bring an address to a value, if it has `before` now (undefined: unknown). Upper bits that are there already are not sent. */
export function encodeValue(address: MidiAddress, value: number, before: number | undefined): Uint8Array {
  const status = 0xb0 | (address.channel - 1);
  const high = (value >> 7) & 0x7f;
  const low = value & 0x7f;
  if (address.type === 'nrpn') {
    const number = [status, numberHigh, address.parameter >> 7, status, numberLow, address.parameter & 0x7f];
    return address.bits === 7
      ? Uint8Array.of(...number, status, entryHigh, low)
      : Uint8Array.of(...number, status, entryHigh, high, status, entryLow, low);
  }
  const {controller, fine} = address;
  if (fine === undefined) return Uint8Array.of(status, controller, low);
  const fineBytes = [status, fine, low];
  return before !== undefined && before >> 7 === high
    ? Uint8Array.from(fineBytes)
    : Uint8Array.of(status, controller, high, ...fineBytes);
}

/** A value that a device said it has. */
export interface HeardValue {
  readonly key: MidiAddressKey;
  readonly value: number;
  /** The lower seven bits of fourteen were not said: a device that counts in seven means any value with these upper ones. */
  readonly isCoarse: boolean;
}

/**
 * Reads values at known addresses out of a device's messages. Of fourteen bits each half may come in a call of its own; what is told then is said at
 * `ControllerPair`.
 */
export interface ControllerReader {
  /** The newest value of each address that these messages said, in the order in which addresses were said first. */
  hear(messages: readonly MidiMessage[], nowMs: number): readonly HeardValue[];
  /** What halves say whose other half has not come within 20 ms, and when to ask again; undefined while none waits. */
  due(nowMs: number): {readonly values: readonly HeardValue[]; readonly wakeAtMs: number | undefined};
}

/** Devices send both halves of a value one after the other, each in a millisecond on the slowest wire. */
const longestPairMs = 20;

interface Place {
  readonly key: MidiAddressKey;
  readonly part: 'whole' | 'high' | 'low';
}

/** What each channel has selected and said so far. */
interface ChannelState {
  numberHigh: number | undefined;
  numberLow: number | undefined;
  isRegistered: boolean;
}

export function createControllerReader(addresses: readonly MidiAddress[]): ControllerReader {
  const controllers = new Map<string, Place>();
  const parameters = new Map<MidiAddressKey, 7 | 14>();
  for (const address of addresses) {
    const key = addressKey(address);
    if (address.type === 'nrpn') parameters.set(key, address.bits);
    else {
      const {channel, controller, fine} = address;
      controllers.set(`${channel} ${controller}`, {key, part: fine === undefined ? 'whole' : 'high'});
      if (fine !== undefined) controllers.set(`${channel} ${fine}`, {key, part: 'low'});
    }
  }
  const channels = new Map<number, ChannelState>();
  const pairs = new Map<MidiAddressKey, ControllerPair>();
  /** Pairs of which one half has come, and when. */
  const waiting = new Map<MidiAddressKey, {readonly pair: ControllerPair; readonly sinceMs: number}>();

  const stateOf = (channel: number): ChannelState => {
    const known = channels.get(channel);
    if (known !== undefined) return known;
    const fresh = {numberHigh: undefined, numberLow: undefined, isRegistered: false};
    channels.set(channel, fresh);
    return fresh;
  };
  const placed = ({key, part}: Place, value: number, nowMs: number): HeardValue | undefined => {
    if (part === 'whole') return {key, value, isCoarse: false};
    const pair = pairs.get(key) ?? createControllerPair();
    pairs.set(key, pair);
    const whole = part === 'high' ? pair.coarse(value) : pair.fine(value);
    if (pair.isWaiting()) waiting.set(key, {pair, sinceMs: nowMs});
    else waiting.delete(key);
    return whole && {key, ...whole};
  };
  /** Data entry means the parameter that the channel has selected. */
  const entered = (channel: number, part: 'high' | 'low', value: number, nowMs: number): HeardValue | undefined => {
    const {numberHigh: high, numberLow: low, isRegistered} = stateOf(channel);
    if (high === undefined || low === undefined || isRegistered) return undefined;
    const key = addressKey({type: 'nrpn', channel, parameter: (high << 7) | low, bits: 7});
    const bits = parameters.get(key);
    if (bits === undefined || (bits === 7 && part === 'low')) return undefined;
    return placed({key, part: bits === 7 ? 'whole' : part}, value, nowMs);
  };
  const said = (channel: number, controller: number, value: number, nowMs: number): HeardValue | undefined => {
    const place = controllers.get(`${channel} ${controller}`);
    if (place !== undefined) return placed(place, value, nowMs);
    const state = stateOf(channel);
    switch (controller) {
      case numberHigh:
        state.numberHigh = value;
        state.isRegistered = false;
        return undefined;
      case numberLow:
        state.numberLow = value;
        state.isRegistered = false;
        return undefined;
      case registeredHigh:
      case registeredLow:
        state.isRegistered = true;
        return undefined;
      case entryHigh:
        return entered(channel, 'high', value, nowMs);
      case entryLow:
        return entered(channel, 'low', value, nowMs);
      default:
        return undefined;
    }
  };

  return {
    hear(messages, nowMs) {
      const newest = new Map<MidiAddressKey, HeardValue>();
      for (const message of messages) {
        if (message.type !== 'control-change') continue;
        const heard = said(message.channel, message.controller, message.value, nowMs);
        if (heard !== undefined) newest.set(heard.key, heard);
      }
      return [...newest.values()];
    },
    due(nowMs) {
      const values: HeardValue[] = [];
      let wakeAtMs: number | undefined;
      for (const [key, {pair, sinceMs}] of [...waiting]) {
        const atMs = sinceMs + longestPairMs;
        if (atMs > nowMs) {
          wakeAtMs = Math.min(atMs, wakeAtMs ?? atMs);
          continue;
        }
        waiting.delete(key);
        const whole = pair.alone();
        if (whole !== undefined) values.push({key, ...whole});
      }
      return {values, wakeAtMs};
    },
  };
}
