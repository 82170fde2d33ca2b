import test from 'ava';
import fc from 'fast-check';
import {encodeHui, type HuiReader, initialReader, readHui} from '../../../src/wire/hui/codec.ts';
import type {Direction, HuiMessage} from '../../../src/wire/hui/message.ts';
import {lampPlace, switchAt, switchNames, switchPlace} from '../../../src/wire/hui/switches.ts';
import {initialStream, step} from '../../../src/wire/midi-stream.ts';
import {lampNames, switchPlaces} from '../../virtual-desk/hui-places.ts';
import {bytes, cut, joined} from '../bytes.ts';

function read(whole: Uint8Array, direction: Direction, places: readonly number[] = []): readonly HuiMessage[] {
  let reader: HuiReader = initialReader;
  let stream = initialStream;
  return cut(whole, places).flatMap((chunk) => {
    const next = step(stream, chunk);
    stream = next.state;
    return next.messages.flatMap((midi) => {
      const said = readHui(reader, midi, direction);
      reader = said.reader;
      return said.message ?? [];
    });
  });
}

/** Bytes published for this protocol, or made by its published rules, with what they mean, both ways. */
const golden: readonly (readonly [Direction, string, HuiMessage])[] = [
  ['to-device', '90 00 00', {type: 'ping'}],
  ['from-device', '90 00 7F', {type: 'ping-answer'}],
  ['from-device', 'FF', {type: 'reset'}],
  ['to-device', 'B0 0C 0E B0 2C 44', {type: 'lamp', zone: 0x0e, port: 4, on: true}],
  ['to-device', 'B0 0C 0E B0 2C 04', {type: 'lamp', zone: 0x0e, port: 4, on: false}],
  ['from-device', 'B0 0F 02 B0 2F 42', {type: 'switch', zone: 2, port: 2, pressed: true}],
  ['from-device', 'B0 0F 02 B0 2F 02', {type: 'switch', zone: 2, port: 2, pressed: false}],
  ['from-device', 'B0 00 7F B0 20 7F', {type: 'fader-position', strip: 0, value: 0x3fff}],
  ['to-device', 'B0 07 40 B0 27 01', {type: 'fader-position', strip: 7, value: 0x2001}],
  ['from-device', 'B0 08 00 B0 28 00', {type: 'fader-position', strip: 8, value: 0}],
  ['from-device', 'B0 41 43', {type: 'encoder-turn', encoder: 1, ticks: 3}],
  ['from-device', 'B0 41 03', {type: 'encoder-turn', encoder: 1, ticks: -3}],
  ['from-device', 'B0 4C 41', {type: 'encoder-turn', encoder: 12, ticks: 1}],
  ['from-device', 'B0 0D 01', {type: 'jog-turn', ticks: -1}],
  ['to-device', 'B0 10 56', {type: 'ring', encoder: 0, style: 'boost-cut', position: 6, centre: true}],
  ['to-device', 'B0 1B 2B', {type: 'ring', encoder: 11, style: 'wrap', position: 11, centre: false}],
  ['to-device', 'A0 07 0C', {type: 'meter-level', strip: 7, side: 'left', level: 12}],
  ['to-device', 'A0 07 1C', {type: 'meter-level', strip: 7, side: 'right', level: 12}],
  ['to-device', 'F0 00 00 66 05 00 10 00 4B 69 63 6B F7', {type: 'strip-text', display: 0, text: 'Kick'}],
  ['to-device', 'F0 00 00 66 05 00 10 08 4C 56 20 20 F7', {type: 'strip-text', display: 8, text: 'LV  '}],
  [
    'to-device',
    'F0 00 00 66 05 00 12 07 30 31 32 33 34 35 36 37 38 39 F7',
    {type: 'main-text', parts: [{quarter: 7, text: '0123456789'}]},
  ],
  [
    'to-device',
    'F0 00 00 66 05 00 12 00 41 20 20 20 20 20 20 20 20 20 04 42 20 20 20 20 20 20 20 20 20 F7',
    {
      type: 'main-text',
      parts: [
        {quarter: 0, text: 'A         '},
        {quarter: 4, text: 'B         '},
      ],
    },
  ],
  [
    'to-device',
    'F0 00 00 66 05 00 11 02 11 F7',
    {
      type: 'time',
      digits: [
        {character: '2', dot: false},
        {character: '1', dot: true},
      ],
    },
  ],
  [
    'to-device',
    'F0 00 00 66 05 00 11 0F 20 30 F7',
    {
      type: 'time',
      digits: [
        {character: 'F', dot: false},
        {character: ' ', dot: false},
        {character: ' ', dot: true},
      ],
    },
  ],
];

