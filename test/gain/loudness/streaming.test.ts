import test from 'ava';
import fc from 'fast-check';
import {createLoudnessMeter} from '../../../src/gain/loudness.ts';
import {noise} from '../../engine/graph/signal.ts';
import {blockSizes, feed, isWithin, measured, rates} from './measure.ts';
import {silence, tone} from './signal.ts';

/** Noise that swells and fades between −60 and −6 dBFS, other on each side. */
function programme(frames: number, sampleRate: number, seed: number): {left: Float32Array; right: Float32Array} {
  const swell = (_: number, frame: number): number => 10 ** ((-33 + 27 * Math.sin((3 * frame) / sampleRate)) / 20);
  const side = (offset: number): Float32Array =>
    noise(frames, seed + offset, 1).map((value, frame) => value * swell(value, frame));
  return {left: side(0), right: side(1)};
}

test('blocks of any size give the same readings to the bit', (t) => {
  for (const rate of rates) {
    const {left, right} = programme(6.3 * rate, rate, rate);
    const [first, ...others] = blockSizes.map((blockFrames) =>
      measured(rate, left, {right, blockFrames, truePeak: true}),
    );
    t.true((first?.integratedLufs ?? 0) < -1 && (first?.rangeLu ?? 0) > 0.1, 'there is something to compare');
    for (const other of others) t.deepEqual(other, first);
  }
});

test('so do blocks of all sizes in any order, at any rate, with anything in them', (t) => {
  const sizes = fc.array(fc.integer({min: 0, max: 3000}), {minLength: 1, maxLength: 12});
  const rate = fc.constantFrom(8000, 11_025, 22_050, 32_000, 44_100, 48_000);
  fc.assert(
    fc.property(sizes, rate, fc.array(fc.integer({min: 0, max: 19_999}), {maxLength: 4}), (cuts, sampleRate, holes) => {
      const {left, right} = programme(20_000, sampleRate, 7);
      for (const hole of holes) left[hole] = hole % 2 === 0 ? Number.NaN : Number.NEGATIVE_INFINITY;
      const whole = measured(sampleRate, left, {right, blockFrames: 20_000, truePeak: true});
      const meter = createLoudnessMeter({sampleRate, channels: 2});
      let at = 0;
      for (let cut = 0; at < left.length; cut++) {
        const end = at + (cut < cuts.length ? (cuts[cut] ?? 0) : 4000);
        meter.push(left.subarray(at, end), right.subarray(at, end), Math.min(end, left.length) - at);
        at = end;
      }
      return JSON.stringify(meter.reading()) === JSON.stringify(whole);
    }),
    {numRuns: 30},
  );
  t.pass();
});

test('silence is minus infinity, and never no number', (t) => {
  for (const samples of [new Float32Array(0), new Float32Array(10), new Float32Array(48_000 * 4)]) {
    const {measuredSeconds, ...reading} = measured(48_000, samples, {truePeak: true});
    t.deepEqual(reading, {
      momentaryLufs: silence,
      shortTermLufs: silence,
      integratedLufs: silence,
      rangeLu: 0,
      rangeIsStable: false,
      maxMomentaryLufs: silence,
      maxShortTermLufs: silence,
      truePeakDb: silence,
      samplePeakDb: silence,
      peakToLoudnessDb: undefined,
      nonFinite: 0,
    });
    t.is(measuredSeconds, samples.length / 48_000);
  }
});

test('after a loud passage silence comes back whole, however loud it was', (t) => {
  const meter = createLoudnessMeter({sampleRate: 48_000, channels: 2, truePeak: false});
  const loud = tone(48_000, [[20, 5]]);
  feed(meter, loud, loud, 480);
  const quiet = new Float32Array(48_000 * 12);
  feed(meter, quiet, quiet, 480);
  const {momentaryLufs, shortTermLufs, integratedLufs, maxMomentaryLufs} = meter.reading();
  t.is(momentaryLufs, silence);
  t.is(shortTermLufs, silence);
  t.true(isWithin(integratedLufs, 20, 0.3), `${integratedLufs}`);
  t.true(isWithin(maxMomentaryLufs, 20, 0.1));
});

