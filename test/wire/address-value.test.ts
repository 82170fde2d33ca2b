import test from 'ava';
import fc from 'fast-check';
import type {Address} from '../../src/model/surface.ts';
import {addressBytes} from '../../src/wire/address-message.ts';
import {createAddressReader} from '../../src/wire/address-value.ts';
import {initialStream, step} from '../../src/wire/midi-stream.ts';
import {createRelativeDetector, likeliestCustom, relativeEncodings} from '../../src/wire/relative-detection.ts';
import {bytes} from './bytes.ts';

/** The values at addresses that bytes tell, as `message number value`; of 14-bit controllers those of 0 and 7. */
function told(hex: string): readonly string[] {
  const read = createAddressReader(new Set([0, 7]));
  return step(initialStream, bytes(hex)).messages.flatMap((message) =>
    read(message)
      .filter((value) => value.message !== 'cc')
      .map(({message: kind, number, value, step: by}) => `${kind} ${number} ${by ?? value}`),
  );
}

const rows: readonly (readonly [law: string, hex: string, told: readonly string[]])[] = [
  ['a coarse half alone is a whole value whose top is the top', 'B0 00 7F', ['cc14 0 16383']],
  ['until a fine half was heard the coarse one is told at once', 'B0 00 40 20 01', ['cc14 0 8256', 'cc14 0 8193']],
  [
    'from then on a value is told once, by its fine half',
    'B0 00 40 20 00 00 41 20 02',
    ['cc14 0 8256', 'cc14 0 8192', 'cc14 0 8322'],
  ],
  [
    'the coarse half may be left out while it stays',
    'B0 00 01 20 01 20 02',
    ['cc14 0 129', 'cc14 0 129', 'cc14 0 130'],
  ],
  [
    'a coarse half without its fine one sets that to 0',
    'B0 00 01 20 01 00 02 00 03',
    ['cc14 0 129', 'cc14 0 129', 'cc14 0 384'],
  ],
  ['the fine half may come first', 'B0 20 01 00 02 20 03 00 02', ['cc14 0 257', 'cc14 0 259']],
  [
    'of a device that sends the fine half first the coarse one may be left out',
    'B0 20 01 00 02 20 03 20 04',
    ['cc14 0 257', 'cc14 0 260'],
  ],
  [
    'a run of fine halves before any coarse one is of a device that sends the coarse one first',
    'B0 20 64 20 6E 00 41 20 02 20 7E 00 42 20 08',
    ['cc14 0 8322', 'cc14 0 8446', 'cc14 0 8456'],
  ],
  [
    'pairs do not disturb each other',
    'B0 00 01 07 02 27 03 20 04',
    ['cc14 0 129', 'cc14 7 258', 'cc14 7 259', 'cc14 0 132'],
  ],
  ['a parameter number is coarse and fine', 'B0 63 01 62 02 06 7F', ['nrpn 130 16383']],
  ['in any order, and stays chosen', 'B0 62 02 63 01 06 00 26 05 26 06', ['nrpn 130 0', 'nrpn 130 5', 'nrpn 130 6']],
  ['registered numbers are others', 'B0 65 00 64 02 06 40', ['rpn 2 8256']],
  ['no number is chosen by 7F 7F', 'B0 63 01 62 02 63 7F 62 7F 06 10', []],
  ['numbers step up and down', 'B0 63 00 62 05 60 00 61 00', ['nrpn 5 1', 'nrpn 5 -1']],
  ['each channel chooses its own number', 'B0 63 00 62 05 B1 06 10', []],
  ['pitch bend', 'E3 00 40', ['bend 0 8192']],
  [
    'key pressure, channel pressure and program',
    'A0 7F 01 D0 20 C4 09',
    ['poly 127 1', 'pressure 0 32', 'program 9 127'],
  ],
];

for (const [law, hex, values] of rows) {
  test(law, (t) => {
    t.deepEqual(told(hex), values);
  });
}

const addresses = fc.oneof(
  fc.record({message: fc.constantFrom('cc' as const, 'note' as const, 'poly' as const), number: fc.nat(127)}),
  fc.record({message: fc.constant('cc14' as const), number: fc.nat(5)}),
  fc.record({message: fc.constantFrom('nrpn' as const, 'rpn' as const), number: fc.nat(16_382)}),
  fc.record({message: fc.constantFrom('bend' as const, 'pressure' as const), number: fc.constant(0)}),
);

test('what is sent to an address is heard there with its value', (t) => {
  fc.assert(
    fc.property(addresses, fc.integer({min: 1, max: 16}), fc.nat(16_383), ({message, number}, channel, given) => {
      const wide = ['cc14', 'nrpn', 'rpn', 'bend'].includes(message);
      const value = wide ? given : given >> 7;
      const address: Address = {message, number, channel, on: 127, off: 0};
      const read = createAddressReader(new Set([0, 1, 2, 3, 4, 5]));
      const heard = step(initialStream, addressBytes(address, value)).messages.flatMap(read);
      const last = heard.filter((one) => one.message === message && one.number === number).at(-1);
      return last?.value === value && last.channel === channel;
    }),
    {numRuns: 50},
  );
  t.pass();
});

for (const [custom, {up, down}] of Object.entries(relativeEncodings)) {
  if (custom === 'inverted-sign-magnitude') continue;
  test(`an encoder in ${custom} is known after a turn each way, and turns the right way from then on`, (t) => {
    const detector = createRelativeDetector();
    for (const value of [up, up, down]) detector.steps(value);
    t.deepEqual(
      [up, down, up].map((value) => detector.steps(value)),
      [1, -1, 1],
    );
    t.true(likeliestCustom([up, down]) === custom);
  });
}

test('with the first turn known to be clockwise the two customs that are each the other backwards are told apart', (t) => {
  t.is(likeliestCustom([0x41, 0x01], true), 'inverted-sign-magnitude');
  t.is(likeliestCustom([0x01, 0x41], true), 'sign-magnitude');
});

test('fast turning does not change what slow turning told', (t) => {
  const detector = createRelativeDetector();
  for (const value of [1, 127, 1, 127]) detector.steps(value);
  t.deepEqual(
    [3, 125, 8, 120].map((value) => detector.steps(value)),
    [3, -3, 8, -8],
  );
});

test('an encoder at rest tells nothing', (t) => {
  t.is(createRelativeDetector().steps(0), 0);
});
