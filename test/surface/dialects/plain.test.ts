import test from 'ava';
import fc from 'fast-check';
import {compileMappings} from '../../../src/mapping/compile.ts';
import type {ControlEvent} from '../../../src/model/control.ts';
import type {Cell} from '../../../src/model/picture.ts';
import type {Address, Surface} from '../../../src/model/surface.ts';
import {createDialect} from '../../../src/surface/dialect.ts';
import {travelOf, valueAtTravel} from '../../../src/surface/plain/travel.ts';
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

/** A surface with a fader, a knob and a driven knob at addresses of a file. */
function travelling(fader: object, knob: object, motor: object): Surface {
  const head = {
    name: 'Made',
    maker: 'Test',
    dialect: 'plain',
    ports: ['^Made'],
    unit: 'main',
    strips: 1,
    tested: 'made',
  };
  const controls = {'fader.*': fader, 'knob.*': knob, 'send1.*': {cc: 30}};
  const file = {...head, faders: {motor: true}, controls, motors: {'knob.*': motor}};
  const {surfaces, problems} = compileMappings([{path: 'surfaces/made.json', text: JSON.stringify(file)}]);
  const [surface] = surfaces;
  if (surface === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return surface;
}

test('what is wired the other way round is heard and driven upside down, with its own top, its middle and its further places', (t) => {
  const reversed = travelling(
    {cc14: 0, top: 1000, reverse: true},
    {cc: 20, reverse: true, also: [{cc: 21}]},
    {cc: 22, reverse: true},
  );
  const dialect = createDialect(reversed);
  const heardAt = (hex: string): readonly unknown[] =>
    dialect.read(bytes(hex)).map((event) => event.type === 'fader.moved' && [event.control, event.position]);
  t.deepEqual(heardAt('B0 14 00'), [['knob.1', 1]]);
  t.deepEqual(heardAt('B0 14 40'), [['knob.1', 0.5]]);
  t.deepEqual(heardAt('B0 15 7F'), [['knob.1', 0]]);
  t.deepEqual(heardAt('B0 1E 7F'), [['send1.1', 1]]);
  t.deepEqual(heardAt('B0 00 00 B0 20 00').at(-1), ['fader.1', 1]);
  t.deepEqual(heardAt('B0 00 07 B0 20 68').at(-1), ['fader.1', 0]);
  // Beyond the end of its travel, as some are.
  t.deepEqual(heardAt('B0 00 7F B0 20 7F').at(-1), ['fader.1', 0]);
  const driven = (output: string, position: number): string =>
    dialect
      .write([{output, cell: {type: 'fader', position}, because: 'test'}])
      .map((sent) => Buffer.from(sent.bytes).toString('hex'))
      .join(' ');
  t.deepEqual(
    [0, 0.5, 1].map((position) => driven('knob.1', position)),
    ['b0167f', 'b01640', 'b01600'],
  );
  t.deepEqual(
    [0, 1].map((position) => driven('fader.1', position)),
    ['b00007b02068', 'b00000b02000'],
  );
});

test('whatever a travel is like, the other way round is its mirror image, there and back', (t) => {
  const address = fc.record({
    message: fc.constantFrom('cc', 'cc14', 'nrpn', 'bend', 'note'),
    channel: fc.constant(1),
    number: fc.constant(3),
    on: fc.constant(127),
    off: fc.constant(0),
    top: fc.option(fc.integer({min: 1, max: 16_383}), {nil: undefined}),
  });
  const surface = plainSurface();
  fc.assert(
    fc.property(
      address,
      fc.constantFrom('fader', 'knob'),
      fc.nat(16_383),
      fc.double({min: 0, max: 1, noNaN: true}),
      ({top, ...place}, kind, value, position) => {
        const usual: Address = {...place, ...(top === undefined ? {} : {top})};
        const turned: Address = {...usual, reverse: true};
        t.is(travelOf(surface, turned, kind, value), 1 - travelOf(surface, usual, kind, value));
        t.is(valueAtTravel(surface, turned, kind, position), valueAtTravel(surface, usual, kind, 1 - position));
        const back = valueAtTravel(surface, turned, kind, position);
        t.is(valueAtTravel(surface, turned, kind, travelOf(surface, turned, kind, back)), back);
      },
    ),
    {numRuns: Number(process.env['RUNS'] ?? 30)},
  );
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
