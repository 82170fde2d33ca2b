import test from 'ava';
import fc from 'fast-check';
import {readHexMessage} from '../../src/mapping/hex-message.ts';

const good = [
  ['B0 7F 01', [0xb0, 0x7f, 0x01]],
  ['c0 05', [0xc0, 0x05]],
  ['  F0 42 40   00 01 F7 ', [0xf0, 0x42, 0x40, 0x00, 0x01, 0xf7]],
  ['F0 F7', [0xf0, 0xf7]],
] as const;

for (const [text, bytes] of good) {
  test(`"${text}" is a whole message`, (t) => {
    t.deepEqual(readHexMessage(text), {state: 'good', bytes: Uint8Array.from(bytes)});
  });
}

const bad = [
  ['', 'is not a byte'],
  ['B0 7', 'is not a byte'],
  ['B0 XY 00', 'is not a byte'],
  ['7F 00 00', 'status byte'],
  ['F0 42', 'ends with F7'],
  ['F0', 'ends with F7'],
  ['F0 42 80 F7', 'data bytes are 00 to 7F'],
  ['B0 7F', '2 data bytes'],
  ['C0 01 02', '1 data byte'],
  ['B0 7F 80', 'data bytes are 00 to 7F'],
  ['F8', 'only channel messages'],
] as const;

for (const [text, reason] of bad) {
  test(`"${text}" is refused: ${reason}`, (t) => {
    const read = readHexMessage(text);
    t.true(read.state === 'bad' && read.reason.includes(reason), JSON.stringify(read));
  });
}

test('every System Exclusive message of data bytes is read back as it was written', (t) => {
  fc.assert(
    fc.property(fc.array(fc.integer({min: 0, max: 127}), {maxLength: 60}), (data) => {
      const bytes = [0xf0, ...data, 0xf7];
      const read = readHexMessage(bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' '));
      return read.state === 'good' && read.bytes.join() === bytes.join();
    }),
  );
  t.pass();
});
