import type {MidiMessage} from '../midi-message.ts';
import {buttonAt, lampAt, noteOf} from './buttons.ts';
import {segmentCharacter, segmentCode} from './characters.ts';
import type {Direction, MackieMessage} from './message.ts';
import {ringByte, ringOf} from './ring.ts';

/**
 * The channel messages of the Mackie Control protocol, all on channel 1 unless the bytes say otherwise.
 *
 *   both    En ll mm         fader of strip n, 8 master; mm << 7 | ll
 *   device  90 nn vv         button; 68–70 touch of a fader, 70 master; vv 00 released, all else pressed
 *           B0 10–17 vv      encoder of a strip; vv bit 6 counter-clockwise, bits 0–5 ticks, 0 counts as 1
 *           B0 2E vv         pedal
 *           B0 3C vv         jog, as encoders
 *   host    90 nn vv         lamp; vv 00 dark, 7F lit, other odd values flash, other even ones dark
 *           B0 30–37 vv      ring of a strip, see ring.ts
 *           B0 40–49 vv      time digit from the right, see characters.ts; also on channel 16
 *           B0 4A 4B vv      assignment digit, right and left
 *           D0 hl            meter of strip h; l 0–C lit steps (D too), E sets the overload lamp, F clears it
 *           D1 hl            meter of the mix bus, h 0 left, 1 right
 */
const touchNote = 0x68;
const fullMeter = 12;

/** What a channel message says to this protocol; undefined for all that it does not know. */
export function decodeChannel(message: MidiMessage, direction: Direction): MackieMessage | undefined {
  switch (message.type) {
    case 'pitch-bend':
      if (message.channel > 9) return undefined;
      return {type: 'fader-position', strip: message.channel - 1, value: message.value};
    case 'note-on':
    case 'note-off': {
      if (message.channel !== 1) return undefined;
      const velocity = message.type === 'note-on' ? message.velocity : 0;
      return direction === 'from-device' ? decodeHand(message.note, velocity) : decodeLamp(message.note, velocity);
    }
    case 'control-change':
      if (direction === 'to-device') return decodeShown(message.channel, message.controller, message.value);
      return message.channel === 1 ? decodeTurn(message.controller, message.value) : undefined;
    case 'channel-pressure':
      return direction === 'to-device' ? decodeMeter(message.channel, message.pressure) : undefined;
    default:
      return undefined;
  }
}

function decodeHand(note: number, velocity: number): MackieMessage | undefined {
  if (note >= touchNote && note <= touchNote + 8) {
    return {type: 'fader-touch', strip: note - touchNote, touched: velocity > 0};
  }
  const button = buttonAt(note);
  return button && {type: 'button', button, pressed: velocity > 0};
}

function decodeLamp(note: number, velocity: number): MackieMessage | undefined {
  const lamp = lampAt(note);
  const state = velocity === 0x7f ? 'on' : velocity % 2 === 1 ? 'flash' : 'off';
  return lamp && {type: 'lamp', lamp, state};
}

function decodeTurn(controller: number, value: number): MackieMessage | undefined {
  if (controller >= 0x10 && controller <= 0x17) {
    return {type: 'encoder-turn', strip: controller - 0x10, ticks: ticksOf(value)};
  }
  if (controller === 0x3c) return {type: 'jog-turn', ticks: ticksOf(value)};
  return controller === 0x2e ? {type: 'pedal', value} : undefined;
}

function ticksOf(value: number): number {
  const ticks = value & 0x3f || 1;
  return value & 0x40 ? -ticks : ticks;
}

function decodeShown(channel: number, controller: number, value: number): MackieMessage | undefined {
  if (channel === 1 && controller >= 0x30 && controller <= 0x37) {
    return {type: 'ring', strip: controller - 0x30, ...ringOf(value)};
  }
  if ((channel !== 1 && channel !== 16) || controller < 0x40 || controller > 0x4b) return undefined;
  const digit = segmentCharacter(value);
  if (controller >= 0x4a) return {type: 'digit', display: 'assignment', place: controller - 0x4a, ...digit};
  return {type: 'digit', display: 'time', place: controller - 0x40, ...digit};
}

function decodeMeter(channel: number, pressure: number): MackieMessage | undefined {
  const strip = pressure >> 4;
  const low = pressure & 0x0f;
  const level = Math.min(low, fullMeter);
  if (channel === 1) {
    return low >= 0x0e ? {type: 'meter-overload', strip, on: low === 0x0e} : {type: 'meter-level', strip, level};
  }
  if (channel !== 2 || strip > 1 || low >= 0x0e) return undefined;
  return {type: 'master-meter', side: strip === 0 ? 'left' : 'right', level};
}

/** The channel message of a message; undefined for what travels as SysEx or names a strip or place that is not there. */
export function encodeChannel(message: MackieMessage): MidiMessage | undefined {
  switch (message.type) {
    case 'fader-position':
      if (!isIndex(message.strip, 9)) return undefined;
      return {type: 'pitch-bend', channel: message.strip + 1, value: message.value};
    case 'fader-touch':
      return isIndex(message.strip, 9) ? note(touchNote + message.strip, message.touched ? 0x7f : 0) : undefined;
    case 'button':
      return note(noteOf(message.button), message.pressed ? 0x7f : 0);
    case 'encoder-turn':
      return isIndex(message.strip, 8) ? turn(0x10 + message.strip, message.ticks) : undefined;
    case 'jog-turn':
      return turn(0x3c, message.ticks);
    case 'pedal':
      return control(0x2e, message.value);
    case 'lamp':
      return note(noteOf(message.lamp), message.state === 'on' ? 0x7f : message.state === 'flash' ? 1 : 0);
    case 'ring':
      if (!isIndex(message.strip, 8)) return undefined;
      return control(0x30 + message.strip, ringByte(message.style, message.position, message.centre));
    case 'digit': {
      if (!isIndex(message.place, message.display === 'time' ? 10 : 2)) return undefined;
      const first = message.display === 'time' ? 0x40 : 0x4a;
      return control(first + message.place, segmentCode(message.character, message.dot));
    }
    case 'meter-level':
      return isIndex(message.strip, 8) ? pressure(1, message.strip, steps(message.level)) : undefined;
    case 'meter-overload':
      return isIndex(message.strip, 8) ? pressure(1, message.strip, message.on ? 0x0e : 0x0f) : undefined;
    case 'master-meter':
      return pressure(2, message.side === 'left' ? 0 : 1, steps(message.level));
    default:
      return undefined;
  }
}

function isIndex(index: number, count: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < count;
}

function steps(level: number): number {
  return Math.min(fullMeter, Math.max(0, Math.round(level) || 0));
}

function note(number: number, velocity: number): MidiMessage {
  return {type: 'note-on', channel: 1, note: number, velocity};
}

function control(controller: number, value: number): MidiMessage {
  return {type: 'control-change', channel: 1, controller, value};
}

function turn(controller: number, ticks: number): MidiMessage | undefined {
  const count = Math.min(0x3f, Math.abs(Math.round(ticks)));
  if (!(count > 0)) return undefined;
  return control(controller, ticks < 0 ? 0x40 | count : count);
}

function pressure(channel: number, strip: number, low: number): MidiMessage {
  return {type: 'channel-pressure', channel, pressure: (strip << 4) | low};
}