for (const [direction, hex, message] of golden) {
  test(`${direction} ${hex} is ${message.type}, and back`, (t) => {
    t.deepEqual(read(bytes(hex), direction), [message]);
    t.deepEqual(encodeHui(message), bytes(hex));
  });
}

const pressed = (zone: number, port: number): HuiMessage => ({type: 'switch', zone, port, pressed: true});

/** What is understood, and what is nothing, beyond what anyone should send. */
const tolerated: readonly (readonly [string, Direction, string, readonly HuiMessage[]])[] = [
  ['a zone holds for many ports', 'from-device', 'B0 0F 0A 2F 41 2F 43', [pressed(10, 1), pressed(10, 3)]],
  [
    'a fader may leave its upper half out',
    'from-device',
    'B0 00 01 20 02 20 03',
    [
      {type: 'fader-position', strip: 0, value: 0x82},
      {type: 'fader-position', strip: 0, value: 0x83},
    ],
  ],
  ['a lower half without an upper is nothing', 'from-device', 'B0 20 7F', []],
  ['a port without a zone is nothing', 'from-device', 'B0 2F 41', []],
  [
    'after a reset zones and faders begin anew',
    'from-device',
    'B0 0F 02 00 40 FF 2F 42 B0 2F 42 20 00',
    [{type: 'reset'}],
  ],
  ['a zone that is not there is nothing', 'from-device', 'B0 0F 1E 2F 41', []],
  ['a turn of no ticks is nothing', 'from-device', 'B0 40 40 40 00', []],
  ['other channels are nothing', 'from-device', 'B1 0F 02 2F 42 91 00 7F', []],
  ['the ping is nothing from a device', 'from-device', '90 00 00', []],
  [
    'a level beyond the clip lamp is the clip lamp',
    'to-device',
    'A0 00 0F',
    [{type: 'meter-level', strip: 0, side: 'left', level: 12}],
  ],
  ['a display that is not there is nothing', 'to-device', 'F0 00 00 66 05 00 10 09 41 41 41 41 F7', []],
  ['half a text is nothing', 'to-device', 'F0 00 00 66 05 00 10 00 41 41 F7', []],
  ['half a quarter is nothing', 'to-device', 'F0 00 00 66 05 00 12 00 41 F7', []],
  ['another maker is nothing', 'to-device', 'F0 00 00 67 05 00 10 00 41 41 41 41 F7', []],
];

for (const [law, direction, hex, messages] of tolerated) {
  test(law, (t) => {
    t.deepEqual(read(bytes(hex), direction), messages);
  });
}

test('every switch and lamp is where it was published to be', (t) => {
  t.deepEqual([...switchNames].sort(), [...switchPlaces.keys()].sort());
  for (const [name, at] of switchPlaces) {
    const place = switchPlace(name);
    t.is(`${place?.zone}:${place?.port}`, at, name);
    t.is(place && switchAt(place), name);
  }
  for (const [at, name] of lampNames) {
    const place = lampPlace(name);
    t.is(`${place?.zone}:${place?.port}`, at, name);
  }
  t.is(lampPlace('touch.1'), undefined);
  t.is(switchAt({zone: 0x16, port: 0}), undefined, 'a lamp is no switch');
});

const seven = fc.nat({max: 7});
const ascii = (length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.integer({min: 0x20, max: 0x7e}), {minLength: length, maxLength: length})
    .map((codes) => String.fromCharCode(...codes));
