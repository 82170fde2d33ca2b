import test from 'ava';
import fc from 'fast-check';
import {askedDeviceIds, type FourBytes, isKnownDeviceId, respond} from '../../../src/wire/mackie/handshake.ts';

const vectors: readonly (readonly [FourBytes, FourBytes])[] = [
  [
    [0x57, 0x18, 0x61, 0x05],
    [0x64, 0x5a, 0x5e, 0x57],
  ],
  [
    [0x01, 0x02, 0x03, 0x04],
    [0x05, 0x05, 0x7b, 0x2f],
  ],
  [
    [0x12, 0x34, 0x56, 0x78],
    [0x58, 0x0f, 0x16, 0x4e],
  ],
  [
    [0x7f, 0x00, 0x7f, 0x00],
    [0x09, 0x78, 0x7b, 0x71],
  ],
];

for (const [challenge, response] of vectors) {
  test(`the challenge ${challenge.join(' ')} is answered ${response.join(' ')}`, (t) => {
    t.deepEqual(respond(challenge), response);
  });
}

test('any challenge has an answer of four data bytes', (t) => {
  const seven = fc.integer({min: 0, max: 0x7f});
  fc.assert(
    fc.property(fc.tuple(seven, seven, seven, seven), (challenge) =>
      respond(challenge).every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 0x7f),
    ),
  );
  t.pass();
});

test('the ids that are asked are known, and the two that name nobody are not', (t) => {
  t.deepEqual(askedDeviceIds, [0x14, 0x10, 0x15, 0x11]);
  t.true(askedDeviceIds.every(isKnownDeviceId));
  t.false(isKnownDeviceId(0));
  t.false(isKnownDeviceId(0x7f));
});
