import {
  codesOf,
  decodeDisplay,
  decodeRgbColours,
  encodeColours,
  encodeDigits,
  encodeLcdText,
  encodeRgbColours,
  textOf,
} from './display-codec.ts';
import type {FourBytes} from './handshake.ts';
import type {Direction, MackieMessage, SystemCommand} from './message.ts';

/**
 * The SysEx messages of the Mackie Control protocol: `F0 00 00 66 id command … F7`; for displays see display-codec.ts.
 *
 *   host    00          query                       device  01 s×7 l×4   here I am: serial, challenge
 *           02 s×7 r×4  response                            03 s×7       confirmed
 *           08 00       reset, undocumented                 04 s×7       refused
 *           09 00       recalibrate, undocumented           06 …         ready, asking nothing
 *           0A 00|01    button click                        14 v×5       version
 *           0B mm       minutes of light, 0 off
 *           0C 00|01    touchless faders            host    13 00        version?
 *           0E ii ss    touch sensitivity                   18 00|01|02 … firmware (never written)
 *           0F 7F       go offline                          20 ii mm     meter mode: 1 lamp, 2 peak hold, 4 on the LCD
 *           61 62 63    faders down, lamps off, reset       21 00|01     meters horizontal, vertical
 */
const maker: readonly number[] = [0x00, 0x00, 0x66];

/** Commands that say nothing more, with the data they carry. */
const systemCommands: ReadonlyMap<SystemCommand, readonly [command: number, ...data: number[]]> = new Map([
  ['soft-reset', [0x08, 0x00]],
  ['recalibrate-faders', [0x09, 0x00]],
  ['offline', [0x0f, 0x7f]],
  ['faders-down', [0x61]],
  ['lamps-off', [0x62]],
  ['reset', [0x63]],
]);
const systemCommandsByByte = new Map([...systemCommands].map(([type, [command]]) => [command, type] as const));
const firmwarePhases = ['start', 'data', 'end'] as const;

/** What a SysEx (its bytes between F0 and F7) says to this protocol; undefined for all that it does not know. */
export function decodeSysex(data: Uint8Array, direction: Direction): MackieMessage | undefined {
  const [first, second, third, deviceId, command] = data;
  const ours = first === maker[0] && second === maker[1] && third === maker[2];
  if (!ours || deviceId === undefined || command === undefined) {
    return direction === 'to-device' ? decodeRgbColours(data) : undefined;
  }
  const rest = data.subarray(5);
  if (direction === 'from-device') return decodeDevice(deviceId, command, rest);
  return decodeHost(deviceId, command, rest) ?? decodeDisplay(deviceId, command, rest);
}

function decodeDevice(deviceId: number, command: number, rest: Uint8Array): MackieMessage | undefined {
  switch (command) {
    case 0x01:
      if (rest.length !== 11) return {type: 'announced', deviceId, data: rest};
      return {type: 'host-query', deviceId, serial: textOf(rest.subarray(0, 7)), challenge: fourBytes(rest)};
    case 0x03:
      return {type: 'confirmed', deviceId, serial: textOf(rest)};
    case 0x04:
      return {type: 'refused', deviceId, serial: textOf(rest)};
    case 0x06:
      return {type: 'ready', deviceId, data: rest};
    case 0x14:
      return {type: 'version-reply', deviceId, version: textOf(rest)};
    default:
      return undefined;
  }
}

