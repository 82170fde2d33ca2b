import {Buffer} from 'node:buffer';
import {createHash} from 'node:crypto';
import test from 'ava';
import {crc8, crc16, crc32} from '../../../src/engine/stems/checksum.ts';
import {readFlacFrameHeader} from '../../../src/engine/stems/flac-frame.ts';
import {inspectStem} from '../../../src/engine/stems/inspect.ts';
import {readMpegFrameHeader, readMpegInformation} from '../../../src/engine/stems/mpeg-frame.ts';
import {readOggPage} from '../../../src/engine/stems/ogg-page.ts';
import {probeStem} from '../../../src/engine/stems/probe.ts';
import {fixtureBytes, fixturePath, scratchFile} from './scratch.ts';
import {errorDb, tone} from './tone.ts';
import {decodeBytes, decodeWhole} from './whole.ts';

for (const name of ['tone.flac', 'tone-unknown-length.flac']) {
  test(`${name} has the very samples that were encoded`, async (t) => {
    const {header, channels} = await decodeWhole(fixturePath(name));
    t.like(header, {format: 'flac', channels: 2, sampleRate: 44_100, lengthFrames: 11_025, bits: 16});
    for (const side of [0, 1]) {
      const wanted = Float32Array.from({length: 11_025}, (_, frame) => Math.round(tone(side, frame) * 32_768) / 32_768);
      t.deepEqual(channels[side], wanted);
    }
  });
}

test('FLAC of 24 bits has the very samples that were encoded', async (t) => {
  const {header, channels} = await decodeWhole(fixturePath('tone-24.flac'));
  t.like(header, {channels: 1, bits: 24, lengthFrames: 11_025});
  t.deepEqual(
    channels[0],
    Float32Array.from({length: 11_025}, (_, frame) => Math.round(tone(0, frame) * 2 ** 23) / 2 ** 23),
  );
});

for (const [name, sampleRate, lengthFrames] of [
  ['tone.mp3', 44_100, 11_025],
  ['tone.ogg', 44_100, 11_025],
  ['tone.opus', 48_000, 12_000],
] as const) {
  test(`${name} has the length of its source and stands where it stood`, async (t) => {
    const {header, channels} = await decodeWhole(fixturePath(name));
    t.like(header, {channels: 2, sampleRate, lengthFrames, bits: undefined});
    for (const side of [0, 1]) {
      const samples = channels[side] ?? new Float32Array();
      t.is(samples.length, lengthFrames);
      const error = errorDb(samples, (frame) => tone(side, frame, sampleRate), 1000, lengthFrames - 1000);
      t.true(error < -30, `side ${side}: ${error} dB`);
    }
  });
}

test('MP3 without an information frame has the length of its frames', async (t) => {
  const {header} = await decodeWhole(fixturePath('tone-bare.mp3'));
  t.is(header.lengthFrames, 11 * 1152);
});

test('MP3 behind an ID3v2 tag and before ID3v1 and APEv2 tags is read', async (t) => {
  const tone = await fixtureBytes('tone.mp3');
  const id3 = Buffer.alloc(10 + 300);
  id3.write('ID3\u0004\u0000\u0000\u0000\u0000\u0002\u002c', 0, 'latin1');
  const ape = Buffer.alloc(64 + 32);
  ape.write('APETAGEX', 64, 'latin1');
  ape.writeUInt32LE(96, 64 + 12);
  const id3v1 = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125)]);
  const {header, channels} = await decodeBytes(t, Buffer.concat([id3, tone, ape, id3v1]));
  t.like(header, {format: 'mp3', lengthFrames: 11_025});
  t.deepEqual(channels, (await decodeWhole(fixturePath('tone.mp3'))).channels);
});

test('FLAC behind an ID3v2 tag and before an ID3v1 tag is read', async (t) => {
  const id3 = Buffer.concat([
    Buffer.from('ID3\u0004\u0000\u0010\u0000\u0000\u0000\u0004', 'latin1'),
    Buffer.alloc(4 + 10),
  ]);
  const id3v1 = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125)]);
  const {header} = await decodeBytes(t, Buffer.concat([id3, await fixtureBytes('tone.flac'), id3v1]));
  t.like(header, {format: 'flac', lengthFrames: 11_025});
});

