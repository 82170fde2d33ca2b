import test from 'ava';
import {probeStem} from '../../../src/engine/stems/probe.ts';
import {scratchFile} from './scratch.ts';
import {aiffFile, commonContent, formChunk} from './wave-bytes.ts';
import {decodeBytes} from './whole.ts';

const samples = [0.5, -0.25, -1];

/** A sound data chunk: offset, block size, samples. */
function soundData(data: Uint8Array, skip = 0, toldSize?: number): Uint8Array {
  const head = Buffer.alloc(8 + skip);
  head.writeUInt32BE(skip, 0);
  return formChunk('SSND', Buffer.concat([head, data]), toldSize);
}

function integers(bytes: 1 | 2 | 3 | 4, littleEndian = false): Buffer {
  const data = Buffer.alloc(bytes * samples.length);
  samples.forEach((sample, index) => {
    const value = sample * 2 ** (bytes * 8 - 1);
    if (littleEndian) data.writeIntLE(value, index * bytes, bytes);
    else data.writeIntBE(value, index * bytes, bytes);
  });
  return data;
}

for (const bytes of [1, 2, 3, 4] as const) {
  test(`AIFF of ${bytes * 8} bits is read`, async (t) => {
    const common = commonContent({frames: 3, bits: bytes * 8, rate: 96_000});
    const {header, channels} = await decodeBytes(t, aiffFile([formChunk('COMM', common), soundData(integers(bytes))]));
    t.like(header, {format: 'aiff', channels: 1, sampleRate: 96_000, lengthFrames: 3, bits: bytes * 8});
    t.deepEqual([...(channels[0] ?? [])], samples);
  });
}

const floats = Buffer.alloc(12);
const doubles = Buffer.alloc(24);
samples.forEach((sample, index) => {
  floats.writeFloatBE(sample, index * 4);
  doubles.writeDoubleBE(sample, index * 8);
});

for (const [compression, bits, data] of [
  ['NONE', 16, integers(2)],
  ['twos', 16, integers(2)],
  ['sowt', 16, integers(2, true)],
  ['sowt', 24, integers(3, true)],
  ['in24', 24, integers(3)],
  ['in32', 32, integers(4)],
  ['fl32', 32, floats],
  ['FL32', 32, floats],
  ['fl64', 64, doubles],
] as const) {
  test(`AIFF-C "${compression}" of ${bits} bits is read`, async (t) => {
    const common = commonContent({frames: 3, bits, rate: 44_100, compression});
    const {header, channels} = await decodeBytes(t, aiffFile([formChunk('COMM', common), soundData(data)], 'AIFC'));
    t.like(header, {sampleRate: 44_100, bits});
    t.deepEqual([...(channels[0] ?? [])], samples);
  });
}

for (const rate of [8000, 11_025, 22_050, 44_100, 48_000, 88_200, 176_400, 192_000]) {
  test(`a rate of ${rate} Hz is read from its 80-bit float`, async (t) => {
    const bytes = aiffFile([formChunk('COMM', commonContent({frames: 3, rate})), soundData(integers(2))]);
    t.is((await decodeBytes(t, bytes)).header.sampleRate, rate);
  });
}

test('AIFF chunks may come in any order, with others between them and bytes to skip', async (t) => {
  const common = formChunk('COMM', commonContent({frames: 3}));
  const {channels} = await decodeBytes(
    t,
    aiffFile([formChunk('NAME', Buffer.alloc(5)), soundData(integers(2), 6), common]),
  );
  t.deepEqual([...(channels[0] ?? [])], samples);
});

const whole = formChunk('COMM', commonContent({frames: 3}));
const refused: readonly (readonly [string, Uint8Array, RegExp])[] = [
  [
    'promises more samples than it holds',
    aiffFile([formChunk('COMM', commonContent({frames: 48_003})), soundData(integers(2), 0, 96_014)]),
    /^ends 1\.0 s early$/,
  ],
  [
    'has a sound chunk shorter than its length',
    aiffFile([whole, soundData(integers(2), 0, 12)]),
    /^ends 1 sample early$/,
  ],
  [
    'skips beyond its end',
    aiffFile([whole, formChunk('SSND', Buffer.from('ffffffff00000000', 'hex'))]),
    /^ends 3 samples early$/,
  ],
  ['has no sound chunk', aiffFile([whole]), /before its samples/],
  ['has no common chunk', aiffFile([soundData(integers(2))]), /no AIFF header/],
  [
    'has no samples',
    aiffFile([formChunk('COMM', commonContent({frames: 0})), soundData(Buffer.alloc(0))]),
    /^no samples$/,
  ],
  [
    'has four channels',
    aiffFile([formChunk('COMM', commonContent({frames: 1, channels: 4})), soundData(Buffer.alloc(8))]),
    /^4 channels/,
  ],
  [
    'is compressed',
    aiffFile([formChunk('COMM', commonContent({frames: 3, compression: 'ima4'})), soundData(integers(2))], 'AIFC'),
    /stored as "ima4"/,
  ],
];

for (const [name, bytes, reason] of refused) {
  test(`AIFF that ${name} is refused`, async (t) => {
    const probed = await probeStem(await scratchFile(t, bytes));
    t.regex(probed.type === 'refused' ? probed.problem.reason : 'read', reason);
  });
}
