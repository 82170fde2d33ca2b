import test from 'ava';
import {createMixLoudness} from '../../../src/engine/monitor/mix-loudness.ts';
import {measureReference} from '../../../src/engine/monitor/reference-loudness.ts';
import {createLoudnessMeter} from '../../../src/gain/loudness.ts';
import {memoryStem} from '../memory-stem.ts';
import {noise, tone} from './monitor-rig.ts';

const sampleRate = 48_000;
const scaled = (side: Float32Array, gain: number): Float32Array => side.map((sample) => gain * sample);

/** What is measured after so many seconds of each gain, in blocks of 512 frames. */
function after(parts: readonly (readonly [seconds: number, gain: number])[]): number | undefined {
  const loudness = createMixLoudness(sampleRate);
  const side = noise(sampleRate, 1);
  for (const [seconds, gain] of parts) {
    const scaledSide = scaled(side, gain);
    for (let frame = 0; frame < seconds * sampleRate; frame += 512) {
      const from = frame % (sampleRate - 512);
      loudness.push(scaledSide.subarray(from, from + 512), scaledSide.subarray(from, from + 512));
    }
  }
  return loudness.integratedLufs();
}

test('a mix is not measured until three seconds of it were heard, and silence is none', (t) => {
  t.is(after([[3, 0.1]]), undefined);
  t.is(after([[30, 0]]), undefined);
  t.not(after([[3.6, 0.1]]), undefined);
  t.not(
    after([
      [3.6, 0.1],
      [50, 0],
    ]),
    undefined,
  );
});

test('it agrees with the loudness meter on what fits into a minute, to 0.05 LU', (t) => {
  const side = noise(20 * sampleRate, 3).map((sample, frame) => sample * (frame < 8 * sampleRate ? 0.05 : 0.2));
  const meter = createLoudnessMeter({sampleRate, channels: 2, truePeak: false});
  meter.push(side, side, side.length);
  const loudness = createMixLoudness(sampleRate);
  for (let from = 0; from < side.length; from += 512)
    loudness.push(side.subarray(from, from + 512), side.subarray(from, from + 512));
  t.true(Math.abs((loudness.integratedLufs() ?? 0) - meter.reading().integratedLufs) < 0.05);
});

test('what was heard more than a minute ago counts no more', (t) => {
  const quiet = after([[61, 0.01]]) ?? 0;
  const after20 =
    after([
      [61, 0.1],
      [20, 0.01],
    ]) ?? 0;
  const after61 =
    after([
      [61, 0.1],
      [61, 0.01],
    ]) ?? 0;
  t.true(after20 - quiet > 15, `${after20} and ${quiet}`);
  t.true(Math.abs(after61 - quiet) < 0.1);
});

test('a track is measured whole: a tone of -20 dBFS on both sides is -20 LUFS and -20 dBTP, whatever its length', async (t) => {
  for (const seconds of [1, 5.1]) {
    const side = tone(Math.round(seconds * sampleRate), 997, 0.1);
    let pauses = 0;
    const measured = await measureReference(memoryStem(side, side), sampleRate, async () => void pauses++);
    t.true(Math.abs(measured.integratedLufs + 20) < 0.05, `${measured.integratedLufs}`);
    t.true(Math.abs(measured.truePeakDb + 20) < 0.1, `${measured.truePeakDb}`);
    t.is(pauses, Math.ceil(side.length / 8192));
  }
});

test('a mono track counts from both sides', async (t) => {
  const measured = await measureReference(memoryStem(tone(sampleRate, 997, 0.1)), sampleRate, async () => {});
  t.true(Math.abs(measured.integratedLufs + 20) < 0.05);
});
