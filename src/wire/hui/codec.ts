import {ringByte, ringOf} from '../mackie/ring.ts';
import {encodeMidi, type MidiMessage} from '../midi-message.ts';
import {decodeSteps} from '../relative-encoding.ts';
import {decodeDisplay, encodeDisplay} from './display-codec.ts';
import type {Direction, HuiMessage} from './message.ts';

/**
 * The HUI protocol between MIDI messages and its own, all on channel 1. What takes two controllers takes effect with the
 * second; the first is remembered, be it for many.
 *
 *   host    90 00 00               ping, once a second      device  90 00 7F  answer
 *   device  FF                     switched on
 *   both    B0 0n hh, B0 2n ll     fader n 0–8; hh << 7 | ll
 *   device  B0 0F zz, B0 2F 4p|0p  switch, see switches.ts
 *           B0 40–4C vv            encoder; vv bit 6 set is clockwise, bits 0–5 ticks
 *           B0 0D vv               jog, as encoders
 *   host    B0 0C zz, B0 2C 4p|0p  lamp
 *           B0 10–1B vv            ring, as the Mackie Control protocol's
 *           A0 cc sl               meter of strip cc; s 0 left, 1 right; l 0–B lit steps, C clip
 *           F0 …                   see display-codec.ts
 */
export interface HuiReader {
  /** The zone that ports belong to, −1 before the first. */
  readonly zone: number;
  /** Upper seven bits of each fader, −1 before the first. */
  readonly high: readonly number[];
}

const faders = 9;
/** Nothing was heard yet. */
export const initialReader: HuiReader = {zone: -1, high: Array.from({length: faders}, () => -1)};

const zoneSelect = {'from-device': 0x0f, 'to-device': 0x0c} as const;
const encoders = 13;
const rings = 12;
const meters = 8;
const fullMeter = 12;
const zones = 0x1e;
const clockwise = {up: 0x41, down: 0x01};

interface Read {
  readonly reader: HuiReader;
  /** What the message said; undefined for a first half, and for what the protocol does not know. */
  readonly message: HuiMessage | undefined;
}

/** The reader after a MIDI message, and what it said. */
export function readHui(reader: HuiReader, midi: MidiMessage, direction: Direction): Read {
  const said = (message: HuiMessage | undefined): Read => ({reader, message});
  switch (midi.type) {
    case 'reset':
      // What begins anew says its zones and faders anew.
      return direction === 'from-device' ? {reader: initialReader, message: {type: 'reset'}} : said(undefined);
    case 'note-on': {
      if (midi.channel !== 1 || midi.note !== 0) return said(undefined);
      if (direction === 'to-device') return said(midi.velocity === 0 ? {type: 'ping'} : undefined);
      return said(midi.velocity === 0x7f ? {type: 'ping-answer'} : undefined);
    }
    case 'poly-pressure': {
      const side = midi.pressure >> 4;
      if (direction !== 'to-device' || midi.channel !== 1 || midi.note >= meters || side > 1) return said(undefined);
      const level = Math.min(fullMeter, midi.pressure & 0x0f);
      return said({type: 'meter-level', strip: midi.note, side: side === 0 ? 'left' : 'right', level});
    }
    case 'control-change':
      return midi.channel === 1 ? readControl(reader, midi.controller, midi.value, direction) : said(undefined);
    case 'sysex':
      return said(direction === 'to-device' ? decodeDisplay(midi.data) : undefined);
    default:
      return said(undefined);
  }
}

