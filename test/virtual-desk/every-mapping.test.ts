import {fileURLToPath} from 'node:url';
import test from 'ava';
import {loadMappings} from '../../src/mapping/load.ts';
import type {Address, Output, Surface} from '../../src/model/surface.ts';
import {lampBytes} from '../../src/surface/reports/lamps.ts';
import {projectFile} from '../project.ts';
import {roundTripFaults, tie} from './round-trip.ts';

const {surfaces} = await loadMappings(fileURLToPath(projectFile('mappings')));

function shipped(id: string): Surface {
  const surface = surfaces.find((one) => one.id === id);
  if (surface === undefined) throw new Error(`no ${id}`);
  return surface;
}

/** A mapping with a fault in it: what lives at a place is changed. */
function spoilt(id: string, name: string, change: Partial<Address>): Surface {
  const surface = shipped(id);
  const [control, output] = [surface.controls.get(name), surface.outputs.get(name)];
  return {
    ...surface,
    controls: new Map([...surface.controls].map(([key, one]) => [key, one === control ? changed(one, change) : one])),
    outputs: new Map([...surface.outputs].map(([key, one]) => [key, one === output ? changed(one, change) : one])),
  };
}

function changed<Placed extends {readonly address: Address | undefined}>(
  one: Placed,
  change: Partial<Address>,
): Placed {
  return {...one, address: one.address && {...one.address, ...change}};
}

const faults: readonly (readonly [id: string, name: string, change: Partial<Address>, told: RegExp])[] = [
  ['korg-nanokontrol2', 'lamp.solo.1', {off: 127}, /^korg-nanokontrol2 lamp\.solo\.1: shows .* for .*"on":false/],
  ['korg-nanokontrol2', 'fader.2', {number: 0}, /^korg-nanokontrol2 fader\.2: is heard as .*fader\.1/],
  ['korg-nanokontrol2', 'play', {number: 42, press: 'trigger'}, /^korg-nanokontrol2 play: /],
  ['xone-k2', 'encoder.1', {on: 1, off: 1}, /^xone-k2 encoder\.1: 1 steps are heard as 0/],
  ['akai-apc40-mk2', 'column.1.1', {number: 1}, /^akai-apc40-mk2 column\.[12]\.1: /],
];

for (const [id, name, change, told] of faults) {
  test(`a fault is found: ${id}, ${name} ${JSON.stringify(change)}`, (t) => {
    const found = roundTripFaults(spoilt(id, name, change));
    t.true(
      found.some((fault) => told.test(fault)),
      found.join('\n'),
    );
  });
}

/** What a mapping may say of a device that is otherwise. */
const lies: readonly (readonly [what: string, id: string, lie: (truth: Surface) => Partial<Surface>, told: RegExp])[] =
  [
    [
      'travel',
      'mackie-extender',
      ({faders}) => ({faders: {...faders, topValue: 8191}}),
      / fader\.1: position 0\.75 is heard as 1$/,
    ],
    [
      'steps of meters',
      'mackie-extender',
      ({meters}) => ({meters: meters && {...meters, steps: 8}}),
      / meter\.1: shows /,
    ],
    ['colours', 'x-touch-one', () => ({palette: 'rgb-bytes'}), / rgb-colours: is nothing of this device$/],
    [
      'strip of a ring',
      'mackie-extender',
      ({outputs}) => ({outputs: withOutput(outputs, 'ring.2', {strip: 4})}),
      / ring\.2: changes ring\.5, too$/,
    ],
    [
      'strip of a text',
      'x-touch-one',
      ({outputs}) => ({outputs: withOutput(outputs, 'text.1', {strip: 1})}),
      / text\.1: shows nothing for /,
    ],
    [
      'travel',
      'icon-platform-m-hui',
      ({faders}) => ({faders: {...faders, topValue: 8191}}),
      / fader\.1: position 0\.75 is heard as 1$/,
    ],
    [
      'strip of a ring',
      'generic-hui',
      ({outputs}) => ({outputs: withOutput(outputs, 'ring.2', {strip: 4})}),
      / ring\.2: changes ring\.5, too$/,
    ],
    [
      'a lamp',
      'icon-platform-m-hui',
      ({outputs}) => ({outputs: withOutput(outputs, 'lamp.play', {id: 'lamp.playing'})}),
      / lamp\.playing: shows nothing for /,
    ],
    [
      'place of a key',
      'shuttle-xpress',
      ({reports}) => withPlace(reports, 'rewind', 'forward'),
      / forward: is heard as .*"rewind".*, too$/,
    ],
    [
      'place of a wheel',
      'shuttle-xpress',
      ({reports}) => withPlace(reports, 'jog', 'shuttle-ring'),
      / jog: 1 steps are heard as /,
    ],
    [
      'report of a lamp',
      'powermate',
      ({reports}) => withLampByte(reports, 'pad.dial-push', 2),
      / pad\.dial-push: shows nothing for /,
    ],
    [
      'place of a picture',
      'stream-deck-mini',
      ({reports}) => withPicture(reports, 'key.select.1', 'key.select.2'),
      / key\.select\.1: changes key\.select\.2, too$/,
    ],
  ];

for (const [what, id, lie, told] of lies) {
  test(`a fault is found: ${id}, ${what} otherwise than the device has it`, (t) => {
    const device = shipped(id);
    const found = roundTripFaults({...device, ...lie(device)}, device);
    t.true(
      found.some((fault) => told.test(fault)),
      found.join('\n'),
    );
  });
}

