import {createHash} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {FLACDecoder} from '@wasm-audio-decoders/flac';
import test from 'ava';
import {streamInfoAt, streamInfoBytes} from '../../../src/engine/flac-encoder.ts';
import {type SoundFormat, soundFormats} from '../../../src/engine/sound-format.ts';
import {openSoundWriter} from '../../../src/engine/sound-writer.ts';
import {noise, sine} from '../graph/signal.ts';
import {readSound, scratchFolder} from './scratch.ts';

const folder = await scratchFolder();
test.after.always(() => folder.remove());

const frames = 50_001;
const left = noise(frames, 1, 0.9).map((value, frame) => (frame < 20_000 ? value : value * 1e-4));
const right = sine(frames, 440, 48_000, 0.99);

async function write(name: string, format: SoundFormat, pieces: readonly number[], most = frames): Promise<string> {
  const target = join(folder.path, name);
  const writer = await openSoundWriter(format, {target, sampleRate: 48_000, frames: most});
  let at = 0;
  for (const piece of [...pieces, frames]) {
    const end = Math.min(frames, at + piece);
    if (end > at) await writer.write(left.subarray(at, end), right.subarray(at, end));
    at = end;
  }
  await writer.finish();
  return target;
}

const bitsOf = (format: SoundFormat): number => ({pcm16: 16, pcm24: 24, float32: 32, flac16: 16, flac24: 24})[format];

for (const format of soundFormats) {
  test(`${format}: what is read back is what was written, to the dither`, async (t) => {
    const read = await readSound(await write(`${format}.sound`, format, [1, 999, 32_768]));
    t.is(read.sampleRate, 48_000);
    t.is(read.bits, bitsOf(format));
    t.is(read.format, format.startsWith('flac') ? 'flac' : 'wav');
    t.is(read.left.length, frames);
    if (format === 'float32') {
      t.deepEqual(read.left, left);
      t.deepEqual(read.right, right);
      return;
    }
    const step = 2 ** (1 - bitsOf(format));
    const worst = (one: Float32Array, other: Float32Array): number =>
      one.reduce((most, value, frame) => Math.max(most, Math.abs(value - (other[frame] ?? 0))), 0);
    t.true(worst(read.left, left) <= 1.5 * step);
    t.true(worst(read.right, right) <= 1.5 * step);
  });

  test(`${format}: the same to the byte in pieces of any size, and announced longer than it became`, async (t) => {
    const whole = await readFile(await write(`${format}-1.sound`, format, []));
    const pieces = await readFile(await write(`${format}-2.sound`, format, [7, 4096, 4095, 1, 12_345]));
    t.true(whole.equals(pieces));
    const shorter = await readFile(await write(`${format}-3.sound`, format, [5000], frames + 480_000));
    t.true(whole.equals(shorter));
  });
}

for (const bits of [16, 24] as const) {
  test(`FLAC of ${bits} bits holds the very integers of WAV, by two decoders and by its own checksum`, async (t) => {
    const flacFile = await write(`pair-${bits}.flac`, `flac${bits}`, [10_000, 10_000]);
    const wav = await readSound(await write(`pair-${bits}.wav`, `pcm${bits}`, [333]));
    const flac = await readSound(flacFile);
    t.deepEqual(flac.left, wav.left);
    t.deepEqual(flac.right, wav.right);

    const bytes = await readFile(flacFile);
    const interleaved = Buffer.alloc(frames * 2 * (bits / 8));
    for (let frame = 0; frame < frames; frame++) {
      [wav.left, wav.right].forEach((side, index) => {
        const value = Math.round((side[frame] ?? 0) * 2 ** (bits - 1));
        interleaved.writeIntLE(value, (2 * frame + index) * (bits / 8), bits / 8);
      });
    }
    const info = bytes.subarray(streamInfoAt, streamInfoAt + streamInfoBytes);
    t.is(info.subarray(18).toString('hex'), createHash('md5').update(interleaved).digest('hex'));
    t.is(info.readUInt32BE(14), frames);
    t.is(info.readUInt32BE(10) >>> 12, 48_000);
    t.true(bytes.length < interleaved.length);

    // The package's own reading of files leaves out a last frame of few samples: it gives what it gives bit by bit.
    const decoder = new FLACDecoder();
    await decoder.ready;
    const {channelData, samplesDecoded} = await decoder.decodeFile(bytes);
    decoder.free();
    t.true(samplesDecoded > frames - 4608, `${samplesDecoded}`);
    const fullScale = 2 ** (bits - 1);
    channelData.forEach((side, index) => {
      const expected = (index === 0 ? wav.left : wav.right).subarray(0, samplesDecoded);
      t.true(expected.every((value, frame) => Math.round((side[frame] ?? 0) * (fullScale - 1)) === value * fullScale));
    });
  });
}

test('a FLAC file of nothing is a FLAC file', async (t) => {
  const target = join(folder.path, 'nothing.flac');
  const writer = await openSoundWriter('flac24', {target, sampleRate: 96_000, frames: 0});
  await writer.finish();
  const bytes = await readFile(target);
  t.is(bytes.toString('latin1', 0, 4), 'fLaC');
  t.is(bytes.readUInt32BE(streamInfoAt + 14), 0);
});

test('loading the encoder leaves the world’s fetch where it was', async (t) => {
  const {fetch} = globalThis;
  await write('fetch.flac', 'flac16', []);
  t.is(globalThis.fetch, fetch);
  t.is(typeof fetch, 'function');
});

test('rates that FLAC cannot hold are told', async (t) => {
  const target = join(folder.path, 'fast.flac');
  await t.throwsAsync(openSoundWriter('flac24', {target, sampleRate: 700_000, frames: 1}), {
    message: /bounce to WAV/,
  });
  await t.throwsAsync(readFile(target));
});