function readControl(reader: HuiReader, controller: number, value: number, direction: Direction): Read {
  const said = (message: HuiMessage | undefined): Read => ({reader, message});
  if (controller < faders) {
    const high = reader.high.map((before, strip) => (strip === controller ? value : before));
    return {reader: {...reader, high}, message: undefined};
  }
  if (controller >= 0x20 && controller < 0x20 + faders) {
    const strip = controller - 0x20;
    const high = reader.high[strip] ?? -1;
    return said(high < 0 ? undefined : {type: 'fader-position', strip, value: (high << 7) | value});
  }
  const select = zoneSelect[direction];
  if (controller === select) return {reader: {...reader, zone: value < zones ? value : -1}, message: undefined};
  if (controller === select + 0x20) return said(portMessage(reader.zone, value, direction));
  if (direction === 'to-device') {
    if (controller < 0x10 || controller >= 0x10 + rings) return said(undefined);
    return said({type: 'ring', encoder: controller - 0x10, ...ringOf(value)});
  }
  const ticks = decodeSteps(clockwise, value);
  if (ticks === 0) return said(undefined);
  if (controller === 0x0d) return said({type: 'jog-turn', ticks});
  if (controller < 0x40 || controller >= 0x40 + encoders) return said(undefined);
  return said({type: 'encoder-turn', encoder: controller - 0x40, ticks});
}

function portMessage(zone: number, value: number, direction: Direction): HuiMessage | undefined {
  const port = value & 0x3f;
  if (zone < 0 || port > 7) return undefined;
  const on = (value & 0x40) !== 0;
  return direction === 'from-device' ? {type: 'switch', zone, port, pressed: on} : {type: 'lamp', zone, port, on};
}

/**
 * The bytes of a message: one piece, in which the two halves of what takes two controllers stand together. None for a
 * place that is not there and a turn of no ticks. Reading gives the same message back.
 */
export function encodeHui(message: HuiMessage): Uint8Array | undefined {
  switch (message.type) {
    case 'ping':
    case 'ping-answer':
      return encodeMidi({type: 'note-on', channel: 1, note: 0, velocity: message.type === 'ping' ? 0 : 0x7f});
    case 'reset':
      return encodeMidi({type: 'reset'});
    case 'fader-position': {
      const value = Math.min(0x3fff, Math.max(0, Math.round(message.value) || 0));
      return isIndex(message.strip, faders) ? pair(message.strip, value >> 7, value & 0x7f) : undefined;
    }
    case 'switch':
    case 'lamp': {
      if (!isIndex(message.zone, zones) || !isIndex(message.port, 8)) return undefined;
      const on = message.type === 'switch' ? message.pressed : message.on;
      const select = zoneSelect[message.type === 'switch' ? 'from-device' : 'to-device'];
      return pair(select, message.zone, (on ? 0x40 : 0) | message.port);
    }
    case 'encoder-turn':
      return isIndex(message.encoder, encoders) ? turn(0x40 + message.encoder, message.ticks) : undefined;
    case 'jog-turn':
      return turn(0x0d, message.ticks);
    case 'ring':
      if (!isIndex(message.encoder, rings)) return undefined;
      return control(0x10 + message.encoder, ringByte(message.style, message.position, message.centre));
    case 'meter-level': {
      if (!isIndex(message.strip, meters)) return undefined;
      const level = Math.min(fullMeter, Math.max(0, Math.round(message.level) || 0));
      const pressure = (message.side === 'right' ? 0x10 : 0) | level;
      return encodeMidi({type: 'poly-pressure', channel: 1, note: message.strip, pressure});
    }
    default: {
      const data = encodeDisplay(message);
      return data && encodeMidi({type: 'sysex', data});
    }
  }
}

function turn(controller: number, ticks: number): Uint8Array | undefined {
  const count = Math.min(0x3f, Math.abs(Math.round(ticks)));
  if (!(count > 0)) return undefined;
  return control(controller, ticks > 0 ? 0x40 | count : count);
}

/** Both halves with their own status, so that nothing between them can tear them apart. */
function pair(controller: number, first: number, second: number): Uint8Array {
  return Uint8Array.of(...control(controller, first), ...control(controller + 0x20, second));
}

function control(controller: number, value: number): Uint8Array {
  return encodeMidi({type: 'control-change', channel: 1, controller, value});
}

function isIndex(index: number, count: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < count;
}
