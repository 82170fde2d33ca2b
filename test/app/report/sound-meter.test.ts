import test from 'ava';
import type {TrackFigures} from '../../../src/app/report/figures.ts';
import {mostPoints} from '../../../src/app/report/level-meter.ts';
import {createSoundMeter} from '../../../src/app/report/sound-meter.ts';
import {createLoudnessMeter} from '../../../src/gain/loudness.ts';
import {noise, sine} from './sounds.ts';

function figuresOf(
  sampleRate: number,
  left: Float32Array,
  right?: Float32Array,
  options: {block?: number; psr?: boolean} = {},
): TrackFigures {
  const {block = 512, psr = true} = options;
  const meter = createSoundMeter({sampleRate, channels: right === undefined ? 1 : 2, psr});
  for (let at = 0; at < left.length; at += block) {
    const l = left.subarray(at, at + block);
    meter.push(l, right?.subarray(at, at + block) ?? l, l.length);
  }
  return meter.figures();
}

const near = (value: number | undefined, expected: number, tolerance: number): boolean =>
  value !== undefined && Math.abs(value - expected) <= tolerance;

for (const sampleRate of [44_100, 48_000, 96_000]) {
  test(`a sine of −23 dBFS on both sides reads −23 everywhere at ${sampleRate} Hz`, (t) => {
    const tone = sine(sampleRate, 8, -23);
    const figures = figuresOf(sampleRate, tone, tone);
    const {loudness} = figures;
    for (const value of [loudness.integratedLufs, loudness.maxMomentaryLufs, loudness.maxShortTermLufs]) {
      t.true(near(value, -23, 0.1));
    }
    for (const value of [
      figures.samplePeakDb,
      figures.truePeakDb,
      figures.workingPeakDb,
      figures.rmsDb,
      figures.floorDb,
    ]) {
      t.true(near(value, -23, 0.05), `${value}`);
    }
    t.true(near(figures.crestDb, 3.01, 0.01));
    t.true(near(figures.plrDb, 0, 0.1) && near(figures.lowestPsrDb, 0, 0.1));
    t.is(figures.dcDb, Number.NEGATIVE_INFINITY);
    t.true(near(figures.image?.correlation, 1, 1e-9) && near(figures.image?.monoFoldDb, 0, 1e-9));
    t.is(figures.image?.widthDb, Number.NEGATIVE_INFINITY);
    t.is(figures.seconds, 8);
  });
}

test('loudness, range and peaks are those of the loudness meter, with and without the peaks of every block', (t) => {
  const left = noise(48_000 * 12, 0.5, 1).map((sample, frame) => sample * (0.2 + (frame % 200_000) / 250_000));
  const right = noise(48_000 * 12, 0.3, 2);
  const meter = createLoudnessMeter({sampleRate: 48_000, channels: 2});
  meter.push(left, right, left.length);
  const expected = meter.reading();
  for (const psr of [true, false]) {
    const {loudness, truePeakDb, samplePeakDb} = figuresOf(48_000, left, right, {psr, block: 1000});
    t.true(near(loudness.integratedLufs, expected.integratedLufs, 1e-6));
    t.true(near(loudness.rangeLu, expected.rangeLu, 1e-6));
    t.true(near(loudness.maxMomentaryLufs, expected.maxMomentaryLufs, 1e-6));
    t.true(near(loudness.maxShortTermLufs, expected.maxShortTermLufs, 1e-6));
    t.true(near(truePeakDb, expected.truePeakDb, 1e-6), `${truePeakDb} ${expected.truePeakDb}`);
    t.true(near(samplePeakDb, expected.samplePeakDb, 1e-6));
  }
});

test('how sound is cut into blocks changes nothing', (t) => {
  const [left, right] = [noise(44_100 * 4, 0.4, 3), noise(44_100 * 4, 0.4, 4)];
  t.deepEqual(figuresOf(44_100, left, right, {block: 127}), figuresOf(44_100, left, right, {block: 4096}));
});

test('opposed sides vanish in mono, one that is louder tips the balance, direct current is told', (t) => {
  const tone = sine(48_000, 4, -12);
  const opposed = figuresOf(
    48_000,
    tone,
    tone.map((sample) => -sample),
  );
  t.true(near(opposed.image?.correlation, -1, 1e-9));
  t.is(opposed.image?.monoFoldDb, Number.NEGATIVE_INFINITY);
  t.true(near(opposed.image?.lowestCorrelation?.value, -1, 1e-9));
  const tipped = figuresOf(
    48_000,
    tone,
    tone.map((sample) => sample / 2),
  );
  t.true(near(tipped.image?.balanceLu, 6.02, 0.01));
  const shifted = figuresOf(
    48_000,
    tone.map((sample) => sample + 0.01),
  );
  t.true(near(shifted.dcDb, -40, 0.1));
  t.is(figuresOf(48_000, tone, new Float32Array(tone.length)).image?.correlation, undefined);
});

test('clips are runs of three full samples and more, counted once a channel', (t) => {
  const sound = new Float32Array(48_000);
  sound.fill(1, 100, 102);
  sound.fill(-1, 200, 203);
  sound.fill(1, 5000, 5100);
  t.is(figuresOf(48_000, sound).clippedRuns, 2);
  t.is(figuresOf(48_000, sound, sound).clippedRuns, 4);
});

test('the floor is what the quietest tenth stays below, digital silence aside', (t) => {
  const loud = sine(48_000, 8, -12);
  const gaps = new Float32Array(loud.length * 2);
  gaps.set(loud);
  gaps.set(sine(48_000, 4, -66), loud.length);
  t.true(near(figuresOf(48_000, gaps).floorDb, -66, 0.5));
});

test('silence, a single sample and samples that are no numbers give no NaN', (t) => {
  for (const sound of [
    new Float32Array(48_000 * 4),
    Float32Array.of(0.5),
    new Float32Array(0),
    new Float32Array(9600).fill(Number.NaN),
    Float32Array.of(Number.POSITIVE_INFINITY, 1, -1),
  ]) {
    const {nonFinite, ...figures} = figuresOf(48_000, sound, sound);
    t.false(JSON.stringify(figures, (_, value) => (Number.isNaN(value) ? 'NaN' : value)).includes('NaN'));
    t.is(nonFinite, sound.filter((sample) => !Number.isFinite(sample)).length * 2);
  }
});

test('a history has at most so many points, all its lists alike long, and ends with the integrated loudness', (t) => {
  for (const seconds of [0.05, 1, 70]) {
    const {history, loudness} = figuresOf(8000, noise(8000 * seconds, 0.3, 9), undefined, {psr: false});
    const lengths = [history.peakDb, history.momentaryLufs, history.shortTermLufs, history.integratedLufs].map(
      (list) => list.length,
    );
    t.is(new Set(lengths).size, 1);
    t.true((lengths[0] ?? 0) <= mostPoints);
    if (seconds === 70) t.true(near(history.integratedLufs.at(-1), loudness.integratedLufs, 0.01));
  }
});
