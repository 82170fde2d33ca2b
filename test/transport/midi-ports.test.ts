import test from 'ava';
import fc from 'fast-check';
import {
  type Endpoint,
  isOwnPort,
  joinPorts,
  type Listing,
  systemName,
  uniqueHandles,
} from '../../src/transport/midi-ports.ts';

const ends = (...names: readonly string[]): readonly Endpoint[] =>
  uniqueHandles(names).map((handle, at) => ({handle, name: names[at] ?? '', stamp: ''}));
const joined = (listing: Listing) => joinPorts(listing, []).map(({port, input, output}) => [port.name, input, output]);

for (const [platform, listed, name] of [
  ['linux', 'X-Touch:X-Touch MIDI 1 24:0', 'X-Touch MIDI 1'],
  ['linux', 'Platform M+:Platform M+ MIDI 2 128:1', 'Platform M+ MIDI 2'],
  ['linux', 'Midi Through:Midi Through Port-0 14:0', 'Midi Through Port-0'],
  ['linux', 'Synth:input 130:0', 'Synth:input'],
  ['linux', 'no numbers', 'no numbers'],
  ['win32', 'X-Touch 1', 'X-Touch'],
  ['win32', 'nanoKONTROL2 0', 'nanoKONTROL2'],
  ['darwin', 'X-Touch INT', 'X-Touch INT'],
  ['darwin', 'MPK mini 3', 'MPK mini 3'],
] as const)
  test(`on ${platform} "${listed}" is called "${name}"`, (t) => {
    t.is(systemName(listed, platform), name);
  });

test('input and output of one name are one port', (t) => {
  t.deepEqual(joined({inputs: ends('A', 'B'), outputs: ends('B', 'A')}), [
    ['A', 'A', 'A'],
    ['B', 'B', 'B'],
  ]);
});

test('a device with one direction is a port with one direction', (t) => {
  t.deepEqual(joined({inputs: ends('Keys'), outputs: ends('Synth')}), [
    ['Keys', 'Keys', undefined],
    ['Synth', undefined, 'Synth'],
  ]);
});

test('the second pair of a device on Windows is one port', (t) => {
  t.deepEqual(joined({inputs: ends('X', 'MIDIIN2 (X)'), outputs: ends('X', 'MIDIOUT2 (X)')}), [
    ['X', 'X', 'X'],
    ['MIDIIN2 (X)', 'MIDIIN2 (X)', 'MIDIOUT2 (X)'],
  ]);
});

test('a device whose directions have different names is one port if its first word is its alone', (t) => {
  t.deepEqual(joined({inputs: ends('nano SLIDER/KNOB'), outputs: ends('nano CTRL')}), [
    ['nano SLIDER/KNOB', 'nano SLIDER/KNOB', 'nano CTRL'],
  ]);
  t.is(joined({inputs: ends('USB keys'), outputs: ends('USB synth', 'USB box')}).length, 3);
});

test('equal names are numbered, and each pair belongs together', (t) => {
  t.deepEqual(joined({inputs: ends('X', 'X'), outputs: ends('X', 'X')}), [
    ['X', 'X', 'X'],
    ['2- X', 'X1', 'X1'],
  ]);
});

test('a port keeps its number while it is there, and the first free one goes to who comes next', (t) => {
  const end = (stamp: string): Endpoint => ({handle: `X ${stamp}`, name: 'X', stamp});
  const listing = (...stamps: readonly string[]): Listing => ({inputs: stamps.map(end), outputs: stamps.map(end)});
  const names = (ports: ReturnType<typeof joinPorts>) => ports.map(({port}) => port.name);
  const both = joinPorts(listing('a', 'b'), []);
  const second = joinPorts(listing('b'), both);
  const back = joinPorts(listing('c', 'b'), second);
  t.deepEqual([names(both), names(second), names(back)], [['X', '2- X'], ['2- X'], ['X', '2- X']]);
});

test('names from devices have no control characters', (t) => {
  t.deepEqual(
    joined({inputs: ends('X\u001b[2J\nY'), outputs: []}).map(([name]) => name),
    ['X [2J Y'],
  );
});

test('the library does not list itself', (t) => {
  t.deepEqual(
    ['RtMidi Input Client:RtMidi Input 129:0', 'RtMidi Output Client:RtMidi Output 130:0', 'RtMidi box:x 24:0'].map(
      isOwnPort,
    ),
    [true, true, false],
  );
});

const names = fc.array(fc.constantFrom('A', 'A1', 'B', 'MIDIIN2 (A)', 'MIDIOUT2 (A)', 'A x', ''), {maxLength: 8});

test('every endpoint is in exactly one port, and ports differ in id and name', (t) => {
  fc.assert(
    fc.property(names, names, (inputs, outputs) => {
      const listing = {inputs: ends(...inputs), outputs: ends(...outputs)};
      const ports = joinPorts(listing, []);
      const used = (side: 'input' | 'output') => ports.flatMap((port) => port[side] ?? []).sort();
      t.deepEqual(used('input'), listing.inputs.map(({handle}) => handle).sort());
      t.deepEqual(used('output'), listing.outputs.map(({handle}) => handle).sort());
      t.is(new Set(ports.map(({port}) => port.id)).size, ports.length);
      t.is(new Set(ports.map(({port}) => port.name)).size, ports.length);
    }),
  );
});

test('listing the same again changes nothing', (t) => {
  fc.assert(
    fc.property(names, names, (inputs, outputs) => {
      const listing = {inputs: ends(...inputs), outputs: ends(...outputs)};
      const ports = joinPorts(listing, []);
      t.deepEqual(joinPorts(listing, ports), ports);
    }),
  );
});
