import test from 'ava';
import {compressorGainDb, followerShare} from '../../../src/engine/plan/dynamics.ts';
import type {CompressorPlan} from '../../../src/engine/plan/plan.ts';
import {stripField} from '../../../src/model/meter.ts';
import {sine} from '../graph/signal.ts';
import {amplitudeAt, highPass, noProcessing, rendered} from './channel-rig.ts';

const rates = [44_100, 48_000, 96_000];

function plan(sampleRate: number, given: Partial<CompressorPlan> = {}, attackMs = 10, releaseMs = 120): CompressorPlan {
  return {
    thresholdDb: -24,
    ratio: 4,
    kneeDb: 6,
    attack: followerShare(attackMs, sampleRate),
    release: followerShare(releaseMs, sampleRate),
    makeUp: 1,
    sidechain: undefined,
    ...given,
  };
}

const db = (factor: number): number => 20 * Math.log10(factor);
const factor = (levelDb: number): number => 10 ** (levelDb / 20);
const blocksOf = (seconds: number, sampleRate: number): number => 512 * Math.ceil((seconds * sampleRate) / 512);

for (const sampleRate of rates) {
  test(`at ${sampleRate} Hz steady sines of any level come out as the curve says, within 0.1 dB, and the meter shows by how much`, async (t) => {
    let worst = 0;
    const curves: readonly Partial<CompressorPlan>[] = [
      {},
      {ratio: 20, kneeDb: 0},
      {ratio: 1},
      {ratio: 2, kneeDb: 24, thresholdDb: -30},
      {ratio: 10, thresholdDb: -60, makeUp: factor(12)},
    ];
    for (const given of curves) {
      const compressor = plan(sampleRate, given);
      for (const levelDb of [-70, -40, -28, -26, -24, -22, -18, -12, -6, 0]) {
        const tone = sine(blocksOf(0.5, sampleRate), 1000, sampleRate, factor(levelDb));
        const {left, meters} = await rendered({...noProcessing, compressor}, tone, tone, sampleRate);
        const from = Math.round(0.4 * sampleRate);
        const got = db(amplitudeAt(left, 1000, sampleRate, from, from + sampleRate / 20));
        const gainDb = compressorGainDb(compressor, levelDb);
        const apart = Math.abs(got - (levelDb + gainDb + db(compressor.makeUp)));
        worst = Math.max(worst, apart);
        t.true(apart < 0.1, `${JSON.stringify(given)} at ${levelDb} dB: ${apart} dB`);
        const shown = meters.at(-1)?.[stripField.compressorReductionDb] ?? Number.NaN;
        t.true(Math.abs(shown + gainDb) < 0.1, `shown ${shown}, is ${-gainDb}`);
      }
    }
    t.log(`largest difference ${worst.toFixed(4)} dB`);
  });

  test(`at ${sampleRate} Hz attack and release are time constants: after each, 63 % of the way in dB is gone`, async (t) => {
    for (const [attackMs, releaseMs] of [
      [1, 50],
      [10, 120],
      [100, 1000],
    ] as const) {
      const compressor = plan(sampleRate, {kneeDb: 0}, attackMs, releaseMs);
      const loudFrom = 0.1 * sampleRate;
      const softFrom = Math.round(loudFrom + sampleRate * Math.max(0.3, attackMs / 50));
      const length = blocksOf(softFrom / sampleRate + 0.1 + releaseMs / 300, sampleRate);
      // A level instead of a tone, so that every sample tells the gain.
      const level = Float32Array.from({length}, (_, n) => (n >= loudFrom && n < softFrom ? factor(-4) : factor(-30)));
      const {left} = await rendered({...noProcessing, compressor}, level, level, sampleRate);
      const gainDb = (n: number): number => db((left[n] ?? 0) / (level[n] ?? 1));
      const wanted = compressorGainDb(compressor, -4);
      const down = gainDb(Math.round(loudFrom + (attackMs * sampleRate) / 1000)) / wanted;
      t.true(Math.abs(down - (1 - Math.exp(-1))) < 0.05, `attack ${attackMs} ms: ${down}`);
      const full = gainDb(softFrom - 1);
      // The detector lets go 7.5 to 10 ms after the sound.
      let held = softFrom;
      while (gainDb(held + 4) < full + 0.01 && held < length) held += 4;
      const heldMs = ((held - softFrom) * 1000) / sampleRate;
      t.true(heldMs > 7.2 && heldMs < 10.3, `held for ${heldMs} ms`);
      const back = 1 - gainDb(Math.round(held + (releaseMs * sampleRate) / 1000)) / full;
      t.true(Math.abs(back - (1 - Math.exp(-1))) < 0.02, `release ${releaseMs} ms: ${back}`);
    }
  });
}

