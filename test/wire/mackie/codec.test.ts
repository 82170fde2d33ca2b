import test from 'ava';
import fc from 'fast-check';
import {decodeMackie, encodeMackie} from '../../../src/wire/mackie/codec.ts';
import type {Direction, MackieMessage} from '../../../src/wire/mackie/message.ts';
import type {MidiMessage} from '../../../src/wire/midi-message.ts';
import {initialStream, step} from '../../../src/wire/midi-stream.ts';
import {anyMidi} from '../any-midi.ts';
import {bytes, joined} from '../bytes.ts';
import {anyMackie} from './any-mackie.ts';

function decode(whole: Uint8Array, direction: Direction): readonly (MackieMessage | undefined)[] {
  return step(initialStream, whole).messages.map((message: MidiMessage) => decodeMackie(message, direction));
}

const lit = (lamp: 'play' | 'record' | 'smpte' | 'rude-solo', state: 'on' | 'flash' | 'off'): MackieMessage => ({
  type: 'lamp',
  lamp,
  state,
});

/** Bytes published for this protocol, with what they mean, both ways. */
const golden: readonly (readonly [Direction, string, MackieMessage])[] = [
  ['to-device', 'F0 00 00 66 14 00 F7', {type: 'device-query', deviceId: 0x14}],
  [
    'from-device',
    'F0 00 00 66 14 01 58 59 5A 57 18 61 05 57 18 61 05 F7',
    {type: 'host-query', deviceId: 0x14, serial: 'XYZW\u0018a\u0005', challenge: [0x57, 0x18, 0x61, 0x05]},
  ],
  [
    'to-device',
    'F0 00 00 66 10 02 41 42 43 44 45 46 47 64 5A 5E 57 F7',
    {type: 'host-reply', deviceId: 0x10, serial: 'ABCDEFG', response: [0x64, 0x5a, 0x5e, 0x57]},
  ],
  ['from-device', 'F0 00 00 66 10 03 41 42 43 44 45 46 47 F7', {type: 'confirmed', deviceId: 0x10, serial: 'ABCDEFG'}],
  ['from-device', 'F0 00 00 66 10 04 41 42 43 44 45 46 47 F7', {type: 'refused', deviceId: 0x10, serial: 'ABCDEFG'}],
  ['from-device', 'F0 00 00 66 14 06 00 F7', {type: 'ready', deviceId: 0x14, data: bytes('00')}],
  ['from-device', 'F0 00 00 66 14 01 F7', {type: 'announced', deviceId: 0x14, data: bytes('')}],
  ['to-device', 'F0 00 00 66 14 08 00 F7', {type: 'soft-reset', deviceId: 0x14}],
  ['to-device', 'F0 00 00 66 14 09 00 F7', {type: 'recalibrate-faders', deviceId: 0x14}],
  ['to-device', 'F0 00 00 66 14 0A 01 F7', {type: 'button-click', deviceId: 0x14, on: true}],
  ['to-device', 'F0 00 00 66 14 0B 0F F7', {type: 'backlight', deviceId: 0x14, minutes: 15}],
  ['to-device', 'F0 00 00 66 14 0C 00 F7', {type: 'touchless-faders', deviceId: 0x14, on: false}],
  ['to-device', 'F0 00 00 66 14 0E 08 03 F7', {type: 'touch-sensitivity', deviceId: 0x14, strip: 8, sensitivity: 3}],
  ['to-device', 'F0 00 00 66 14 0F 7F F7', {type: 'offline', deviceId: 0x14}],
  [
    'to-device',
    'F0 00 00 66 10 10 36 32 31 71 30 72 30 79 30 31 F7',
    {type: 'digits', deviceId: 0x10, display: 'time', text: '1090201126', dots: [2, 4, 6]},
  ],
  [
    'to-device',
    'F0 00 00 66 10 11 4E 10 F7',
    {type: 'digits', deviceId: 0x10, display: 'assignment', text: 'PN', dots: [1]},
  ],
  ['to-device', 'F0 00 00 66 10 12 00 48 65 6C 6C 6F F7', {type: 'lcd-text', deviceId: 0x10, offset: 0, text: 'Hello'}],
  [
    'to-device',
    'F0 00 00 66 14 12 07 4B 69 63 6B 20 20 20 F7',
    {type: 'lcd-text', deviceId: 0x14, offset: 7, text: 'Kick   '},
  ],
  ['to-device', 'F0 00 00 66 14 12 3F 2D 36 F7', {type: 'lcd-text', deviceId: 0x14, offset: 0x3f, text: '-6'}],
  ['to-device', 'F0 00 00 66 14 13 00 F7', {type: 'version-request', deviceId: 0x14}],
  ['from-device', 'F0 00 00 66 14 14 56 31 2E 30 20 F7', {type: 'version-reply', deviceId: 0x14, version: 'V1.0 '}],
  [
    'to-device',
    'F0 00 00 66 14 20 07 03 F7',
    {type: 'meter-mode', deviceId: 0x14, strip: 7, lamp: true, peakHold: true, onLcd: false},
  ],
  ['to-device', 'F0 00 00 66 14 21 01 F7', {type: 'global-meter-mode', deviceId: 0x14, direction: 'vertical'}],
  ['to-device', 'F0 00 00 66 14 61 F7', {type: 'faders-down', deviceId: 0x14}],
  ['to-device', 'F0 00 00 66 14 62 F7', {type: 'lamps-off', deviceId: 0x14}],
  ['to-device', 'F0 00 00 66 14 63 F7', {type: 'reset', deviceId: 0x14}],
  [
    'to-device',
    'F0 00 00 66 14 72 01 01 01 01 01 01 01 01 F7',
    {type: 'colours', deviceId: 0x14, colours: ['red', 'red', 'red', 'red', 'red', 'red', 'red', 'red']},
  ],
  [
    'to-device',
    'F0 00 00 66 15 72 00 01 02 03 04 05 06 07 F7',
    {
      type: 'colours',
      deviceId: 0x15,
      colours: ['off', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'],
    },
  ],
  [
    'to-device',
    `F0 00 02 4E 16 14 ${'7F 00 40 '.repeat(8)}F7`,
    {type: 'rgb-colours', colours: Array.from({length: 8}, () => [0x7f, 0, 0x40] as const)},
  ],
  ['from-device', 'E2 7F 7F', {type: 'fader-position', strip: 2, value: 0x3fff}],
  ['to-device', 'E8 00 00', {type: 'fader-position', strip: 8, value: 0}],
  ['from-device', '90 68 7F', {type: 'fader-touch', strip: 0, touched: true}],
  ['from-device', '90 70 00', {type: 'fader-touch', strip: 8, touched: false}],
  ['from-device', '90 12 7F', {type: 'button', button: 'mute.3', pressed: true}],
  ['from-device', '90 2E 00', {type: 'button', button: 'bank-left', pressed: false}],
  ['from-device', '90 27 7F', {type: 'button', button: 'push.8', pressed: true}],
  ['from-device', 'B0 17 47', {type: 'encoder-turn', strip: 7, ticks: -7}],
  ['from-device', 'B0 10 01', {type: 'encoder-turn', strip: 0, ticks: 1}],
  ['from-device', 'B0 3C 41', {type: 'jog-turn', ticks: -1}],
  ['from-device', 'B0 2E 40', {type: 'pedal', value: 0x40}],
  ['to-device', '90 5E 7F', lit('play', 'on')],
  ['to-device', '90 5F 01', lit('record', 'flash')],
  ['to-device', '90 71 00', lit('smpte', 'off')],
  ['to-device', '90 73 7F', lit('rude-solo', 'on')],
  ['to-device', 'B0 30 56', {type: 'ring', strip: 0, style: 'boost-cut', position: 6, centre: true}],
  ['to-device', 'B0 37 2B', {type: 'ring', strip: 7, style: 'wrap', position: 11, centre: false}],
  ['to-device', 'B0 31 36', {type: 'ring', strip: 1, style: 'spread', position: 6, centre: false}],
  ['to-device', 'B0 4B 10', {type: 'digit', display: 'assignment', place: 1, character: 'P', dot: false}],
  ['to-device', 'B0 4A 4E', {type: 'digit', display: 'assignment', place: 0, character: 'N', dot: true}],
  ['to-device', 'B0 49 30', {type: 'digit', display: 'time', place: 9, character: '0', dot: false}],
  ['to-device', 'D0 7C', {type: 'meter-level', strip: 7, level: 12}],
  ['to-device', 'D0 7E', {type: 'meter-overload', strip: 7, on: true}],
  ['to-device', 'D0 7F', {type: 'meter-overload', strip: 7, on: false}],
  ['to-device', 'D1 08', {type: 'master-meter', side: 'left', level: 8}],
  ['to-device', 'D1 1C', {type: 'master-meter', side: 'right', level: 12}],
];

for (const [direction, hex, message] of golden) {
  test(`${direction} ${hex} is ${message.type}, and back`, (t) => {
    t.deepEqual(decode(bytes(hex), direction), [message]);
    t.deepEqual(encodeMackie(message), [bytes(hex)]);
  });
}

/** What is understood although nobody should send it so. */
const tolerated: readonly (readonly [string, Direction, string, MackieMessage | undefined])[] = [
  ['note off is a release', 'from-device', '80 12 40', {type: 'button', button: 'mute.3', pressed: false}],
  ['note off on a fader is a release', 'from-device', '80 68 00', {type: 'fader-touch', strip: 0, touched: false}],
  ['no ticks count as one clockwise', 'from-device', 'B0 10 00', {type: 'encoder-turn', strip: 0, ticks: 1}],
  ['no ticks count as one back', 'from-device', 'B0 3C 40', {type: 'jog-turn', ticks: -1}],
  ['odd velocities flash', 'to-device', '90 5E 03', lit('play', 'flash')],
  ['even velocities are dark', 'to-device', '90 5E 7E', lit('play', 'off')],
  ['the thirteenth meter step is the twelfth', 'to-device', 'D0 1D', {type: 'meter-level', strip: 1, level: 12}],
  [
    'digits are shown from channel 16, too',
    'to-device',
    'BF 40 31',
    {type: 'digit', display: 'time', place: 0, character: '1', dot: false},
  ],
  [
    'a ring position beyond the last lamp is the last',
    'to-device',
    'B0 30 0F',
    {type: 'ring', strip: 0, style: 'dot', position: 11, centre: false},
  ],
  [
    'text beyond the last cell is cut',
    'to-device',
    'F0 00 00 66 14 12 6F 41 42 F7',
    {type: 'lcd-text', deviceId: 0x14, offset: 0x6f, text: 'A'},
  ],
  [
    'a firmware update is recognised',
    'to-device',
    'F0 00 00 66 14 18 01 02 03 F7',
    {type: 'firmware-update', deviceId: 0x14, phase: 'data', data: bytes('02 03')},
  ],
  ['a query from a device is nothing', 'from-device', 'F0 00 00 66 14 00 F7', undefined],
  ['a challenge to a device is nothing', 'to-device', 'F0 00 00 66 14 01 00 F7', undefined],
  ['a reply of a wrong length is nothing', 'to-device', 'F0 00 00 66 14 02 00 F7', undefined],
  ['text beyond the display is nothing', 'to-device', 'F0 00 00 66 14 12 70 41 F7', undefined],
  ['colours for fewer than eight strips are nothing', 'to-device', 'F0 00 00 66 14 72 01 F7', undefined],
  ['another maker is nothing', 'to-device', 'F0 00 20 32 14 12 00 41 F7', undefined],
  ['a header alone is nothing', 'from-device', 'F0 00 00 66 14 F7', undefined],
  ['a button on another channel is nothing', 'from-device', '91 12 7F', undefined],
  ['a tenth fader is nothing', 'from-device', 'E9 00 00', undefined],
  ['a meter from a device is nothing', 'from-device', 'D0 7C', undefined],
  ['the lamp of a fader cap is nothing', 'to-device', '90 68 7F', undefined],
  ['unused notes are nothing', 'from-device', '90 74 7F', undefined],
  ['an undefined controller is nothing', 'from-device', 'B0 18 01', undefined],
  ['the clock is nothing', 'from-device', 'F8', undefined],
];

for (const [law, direction, hex, message] of tolerated) {
  test(law, (t) => {
    t.deepEqual(decode(bytes(hex), direction), [message]);
  });
}

const unsent: readonly (readonly [string, MackieMessage])[] = [
  ['a firmware update', {type: 'firmware-update', deviceId: 0x14, phase: 'start', data: bytes('')}],
  ['a turn of nothing', {type: 'encoder-turn', strip: 0, ticks: 0}],
  ['a turn of NaN', {type: 'jog-turn', ticks: Number.NaN}],
  ['a fader that is not there', {type: 'fader-position', strip: 9, value: 0}],
  ['a ring that is not there', {type: 'ring', strip: 8, style: 'dot', position: 1, centre: false}],
  ['a meter that is not there', {type: 'meter-level', strip: -1, level: 1}],
  ['an overload lamp that is not there', {type: 'meter-overload', strip: 1.5, on: true}],
  ['a digit that is not there', {type: 'digit', display: 'assignment', place: 2, character: 'A', dot: false}],
  ['text outside the display', {type: 'lcd-text', deviceId: 0x14, offset: 112, text: 'A'}],
];

for (const [what, message] of unsent) {
  test(`${what} is never sent`, (t) => {
    t.deepEqual(encodeMackie(message), []);
  });
}

test('every message comes back as it was', (t) => {
  fc.assert(
    fc.property(anyMackie, ({message, direction}) => {
      t.deepEqual(decode(joined(encodeMackie(message)), direction), [message]);
    }),
    {numRuns: 3000},
  );
});

test('text over the end of a row becomes a message a row and reads the same', (t) => {
  t.deepEqual(encodeMackie({type: 'lcd-text', deviceId: 0x14, offset: 54, text: 'abcd'}), [
    bytes('F0 00 00 66 14 12 36 61 62 F7'),
    bytes('F0 00 00 66 14 12 38 63 64 F7'),
  ]);
  const whole = encodeMackie({type: 'lcd-text', deviceId: 0x14, offset: 0, text: 'x'.repeat(200)});
  t.deepEqual(
    whole.map((row) => row.length),
    [64, 64],
  );
});

test('text that no LCD can show is transliterated, never damaged', (t) => {
  t.deepEqual(encodeMackie({type: 'lcd-text', deviceId: 0x14, offset: 0, text: 'Größe'}), [
    bytes('F0 00 00 66 14 12 00 47 72 6F 73 73 65 F7'),
  ]);
});

test('no MIDI message brings the decoder to an error, and what it understands can be sent again', (t) => {
  fc.assert(
    fc.property(anyMidi, fc.constantFrom<Direction>('from-device', 'to-device'), (midi, direction) => {
      const message = decodeMackie(midi, direction);
      return message === undefined || encodeMackie(message).every((one) => (one[0] ?? 0) >= 0x80);
    }),
    {numRuns: 2000},
  );
  t.pass();
});

test('any SysEx with the header of the protocol is read without an error', (t) => {
  const direction = fc.constantFrom<Direction>('from-device', 'to-device');
  fc.assert(
    fc.property(fc.uint8Array({max: 0x7f, maxLength: 40}), direction, (rest, way) => {
      const data = joined([bytes('00 00 66'), rest]);
      const message = decodeMackie({type: 'sysex', data}, way);
      const again = message && encodeMackie(message).flatMap((one) => decode(one, way));
      return again === undefined || again.every((one) => one?.type === message?.type);
    }),
    {numRuns: 3000},
  );
  t.pass();
});

test('a SysEx of 64 KiB is read like any other', (t) => {
  const data = new Uint8Array(65_536).fill(0x41);
  data.set(bytes('00 00 66 14 03'));
  const message = decodeMackie({type: 'sysex', data}, 'from-device');
  t.is(message?.type === 'confirmed' ? message.serial.length : 0, 65_531);
});
