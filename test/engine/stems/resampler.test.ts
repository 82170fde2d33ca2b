import test from 'ava';
import {createResampler, resampledLength} from '../../../src/engine/stems/resampler.ts';
import {samplesOf} from '../../samples.ts';
import {errorDb, noise, toneSamples} from './tone.ts';

/** A whole sound converted, handed over in pieces of so many frames. */
async function convert(
  sides: readonly Float32Array[],
  from: number,
  to: number,
  pieces: readonly number[] = [16_384],
): Promise<Float32Array[]> {
  const resampler = await createResampler(sides.length, from, to);
  const length = sides[0]?.length ?? 0;
  const result = sides.map(() => new Float32Array(resampledLength(length, from, to)));
  let done = 0;
  const keep = (blocks: readonly Float32Array[]): void => {
    for (const [side, samples] of blocks.entries()) result[side]?.set(samples, done);
    done += blocks[0]?.length ?? 0;
  };
  for (let at = 0, piece = 0; at < length; piece++) {
    const frames = pieces[piece % pieces.length] ?? 1;
    keep(resampler.push(sides.map((samples) => samples.subarray(at, at + frames))));
    at += frames;
  }
  keep(resampler.finish());
  if (done !== result[0]?.length) throw new Error(`${done} frames instead of ${result[0]?.length}`);
  return result;
}

for (const [from, to] of [
  [44_100, 48_000],
  [48_000, 44_100],
  [96_000, 48_000],
  [22_050, 48_000],
  [32_000, 44_100],
  [44_100, 192_000],
  [8000, 44_100],
] as const) {
  test(`a sine keeps its level, phase and length from ${from} to ${to} Hz`, async (t) => {
    const input = [toneSamples(0, from, from), toneSamples(1, from, from)];
    const output = await convert(input, from, to);
    for (const side of [0, 1]) {
      const samples = output[side] ?? new Float32Array();
      t.is(samples.length, to);
      const wanted = toneSamples(side, to, to);
      const error = errorDb(samples, (frame) => wanted[frame] ?? 0, to * 0.02, to * 0.98);
      t.true(error < -100, `${error} dB`);
      const level = errorDb(
        samples.map((sample) => sample * 2),
        (frame) => samples[frame] ?? 0,
        1000,
        to - 1000,
      );
      t.true(Math.abs(level) < 1e-6);
    }
  });
}

test('the level of 997 Hz changes by less than a hundredth of a dB', async (t) => {
  const [output = new Float32Array()] = await convert([toneSamples(0, 44_100)], 44_100, 48_000);
  const rms = (samples: Float32Array): number => Math.hypot(...samples.subarray(4000, 40_000)) / Math.sqrt(36_000);
  t.true(Math.abs(20 * Math.log10(rms(output) / (0.5 / Math.SQRT2))) < 0.01);
});

for (const at of [0, 147, 14_700, 16_384, 29_400, 44_099 - 147]) {
  test(`an impulse at frame ${at} of 44.1 kHz stays at its time`, async (t) => {
    const input = new Float32Array(44_100);
    input[at] = 1;
    const [output = new Float32Array()] = await convert([input], 44_100, 48_000);
    // The middle of the impulse's energy, which a filter of even phase leaves where it was.
    let energy = 0;
    let moment = 0;
    for (const [frame, sample] of output.entries()) {
      energy += sample * sample;
      moment += frame * sample * sample;
    }
    const wanted = (at * 48_000) / 44_100;
    t.true(Math.abs(moment / energy - wanted) < (at === 0 ? 1.5 : 0.02), `${moment / energy} instead of ${wanted}`);
  });
}

test('the pieces in which a sound is handed over change nothing', async (t) => {
  const input = [noise(60_000), noise(60_000, 7)];
  const whole = await convert(input, 48_000, 44_100, [60_000]);
  for (const pieces of [[1000], [1, 16_384, 5], [777, 30_000]]) {
    t.deepEqual(await convert(input, 48_000, 44_100, pieces), whole);
  }
});

test('two sounds converted side by side do not hear each other', async (t) => {
  const [a, b] = [noise(40_000, 3), toneSamples(0, 40_000)];
  const [one, two] = await Promise.all([createResampler(1, 44_100, 48_000), createResampler(1, 44_100, 48_000)]);
  const outputs: number[][] = [[], []];
  for (let at = 0; at < 40_000; at += 5000) {
    outputs[0]?.push(...(one.push([a.subarray(at, at + 5000)])[0] ?? []));
    outputs[1]?.push(...(two.push([b.subarray(at, at + 5000)])[0] ?? []));
  }
  outputs[0]?.push(...(one.finish()[0] ?? []));
  outputs[1]?.push(...(two.finish()[0] ?? []));
  t.deepEqual(Float32Array.from(outputs[0] ?? []), (await convert([a], 44_100, 48_000))[0]);
  t.deepEqual(Float32Array.from(outputs[1] ?? []), (await convert([b], 44_100, 48_000))[0]);
});

test('windows join without a seam', async (t) => {
  // A slow sine has a second difference of nothing; a seam would stand out of it.
  const slow = samplesOf(100_000, (frame) => Math.sin((2 * Math.PI * 5 * frame) / 44_100));
  const [output = new Float32Array()] = await convert([slow], 44_100, 48_000);
  let worst = 0;
  for (let frame = 200; frame < output.length - 200; frame++) {
    const bend = (output[frame - 1] ?? 0) - 2 * (output[frame] ?? 0) + (output[frame + 1] ?? 0);
    worst = Math.max(worst, Math.abs(bend));
  }
  t.true(worst < 3e-6, `${worst}`);
});

test('lengths are rounded to the nearest frame', (t) => {
  t.is(resampledLength(44_100, 44_100, 48_000), 48_000);
  t.is(resampledLength(1, 44_100, 48_000), 1);
  t.is(resampledLength(1, 48_000, 8000), 0);
  t.is(resampledLength(11_025, 44_100, 48_000), 12_000);
});

test('a sound shorter than the filter is converted, too', async (t) => {
  for (const length of [1, 2, 10, 147]) {
    const [output] = await convert([new Float32Array(length).fill(0.5)], 44_100, 48_000);
    t.is(output?.length, resampledLength(length, 44_100, 48_000));
    t.true((output ?? []).every((sample) => Math.abs(sample) < 1));
  }
});