test('a damaged FLAC frame is named by its number and its place', async (t) => {
  const bytes = Buffer.from(await fixtureBytes('tone.flac'));
  const starts = [...bytes.keys()].filter((at) => readFlacFrameHeader(bytes, at) !== undefined);
  t.is(starts.length, 10);
  const fourth = starts[4] ?? 0;
  bytes.writeUInt8(bytes.readUInt8(fourth + 100) ^ 1, fourth + 100);
  const inspected = await inspectStem(await scratchFile(t, bytes));
  t.is(inspected.type === 'refused' && inspected.problem.reason, `frame 4 damaged at byte ${fourth}`);
});

test('FLAC whose samples differ from the MD5 in its header is refused', async (t) => {
  const bytes = Buffer.from(await fixtureBytes('tone.flac'));
  createHash('md5').update('another sound').digest().copy(bytes, 26);
  const inspected = await inspectStem(await scratchFile(t, bytes));
  t.regex(inspected.type === 'refused' ? inspected.problem.reason : '', /do not match the checksum/);
});

for (const [change, reason] of [
  [44_100, /^ends 1\.0 s early$/],
  [-100, /^it holds more samples than its header says$/],
] as const) {
  test(`FLAC whose header is wrong by ${change} samples is refused from its header alone`, async (t) => {
    const bytes = Buffer.from(await fixtureBytes('tone.flac'));
    bytes.writeUInt32BE(bytes.readUInt32BE(22) + change, 22);
    const probed = await probeStem(await scratchFile(t, bytes));
    t.regex(probed.type === 'refused' ? probed.problem.reason : 'read', reason);
  });
}

test('a FLAC frame header is read with every code of its block size', (t) => {
  for (const [code, extra, blockSize] of [
    [1, [], 192],
    [2, [], 576],
    [5, [], 4608],
    [6, [99], 100],
    [7, [1, 0], 257],
    [8, [], 256],
    [15, [], 32_768],
  ] as const) {
    const bytes = [0xff, 0xf8, (code << 4) | 9, 0x18, 0xc4, 0x80, ...extra];
    const header = readFlacFrameHeader(Uint8Array.of(...bytes, crc8(Uint8Array.from(bytes), 0, bytes.length)), 0);
    t.like(header, {number: 0x100, blockSize, channels: 2, variable: false, bytes: bytes.length + 1});
  }
});

test('a FLAC frame number may have seven bytes', (t) => {
  const bytes = [0xff, 0xf9, 0x89, 0x08, 0xfe, 0xbf, 0xbf, 0xbf, 0xbf, 0xbf, 0xbf];
  const header = readFlacFrameHeader(Uint8Array.of(...bytes, crc8(Uint8Array.from(bytes), 0, bytes.length)), 0);
  t.like(header, {number: 2 ** 36 - 1, variable: true});
});

test('every FLAC frame of a fixture ends where its checksum comes out as 0', async (t) => {
  const bytes = await fixtureBytes('tone.flac');
  const starts = [...bytes.keys()].filter((at) => readFlacFrameHeader(bytes, at) !== undefined);
  for (const [index, start] of starts.entries()) {
    t.is(crc16(bytes, start, starts[index + 1] ?? bytes.length), 0);
  }
});

test('MP3 frame headers tell their length for every version', (t) => {
  for (const [bytes, wanted] of [
    [[0xff, 0xfb, 0x90, 0x00], {version: 1, sampleRate: 44_100, channels: 2, samples: 1152, bytes: 417}],
    [[0xff, 0xfb, 0x92, 0xc0], {version: 1, sampleRate: 44_100, channels: 1, samples: 1152, bytes: 418}],
    [[0xff, 0xf3, 0x84, 0x00], {version: 2, sampleRate: 24_000, channels: 2, samples: 576, bytes: 192}],
    [[0xff, 0xe3, 0x88, 0x00], {version: 3, sampleRate: 8000, channels: 2, samples: 576, bytes: 576}],
  ] as const) {
    t.deepEqual(readMpegFrameHeader(Uint8Array.from(bytes), 0), wanted);
  }
  for (const bytes of [
    [0xff, 0xfd, 0x90, 0],
    [0xff, 0xfb, 0xf0, 0],
    [0xff, 0xfb, 0, 0],
    [0xff, 0xfb, 0x9c, 0],
    [0xff],
  ]) {
    t.is(readMpegFrameHeader(Uint8Array.from(bytes), 0), undefined);
  }
});