test('what is no finite number counts as 0 and is told', (t) => {
  const clean = tone(48_000, [[-20, 5]]);
  const dirty = Float32Array.from(clean);
  for (const [frame, value] of [
    [0, Number.NaN],
    [777, Number.POSITIVE_INFINITY],
    [778, Number.NEGATIVE_INFINITY],
    [120_000, Number.NaN],
  ] as const) {
    dirty[frame] = value;
    clean[frame] = 0;
  }
  const expected = measured(48_000, clean, {truePeak: true});
  t.deepEqual(measured(48_000, dirty, {truePeak: true}), {...expected, nonFinite: 8});
  t.deepEqual(measured(48_000, dirty, {right: clean, truePeak: true}), {...expected, nonFinite: 4});
  t.deepEqual(measured(48_000, clean, {right: dirty, truePeak: true}), {...expected, nonFinite: 4});
  const lost = measured(48_000, new Float32Array(48_000).fill(Number.NaN), {truePeak: true});
  t.is(lost.integratedLufs, silence);
  t.is(lost.nonFinite, 96_000);
});

test('any samples at all give readings that are numbers or minus infinity', (t) => {
  const anything = fc.array(fc.float(), {minLength: 1, maxLength: 60});
  fc.assert(
    fc.property(anything, anything, (left, right) => {
      const meter = createLoudnessMeter({sampleRate: 8000, channels: 2});
      for (let turn = 0; turn < 80; turn++) meter.push(Float32Array.from(left), Float32Array.from(right), 60);
      return Object.values(meter.reading()).every(
        (value) => typeof value !== 'number' || (!Number.isNaN(value) && value !== Number.POSITIVE_INFINITY),
      );
    }),
  );
  t.pass();
});

test('a mono strip is as loud as the same sound on both sides, and its right side is never looked at', (t) => {
  const {left} = programme(48_000 * 5, 48_000, 3);
  const mono = createLoudnessMeter({sampleRate: 48_000, channels: 1});
  feed(mono, left, new Float32Array(left.length).fill(Number.NaN), 512);
  const stereo = measured(48_000, left, {truePeak: true});
  const reading = mono.reading();
  t.true(isWithin(reading.integratedLufs, stereo.integratedLufs, 1e-9));
  t.true(isWithin(reading.rangeLu, stereo.rangeLu, 1e-9));
  t.is(reading.truePeakDb, stereo.truePeakDb);
  t.is(reading.nonFinite, 0);
});

test('a reset meter reads as a new one', (t) => {
  const {left, right} = programme(48_000 * 4, 48_000, 5);
  const meter = createLoudnessMeter({sampleRate: 48_000, channels: 2});
  const loud = tone(48_000, [[0, 4.005]]);
  feed(meter, loud, loud, 480);
  meter.reset();
  feed(meter, left, right, 480);
  t.deepEqual(meter.reading(), measured(48_000, left, {right, truePeak: true}));
});

test('while paused, integrated loudness, range and maxima stand still; momentary goes on', (t) => {
  const meter = createLoudnessMeter({sampleRate: 48_000, channels: 2});
  const push = (levelDb: number, seconds: number): void => {
    const samples = tone(48_000, [[levelDb, seconds]]);
    feed(meter, samples, samples, 480);
  };
  push(-23, 10);
  const before = meter.reading();
  meter.pause();
  push(-3, 5);
  const {momentaryLufs, shortTermLufs, samplePeakDb, truePeakDb, peakToLoudnessDb, ...still} = meter.reading();
  t.true(isWithin(momentaryLufs, -3, 0.1));
  t.true(isWithin(shortTermLufs, -3, 0.1));
  t.true(isWithin(samplePeakDb, -3, 0.01));
  t.true(isWithin(truePeakDb, -3, 0.1));
  t.true(isWithin(peakToLoudnessDb ?? 0, 20, 0.1));
  t.like(before, still);
  meter.resume();
  meter.resume();
  push(-23, 10);
  const after = meter.reading();
  t.true(isWithin(after.integratedLufs, before.integratedLufs, 0.001), 'no window across the pause is measured');
  t.true(isWithin(after.maxMomentaryLufs, before.maxMomentaryLufs, 0.1));
  t.true(isWithin(after.maxShortTermLufs, before.maxShortTermLufs, 0.1));
  t.is(after.measuredSeconds, 20);
  meter.pause();
  meter.reset();
  push(-23, 2);
  t.is(meter.reading().integratedLufs, silence, 'a meter that is reset while paused stays paused');
});

test('a meter without true peak gives the sample peak for it', (t) => {
  const {left, right} = programme(48_000, 48_000, 9);
  const reading = measured(48_000, left, {right});
  t.is(reading.truePeakDb, reading.samplePeakDb);
});

test('a block announced longer than its arrays is taken as long as they are', (t) => {
  const samples = tone(48_000, [[-20, 1]]);
  const meter = createLoudnessMeter({sampleRate: 48_000, channels: 2, truePeak: false});
  meter.push(samples, samples.subarray(0, 24_000), 1e9);
  t.is(meter.reading().measuredSeconds, 0.5);
});
