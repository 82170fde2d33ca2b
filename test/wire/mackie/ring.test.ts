import test from 'ava';
import fc from 'fast-check';
import type {RingStyle} from '../../../src/model/picture.ts';
import {ringByte, ringLamps, ringOf, ringPosition} from '../../../src/wire/mackie/ring.ts';

const table: readonly (readonly [RingStyle, number | undefined, number])[] = [
  ['dot', 0, 0x01],
  ['dot', 0.5, 0x06],
  ['dot', 1, 0x0b],
  ['boost-cut', 0.5, 0x16],
  ['wrap', 0.25, 0x24],
  ['wrap', 1, 0x2b],
  ['spread', 0, 0x31],
  ['spread', 0.6, 0x34],
  ['spread', 1, 0x36],
  ['wrap', undefined, 0x20],
  ['dot', Number.NaN, 0x00],
  ['dot', -3, 0x01],
  ['dot', 7, 0x0b],
];

for (const [style, value, byte] of table) {
  test(`a ${style} ring at ${value} is ${byte.toString(16)}`, (t) => {
    t.is(ringByte(style, ringPosition(style, value), false), byte);
    t.is(ringByte(style, ringPosition(style, value), true), byte | 0x40);
  });
}

test('a value that rises never moves the ring back, and every lamp is reached', (t) => {
  for (const style of ['dot', 'boost-cut', 'wrap', 'spread'] as const) {
    const positions = Array.from({length: 101}, (_, percent) => ringPosition(style, percent / 100));
    t.deepEqual(
      positions,
      [...positions].sort((a, b) => a - b),
    );
    t.is(new Set(positions).size, ringLamps(style));
  }
});

test('any byte is some ring, and reads the same when sent again', (t) => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: 0x7f}), (byte) => {
      const ring = ringOf(byte);
      t.deepEqual(ringOf(ringByte(ring.style, ring.position, ring.centre)), ring);
    }),
  );
});
