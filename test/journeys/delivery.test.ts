import test from 'ava';
import type {ReferenceReading} from '../../src/model/monitor.ts';
import type {ProgramReading} from '../../src/model/program.ts';
import type {RuleId} from '../../src/model/warning.ts';
import {type TestDesk, testDesk, twentyStrips} from './test-desk.ts';

const program: ProgramReading = {
  momentaryLufs: -17,
  shortTermLufs: -17,
  integratedLufs: -17,
  rangeLu: 5,
  rangeIsStable: true,
  maxMomentaryLufs: -15,
  maxShortTermLufs: -16,
  maxTruePeakDb: -3,
  truePeakDb: -3,
  samplePeakDb: -3.1,
  measuredSeconds: 60,
  lowShareDb: -4,
  needles: {ppm1: [-9, -9], ppm2: [-9, -9], vu: [-20, -20], rms: [-20, -20]},
};

/** The mix sounds so for some seconds. */
async function hear({engine, pass}: TestDesk, seconds: number, reading: ProgramReading): Promise<void> {
  for (let tenth = 0; tenth < seconds * 10; tenth++) {
    engine.hear(0.1, new Map([[0, {peak: 0.25}]]), 0.25, reading);
    await pass(100);
  }
}

const toldBy = ({desk}: TestDesk, rule: RuleId): string | undefined =>
  desk.status().warnings.find((warning) => warning.rule === rule)?.advice;

test('the mix is held against its delivery target while it plays: loudness, short-term limit and ceiling are the target\u2019s', async (t) => {
  const bench = testDesk(twentyStrips);
  const {desk} = bench;
  await hear(bench, 14, {...program, truePeakDb: -1.5});
  for (const rule of ['loud.i', 'loud.s', 'tp.limit'] as const) t.is(toldBy(bench, rule), undefined, rule);

  desk.perform({type: 'meters.setTarget', target: 'spotify'});
  await hear(bench, 12, {...program, truePeakDb: -1.5});
  t.regex(
    toldBy(bench, 'loud.i') ?? '',
    /Integrated -17\.0 LUFS; the target is -14\.0 \(Spotify\)\. Turn the mix up 3\.0 dB/,
  );
  t.is(toldBy(bench, 'tp.limit'), undefined, 'its ceiling is -1 dBTP');

  desk.perform({type: 'meters.setTarget', target: 'amazon-music'});
  await hear(bench, 1, {...program, truePeakDb: -1.5});
  t.regex(toldBy(bench, 'tp.limit') ?? '', /-1\.5/, 'its ceiling is -2 dBTP');

  desk.perform({type: 'meters.setTarget', target: 'ebu-r128-s1'});
  await hear(bench, 1, program);
  t.regex(toldBy(bench, 'loud.s') ?? '', /Short-term loudness reached -16\.0 LUFS; the limit is -18\.0/);
  desk.perform({type: 'session.save'});
  t.is(bench.meters.at(-1)?.target, 'ebu-r128-s1');

  desk.perform({type: 'meters.setTarget', target: undefined});
  await hear(bench, 0.5, program);
  for (const rule of ['loud.i', 'loud.s'] as const) t.is(toldBy(bench, rule), undefined, rule);
  await desk.close();
});

const reference: ReferenceReading = {
  name: 'Master.wav',
  state: 'ready',
  integratedLufs: -9,
  truePeakDb: -0.2,
  lowShareDb: -9,
  gainDb: 0,
  missingDb: undefined,
};

test('at the switch to B it is said at once that the reference is louder than the mix; back at A, or once it is matched, no more', async (t) => {
  const bench = testDesk(twentyStrips);
  const {desk, engine} = bench;
  engine.refer([{...reference, state: 'measuring', integratedLufs: undefined}, reference]);
  await hear(bench, 4, program);
  t.is(toldBy(bench, 'ref.match'), undefined);
  desk.perform({type: 'monitor.setReference', reference: 'on'});
  await hear(bench, 0.2, program);
  t.is(toldBy(bench, 'ref.match'), undefined, 'what is being measured is not heard');
  desk.perform({type: 'monitor.nextReference'});
  await hear(bench, 0.2, program);
  t.regex(toldBy(bench, 'ref.match') ?? '', /The reference is 8\.0 LU louder than the mix/);
  engine.refer([reference, {...reference, gainDb: -8.9, missingDb: 0}]);
  await hear(bench, 1.5, program);
  t.is(toldBy(bench, 'ref.match'), undefined);
  engine.refer([reference, {...reference, gainDb: 1, missingDb: 1.3}]);
  await hear(bench, 0.2, program);
  t.regex(toldBy(bench, 'ref.match') ?? '', /The reference is 1\.3 LU quieter than the mix/);
  engine.refer([reference, {...reference, gainDb: -6}]);
  await hear(bench, 0.2, program);
  t.regex(toldBy(bench, 'ref.match') ?? '', /2\.0 LU louder/);
  desk.perform({type: 'monitor.setReference', reference: 'off'});
  await hear(bench, 1, program);
  t.is(toldBy(bench, 'ref.match'), undefined);
  await desk.close();
});

test('the low end of the mix is held against that of the chosen reference', async (t) => {
  const bench = testDesk(twentyStrips);
  bench.engine.refer([reference, {...reference, lowShareDb: -4.5}]);
  await hear(bench, 25, program);
  t.regex(toldBy(bench, 'low.end') ?? '', /5 dB more low end than the reference/);
  bench.desk.perform({type: 'monitor.nextReference'});
  await hear(bench, 12, program);
  t.is(toldBy(bench, 'low.end'), undefined);
  await bench.desk.close();
});
