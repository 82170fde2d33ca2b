import test from 'ava';
import fc from 'fast-check';
import {decodeSamples, encodeSamples, type SampleEncoding} from '../../../src/engine/stems/sample-encoding.ts';

function decode(encoding: SampleEncoding, bytes: readonly number[], channels = 1): number[][] {
  const frames = bytes.length / encoding.bytes / channels;
  const into = Array.from({length: channels}, () => new Float32Array(frames));
  decodeSamples(encoding, Uint8Array.from(bytes), frames, into);
  return into.map((samples) => [...samples]);
}

const cases: readonly (readonly [string, SampleEncoding, readonly number[], readonly number[]])[] = [
  ['unsigned bytes', {kind: 'unsigned', bytes: 1, littleEndian: true}, [0, 128, 255], [-1, 0, 127 / 128]],
  ['signed bytes', {kind: 'int', bytes: 1, littleEndian: false}, [0x80, 0, 0x7f], [-1, 0, 127 / 128]],
  [
    '16 bits, low byte first',
    {kind: 'int', bytes: 2, littleEndian: true},
    [0, 0x80, 0, 0x40, 0xff, 0xff],
    [-1, 0.5, -1 / 32768],
  ],
  [
    '16 bits, high byte first',
    {kind: 'int', bytes: 2, littleEndian: false},
    [0x80, 0, 0x40, 0, 0xff, 0xff],
    [-1, 0.5, -1 / 32768],
  ],
  [
    '24 bits, low byte first',
    {kind: 'int', bytes: 3, littleEndian: true},
    [0, 0, 0x80, 1, 0, 0, 0xff, 0xff, 0xff],
    [-1, 2 ** -23, -(2 ** -23)],
  ],
  [
    '24 bits, high byte first',
    {kind: 'int', bytes: 3, littleEndian: false},
    [0x80, 0, 0, 0, 0, 1, 0xff, 0xff, 0xff],
    [-1, 2 ** -23, -(2 ** -23)],
  ],
  ['32 bits, low byte first', {kind: 'int', bytes: 4, littleEndian: true}, [0, 0, 0, 0x80, 0, 0, 0, 0x40], [-1, 0.5]],
  ['32 bits, high byte first', {kind: 'int', bytes: 4, littleEndian: false}, [0x80, 0, 0, 0, 0x40, 0, 0, 0], [-1, 0.5]],
  ['floats, low byte first', {kind: 'float', bytes: 4, littleEndian: true}, [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0], [1, -2]],
  [
    'floats, high byte first',
    {kind: 'float', bytes: 4, littleEndian: false},
    [0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0],
    [1, -2],
  ],
  ['doubles, low byte first', {kind: 'float', bytes: 8, littleEndian: true}, [0, 0, 0, 0, 0, 0, 0xe0, 0x3f], [0.5]],
  ['doubles, high byte first', {kind: 'float', bytes: 8, littleEndian: false}, [0x3f, 0xe0, 0, 0, 0, 0, 0, 0], [0.5]],
];

for (const [name, encoding, bytes, samples] of cases) {
  test(`${name} become amplitudes with full scale 1`, (t) => {
    t.deepEqual(decode(encoding, bytes), [[...samples]]);
  });
}

test('interleaved channels are taken apart', (t) => {
  const bytes = [0, 0x40, 0, 0xc0, 0, 0x20, 0, 0xe0];
  t.deepEqual(decode({kind: 'int', bytes: 2, littleEndian: true}, bytes, 2), [
    [0.5, 0.25],
    [-0.5, -0.25],
  ]);
});

test('decoding fills from the place it is told to', (t) => {
  const into = [Float32Array.of(9, 9, 9, 9)];
  decodeSamples({kind: 'int', bytes: 2, littleEndian: true}, Uint8Array.of(0, 0x40, 0, 0x20), 2, into, 1);
  t.deepEqual([...(into[0] ?? [])], [9, 0.5, 0.25, 9]);
});

for (const bytes of [2, 3] as const) {
  test(`every ${bytes * 8}-bit integer survives being decoded and encoded again`, (t) => {
    const encoding: SampleEncoding = {kind: 'int', bytes, littleEndian: true};
    fc.assert(
      fc.property(fc.uint8Array({minLength: bytes * 2, maxLength: 300}), (all) => {
        const frames = Math.floor(all.length / (bytes * 2));
        const whole = all.subarray(0, frames * bytes * 2);
        const into = [new Float32Array(frames), new Float32Array(frames)];
        decodeSamples(encoding, whole, frames, into);
        return Buffer.from(encodeSamples(encoding, into, frames)).equals(Buffer.from(whole));
      }),
    );
    t.pass();
  });
}

test('floats survive being encoded and decoded again', (t) => {
  const encoding: SampleEncoding = {kind: 'float', bytes: 4, littleEndian: true};
  fc.assert(
    fc.property(fc.float32Array({minLength: 1, maxLength: 50}), (samples) => {
      const into = [new Float32Array(samples.length)];
      decodeSamples(encoding, encodeSamples(encoding, [samples], samples.length), samples.length, into);
      return samples.every((sample, index) => Object.is(into[0]?.[index], sample));
    }),
  );
  t.pass();
});

test('what lies beyond full scale is held there when integers are written', (t) => {
  const encoded = encodeSamples({kind: 'int', bytes: 2, littleEndian: true}, [Float32Array.of(2, -2, 1)], 3);
  t.deepEqual([...encoded], [0xff, 0x7f, 0, 0x80, 0xff, 0x7f]);
});

test('24 bits are read alike as words and byte by byte, in mono and stereo, any number of frames, to any place', (t) => {
  fc.assert(
    fc.property(
      fc.uint8Array({minLength: 0, maxLength: 90}),
      fc.constantFrom(1, 2),
      fc.integer({min: 0, max: 3}),
      (bytes, channels, at) => {
        const encoding: SampleEncoding = {kind: 'int', bytes: 3, littleEndian: true};
        const frames = Math.floor(bytes.length / 3 / channels);
        // Bytes that begin between two words cannot be read as words.
        const shifted = new Uint8Array(bytes.length + 1);
        shifted.set(bytes, 1);
        const [fast, slow] = [bytes.slice(), shifted.subarray(1)].map((source) => {
          const into = Array.from({length: channels}, () => new Float32Array(frames + at));
          decodeSamples(encoding, source, frames, into, at);
          return JSON.stringify(into.map((samples) => [...samples]));
        });
        return fast === slow;
      },
    ),
  );
  t.pass();
});