function decodeHost(deviceId: number, command: number, rest: Uint8Array): MackieMessage | undefined {
  const [first, second] = rest;
  const system = systemCommandsByByte.get(command);
  if (system !== undefined) return {type: system, deviceId};
  if (command === 0x00) return {type: 'device-query', deviceId};
  if (first === undefined) return undefined;
  switch (command) {
    case 0x02:
      if (rest.length !== 11) return undefined;
      return {type: 'host-reply', deviceId, serial: textOf(rest.subarray(0, 7)), response: fourBytes(rest)};
    case 0x0a:
      return {type: 'button-click', deviceId, on: first !== 0};
    case 0x0b:
      return {type: 'backlight', deviceId, minutes: first};
    case 0x0c:
      return {type: 'touchless-faders', deviceId, on: first !== 0};
    case 0x0e:
      if (second === undefined || first > 8) return undefined;
      return {type: 'touch-sensitivity', deviceId, strip: first, sensitivity: Math.min(second, 5)};
    case 0x13:
      return {type: 'version-request', deviceId};
    case 0x18: {
      const phase = firmwarePhases[first];
      return phase && {type: 'firmware-update', deviceId, phase, data: rest.subarray(1)};
    }
    case 0x20: {
      if (second === undefined || first > 7) return undefined;
      const bits = {lamp: (second & 1) !== 0, peakHold: (second & 2) !== 0, onLcd: (second & 4) !== 0};
      return {type: 'meter-mode', deviceId, strip: first, ...bits};
    }
    case 0x21:
      return {type: 'global-meter-mode', deviceId, direction: first === 0 ? 'horizontal' : 'vertical'};
    default:
      return undefined;
  }
}

/**
 * The SysEx data of a message, each to stand between F0 and F7; none for what travels as a channel message, lies outside
 * the display, or must never be sent. LCD text that runs over a row's end becomes one message a row.
 */
export function encodeSysex(message: MackieMessage): readonly Uint8Array[] {
  switch (message.type) {
    case 'device-query':
      return command(message.deviceId, [0x00]);
    case 'host-query':
      return command(message.deviceId, [0x01, ...serialBytes(message.serial), ...message.challenge]);
    case 'host-reply':
      return command(message.deviceId, [0x02, ...serialBytes(message.serial), ...message.response]);
    case 'announced':
      return command(message.deviceId, [0x01, ...message.data]);
    case 'confirmed':
      return command(message.deviceId, [0x03, ...codesOf(message.serial)]);
    case 'refused':
      return command(message.deviceId, [0x04, ...codesOf(message.serial)]);
    case 'ready':
      return command(message.deviceId, [0x06, ...message.data]);
    case 'button-click':
      return command(message.deviceId, [0x0a, Number(message.on)]);
    case 'backlight':
      return command(message.deviceId, [0x0b, Math.min(message.minutes, 0x7f)]);
    case 'touchless-faders':
      return command(message.deviceId, [0x0c, Number(message.on)]);
    case 'touch-sensitivity':
      return command(message.deviceId, [0x0e, Math.min(message.strip, 8), Math.min(message.sensitivity, 5)]);
    case 'version-request':
      return command(message.deviceId, [0x13, 0x00]);
    case 'version-reply':
      return command(message.deviceId, [0x14, ...codesOf(message.version)]);
    case 'meter-mode': {
      const bits = Number(message.lamp) | (Number(message.peakHold) << 1) | (Number(message.onLcd) << 2);
      return command(message.deviceId, [0x20, Math.min(message.strip, 7), bits]);
    }
    case 'global-meter-mode':
      return command(message.deviceId, [0x21, Number(message.direction === 'vertical')]);
    case 'lcd-text':
      return encodeLcdText(message.offset, message.text).flatMap((bytes) => command(message.deviceId, bytes));
    case 'digits':
      return command(message.deviceId, encodeDigits(message.display, message.text, message.dots));
    case 'colours':
      return command(message.deviceId, encodeColours(message.colours));
    case 'rgb-colours':
      return [clamped(encodeRgbColours(message.colours))];
    case 'soft-reset':
    case 'recalibrate-faders':
    case 'offline':
    case 'faders-down':
    case 'lamps-off':
    case 'reset':
      return command(message.deviceId, systemCommands.get(message.type) ?? []);
    default:
      return [];
  }
}

function command(deviceId: number, bytes: readonly number[]): readonly Uint8Array[] {
  return [clamped([...maker, deviceId, ...bytes])];
}

function clamped(bytes: readonly number[]): Uint8Array {
  return new Uint8Array(new Uint8ClampedArray(bytes));
}

function serialBytes(serial: string): readonly number[] {
  return codesOf(serial.padEnd(7)).slice(0, 7);
}

function fourBytes(rest: Uint8Array): FourBytes {
  return [rest[7] ?? 0, rest[8] ?? 0, rest[9] ?? 0, rest[10] ?? 0];
}
