import test from 'ava';
import fc from 'fast-check';
import {createRelativeDetector} from '../../src/wire/relative-detection.ts';
import {decodeSteps, type RelativeEncoding} from '../../src/wire/relative-encoding.ts';

const table: readonly (readonly [string, RelativeEncoding, readonly (readonly [number, number])[]])[] = [
  [
    "two's complement",
    {up: 0x01, down: 0x7f},
    [
      [0x01, 1],
      [0x3f, 63],
      [0x7f, -1],
      [0x40, -64],
      [0x00, 0],
    ],
  ],
  [
    "two's complement, turned round",
    {up: 0x7f, down: 0x01},
    [
      [0x7f, 1],
      [0x02, -2],
      [0x00, 0],
    ],
  ],
  [
    'sign and magnitude',
    {up: 0x01, down: 0x41},
    [
      [0x01, 1],
      [0x07, 7],
      [0x47, -7],
      [0x40, 0],
      [0x00, 0],
    ],
  ],
  [
    'inverted sign and magnitude',
    {up: 0x41, down: 0x01},
    [
      [0x43, 3],
      [0x03, -3],
      [0x00, 0],
    ],
  ],
  [
    'offset 64',
    {up: 0x41, down: 0x3f},
    [
      [0x41, 1],
      [0x45, 5],
      [0x3b, -5],
      [0x40, 0],
    ],
  ],
  [
    'offset 16',
    {up: 0x11, down: 0x0f},
    [
      [0x12, 2],
      [0x0e, -2],
      [0x10, 0],
    ],
  ],
  [
    'inc and dec',
    {up: 0x7f, down: 0x00},
    [
      [0x7f, 1],
      [0x41, 1],
      [0x00, -1],
      [0x3f, -1],
    ],
  ],
];

for (const [name, encoding, rows] of table) {
  test(`steps in ${name} are read`, (t) => {
    for (const [value, steps] of rows) t.is(decodeSteps(encoding, value), steps, value.toString(16));
  });
}

test('whatever the custom, its two values are one step each way', (t) => {
  const encoding = fc.constantFrom(...table.map(([, given]) => given));
  fc.assert(
    fc.property(encoding, (given) => {
      t.is(decodeSteps(given, given.up), 1);
      t.is(decodeSteps(given, given.down), -1);
    }),
  );
});

test('an encoding without a direction turns nothing', (t) => {
  t.is(decodeSteps({up: 5, down: 5}, 5), 0);
});

test('the first step of an unknown encoder is one step, to the right where people try that first', (t) => {
  for (const [value, steps] of [
    [0x01, 1],
    [0x7f, -1],
    [0x41, 1],
    [0x3f, -1],
    [0x11, 1],
    [0x0f, -1],
  ] as const)
    t.is(createRelativeDetector().steps(value), steps, value.toString(16));
});

test('an encoder that was set to another custom is read in that after two dozen other values', (t) => {
  const detector = createRelativeDetector();
  for (let turn = 0; turn < 100; turn++) t.is(detector.steps(turn % 2 === 0 ? 0x01 : 0x7f), turn % 2 === 0 ? 1 : -1);
  for (let turn = 0; turn < 24; turn++) detector.steps(turn % 2 === 0 ? 0x41 : 0x3f);
  t.is(detector.steps(0x42), 2);
  t.is(detector.steps(0x3e), -2);
});
