import test from 'ava';
import fc from 'fast-check';
import {createBlockSummer} from '../../../src/gain/block-summer.ts';
import {createLoudnessMeter} from '../../../src/gain/loudness.ts';
import {createStereoImage, type StereoReading} from '../../../src/gain/stereo-image.ts';
import {noise} from '../../engine/graph/signal.ts';
import {samplesOf} from '../../samples.ts';
import {isWithin, rates} from '../loudness/measure.ts';

/** What is read of a stereo signal that was cut into blocks of one length. */
function imageOf(sampleRate: number, left: Float32Array, right: Float32Array, blockFrames = 512): StereoReading {
  const summer = createBlockSummer({sampleRate, truePeak: true});
  const image = createStereoImage(sampleRate);
  for (let at = 0; at < left.length; at += blockFrames) {
    const end = Math.min(left.length, at + blockFrames);
    image.add(summer.add(left.subarray(at, end), right.subarray(at, end), end - at));
  }
  return image.reading();
}

/** Two unrelated noises, the second mixed so that it correlates with the first by `rho`. */
function pair(frames: number, rho: number): [Float32Array, Float32Array] {
  const one = noise(frames, 1, 0.25);
  const other = noise(frames, 2, 0.25);
  return [one, other.map((value, frame) => rho * (one[frame] ?? 0) + Math.sqrt(1 - rho * rho) * value)];
}

function sine(sampleRate: number, seconds: number, hertz: number, peak: number, offset = 0): Float32Array {
  return samplesOf(
    sampleRate * seconds,
    (frame) => offset + peak * Math.sin((2 * Math.PI * hertz * frame) / sampleRate),
  );
}

const folds = [
  {rho: 1, foldDb: 0, within: 1e-6},
  {rho: 0.5, foldDb: -1.25, within: 0.1},
  {rho: 0, foldDb: -3.01, within: 0.1},
  {rho: -0.5, foldDb: -6.02, within: 0.1},
] as const;

for (const rate of rates) {
  for (const {rho, foldDb, within} of folds) {
    test(`sides that correlate by ${rho} keep ${foldDb} dB in mono, at ${rate} Hz`, (t) => {
      const {monoFoldDb, correlation} = imageOf(rate, ...pair(4 * rate, rho));
      t.true(isWithin(monoFoldDb ?? Number.NaN, foldDb, within), `${monoFoldDb}`);
      t.true(isWithin(correlation ?? Number.NaN, rho, 0.05), `${correlation}`);
    });
  }
}

test('three seconds are three seconds, and what is in progress, however long the blocks are', (t) => {
  const loud = sine(48_000, 2, 500, 0.5, 0.1);
  const quiet = sine(48_000, 4, 500, 0.05);
  const readings = [512, 3072, 4096].map((blockFrames) => {
    // One block is more than what is in progress may hold.
    const heard = [...loud, ...quiet.subarray(0, 3.1 * 48_000 + 4096)];
    const sound = Float32Array.from(heard);
    return imageOf(48_000, sound, sound, blockFrames);
  });
  for (const {dcDb, crestDb, shortTermLufs} of readings) {
    t.true((dcDb ?? Number.NaN) < -80, `${dcDb} dBFS`);
    t.true(isWithin(crestDb ?? Number.NaN, 3.01, 0.01), `${crestDb} dB`);
    t.true(isWithin(shortTermLufs ?? Number.NaN, readings[0]?.shortTermLufs ?? Number.NaN, 0.05), `${shortTermLufs}`);
  }
});

test('of sides that are opposed nothing is left in mono', (t) => {
  const left = noise(4 * 48_000, 3, 0.25);
  const {monoFoldDb, correlation} = imageOf(
    48_000,
    left,
    left.map((value) => -value),
  );
  t.is(monoFoldDb, Number.NEGATIVE_INFINITY);
  t.is(correlation, -1);
});

test('an inverted side that is 20 dB quieter costs next to nothing, though it correlates by −1', (t) => {
  const left = noise(4 * 48_000, 3, 0.25);
  const {monoFoldDb, correlation, balanceLu} = imageOf(
    48_000,
    left,
    left.map((value) => -value / 10),
  );
  t.true(isWithin(monoFoldDb ?? 0, -3.97, 0.01), `${monoFoldDb}`);
  t.true(isWithin(correlation ?? 0, -1, 1e-6));
  t.true(isWithin(balanceLu ?? 0, 20, 0.01), `${balanceLu}`);
});

test('correlation is not known while a side is under −60 dBFS', (t) => {
  const left = sine(48_000, 4, 500, 0.25);
  t.is(imageOf(48_000, left, sine(48_000, 4, 500, 10 ** (-60.5 / 20))).correlation, undefined);
  t.is(imageOf(48_000, left, sine(48_000, 4, 500, 10 ** (-59.5 / 20))).correlation, 1);
  t.is(imageOf(48_000, left, new Float32Array(left.length)).correlation, undefined);
});

test('correlation forgets with a time constant of 300 ms', (t) => {
  const rate = 48_000;
  const image = createStereoImage(rate);
  const block = (product: number) => ({
    ...{frames: 480, energyLeft: 10, energyRight: 10, product, sumLeft: 0, sumRight: 0, peak: 0.2},
    ...{weightedLeft: 10, weightedRight: 10, weightedProduct: product},
  });
  for (let blocks = 0; blocks < 300; blocks++) image.add(block(10));
  t.is(image.reading().correlation, 1);
  for (let blocks = 0; blocks < 30; blocks++) image.add(block(-10));
  t.true(isWithin(image.reading().correlation ?? 0, 2 / Math.E - 1, 0.001), `${image.reading().correlation}`);
});