function withOutput(outputs: Surface['outputs'], id: string, change: Partial<Output>): Surface['outputs'] {
  return new Map([...outputs].map(([key, one]) => (key === id ? [change.id ?? key, {...one, ...change}] : [key, one])));
}

/** A control is where another is. */
function withPlace(reports: Surface['reports'], id: string, other: string): Partial<Surface> {
  const places = reports?.places.get(other);
  return reports && places ? {reports: {...reports, places: new Map(reports.places).set(id, places)}} : {};
}

function withPicture(reports: Surface['reports'], id: string, other: string): Partial<Surface> {
  const place = reports?.pictures.get(other);
  return reports && place ? {reports: {...reports, pictures: new Map(reports.pictures).set(id, place)}} : {};
}

/** One byte of a lamp's report is off by one. */
function withLampByte(reports: Surface['reports'], id: string, at: number): Partial<Surface> {
  const lamp = reports?.lamps.get(id);
  if (reports === undefined || lamp === undefined) return {};
  const bytes = lamp.template.bytes.map((byte, index) => (index === at && typeof byte === 'number' ? byte + 1 : byte));
  const spoilt = {...lamp, template: {...lamp.template, bytes}};
  return {reports: {...reports, lamps: new Map(reports.lamps).set(id, spoilt)}};
}

/** Words of a mapping said last of all, which light something again. */
const lastWords: readonly (readonly [id: string, words: readonly string[], lit: string])[] = [
  ['mackie-control', ['90 5E 7F'], 'lamp.play'],
  ['mackie-control', ['B0 31 06'], 'ring.2'],
  ['mackie-control', ['B0 31 40'], 'ring.2'],
  ['mackie-control', ['D0 12'], 'meter.2'],
  ['mackie-control', ['D0 1E'], 'overload.2'],
  ['mackie-control', ['F0 00 00 66 14 12 07 42 79 65 F7'], 'text.2'],
  ['mackie-control', ['B0 40 37'], 'digits.time'],
  ['mackie-control', ['B0 4B 60'], 'digits.assignment'],
  ['x-touch-one', ['F0 00 00 66 14 72 01 07 07 07 07 07 07 07 F7'], 'colour.1'],
  ['generic-hui', ['B0 0C 0E', 'B0 2C 44'], 'lamp.play'],
  ['generic-hui', ['B0 11 06'], 'ring.2'],
  ['generic-hui', ['A0 01 02'], 'meter.2.left'],
  ['generic-hui', ['A0 01 12'], 'meter.2.right'],
  ['generic-hui', ['A0 01 0C'], 'overload.2'],
  ['generic-hui', ['F0 00 00 66 05 00 10 01 42 79 65 20 F7'], 'text.2'],
  ['generic-hui', ['F0 00 00 66 05 00 12 00 20 20 42 79 65 20 20 20 20 20 F7'], 'text.main'],
  ['generic-hui', ['F0 00 00 66 05 00 11 07 F7'], 'digits.time'],
  ['korg-nanokontrol2', ['BF 30 7F'], 'lamp.mute.1'],
  ['x-touch-mini-standard', ['BA 01 7F'], 'fader.1'],
  ['faderport-8', ['D7 7D'], 'meter.8'],
  ['launchpad-mini-mk3', ['F0 00 20 29 02 0D 03 03 0B 7F 7F 7F F7'], 'pad.mute.1'],
];

for (const [id, words, lit] of lastWords) {
  test(`a fault is found: ${id}, whose last words ${words.join(' ')} leave ${lit} lit`, (t) => {
    const device = shipped(id);
    const farewell = words.map((word) => Uint8Array.from(word.split(' '), (byte) => Number.parseInt(byte, 16)));
    const told = roundTripFaults({...device, farewell}, device).map((fault) => fault.replace(/: \{.*/, ''));
    t.deepEqual(told, [`${id} ${lit}: ${lit.startsWith('fader') ? 'is driven' : 'stays lit'} at the end`]);
  });
}

test('a fault is found: a HID device whose last words light its lamp, and one that is told none', (t) => {
  const lamp = shipped('powermate');
  const [report] = lamp.reports?.lamps.values() ?? [];
  const lit = report && lampBytes(lamp, report, {type: 'pad', hue: 'orange', brightness: 1});
  const found = roundTripFaults({...lamp, farewell: lit ? [lit] : []}, lamp);
  t.deepEqual(found, ['powermate pad.dial-push: stays lit at the end: {"type":"pad","hue":"orange","brightness":1}']);
  const keys = shipped('stream-deck-mini');
  const left = roundTripFaults({...keys, farewell: []}, keys).filter((fault) => fault.includes('stays lit at the end'));
  t.is(left.length, keys.outputs.size);
});

test('there are mappings', (t) => {
  t.true(surfaces.length > 0);
});

for (const surface of surfaces) {
  test(`${surface.name}: shakes hands`, (t) => {
    const {device, heard} = tie(surface);
    t.is(device.state, 'online');
    t.is(
      heard.some(({type}) => type === 'link.confirmed'),
      surface.handshake.kind !== 'none',
    );
    t.false(heard.some(({type}) => type === 'link.refused'));
  });

  test(`${surface.name}: every control and every output makes its way there and back, and goes dark`, (t) => {
    t.deepEqual(roundTripFaults(surface), []);
  });
}