const ticks = fc.integer({min: 1, max: 63}).chain((count) => fc.constantFrom(count, -count));
const place = {zone: fc.nat({max: 0x1d}), port: seven};
const fader = fc.record({
  type: fc.constant('fader-position'),
  strip: fc.nat({max: 8}),
  value: fc.nat({max: 0x3fff}),
});
const digit = fc.record({character: fc.constantFrom(...'0123456789ABCDEF '), dot: fc.boolean()});
const anyFromDevice: fc.Arbitrary<HuiMessage> = fc.oneof(
  fc.record({type: fc.constantFrom('ping-answer', 'reset')}),
  fader,
  fc.record({type: fc.constant('switch'), ...place, pressed: fc.boolean()}),
  fc.record({type: fc.constant('encoder-turn'), encoder: fc.nat({max: 12}), ticks}),
  fc.record({type: fc.constant('jog-turn'), ticks}),
);
const anyToDevice: fc.Arbitrary<HuiMessage> = fc.oneof(
  fc.record({type: fc.constant('ping')}),
  fader,
  fc.record({type: fc.constant('lamp'), ...place, on: fc.boolean()}),
  fc.record({
    type: fc.constant('ring'),
    encoder: fc.nat({max: 11}),
    style: fc.constantFrom('dot', 'boost-cut', 'wrap'),
    position: fc.nat({max: 11}),
    centre: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('meter-level'),
    strip: seven,
    side: fc.constantFrom('left', 'right'),
    level: fc.nat({max: 12}),
  }),
  fc.record({type: fc.constant('strip-text'), display: fc.nat({max: 8}), text: ascii(4)}),
  fc.record({
    type: fc.constant('main-text'),
    parts: fc.array(fc.record({quarter: seven, text: ascii(10)}), {minLength: 1, maxLength: 8}),
  }),
  fc.record({type: fc.constant('time'), digits: fc.array(digit, {minLength: 1, maxLength: 8})}),
);

for (const [direction, any] of [
  ['from-device', anyFromDevice],
  ['to-device', anyToDevice],
] as const) {
  test(`every message ${direction} comes back as it was, however its bytes are cut`, (t) => {
    fc.assert(
      fc.property(fc.array(any, {maxLength: 8}), fc.array(fc.nat()), (messages, places) => {
        const whole = joined(messages.map((message) => encodeHui(message) ?? new Uint8Array(0)));
        t.deepEqual(read(whole, direction, places), messages);
      }),
      {numRuns: 50},
    );
  });
}

test('any bytes are read without an error, and alike in any chunks', (t) => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 120}), fc.array(fc.nat()), (whole, places) => {
      for (const direction of ['from-device', 'to-device'] as const)
        t.deepEqual(read(whole, direction, places), read(whole, direction));
    }),
    {numRuns: 50},
  );
});

test('what is not there is not sent, and whatever is sent is MIDI', (t) => {
  const nowhere: readonly HuiMessage[] = [
    {type: 'fader-position', strip: 9, value: 0},
    {type: 'lamp', zone: 0x1e, port: 0, on: true},
    {type: 'lamp', zone: 0, port: 8, on: true},
    {type: 'ring', encoder: 12, style: 'dot', position: 1, centre: false},
    {type: 'meter-level', strip: 8, side: 'left', level: 1},
    {type: 'strip-text', display: 9, text: 'Kick'},
    {type: 'main-text', parts: [{quarter: 8, text: ''}]},
    {type: 'time', digits: []},
    {type: 'encoder-turn', encoder: 0, ticks: 0},
    {type: 'jog-turn', ticks: Number.NaN},
  ];
  for (const message of nowhere) t.is(encodeHui(message), undefined, message.type);
  const odd: readonly HuiMessage[] = [
    {type: 'fader-position', strip: 0, value: Number.POSITIVE_INFINITY},
    {type: 'fader-position', strip: 0, value: Number.NaN},
    {type: 'meter-level', strip: 0, side: 'right', level: -3},
    {type: 'strip-text', display: 0, text: 'Größe'},
    {type: 'encoder-turn', encoder: 0, ticks: -900},
  ];
  for (const message of odd) {
    const sent = encodeHui(message);
    t.true(sent?.every((byte, at) => at === 0 || byte < 0x80 || byte === 0xb0 || byte === 0xf7));
  }
});
