import test from 'ava';
import fc from 'fast-check';
import {wholeMessages} from '../../src/transport/midi-message.ts';

const cut = (...bytes: readonly number[]) => wholeMessages(Uint8Array.from(bytes)).map((message) => [...message]);

for (const [law, bytes, messages] of [
  ['nothing is no message', [], []],
  ['one message stays one', [0xe0, 1, 2], [[0xe0, 1, 2]]],
  [
    'each status begins a message',
    [0xe0, 1, 2, 0xd0, 3],
    [
      [0xe0, 1, 2],
      [0xd0, 3],
    ],
  ],
  [
    'a SysEx ends with its end',
    [0xf0, 1, 0xf7, 0x90, 4, 5],
    [
      [0xf0, 1, 0xf7],
      [0x90, 4, 5],
    ],
  ],
  ['real time stands alone', [0xf8, 0xb0, 1, 2, 0xfe], [[0xf8], [0xb0, 1, 2], [0xfe]]],
  ['data without a status belongs nowhere', [1, 2, 0xd0, 3], [[0xd0, 3]]],
] as const)
  test(law, (t) => {
    t.deepEqual(
      cut(...bytes),
      messages.map((message) => [...message]),
    );
  });

const data = fc.integer({min: 0, max: 127});
const message = fc.oneof(
  fc.tuple(fc.integer({min: 0x80, max: 0xef}), data, data).map((bytes) => [...bytes]),
  fc.array(data, {maxLength: 250}).map((body) => [0xf0, ...body, 0xf7]),
  fc.integer({min: 0xf8, max: 0xff}).map((byte) => [byte]),
);

test('messages joined and cut are the messages', (t) => {
  fc.assert(
    fc.property(fc.array(message, {maxLength: 20}), (messages) => {
      t.deepEqual(cut(...messages.flat()), messages);
    }),
  );
});
