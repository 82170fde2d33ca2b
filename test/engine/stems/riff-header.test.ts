import test from 'ava';
import wavefile from 'wavefile';
import {probeStem} from '../../../src/engine/stems/probe.ts';
import {scratchFile} from './scratch.ts';
import {extensibleContent, formatContent, riffChunk, waveFile} from './wave-bytes.ts';
import {decodeBytes} from './whole.ts';

const ramp = [0, 0.25, 0.5, -0.25, -0.5, -1];

for (const [depth, bits, scale] of [
  ['8', 8, 128],
  ['16', 16, 2 ** 15],
  ['24', 24, 2 ** 23],
  ['32', 32, 2 ** 31],
  ['32f', 32, 1],
  ['64', 64, 1],
] as const) {
  for (const channels of [1, 2] as const) {
    test(`WAV of ${depth} bits with ${channels} channels is read as another program wrote it`, async (t) => {
      const offset = depth === '8' ? 128 : 0;
      const values = ramp.map((sample) => sample * scale + offset);
      const wave = new wavefile.WaveFile();
      wave.fromScratch(channels, 44_100, depth, channels === 1 ? values : [values, [...values].reverse()]);
      const {header, channels: sides} = await decodeBytes(t, wave.toBuffer());
      t.like(header, {format: 'wav', channels, sampleRate: 44_100, lengthFrames: 6, bits});
      t.deepEqual([...(sides[0] ?? [])], ramp);
      if (channels === 2) t.deepEqual([...(sides[1] ?? [])], [...ramp].reverse());
    });
  }
}

const four = Buffer.from([0, 0x40, 0, 0x20, 0, 0xc0, 0, 0xe0]);
const fourSamples = [0.5, 0.25, -0.5, -0.25];

const wellFormed: readonly (readonly [string, Uint8Array])[] = [
  [
    'chunks before the samples',
    waveFile([
      riffChunk('JUNK', Buffer.alloc(28)),
      riffChunk('bext', Buffer.alloc(602)),
      riffChunk('fmt ', formatContent({})),
      riffChunk('fact', Buffer.alloc(4)),
      riffChunk('data', four),
    ]),
  ],
  [
    'a chunk of odd length',
    waveFile([riffChunk('odd ', Buffer.alloc(7)), riffChunk('fmt ', formatContent({})), riffChunk('data', four)]),
  ],
  [
    'chunks after the samples',
    waveFile([riffChunk('fmt ', formatContent({})), riffChunk('data', four), riffChunk('LIST', Buffer.alloc(99))]),
  ],
  [
    'a format chunk of 18 bytes',
    waveFile([riffChunk('fmt ', Buffer.concat([formatContent({}), Buffer.alloc(2)])), riffChunk('data', four)]),
  ],
  ['the extensible format', waveFile([riffChunk('fmt ', extensibleContent(1, 16, 16)), riffChunk('data', four)])],
  [
    'a wrong total size',
    Buffer.concat([
      Buffer.from('RIFF'),
      Buffer.alloc(4, 0xff),
      waveFile([riffChunk('fmt ', formatContent({})), riffChunk('data', four)]).subarray(8),
    ]),
  ],
];

for (const [name, bytes] of wellFormed) {
  test(`WAV with ${name} is read`, async (t) => {
    const {channels} = await decodeBytes(t, bytes);
    t.deepEqual([...(channels[0] ?? [])], fourSamples);
  });
}

for (const name of ['RF64', 'BW64']) {
  test(`${name} takes its sizes from the ds64 chunk`, async (t) => {
    const sizes = Buffer.alloc(28);
    sizes.writeBigUInt64LE(8n, 8);
    sizes.writeBigUInt64LE(4n, 16);
    const chunks = [
      riffChunk('ds64', sizes),
      riffChunk('fmt ', formatContent({})),
      riffChunk('data', four, 0xffffffff),
    ];
    const {channels} = await decodeBytes(t, waveFile(chunks, name));
    t.deepEqual([...(channels[0] ?? [])], fourSamples);
  });
}

test('the valid bits of the extensible format are told, and its floats are floats', async (t) => {
  const short = await decodeBytes(
    t,
    waveFile([riffChunk('fmt ', extensibleContent(1, 24, 20)), riffChunk('data', Buffer.alloc(6))]),
  );
  t.like(short.header, {bits: 20, lengthFrames: 2});
  const data = Buffer.alloc(8);
  data.writeFloatLE(0.75, 0);
  const float = await decodeBytes(
    t,
    waveFile([riffChunk('fmt ', extensibleContent(3, 32, 32)), riffChunk('data', data)]),
  );
  t.deepEqual([...(float.channels[0] ?? [])], [0.75, 0]);
});

const seconds = (count: number): Buffer => Buffer.alloc(48_000 * 2 * count);
const refused: readonly (readonly [string, Uint8Array, RegExp])[] = [
  [
    'promises more samples than it holds',
    waveFile([riffChunk('fmt ', formatContent({})), riffChunk('data', seconds(1), 48_000 * 2 * 2.5)]),
    /^ends 1\.5 s early$/,
  ],
  [
    'lacks a few samples',
    waveFile([riffChunk('fmt ', formatContent({})), riffChunk('data', four, 12)]),
    /^ends 2 samples early$/,
  ],
  [
    'was never finished (size 0)',
    waveFile([riffChunk('fmt ', formatContent({})), riffChunk('data', four, 0)]),
    /never finished/,
  ],
  [
    'was never finished (greatest size)',
    waveFile([riffChunk('fmt ', formatContent({})), riffChunk('data', four, 0xffffffff)]),
    /never finished/,
  ],
  [
    'has no samples',
    waveFile([riffChunk('fmt ', formatContent({})), riffChunk('data', Buffer.alloc(0))]),
    /^no samples$/,
  ],
  ['has no data chunk', waveFile([riffChunk('fmt ', formatContent({}))]), /before its samples/],
  ['has no format chunk', waveFile([riffChunk('data', four)]), /no WAVE header/],
  [
    'has six channels',
    waveFile([riffChunk('fmt ', formatContent({channels: 6})), riffChunk('data', Buffer.alloc(24))]),
    /^6 channels: only mono and stereo/,
  ],
  [
    'has no channels',
    waveFile([riffChunk('fmt ', formatContent({channels: 0})), riffChunk('data', four)]),
    /^0 channels/,
  ],
  [
    'has no rate',
    waveFile([riffChunk('fmt ', formatContent({rate: 0})), riffChunk('data', four)]),
    /sample rate is 0 Hz/,
  ],
  [
    'is ADPCM',
    waveFile([riffChunk('fmt ', formatContent({tag: 2})), riffChunk('data', four)]),
    /compressed \(WAVE format 2\)/,
  ],
  [
    'contradicts itself',
    waveFile([riffChunk('fmt ', formatContent({blockAlign: 3})), riffChunk('data', four)]),
    /contradicts itself/,
  ],
  [
    'has an unknown kind of sound',
    waveFile([
      riffChunk('fmt ', Buffer.concat([extensibleContent(1, 16, 16).subarray(0, 30), Buffer.alloc(10)])),
      riffChunk('data', four),
    ]),
    /not known/,
  ],
];

for (const [name, bytes, reason] of refused) {
  test(`WAV that ${name} is refused`, async (t) => {
    const path = await scratchFile(t, bytes);
    const probed = await probeStem(path);
    t.regex(probed.type === 'refused' ? probed.problem.reason : 'read', reason);
    t.is(probed.type === 'refused' && probed.problem.path, path);
  });
}
