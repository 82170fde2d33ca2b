import test from 'ava';
import {createProgramMeter, type ProgramMeter} from '../../src/engine/program-meter.ts';
import {createLoudnessMeter} from '../../src/gain/loudness.ts';
import type {ProgramReading} from '../../src/model/program.ts';
import {isWithin, rates} from '../gain/loudness/measure.ts';
import {samplesOf} from '../samples.ts';
import {noise} from './graph/signal.ts';

const rate = 48_000;
const silence = Number.NEGATIVE_INFINITY;

function sine(sampleRate: number, seconds: number, hertz: number, peakDb: number): Float32Array {
  const peak = 10 ** (peakDb / 20);
  return samplesOf(
    Math.round(sampleRate * seconds),
    (frame) => peak * Math.sin((2 * Math.PI * hertz * frame) / sampleRate),
  );
}

/** Feeds both sides in blocks of 512 and gives back all readings. */
function run(meter: ProgramMeter, left: Float32Array, right = left, rolling = true): readonly ProgramReading[] {
  const readings: ProgramReading[] = [];
  for (let at = 0; at < left.length; at += 512) {
    const frames = Math.min(512, left.length - at);
    const reading = meter.push(left.subarray(at, at + frames), right.subarray(at, at + frames), frames, rolling);
    if (reading !== undefined) readings.push(reading);
  }
  return readings;
}

for (const sampleRate of rates) {
  test(`at ${sampleRate} Hz it reads what the loudness meter of a bounce reads, twenty times a second`, (t) => {
    const left = noise(sampleRate * 5, 1, 0.3);
    const right = noise(sampleRate * 5, 2, 0.2);
    const meter = createProgramMeter(sampleRate);
    const readings = run(meter, left, right);
    t.true(Math.abs(readings.length - 100) <= 2, `${readings.length}`);
    const offline = createLoudnessMeter({sampleRate, channels: 2});
    offline.push(left, right, left.length);
    const expected = offline.reading();
    const now = meter.reading();
    t.is(now.momentaryLufs, expected.momentaryLufs);
    t.is(now.shortTermLufs, expected.shortTermLufs);
    t.is(now.maxMomentaryLufs, expected.maxMomentaryLufs);
    t.is(now.maxShortTermLufs, expected.maxShortTermLufs);
    t.is(now.maxTruePeakDb, expected.truePeakDb);
    t.is(now.measuredSeconds, 5);
    t.true(isWithin(now.integratedLufs, expected.integratedLufs, 0.05), 'it is looked up once a second');
    t.true(isWithin(now.samplePeakDb, expected.samplePeakDb, 0.1));
    t.true(now.truePeakDb >= now.samplePeakDb);
  });
}

test('a tone at the line-up level reads −18 on every needle, on its own side', (t) => {
  const meter = createProgramMeter(rate);
  run(meter, sine(rate, 2, 997, -18), new Float32Array(2 * rate));
  const {needles} = meter.reading();
  for (const [name, [left, right]] of Object.entries(needles)) {
    t.true(isWithin(left, -18, 0.1), `${name}: ${left}`);
    t.is(right, silence, name);
  }
});

test('a reset begins integrated loudness, range, maxima and time anew, and is shown with the next block', (t) => {
  const meter = createProgramMeter(rate);
  run(meter, sine(rate, 5, 997, -6));
  meter.resetLoudness();
  const next = run(meter, new Float32Array(512)).at(-1);
  t.is(next?.integratedLufs, silence);
  t.is(next?.maxMomentaryLufs, silence);
  t.is(next?.maxTruePeakDb, silence);
  t.is(next?.measuredSeconds, 512 / rate);
  t.true((next?.shortTermLufs ?? silence) > -7, 'short-term loudness goes on');
  run(meter, sine(rate, 10, 997, -26));
  t.true(isWithin(meter.reading().integratedLufs, -26, 0.1));
  t.true(isWithin(meter.reading().maxTruePeakDb, -26, 0.1));
});

