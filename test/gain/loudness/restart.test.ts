import test from 'ava';
import fc from 'fast-check';
import {powerOfLufs, rangeLu} from '../../../src/gain/loudness-gate.ts';
import {createLoudnessProgram} from '../../../src/gain/loudness-program.ts';
import {createRangeList} from '../../../src/gain/loudness-range.ts';
import {isWithin} from './measure.ts';
import {silence, tone} from './signal.ts';

test('a range that is asked at any time is that of all powers sorted at once', (t) => {
  const lists = fc.array(fc.array(fc.double({min: -90, max: 5, noNaN: true}), {maxLength: 50}), {maxLength: 30});
  fc.assert(
    fc.property(lists, (portions) => {
      const list = createRangeList();
      const all: number[] = [];
      return portions.every((portion) => {
        for (const lufs of portion) {
          all.push(powerOfLufs(lufs));
          list.push(powerOfLufs(lufs));
        }
        return list.rangeLu() === rangeLu(Float64Array.from(all));
      });
    }),
  );
  const long = createRangeList();
  for (let at = 0; at < 5000; at++) long.push(powerOfLufs(-40 + (at % 21)));
  t.true(isWithin(long.rangeLu(), 17, 1e-9), `${long.rangeLu()}`);
  long.clear();
  t.is(long.rangeLu(), 0);
});

test('after a restart only what comes is integrated, while momentary, short-term and peaks go on', (t) => {
  const rate = 48_000;
  const program = createLoudnessProgram({sampleRate: rate, weights: [1, 1], truePeak: false});
  const push = (levelDb: number, seconds: number): void => {
    const samples = tone(rate, [[levelDb, seconds]]);
    program.push([samples, samples], samples.length);
  };
  push(-10, 5);
  program.restart();
  t.true(isWithin(program.momentaryLufs(), -10, 0.1));
  t.true(isWithin(program.shortTermLufs(), -10, 0.1));
  t.true(isWithin(program.samplePeak(), 10 ** (-10 / 20), 1e-3));
  t.is(program.integratedLufs(), silence);
  t.is(program.maxMomentaryLufs(), silence);
  t.is(program.measuredFrames(), 0);
  push(-30, 10);
  t.true(isWithin(program.integratedLufs(), -30, 0.1), `${program.integratedLufs()}`);
  t.true(isWithin(program.maxMomentaryLufs(), -30, 0.1), 'no window across the restart counts');
  t.true(isWithin(program.maxShortTermLufs(), -30, 0.1));
  t.true(program.rangeLu() < 0.1, `${program.rangeLu()}`);
});
