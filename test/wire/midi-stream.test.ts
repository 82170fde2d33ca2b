import test from 'ava';
import fc from 'fast-check';
import {encodeMidi, type MidiMessage} from '../../src/wire/midi-message.ts';
import {initialStream, longestSysex, type MidiStream, step} from '../../src/wire/midi-stream.ts';
import {anyMidi, anyRealTime} from './any-midi.ts';
import {bytes, cut, joined} from './bytes.ts';

/** All messages of these chunks, read one after the other. */
function read(...chunks: readonly Uint8Array[]): readonly MidiMessage[] {
  let state: MidiStream = initialStream;
  return chunks.flatMap((chunk) => {
    const next = step(state, chunk);
    state = next.state;
    return next.messages;
  });
}

const table: readonly (readonly [string, string, readonly MidiMessage[]])[] = [
  ['a fader moves', 'E2 40 60', [{type: 'pitch-bend', channel: 3, value: 12_352}]],
  [
    'running status begins further messages',
    'B0 10 01 11 41',
    [
      {type: 'control-change', channel: 1, controller: 0x10, value: 1},
      {type: 'control-change', channel: 1, controller: 0x11, value: 0x41},
    ],
  ],
  [
    'running status works for messages of one data byte',
    'D0 7C 7E',
    [
      {type: 'channel-pressure', channel: 1, pressure: 0x7c},
      {type: 'channel-pressure', channel: 1, pressure: 0x7e},
    ],
  ],
  [
    'real time inside a channel message disturbs nothing',
    '90 F8 5E FE 7F FF 5F 00',
    [
      {type: 'clock'},
      {type: 'active-sensing'},
      {type: 'note-on', channel: 1, note: 0x5e, velocity: 0x7f},
      {type: 'reset'},
      {type: 'note-on', channel: 1, note: 0x5f, velocity: 0},
    ],
  ],
  [
    'real time inside a SysEx comes first and leaves it whole',
    'F0 01 F8 02 FC 03 F7',
    [{type: 'clock'}, {type: 'stop'}, {type: 'sysex', data: bytes('01 02 03')}],
  ],
  ['undefined real time is dropped where it stands', 'F0 01 F9 02 FD F7', [{type: 'sysex', data: bytes('01 02')}]],
  ['data bytes that belong to nothing are dropped', '40 60 7F', []],
  [
    'a SysEx ends running status',
    '90 5E 7F F0 01 F7 5F 7F',
    [
      {type: 'note-on', channel: 1, note: 0x5e, velocity: 0x7f},
      {type: 'sysex', data: bytes('01')},
    ],
  ],
  [
    'system common ends running status',
    '90 5E 7F F3 05 5F 7F',
    [
      {type: 'note-on', channel: 1, note: 0x5e, velocity: 0x7f},
      {type: 'song-select', song: 5},
    ],
  ],
  [
    'undefined system common ends running status and is dropped',
    '90 5E 7F F4 5F 7F F5 5F 7F',
    [{type: 'note-on', channel: 1, note: 0x5e, velocity: 0x7f}],
  ],
  [
    'an F7 without a beginning is dropped and ends running status',
    '90 5E 7F F7 5F 7F',
    [{type: 'note-on', channel: 1, note: 0x5e, velocity: 0x7f}],
  ],
  [
    'a cut SysEx is lost and the message that cut it is read',
    'F0 00 00 66 14 90 5E 7F',
    [{type: 'note-on', channel: 1, note: 0x5e, velocity: 0x7f}],
  ],
  ['a SysEx that begins anew is the later one', 'F0 01 02 F0 03 F7', [{type: 'sysex', data: bytes('03')}]],
  ['a message cut by another is lost', '90 5E E0 00 40', [{type: 'pitch-bend', channel: 1, value: 0x2000}]],
  ['a tune request needs no data', 'F6', [{type: 'tune-request'}]],
  ['an empty SysEx is a message', 'F0 F7', [{type: 'sysex', data: bytes('')}]],
];

for (const [law, hex, messages] of table) {
  test(law, (t) => {
    t.deepEqual(read(bytes(hex)), messages);
  });
  test(`byte by byte: ${law}`, (t) => {
    t.deepEqual(read(...[...bytes(hex)].map((byte) => Uint8Array.of(byte))), messages);
  });
}

test('any bytes in any chunks give the same messages, and never an error', (t) => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 400}), fc.array(fc.nat()), (whole, places) => {
      t.deepEqual(read(...cut(whole, places)), read(whole));
    }),
    {numRuns: 1000},
  );
});

test('a hundred thousand random bytes and more are read without an error', (t) => {
  let length = 0;
  fc.assert(
    fc.property(fc.uint8Array({minLength: 4096, maxLength: 8192, size: 'max'}), (noise) => {
      length += noise.length;
      const messages = read(noise);
      t.true(messages.every((message) => message.type !== 'sysex' || message.data.every((byte) => byte < 0x80)));
    }),
    {numRuns: 40},
  );
  t.true(length >= 100_000);
});

test('what is encoded is read back as it was, in any chunks', (t) => {
  fc.assert(
    fc.property(fc.array(anyMidi, {maxLength: 20}), fc.array(fc.nat()), (messages, places) => {
      t.deepEqual(read(...cut(joined(messages.map(encodeMidi)), places)), messages);
    }),
    {numRuns: 500},
  );
});

test('after any noise, the next message with a status byte is read', (t) => {
  fc.assert(
    fc.property(fc.uint8Array(), anyMidi, (noise, message) => {
      t.deepEqual(read(noise, encodeMidi(message)).at(-1), message);
    }),
  );
});

test('real time may stand between any two bytes', (t) => {
  fc.assert(
    fc.property(fc.array(anyMidi, {minLength: 1, maxLength: 5}), anyRealTime, fc.nat(), (messages, tick, place) => {
      const parts = cut(joined(messages.map(encodeMidi)), [place]);
      const [before = bytes(''), after = bytes('')] = parts;
      const heard = [...read(before, encodeMidi(tick), after)];
      heard.splice(
        heard.findIndex((message) => message.type === tick.type),
        1,
      );
      t.deepEqual(
        heard.filter((message) => message.type !== tick.type),
        messages.filter((message) => message.type !== tick.type),
      );
    }),
  );
});

test('the longest SysEx is kept, one byte more is lost, and the next message is read', (t) => {
  const chunk = new Uint8Array(4096).fill(0x11);
  const chunks = Array.from({length: longestSysex / chunk.length}, () => chunk);
  const [kept, ...others] = read(bytes('F0'), ...chunks, bytes('F7'));
  t.is(kept?.type === 'sysex' ? kept.data.length : 0, longestSysex);
  t.is(others.length, 0);
  t.deepEqual(read(bytes('F0'), ...chunks, bytes('11 F7 F6')), [{type: 'tune-request'}]);
});

test('an endless SysEx is not kept in memory', (t) => {
  let state = initialStream;
  for (let n = 0; n < 100; n++) state = step(state, new Uint8Array(4096)).state;
  state = step(state, bytes('F0')).state;
  for (let n = 0; n < 100; n++) state = step(state, new Uint8Array(4096)).state;
  t.is(state.sysex?.bytes.length, 0);
  t.is(state.sysex?.before, undefined);
});

test('the bytes given may be used again', (t) => {
  const buffer = bytes('F0 01 02');
  const {state} = step(initialStream, buffer);
  buffer.fill(0x7f);
  t.deepEqual(step(state, bytes('F7')).messages, [{type: 'sysex', data: bytes('01 02')}]);
});
