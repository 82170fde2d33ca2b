import test from 'ava';
import fc from 'fast-check';
import {crc8, crc16, crc32} from '../../../src/engine/stems/checksum.ts';

const digits = Buffer.from('123456789');

test('the checksums give the check values of their catalogue', (t) => {
  t.is(crc8(digits, 0, 9), 0xf4, 'CRC-8/SMBUS');
  t.is(crc16(digits, 0, 9), 0xfee8, 'CRC-16/UMTS');
  t.is(crc32(digits, 0, 9), 0x89a1897f, 'CRC-32/CKSUM before its inversion');
});

test('a checksum can be taken in pieces', (t) => {
  fc.assert(
    fc.property(fc.uint8Array({minLength: 1, maxLength: 100}), fc.nat(100), (bytes, at) => {
      const cut = Math.min(at, bytes.length);
      const end = bytes.length;
      return (
        crc16(bytes, cut, end, crc16(bytes, 0, cut)) === crc16(bytes, 0, end) &&
        crc32(bytes, cut, end, crc32(bytes, 0, cut)) === crc32(bytes, 0, end)
      );
    }),
  );
  t.pass();
});

test('a 16-bit checksum over data and its own checksum is 0', (t) => {
  const sum = crc16(digits, 0, 9);
  t.is(crc16(Uint8Array.of(...digits, sum >> 8, sum & 255), 0, 11), 0);
});

test('one wrong bit changes every checksum', (t) => {
  fc.assert(
    fc.property(fc.uint8Array({minLength: 1, maxLength: 60}), fc.nat(), fc.nat(7), (bytes, at, bit) => {
      const wrong = bytes.slice();
      const index = at % bytes.length;
      wrong[index] = (wrong[index] ?? 0) ^ (1 << bit);
      return [crc8, crc16, crc32].every((crc) => crc(bytes, 0, bytes.length) !== crc(wrong, 0, wrong.length));
    }),
  );
  t.pass();
});