test('one side alone is louder by no number, but by infinity', (t) => {
  const left = noise(4 * 48_000, 3, 0.25);
  const quiet = new Float32Array(left.length);
  t.is(imageOf(48_000, left, quiet).balanceLu, Number.POSITIVE_INFINITY);
  t.is(imageOf(48_000, quiet, left).balanceLu, Number.NEGATIVE_INFINITY);
  t.is(imageOf(48_000, left, left).balanceLu, 0);
});

const offsets = [-60, -50, -40, -26] as const;
for (const rate of rates) {
  test(`direct current is measured under a tone, at ${rate} Hz`, (t) => {
    for (const dcDb of offsets) {
      const left = sine(rate, 4, 440, 0.2, -(10 ** (dcDb / 20)));
      const read = imageOf(rate, left, sine(rate, 4, 440, 0.2)).dcDb ?? 0;
      t.true(isWithin(read, dcDb, 0.5), `${dcDb}: ${read}`);
    }
  });

  test(`a sine has a crest of 3.01 dB, and peak and loudness are those of the loudness meter, at ${rate} Hz`, (t) => {
    const tone = sine(rate, 4, 997, 0.1);
    const {crestDb, peakToShortTermDb, shortTermLufs, leftDb} = imageOf(rate, tone, tone);
    t.true(isWithin(crestDb ?? 0, 3.01, 0.01), `${crestDb}`);
    t.true(isWithin(leftDb, -20, 0.01), 'RMS is referenced to a sine');
    const meter = createLoudnessMeter({sampleRate: rate, channels: 2});
    meter.push(tone, tone, tone.length);
    t.true(isWithin(shortTermLufs ?? 0, meter.reading().shortTermLufs, 0.01), `${shortTermLufs}`);
    t.true(isWithin(peakToShortTermDb ?? 0, meter.reading().truePeakDb - meter.reading().shortTermLufs, 0.02));
  });
}

test('nothing is said of 3 s before they were heard, nor of silence, and all of it is forgotten at a restart', (t) => {
  const [left, right] = pair(48_000 * 4, 0);
  t.is(imageOf(48_000, left.subarray(0, 143_000), right).monoFoldDb, undefined);
  t.not(imageOf(48_000, left.subarray(0, 145_000), right).monoFoldDb, undefined);
  const silent = imageOf(48_000, new Float32Array(48_000 * 4), new Float32Array(48_000 * 4));
  t.is(silent.monoFoldDb, undefined);
  t.is(silent.balanceLu, undefined);
  t.is(silent.peakToShortTermDb, undefined);
  t.is(silent.leftDb, Number.NEGATIVE_INFINITY);
  const image = createStereoImage(48_000);
  const summer = createBlockSummer({sampleRate: 48_000, truePeak: false});
  for (let at = 0; at < left.length; at += 480)
    image.add(summer.add(left.subarray(at, at + 480), right.subarray(at, at + 480), 480));
  image.restart();
  t.deepEqual(image.reading(), createStereoImage(48_000).reading());
});

test('blocks of any length short against 100 ms say the same', (t) => {
  const [left, right] = pair(48_000 * 5, 0.3);
  const whole = imageOf(48_000, left, right, 512);
  for (const blockFrames of [64, 127, 128, 480, 1024]) {
    const other = imageOf(48_000, left, right, blockFrames);
    t.true(isWithin(other.monoFoldDb ?? 0, whole.monoFoldDb ?? 9, 0.05));
    t.true(isWithin(other.balanceLu ?? 0, whole.balanceLu ?? 9, 0.05));
    t.true(isWithin(other.correlation ?? 0, whole.correlation ?? 9, 0.02));
    t.true(isWithin(other.crestDb ?? 0, whole.crestDb ?? 9, 0.05));
  }
});

test('the summer’s weighted sums are those of filtered samples, whatever the sides', (t) => {
  fc.assert(
    fc.property(fc.double({min: -1, max: 1, noNaN: true}), fc.integer({min: 1, max: 2000}), (rho, frames) => {
      const [left, right] = pair(frames, rho);
      const sums = createBlockSummer({sampleRate: 48_000, truePeak: true}).add(left, right, frames);
      const alike = createBlockSummer({sampleRate: 48_000, truePeak: true}).add(left, left, frames);
      return (
        Math.abs(sums.weightedProduct) <= Math.sqrt(sums.weightedLeft * sums.weightedRight) * 1.0001 + 1e-9 &&
        isWithin(alike.weightedProduct, alike.weightedLeft, alike.weightedLeft * 1e-6 + 1e-12)
      );
    }),
    {numRuns: 60},
  );
  t.pass();
});

test('what is no number is silence to the summer, and a block of it says nothing to the image', (t) => {
  const left = Float32Array.from([0.5, Number.NaN, Number.POSITIVE_INFINITY, -0.5]);
  const sums = createBlockSummer({sampleRate: 48_000, truePeak: false}).add(left, new Float32Array(4), 4);
  t.is(sums.energyLeft, 0.5);
  t.is(sums.peak, 0.5);
  const image = createStereoImage(48_000);
  const fresh = image.reading();
  image.add({...sums, sumLeft: Number.NaN});
  t.deepEqual(image.reading(), fresh);
});