test("LAME's information frame tells frames, bytes, delay and padding", async (t) => {
  const bytes = await fixtureBytes('tone.mp3');
  const header = readMpegFrameHeader(bytes, 0);
  const information = header === undefined ? undefined : readMpegInformation(bytes, 0, header);
  t.like(information, {bytes: bytes.length, delay: 576});
  t.is((information?.frames ?? 0) * 1152 - 576 - (information?.padding ?? 0), 11_025);
});

test('a damaged OGG page is named by its number and its place', async (t) => {
  const bytes = Buffer.from(await fixtureBytes('tone.ogg'));
  const first = readOggPage(bytes, 0)?.bytes ?? 0;
  bytes.writeUInt8(bytes.readUInt8(first + 200) ^ 1, first + 200);
  const inspected = await inspectStem(await scratchFile(t, bytes));
  t.is(inspected.type === 'refused' && inspected.problem.reason, `page 1 damaged at byte ${first}`);
});

/** Changes a page of a fixture and puts its checksum right again. */
function rewritePage(bytes: Buffer, at: number, change: (page: Buffer) => void): void {
  const page = bytes.subarray(at, at + (readOggPage(bytes, at)?.bytes ?? 0));
  change(page);
  page.writeUInt32LE(0, 22);
  page.writeUInt32LE(crc32(page, 0, page.length), 22);
}

test('OGG with more than two channels, another codec, or further streams is refused with the reason', async (t) => {
  for (const [name, change, reason] of [
    ['tone.ogg', (page: Buffer) => page.writeUInt8(6, 28 + 11), /^6 channels/],
    ['tone.opus', (page: Buffer) => page.writeUInt8(6, 28 + 9), /^6 channels/],
    ['tone.ogg', (page: Buffer) => page.write('theora', 29), /neither Vorbis nor Opus/],
    ['tone.ogg', (page: Buffer) => page.writeUInt8(0, 5), /first page/],
    ['tone.ogg', (page: Buffer) => page.writeUInt32LE(8, 14), /several recordings/],
  ] as const) {
    const bytes = Buffer.from(await fixtureBytes(name));
    rewritePage(bytes, 0, change);
    const probed = await probeStem(await scratchFile(t, bytes));
    t.regex(probed.type === 'refused' ? probed.problem.reason : 'read', reason);
  }
});

test('OGG without its closing page, or with two recordings in a row, is refused', async (t) => {
  const bytes = Buffer.from(await fixtureBytes('tone.ogg'));
  const twice = await inspectStem(await scratchFile(t, Buffer.concat([bytes, bytes])));
  t.regex(twice.type === 'refused' ? twice.problem.reason : 'read', /damaged|row/);
  const last = bytes.lastIndexOf('OggS');
  rewritePage(bytes, last, (page) => page.writeUInt8(0, 5));
  const open = await probeStem(await scratchFile(t, bytes));
  t.regex(open.type === 'refused' ? open.problem.reason : 'read', /closing page is missing/);
});

test('the gain that an Opus header asks for is applied', async (t) => {
  const bytes = Buffer.from(await fixtureBytes('tone.opus'));
  rewritePage(bytes, 0, (page) => page.writeInt16LE(-6 * 256, 28 + 16));
  const softer = await decodeBytes(t, bytes);
  const plain = await decodeWhole(fixturePath('tone.opus'));
  const ratio = (softer.channels[0]?.[6000] ?? 0) / (plain.channels[0]?.[6000] ?? 1);
  t.true(Math.abs(20 * Math.log10(ratio) + 6) < 1e-4);
});
