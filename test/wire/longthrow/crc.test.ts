import test from 'ava';
import fc from 'fast-check';
import {frameCheck, storedCheck} from '../../../src/wire/longthrow/crc.ts';

const digits = new TextEncoder().encode('123456789');

test('both checks give the published values', (t) => {
  t.is(frameCheck(digits, 9, 0), 0x6f91);
  t.is(storedCheck(digits), 0xcbf43926);
  t.is(storedCheck(new Uint8Array(0)), 0);
});

test('sessions never share a check, whatever the bytes', (t) => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 64}), (bytes) => {
      const checks = new Set(Array.from({length: 256}, (_, session) => frameCheck(bytes, bytes.length, session)));
      return checks.size === 256;
    }),
    {numRuns: 50},
  );
  t.pass();
});

test('only the bytes that were asked for are checked', (t) => {
  t.is(frameCheck(Uint8Array.of(...digits, 0xee), 9, 0), 0x6f91);
});
