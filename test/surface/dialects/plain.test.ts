import test from 'ava';
import fc from 'fast-check';
import type {ControlEvent} from '../../../src/model/control.ts';
import type {Cell} from '../../../src/model/picture.ts';
import {createDialect} from '../../../src/surface/dialect.ts';
import {plainSurface} from '../../virtual-desk/sample-surface.ts';
import {bytes} from '../../wire/bytes.ts';

const heard: readonly (readonly [string, string, readonly ControlEvent[]])[] = [
  ['a fader at the top', 'B0 00 7F', [{type: 'fader.moved', control: 'fader.1', position: 1}]],
  ['a fader on any channel', 'BF 07 00', [{type: 'fader.moved', control: 'fader.8', position: 0}]],
  ['a knob at its left end', 'B0 10 00', [{type: 'fader.moved', control: 'knob.1', position: 0}]],
  ['a knob in the middle', 'B0 10 40', [{type: 'fader.moved', control: 'knob.1', position: 0.5}]],
  ['a knob at its right end', 'B0 10 7F', [{type: 'fader.moved', control: 'knob.1', position: 1}]],
  ['a button pressed', 'B0 30 7F', [{type: 'button.pressed', control: 'mute.1'}]],
  ['a button just pressed', 'B0 30 40', [{type: 'button.pressed', control: 'mute.1'}]],
  ['a button released', 'B0 30 00', [{type: 'button.released', control: 'mute.1'}]],
  ['a note pressed', '91 18 01', [{type: 'button.pressed', control: 'select.1'}]],
  ['a note released', '91 18 00', [{type: 'button.released', control: 'select.1'}]],
  ['a note off', '81 18 40', [{type: 'button.released', control: 'select.1'}]],
  ['a note on another channel', '90 18 7F', []],
  ["an encoder in two's complement", 'B0 50 7E', [{type: 'encoder.turned', control: 'encoder.1', steps: -2}]],
  ['a jog wheel in offset 64', 'B0 58 43', [{type: 'encoder.turned', control: 'jog', steps: 3}]],
  ['an encoder at rest', 'B0 50 00', []],
  ['an address without a control', 'B0 7F 7F', []],
  ['a pitch bend', 'E0 00 00', []],
];

for (const [what, hex, events] of heard) {
  test(`${what} is heard`, (t) => {
    t.deepEqual(createDialect(plainSurface()).read(bytes(hex)), events);
  });
}

test('a fader that tops out early reaches the top', (t) => {
  const dialect = createDialect(plainSurface({faders: {topValue: 125}}));
  t.deepEqual(dialect.read(bytes('B0 00 7E')), [{type: 'fader.moved', control: 'fader.1', position: 1}]);
});

const shown: readonly (readonly [string, Cell, string])[] = [
  ['lamp.mute.1', {type: 'lamp', on: true}, 'BF 30 7F'],
  ['lamp.mute.8', {type: 'lamp', on: false}, 'BF 37 00'],
  ['lamp.select.2', {type: 'lamp', on: true}, '91 19 01'],
  ['lamp.play', {type: 'lamp', on: true}, 'B0 29 7F'],
  ['meter.1', {type: 'meter', step: 8}, 'B0 5A 7F'],
  ['ring.1', {type: 'ring', style: 'wrap', position: 0.5, centre: false}, 'B0 50 40'],
];

for (const [output, cell, hex] of shown) {
  test(`${output} ${JSON.stringify(cell)} is ${hex}`, (t) => {
    const [message, ...others] = createDialect(plainSurface()).write([{output, cell, because: 'test'}]);
    t.deepEqual(message?.bytes, bytes(hex));
    t.is(message?.key, output);
    t.is(others.length, 0);
  });
}

test('what plain messages cannot carry is left out', (t) => {
  const dialect = createDialect(plainSurface());
  t.deepEqual(dialect.write([{output: 'text.1', cell: {type: 'text', top: '', bottom: ''}, because: 'test'}]), []);
  t.deepEqual(dialect.write([{output: 'lamp.play', cell: {type: 'meter', step: 1}, because: 'test'}]), []);
});

test('a motor at a controller is driven over seven bits', (t) => {
  const surface = plainSurface();
  const [control] = surface.controls.values();
  const motor = {id: 'fader.1', type: 'fader', strip: 0, cells: 0, address: control?.address} as const;
  const dialect = createDialect({...surface, outputs: new Map([[motor.id, motor]])});
  const [top] = dialect.write([{output: 'fader.1', cell: {type: 'fader', position: 1}, because: 'test'}]);
  t.deepEqual(top?.bytes, bytes('B0 00 7F'));
  t.deepEqual(dialect.goodbye(), []);
});

test('greeting and farewell frame the connection, and a goodbye darkens all lamps', (t) => {
  const [greeting, farewell] = [bytes('F0 42 F7'), bytes('F0 43 F7')];
  const dialect = createDialect(plainSurface({greeting: [greeting], farewell: [farewell]}));
  t.deepEqual(dialect.hello(), [greeting]);
  const messages = dialect.goodbye();
  t.deepEqual(messages.at(-1), farewell);
  t.is(messages.length, 8 + 8 + 1 + 1 + 1 + 1);
  t.true(messages.slice(0, -1).every((message) => message[2] === 0));
});

test('a device that must answer is asked for its identity, and anything it says is an answer, once', (t) => {
  const dialect = createDialect(plainSurface({handshake: {kind: 'answer', deviceId: 0}}));
  t.deepEqual(dialect.hello(), [bytes('F0 7E 7F 06 01 F7')]);
  t.deepEqual(dialect.read(bytes('FE')), []);
  t.deepEqual(dialect.read(bytes('F0 7E 00 06 02 42 F7 B0 30 7F')), [
    {type: 'link.confirmed'},
    {type: 'button.pressed', control: 'mute.1'},
  ]);
});

test('a device that need not answer is never confirmed', (t) => {
  t.deepEqual(createDialect(plainSurface()).read(bytes('F0 7E 00 06 02 42 F7')), []);
});

test('any bytes are read without an error, and every position is within the travel', (t) => {
  const dialect = createDialect(plainSurface());
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 300}), (noise) =>
      dialect
        .read(noise)
        .every((event) => event.type !== 'fader.moved' || (event.position >= 0 && event.position <= 1)),
    ),
    {numRuns: 500},
  );
  t.pass();
});
