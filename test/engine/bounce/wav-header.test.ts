import test from 'ava';
import wavefile from 'wavefile';
import {frameBytes, wavHeader} from '../../../src/engine/wav-header.ts';

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/(.{8})/g, '$1 ')
    .trim();
}

test('a 24-bit header is that of WAVE_FORMAT_EXTENSIBLE, byte for byte', (t) => {
  t.is(
    hex(wavHeader('pcm24', 48_000, 1000)),
    [
      // RIFF, 4 + 48 + 8 + 6000 bytes, WAVE
      '52494646 ac170000 57415645',
      // fmt, 40 bytes: extensible, 2 channels, 48,000, 288,000 bytes a second, 6 a frame, 24 bits
      '666d7420 28000000 feff0200 80bb0000 00650400 06001800',
      // 22 more: 24 valid bits, left and right, PCM
      '16001800 03000000 01000000 00001000 800000aa 00389b71',
      // data, 6000 bytes
      '64617461 70170000',
    ].join(' '),
  );
});

test('a float header names its format and its frames', (t) => {
  const bytes = wavHeader('float32', 44_100, 7);
  const file = new Uint8Array(bytes.length + 56);
  file.set(bytes);
  const wav = new wavefile.WaveFile(file);
  t.is(wav.bitDepth, '32f');
  t.like(wav.fmt, {
    audioFormat: 3,
    numChannels: 2,
    sampleRate: 44_100,
    byteRate: 352_800,
    blockAlign: 8,
    bitsPerSample: 32,
  });
  t.like(wav.fact, {chunkSize: 4, dwSampleLength: 7});
  t.is(frameBytes('float32'), 8);
});

test('a file beyond 4 GB is RF64 with its true sizes in 64 bits, one just below is not', (t) => {
  for (const format of ['pcm24', 'float32'] as const) {
    const overhead = wavHeader(format, 48_000, 0).length - 8;
    const most = Math.floor((0xffff_ffff - 1 - overhead) / frameBytes(format));
    t.is(Buffer.from(wavHeader(format, 48_000, most)).toString('latin1', 0, 4), 'RIFF');

    const frames = most + 1;
    const view = Buffer.from(wavHeader(format, 48_000, frames));
    t.is(view.toString('latin1', 0, 4), 'RF64');
    t.is(view.readUInt32LE(4), 0xffff_ffff);
    t.is(view.toString('latin1', 8, 16), 'WAVEds64');
    t.is(view.readUInt32LE(16), 28);
    const data = frames * frameBytes(format);
    t.is(Number(view.readBigUInt64LE(20)), view.length - 8 + data);
    t.is(Number(view.readBigUInt64LE(28)), data);
    t.is(Number(view.readBigUInt64LE(36)), frames);
    t.is(view.readUInt32LE(44), 0);
    t.is(view.toString('latin1', 48, 52), 'fmt ');
    t.is(view.toString('latin1', view.length - 8, view.length - 4), 'data');
    t.is(view.readUInt32LE(view.length - 4), 0xffff_ffff);
  }
});
