import fc from 'fast-check';
import {colourNames} from '../../../src/model/mixer.ts';
import {type ButtonName, buttonAt, type LampName, lampAt} from '../../../src/wire/mackie/buttons.ts';
import type {Direction, MackieMessage} from '../../../src/wire/mackie/message.ts';

const notes = Array.from({length: 128}, (_, note) => note);
/** Every button of the protocol. */
export const allButtons: readonly ButtonName[] = notes.flatMap((note) => buttonAt(note) ?? []);
/** Every lamp of the protocol. */
export const allLamps: readonly LampName[] = notes.flatMap((note) => lampAt(note) ?? []);

const deviceId = fc.integer({min: 0, max: 0x7f});
const seven = fc.integer({min: 0, max: 0x7f});
const strip = fc.integer({min: 0, max: 7});
const fader = fc.integer({min: 0, max: 8});
const four = fc.tuple(seven, seven, seven, seven);
const serial = asciiOf(7, 7);
const ticks = fc.integer({min: 1, max: 63}).chain((count) => fc.constantFrom(count, -count));
const segmentCharacter = fc.integer({min: 0x20, max: 0x5f}).map((code) => String.fromCharCode(code));

/** Characters 00–7F, as the wire carries them. */
function asciiOf(minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.array(seven, {minLength, maxLength}).map((codes) => String.fromCharCode(...codes));
}

const ring = fc.oneof(
  fc.record({
    type: fc.constant('ring'),
    strip,
    style: fc.constantFrom('dot', 'boost-cut', 'wrap'),
    position: fc.integer({min: 0, max: 11}),
    centre: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('ring'),
    strip,
    style: fc.constant('spread'),
    position: fc.integer({min: 0, max: 6}),
    centre: fc.boolean(),
  }),
);

/** Text that stays within its row. */
const lcdText = fc.integer({min: 0, max: 111}).chain((offset) =>
  fc.record({
    type: fc.constant('lcd-text'),
    deviceId,
    offset: fc.constant(offset),
    text: asciiOf(0, 56 - (offset % 56)),
  }),
);

const digits = fc.constantFrom('time', 'assignment').chain((display) =>
  fc
    .array(fc.tuple(segmentCharacter, fc.boolean()), {minLength: 1, maxLength: display === 'time' ? 10 : 2})
    .chain((cells) =>
      fc.record({
        type: fc.constant('digits'),
        deviceId,
        display: fc.constant(display),
        text: fc.constant(cells.map(([character]) => character).join('')),
        dots: fc.constant(cells.flatMap(([, dot], index) => (dot ? [index] : []))),
      }),
    ),
);

/** Every message a device may send, with values in range. */
export const anyFromDevice: fc.Arbitrary<MackieMessage> = fc.oneof(
  fc.record({type: fc.constant('host-query'), deviceId, serial, challenge: four}),
  fc.record({type: fc.constant('announced'), deviceId, data: fc.uint8Array({max: 0x7f, maxLength: 10})}),
  fc.record({type: fc.constantFrom('confirmed', 'refused'), deviceId, serial: asciiOf(0, 9)}),
  fc.record({type: fc.constant('ready'), deviceId, data: fc.uint8Array({max: 0x7f})}),
  fc.record({type: fc.constant('version-reply'), deviceId, version: asciiOf(5, 5)}),
  fc.record({type: fc.constant('fader-position'), strip: fader, value: fc.integer({min: 0, max: 0x3fff})}),
  fc.record({type: fc.constant('fader-touch'), strip: fader, touched: fc.boolean()}),
  fc.record({type: fc.constant('button'), button: fc.constantFrom(...allButtons), pressed: fc.boolean()}),
  fc.record({type: fc.constant('encoder-turn'), strip, ticks}),
  fc.record({type: fc.constant('jog-turn'), ticks}),
  fc.record({type: fc.constant('pedal'), value: seven}),
);

/** Every message a host may send, with values in range, but firmware updates. */
export const anyToDevice: fc.Arbitrary<MackieMessage> = fc.oneof(
  fc.record({type: fc.constantFrom('device-query', 'version-request'), deviceId}),
  fc.record({
    type: fc.constantFrom('soft-reset', 'recalibrate-faders', 'offline', 'faders-down', 'lamps-off', 'reset'),
    deviceId,
  }),
  fc.record({type: fc.constant('host-reply'), deviceId, serial, response: four}),
  fc.record({type: fc.constantFrom('button-click', 'touchless-faders'), deviceId, on: fc.boolean()}),
  fc.record({type: fc.constant('backlight'), deviceId, minutes: seven}),
  fc.record({
    type: fc.constant('touch-sensitivity'),
    deviceId,
    strip: fader,
    sensitivity: fc.integer({min: 0, max: 5}),
  }),
  fc.record({
    type: fc.constant('meter-mode'),
    deviceId,
    strip,
    lamp: fc.boolean(),
    peakHold: fc.boolean(),
    onLcd: fc.boolean(),
  }),
  fc.record({type: fc.constant('global-meter-mode'), deviceId, direction: fc.constantFrom('horizontal', 'vertical')}),
  lcdText,
  digits,
  fc.record({
    type: fc.constant('digit'),
    display: fc.constant('time'),
    place: fc.integer({min: 0, max: 9}),
    character: segmentCharacter,
    dot: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('digit'),
    display: fc.constant('assignment'),
    place: fc.integer({min: 0, max: 1}),
    character: segmentCharacter,
    dot: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('colours'),
    deviceId,
    colours: fc.array(fc.constantFrom(...colourNames), {minLength: 8, maxLength: 8}),
  }),
  fc.record({
    type: fc.constant('rgb-colours'),
    colours: fc.array(fc.tuple(seven, seven, seven), {minLength: 8, maxLength: 8}),
  }),
  fc.record({type: fc.constant('fader-position'), strip: fader, value: fc.integer({min: 0, max: 0x3fff})}),
  fc.record({
    type: fc.constant('lamp'),
    lamp: fc.constantFrom(...allLamps),
    state: fc.constantFrom('off', 'flash', 'on'),
  }),
  ring,
  fc.record({type: fc.constant('meter-level'), strip, level: fc.integer({min: 0, max: 12})}),
  fc.record({type: fc.constant('meter-overload'), strip, on: fc.boolean()}),
  fc.record({
    type: fc.constant('master-meter'),
    side: fc.constantFrom('left', 'right'),
    level: fc.integer({min: 0, max: 12}),
  }),
);

/** Every message with the way it travels. */
export const anyMackie: fc.Arbitrary<{readonly message: MackieMessage; readonly direction: Direction}> = fc.oneof(
  fc.record({message: anyFromDevice, direction: fc.constant('from-device')}),
  fc.record({message: anyToDevice, direction: fc.constant('to-device')}),
);