test('both sides are turned alike, by the louder one', async (t) => {
  const compressor = plan(48_000);
  const loud = sine(blocksOf(0.5, 48_000), 1000, 48_000, 0.5);
  const soft = loud.map((value) => value / 100);
  for (const [left, right] of [
    [loud, soft],
    [soft, loud],
  ] as const) {
    const out = await rendered({...noProcessing, compressor}, left, right);
    const gains = [out.left[20_000], out.right[20_000]].map((value, side) => {
      const source = side === 0 ? left : right;
      return (value ?? 0) / (source[20_000] ?? 1);
    });
    t.true(Math.abs((gains[0] ?? 0) - (gains[1] ?? 1)) < 1e-6);
    t.true((gains[0] ?? 1) < 0.5);
  }
});

test('low tones have one steady level from 67 Hz on: the gain does not wobble with the wave, however fast the release', async (t) => {
  const compressor = plan(48_000, {}, 1, 5);
  for (const hertz of [67, 100, 440]) {
    const tone = sine(blocksOf(0.5, 48_000), hertz, 48_000, 0.5);
    const {left} = await rendered({...noProcessing, compressor}, tone);
    const gains = [...left.subarray(12_000, 20_000)].flatMap((value, n) => {
      const source = tone[12_000 + n] ?? 0;
      return Math.abs(source) > 0.05 ? [value / source] : [];
    });
    const wobble = db(Math.max(...gains) / Math.min(...gains));
    t.true(wobble < 0.05, `${hertz} Hz: ${wobble} dB`);
  }
});

test('behind the side chain the detector hears less bass, the sound has all of it', async (t) => {
  const sampleRate = 48_000;
  const sidechain = highPass(500, 0.71, sampleRate);
  const compressor = plan(sampleRate, {kneeDb: 0, ratio: 20});
  const tone = sine(blocksOf(0.5, sampleRate), 100, sampleRate, factor(-6));
  const whole = await rendered({...noProcessing, compressor}, tone);
  const filtered = await rendered({...noProcessing, compressor: {...compressor, sidechain}}, tone);
  const level = (signal: Float32Array): number => db(amplitudeAt(signal, 100, sampleRate, 14_400, 19_200));
  t.true(Math.abs(level(whole.left) - (-6 + compressorGainDb(compressor, -6))) < 0.1);
  // 28 dB less at 100 Hz: under the threshold.
  t.true(Math.abs(level(filtered.left) + 6) < 0.01);
  const treble = sine(blocksOf(0.5, sampleRate), 5000, sampleRate, factor(-6));
  const bright = await rendered({...noProcessing, compressor: {...compressor, sidechain}}, treble);
  t.true(Math.abs(db(amplitudeAt(bright.left, 5000, sampleRate, 14_400, 19_200)) - level(whole.left)) < 0.1);
});

test('make-up is a plain gain that the meter of the reduction leaves out', async (t) => {
  const tone = sine(blocksOf(0.3, 48_000), 1000, 48_000, factor(-40));
  const {left, meters} = await rendered({...noProcessing, compressor: plan(48_000, {makeUp: factor(9)})}, tone);
  t.true(Math.abs(db(amplitudeAt(left, 1000, 48_000, 9600, 12_000)) + 31) < 0.01);
  t.is(meters.at(-1)?.[stripField.compressorReductionDb], 0);
});
