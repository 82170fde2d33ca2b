import test from 'ava';
import {inspectStem} from '../../../src/engine/stems/inspect.ts';
import type {StemFacts} from '../../../src/model/stem-facts.ts';
import {fixturePath, scratchFile} from './scratch.ts';
import {noise, tone, toneSamples} from './tone.ts';
import {aiffFile, commonContent, formChunk, wave16, wave32f} from './wave-bytes.ts';

async function factsOf(path: string): Promise<StemFacts> {
  const inspected = await inspectStem(path);
  if (inspected.type === 'refused') throw new Error(inspected.problem.reason);
  return inspected.facts;
}

test('the highest sample of either side is told in dBFS', async (t) => {
  const sides = [Float32Array.of(0, 0.25, 0), Float32Array.of(0, -0.5, 0.1)];
  const path = await scratchFile(t, wave32f(sides));
  t.like(await factsOf(path), {path, format: 'wav', channels: 2, sampleRate: 48_000, lengthFrames: 3, bits: 32});
  t.true(Math.abs((await factsOf(path)).peakDb + 6.0206) < 1e-4);
});

test('silence peaks at minus infinity', async (t) => {
  const facts = await factsOf(await scratchFile(t, wave16([new Float32Array(100)])));
  t.is(facts.peakDb, Number.NEGATIVE_INFINITY);
  t.is(facts.clippedRuns, 0);
});

test('samples that are no numbers count neither as peak nor as fault of the whole', async (t) => {
  const facts = await factsOf(
    await scratchFile(t, wave32f([Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, 0.5)])),
  );
  t.true(Math.abs(facts.peakDb + 6.0206) < 1e-4);
});

test('a clip is a run of three or more samples at full scale, each run counted once and each side for itself', async (t) => {
  const full = 32_767 / 32_768;
  const left = Float32Array.of(full, full, 0, full, full, full, full, 0, -1, -1, -1);
  const right = Float32Array.of(0, full, -full, full, 0, 0.998, 0.998, 0.998, 0, 0, 0);
  t.is((await factsOf(await scratchFile(t, wave16([left, right])))).clippedRuns, 3);
});

test('a run goes on across the blocks in which a file is read', async (t) => {
  const samples = new Float32Array(16_384 * 2).fill(1, 16_382, 16_386);
  t.is((await factsOf(await scratchFile(t, wave32f([samples])))).clippedRuns, 1);
});

test('equal recordings have equal digests, whatever the format', async (t) => {
  const sides = [0, 1].map((side) => {
    return Float32Array.from({length: 11_025}, (_, frame) => Math.round(tone(side, frame) * 32_768) / 32_768);
  });
  const data = Buffer.alloc(11_025 * 4);
  sides.forEach((samples, side) => {
    samples.forEach((sample, frame) => {
      data.writeInt16BE(sample * 32_768, (frame * 2 + side) * 2);
    });
  });
  const common = commonContent({frames: 11_025, channels: 2, rate: 44_100});
  const aiff = aiffFile([formChunk('COMM', common), formChunk('SSND', Buffer.concat([Buffer.alloc(8), data]))]);
  const {digest} = await factsOf(fixturePath('tone.flac'));
  t.regex(digest, /^[0-9a-f]{64}$/);
  for (const bytes of [wave16(sides, 44_100), wave32f(sides, 44_100), aiff]) {
    t.is((await factsOf(await scratchFile(t, bytes))).digest, digest);
  }
});

test('other samples, another rate, or mono instead of stereo have another digest', async (t) => {
  const one = toneSamples(0, 1000);
  const digests = [];
  for (const bytes of [
    wave32f([one]),
    wave32f([one], 44_100),
    wave32f([one, one]),
    wave32f([noise(1000)]),
    wave32f([one.subarray(1)]),
  ]) {
    digests.push((await factsOf(await scratchFile(t, bytes))).digest);
  }
  t.is(new Set(digests).size, digests.length);
});

test('minus zero is zero to the digest', async (t) => {
  const [plus, minus] = [wave32f([Float32Array.of(0, 1)]), wave32f([Float32Array.of(-0, 1)])];
  t.is((await factsOf(await scratchFile(t, plus))).digest, (await factsOf(await scratchFile(t, minus))).digest);
});

test('the progress rises to 1', async (t) => {
  const shares: number[] = [];
  await inspectStem(await scratchFile(t, wave16([noise(100_000)])), (share) => shares.push(share));
  t.true(shares.length > 3);
  t.deepEqual(
    shares,
    [...shares].sort((a, b) => a - b),
  );
  t.is(shares.at(-1), 1);
});