test('while paused, loudness of the whole stands still; then it is continued', (t) => {
  const meter = createProgramMeter(rate);
  run(meter, sine(rate, 5, 997, -23));
  const before = meter.reading();
  meter.setPaused(true);
  run(meter, sine(rate, 5, 997, -3));
  const paused = meter.reading();
  t.true(isWithin(paused.momentaryLufs, -3, 0.1));
  t.true(isWithin(paused.integratedLufs, -23, 0.1));
  t.is(paused.maxTruePeakDb, before.maxTruePeakDb);
  t.true(isWithin(paused.truePeakDb, -3, 0.1), 'peaks of the last 3 s go on');
  t.is(paused.measuredSeconds, 5);
  meter.setPaused(false);
  run(meter, sine(rate, 5, 997, -23));
  t.true(isWithin(meter.reading().integratedLufs, -23, 0.1));
  t.is(meter.reading().measuredSeconds, 10);
});

test('time counts while the tape moves, and the range is called stable after a minute of it', (t) => {
  const meter = createProgramMeter(8000);
  const minute = new Float32Array(8000 * 60);
  run(meter, minute, minute, false);
  t.is(meter.reading().measuredSeconds, 0);
  t.false(meter.reading().rangeIsStable);
  run(meter, minute);
  t.is(meter.reading().measuredSeconds, 60);
  t.true(meter.reading().rangeIsStable);
});

test('the peaks of the last 3 s are forgotten after them, the highest is not', (t) => {
  const meter = createProgramMeter(rate);
  run(meter, sine(rate, 0.1, 997, -1));
  run(meter, new Float32Array(rate * 3.2));
  const {truePeakDb, samplePeakDb, maxTruePeakDb} = meter.reading();
  t.is(truePeakDb, silence);
  t.is(samplePeakDb, silence);
  t.true(isWithin(maxTruePeakDb, -1, 0.1));
});

for (const sampleRate of rates) {
  test(`at ${sampleRate} Hz the low end is what lies below 120 Hz`, (t) => {
    const share = (...tones: readonly (readonly [hertz: number, peakDb: number])[]): number | undefined => {
      const meter = createProgramMeter(sampleRate);
      const sum = new Float32Array(sampleRate * 4);
      for (const [hertz, peakDb] of tones)
        sine(sampleRate, 4, hertz, peakDb).forEach((value, frame) => {
          sum[frame] = (sum[frame] ?? 0) + value;
        });
      run(meter, sum);
      return meter.reading().lowShareDb;
    };
    t.true(isWithin(share([50, -20]) ?? 9, 0, 0.05));
    t.true(isWithin(share([120, -20]) ?? 9, -3.01, 0.05), 'the edge lies at −3 dB');
    t.true(isWithin(share([240, -20]) ?? 9, -24.1, 0.2), '24 dB an octave');
    t.true(isWithin(share([50, -30], [1000, -20]) ?? 9, -10.4, 0.1));
  });
}

test('no low end is told of silence, nor before 3 s were heard', (t) => {
  const meter = createProgramMeter(rate);
  run(meter, new Float32Array(rate * 5));
  t.is(meter.reading().lowShareDb, undefined);
  run(meter, sine(rate, 2.9, 100, -20));
  t.is(meter.reading().lowShareDb, undefined);
  run(meter, sine(rate, 0.3, 100, -20));
  t.not(meter.reading().lowShareDb, undefined);
});

test('what is no number is silence, and no reading is ever NaN', (t) => {
  const meter = createProgramMeter(rate);
  const dirty = noise(rate, 1, 0.5);
  for (const frame of [0, 1000, 20_000]) dirty[frame] = Number.NaN;
  dirty[40_000] = Number.POSITIVE_INFINITY;
  run(meter, dirty);
  const text = JSON.stringify(meter.reading(), (_, value) => (Number.isNaN(value) ? 'NaN' : value));
  t.false(text.includes('"NaN"'));
  t.true(meter.reading().samplePeakDb < 0);
  t.deepEqual(createProgramMeter(rate).push(new Float32Array(0), new Float32Array(0), 10, true), undefined);
});
