import test from 'ava';
import {createLoudnessMeter} from '../../../src/gain/loudness.ts';
import {createLoudnessProgram, surroundWeights} from '../../../src/gain/loudness-program.ts';
import {blockSizes, feed, isWithin, measured, rates, walk} from './measure.ts';
import {repeated, silence, tone} from './signal.ts';

/** Cases 6 and 9 to 14 at every rate (what 1 to 5 read is tested in blocks of every size, beside); the block sizes take turns, because they change nothing (see the streaming laws). */
const sizes = blockSizes.filter((size) => size > 1);
let turn = 0;
const nextSize = (): number => sizes[turn++ % sizes.length] ?? 480;

for (const rate of rates) {
  test(`Tech 3341 case 6 at ${rate} Hz: surround weighs 1.41, the low-frequency channel nothing`, (t) => {
    const [front, centre, side] = [-28, -24, -30].map((levelDb) => tone(rate, [[levelDb, 20]])) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const loud = tone(rate, [[0, 20]], 60);
    const program = createLoudnessProgram({sampleRate: rate, weights: surroundWeights, truePeak: false});
    program.push([front, front, centre, loud, side, side], front.length);
    t.true(isWithin(program.integratedLufs(), -23, 0.1), `${program.integratedLufs()}`);
    t.true(isWithin(program.samplePeak(), 1, 1e-3), 'its peak counts nevertheless');
  });

  const steady = [
    {
      number: 9,
      name: 'short-term',
      from: 3,
      bursts: [
        [-20, 1.34],
        [-30, 1.66],
      ],
      times: 5,
    },
    {
      number: 12,
      name: 'momentary',
      from: 1,
      bursts: [
        [-20, 0.18],
        [-30, 0.22],
      ],
      times: 25,
    },
  ] as const;
  for (const {number, name, from, bursts, times} of steady) {
    test(`Tech 3341 case ${number} at ${rate} Hz: ${name} stays at −23 LUFS while the tone changes within its window`, (t) => {
      let lowest = Number.POSITIVE_INFINITY;
      let highest = Number.NEGATIVE_INFINITY;
      walk(rate, tone(rate, repeated(times, bursts)), (program, seconds) => {
        if (seconds < from) return;
        const lufs = name === 'momentary' ? program.momentaryLufs() : program.shortTermLufs();
        lowest = Math.min(lowest, lufs);
        highest = Math.max(highest, lufs);
      });
      t.true(isWithin(lowest, -23, 0.1) && isWithin(highest, -23, 0.1), `${lowest} … ${highest}`);
    });
  }

  const single = [
    {number: 10, name: 'short-term', field: 'maxShortTermLufs', step: 0.15, seconds: 3},
    {number: 13, name: 'momentary', field: 'maxMomentaryLufs', step: 0.02, seconds: 0.4},
  ] as const;
  for (const {number, name, field, step, seconds} of single) {
    test(`Tech 3341 case ${number} at ${rate} Hz: a burst as long as the window is met by max ${name} wherever it begins`, (t) => {
      const meter = createLoudnessMeter({sampleRate: rate, channels: 2, truePeak: false});
      for (let i = 0; i < 20; i++) {
        const samples = tone(rate, [
          [silence, i * step],
          [-23, seconds],
          [silence, 1],
        ]);
        meter.reset();
        feed(meter, samples, samples, nextSize());
        t.true(isWithin(meter.reading()[field], -23, 0.1), `segment ${i}: ${meter.reading()[field]}`);
      }
    });
  }

  const successive = [
    {number: 11, name: 'short-term', field: 'maxShortTermLufs', step: 0.15, seconds: 3},
    {number: 14, name: 'momentary', field: 'maxMomentaryLufs', step: 0.02, seconds: 0.4},
  ] as const;
  for (const {number, name, field, step, seconds} of successive) {
    test(`Tech 3341 case ${number} at ${rate} Hz: max ${name} follows bursts that rise by 1 dB`, (t) => {
      const meter = createLoudnessMeter({sampleRate: rate, channels: 2, truePeak: false});
      for (let i = 0; i < 20; i++) {
        const samples = tone(rate, [
          [silence, i * step],
          [-38 + i, seconds],
          [silence, seconds - i * step],
        ]);
        feed(meter, samples, samples, nextSize());
        t.true(isWithin(meter.reading()[field], -38 + i, 0.1), `burst ${i}: ${meter.reading()[field]}`);
      }
    });
  }
}

test('0 dBFS at 997 Hz in one channel is −3.01 LUFS, in both as loud as its peak says', (t) => {
  const samples = tone(48_000, [[0, 10]], 997);
  const one = measured(48_000, samples, {right: new Float32Array(samples.length)});
  t.true(isWithin(one.integratedLufs, -3.01, 0.005), `${one.integratedLufs}`);
  const quiet = tone(48_000, [[-18, 10]], 997);
  t.true(isWithin(measured(48_000, quiet).integratedLufs, -18, 0.005));
});
