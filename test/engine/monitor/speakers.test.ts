import test from 'ava';
import {gainDbAt, pointAt} from '../../../src/engine/monitor/biquad.ts';
import {fitCurve} from '../../../src/engine/monitor/curve-fit.ts';
import {createMonitorPath} from '../../../src/engine/monitor/monitor-path.ts';
import {curveLevelDb, speakerCurves} from '../../../src/engine/monitor/speaker-curves.ts';
import {heard, monitorWith, noise} from './monitor-rig.ts';

/** The path's answer to one sample on these sides, long enough for the deepest bass. */
function answer(speaker: 'phone' | 'laptop' | 'car', sampleRate: number, sides: readonly [number, number]) {
  const frames = Math.round(0.4 * sampleRate);
  const sound = {left: new Float32Array(frames), right: new Float32Array(frames)};
  sound.left[0] = sides[0];
  sound.right[0] = sides[1];
  return heard(createMonitorPath(sampleRate, monitorWith({speaker})), sound);
}

function levelDb(signal: Float32Array, hertz: number, sampleRate: number): number {
  const turn = (2 * Math.PI * hertz) / sampleRate;
  let [real, imaginary] = [0, 0];
  for (const [frame, sample] of signal.entries()) {
    real += sample * Math.cos(turn * frame);
    imaginary += sample * Math.sin(turn * frame);
  }
  return 20 * Math.log10(Math.hypot(real, imaginary));
}

for (const speaker of ['phone', 'laptop', 'car'] as const) {
  const curve = speakerCurves[speaker];
  const top = Math.max(...curve.points.map(([, level]) => level));

  for (const sampleRate of [44_100, 48_000, 96_000]) {
    test(`at ${sampleRate} Hz the ${speaker} is within 1 dB of every point of its table, the highest at 0 dB`, (t) => {
      const {left} = answer(speaker, sampleRate, [1, 1]);
      for (const [hertz, level] of curve.points) {
        const measured = levelDb(left, hertz, sampleRate);
        t.true(Math.abs(measured - (level - top)) < 1, `${hertz} Hz: ${measured} for ${level - top} dB`);
      }
    });
  }

  test(`between the points of its table, too, the ${speaker} keeps within 1 dB, at every rate`, (t) => {
    for (const sampleRate of [44_100, 48_000, 88_200, 96_000, 192_000]) {
      const {gain, sections} = fitCurve((hertz) => curveLevelDb(curve, hertz), sampleRate);
      for (let hertz = 20; hertz <= 20_000; hertz *= 1.03) {
        const point = pointAt(hertz, sampleRate);
        const level = 20 * Math.log10(gain) + sections.reduce((sum, one) => sum + gainDbAt(one, point), 0);
        const off = Math.abs(level - curveLevelDb(curve, hertz));
        t.true(off < 1, `${hertz.toFixed(0)} Hz at ${sampleRate}: ${off}`);
      }
      // No section rings on for ever.
      t.true(sections.every(({a1, a2}) => Math.abs(a2) < 1 && Math.abs(a1) < 1 + a2));
    }
  });

  test(`the ${speaker} keeps as much of the difference between the sides as its table says`, (t) => {
    const {left, right} = answer(speaker, 48_000, [1, -1]);
    const side = levelDb(left, 1000, 48_000) - (curveLevelDb(curve, 1000) - top);
    if (curve.width === 0) t.true(left.every((sample) => sample === 0));
    else t.true(Math.abs(side - 20 * Math.log10(curve.width)) < 0.5, `${side} dB`);
    t.true(left.every((sample, frame) => sample === -(right[frame] ?? 0)));
  });

  test(`after the sound the ${speaker} falls silent`, (t) => {
    const path = createMonitorPath(48_000, monitorWith({speaker}));
    const burst = {left: new Float32Array(192_000), right: new Float32Array(192_000)};
    burst.left.set(noise(1000, 3));
    const {left} = heard(path, burst);
    t.true(left.subarray(191_000).every((sample) => Math.abs(sample) < 1e-20));
  });
}

test('every table rises from 20 Hz to 20 kHz', (t) => {
  for (const {points} of Object.values(speakerCurves)) {
    const frequencies = points.map(([hertz]) => hertz);
    t.deepEqual(
      frequencies,
      [...frequencies].sort((one, other) => one - other),
    );
    t.is(frequencies[0], 20);
    t.is(frequencies.at(-1), 20_000);
  }
});
