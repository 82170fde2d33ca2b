import test from 'ava';
import fc from 'fast-check';
import {encodeMidi, type MidiMessage} from '../../src/wire/midi-message.ts';
import {anyMidi} from './any-midi.ts';
import {bytes} from './bytes.ts';

const table: readonly (readonly [MidiMessage, string])[] = [
  [{type: 'note-off', channel: 1, note: 60, velocity: 64}, '80 3C 40'],
  [{type: 'note-on', channel: 1, note: 0x5e, velocity: 0x7f}, '90 5E 7F'],
  [{type: 'note-on', channel: 16, note: 0, velocity: 0}, '9F 00 00'],
  [{type: 'poly-pressure', channel: 3, note: 1, pressure: 2}, 'A2 01 02'],
  [{type: 'control-change', channel: 1, controller: 0x30, value: 0x56}, 'B0 30 56'],
  [{type: 'program-change', channel: 11, program: 1}, 'CA 01'],
  [{type: 'channel-pressure', channel: 1, pressure: 0x7c}, 'D0 7C'],
  [{type: 'pitch-bend', channel: 3, value: 0x3fff}, 'E2 7F 7F'],
  [{type: 'pitch-bend', channel: 9, value: 0}, 'E8 00 00'],
  [{type: 'pitch-bend', channel: 1, value: 0x2000}, 'E0 00 40'],
  [{type: 'sysex', data: bytes('00 00 66 14 00')}, 'F0 00 00 66 14 00 F7'],
  [{type: 'sysex', data: bytes('')}, 'F0 F7'],
  [{type: 'quarter-frame', value: 0x71}, 'F1 71'],
  [{type: 'song-position', sixteenths: 130}, 'F2 02 01'],
  [{type: 'song-select', song: 5}, 'F3 05'],
  [{type: 'tune-request'}, 'F6'],
  [{type: 'clock'}, 'F8'],
  [{type: 'start'}, 'FA'],
  [{type: 'continue'}, 'FB'],
  [{type: 'stop'}, 'FC'],
  [{type: 'active-sensing'}, 'FE'],
  [{type: 'reset'}, 'FF'],
];

for (const [message, hex] of table) {
  test(`a ${message.type} travels as ${hex}`, (t) => {
    t.deepEqual(encodeMidi(message), bytes(hex));
  });
}

const clamped: readonly (readonly [string, MidiMessage, string])[] = [
  ['values above 127 are clamped', {type: 'control-change', channel: 1, controller: 200, value: 300}, 'B0 7F 7F'],
  [
    'a channel above 16 never becomes another message',
    {type: 'control-change', channel: 20, controller: 1, value: 1},
    'BF 01 01',
  ],
  ['NaN is zero', {type: 'note-on', channel: Number.NaN, note: Number.NaN, velocity: Number.NaN}, '90 00 00'],
  ['a pitch bend is clamped to 14 bits', {type: 'pitch-bend', channel: 1, value: 99_999}, 'E0 7F 7F'],
  ['a pitch bend below zero is zero', {type: 'pitch-bend', channel: 1, value: -1}, 'E0 00 00'],
  ['fractions are rounded', {type: 'pitch-bend', channel: 1, value: 8191.6}, 'E0 00 40'],
  ['a status byte never stands inside a SysEx', {type: 'sysex', data: bytes('01 F7 90')}, 'F0 01 7F 7F F7'],
];

for (const [law, message, hex] of clamped) {
  test(law, (t) => {
    t.deepEqual(encodeMidi(message), bytes(hex));
  });
}

test('whatever a message holds, one whole message of valid bytes leaves', (t) => {
  const anyNumber = fc.oneof(fc.double(), fc.integer());
  const wild = anyMidi.chain((message) =>
    fc.array(anyNumber, {minLength: 3, maxLength: 3}).map((numbers): MidiMessage => {
      let next = 0;
      const entries = Object.entries(message).map(([key, value]) => [
        key,
        typeof value === 'number' ? numbers[next++] : value,
      ]);
      return Object.assign({...message}, Object.fromEntries(entries));
    }),
  );
  fc.assert(
    fc.property(wild, (message) => {
      const [status = 0, ...rest] = encodeMidi(message);
      const data = message.type === 'sysex' ? rest.slice(0, -1) : rest;
      return status >= 0x80 && data.every((byte) => byte < 0x80);
    }),
    {numRuns: 2000},
  );
  t.pass();
});
