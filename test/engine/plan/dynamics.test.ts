import test from 'ava';
import fc from 'fast-check';
import {magnitudeDb} from '../../../src/engine/plan/biquad.ts';
import {
  compressorGainDb,
  compressorPlan,
  followerShare,
  gateGainDb,
  gatePlan,
} from '../../../src/engine/plan/dynamics.ts';
import type {CompressorPlan, GatePlan} from '../../../src/engine/plan/plan.ts';

const compressor: CompressorPlan = {
  thresholdDb: -20,
  ratio: 4,
  kneeDb: 10,
  attack: 0.1,
  release: 0.01,
  makeUp: 1,
  sidechain: undefined,
};
const gate: GatePlan = {thresholdDb: -50, ratio: 3, rangeDb: -40, attack: 0.1, release: 0.01, holdFrames: 0};

for (const [levelDb, gainDb] of [
  [Number.NEGATIVE_INFINITY, 0],
  [-60, 0],
  [-25, 0],
  [-22.5, -0.234_375],
  [-20, -0.9375],
  [-15, -3.75],
  [-8, -9],
  [0, -15],
  [12, -24],
] as const) {
  test(`a compressor of 4:1 at −20 dB with a knee of 10 dB gives ${gainDb} dB at ${levelDb} dB`, (t) => {
    t.true(Math.abs(compressorGainDb(compressor, levelDb) - gainDb) < 1e-12);
  });
}

for (const [levelDb, gainDb] of [
  [0, 0],
  [-50, 0],
  [-51, -2],
  [-60, -20],
  [-70, -40],
  [-90, -40],
  [Number.NEGATIVE_INFINITY, -40],
] as const) {
  test(`a gate of 1:3 at −50 dB and a range of 40 dB gives ${gainDb} dB at ${levelDb} dB`, (t) => {
    t.is(gateGainDb(gate, levelDb), gainDb);
  });
}

const anyLevel = fc.double({min: -120, max: 40, noNaN: true});
const anyCompressor = fc
  .record({
    thresholdDb: fc.double({min: -60, max: 0, noNaN: true}),
    ratio: fc.double({min: 1, max: 20, noNaN: true}),
    kneeDb: fc.oneof(fc.constant(0), fc.double({min: 1e-6, max: 24, noNaN: true})),
  })
  .map((values): CompressorPlan => ({...compressor, ...values}));

test('louder in is never quieter out, and never more than it came in', (t) => {
  fc.assert(
    fc.property(anyCompressor, anyLevel, fc.double({min: 0, max: 20, noNaN: true}), (plan, levelDb, more) => {
      const out = levelDb + compressorGainDb(plan, levelDb);
      const louder = levelDb + more + compressorGainDb(plan, levelDb + more);
      return louder >= out - 1e-9 && out <= levelDb && louder - out <= more + 1e-9;
    }),
  );
  t.pass();
});

test('both ends of the knee meet the straight lines in level and in slope', (t) => {
  fc.assert(
    fc.property(anyCompressor, fc.constantFrom(-1, 1), (plan, side) => {
      const edge = plan.thresholdDb + (side * plan.kneeDb) / 2;
      const step = 1e-7;
      const at = (levelDb: number): number => compressorGainDb(plan, levelDb);
      const jump = Math.abs(at(edge + step) - at(edge - step));
      const slopes = [(at(edge) - at(edge - 1e-4)) / 1e-4, (at(edge + 1e-4) - at(edge)) / 1e-4] as const;
      return jump < 1e-5 && (plan.kneeDb < 1 || Math.abs(slopes[1] - slopes[0]) < 1e-3);
    }),
  );
  t.pass();
});

test('a gate is continuous, never lifts, and never goes under its range', (t) => {
  fc.assert(
    fc.property(
      fc.double({min: -80, max: 0, noNaN: true}),
      fc.double({min: 1, max: 20, noNaN: true}),
      fc.double({min: -80, max: 0, noNaN: true}),
      anyLevel,
      (thresholdDb, ratio, rangeDb, levelDb) => {
        const plan = {...gate, thresholdDb, ratio, rangeDb};
        const gainDb = gateGainDb(plan, levelDb);
        return gainDb <= 0 && gainDb >= rangeDb && Math.abs(gateGainDb(plan, levelDb + 1e-6) - gainDb) < 1e-4;
      },
    ),
  );
  t.pass();
});

test('after its time a follower has gone 63.2 % of a step, after three times 95 %', (t) => {
  for (const sampleRate of [44_100, 48_000, 96_000]) {
    for (const ms of [0.1, 1, 10, 120, 2000]) {
      const share = followerShare(ms, sampleRate);
      const frames = (ms * sampleRate) / 1000;
      const gone = (times: number): number => 1 - (1 - share) ** (frames * times);
      t.true(Math.abs(gone(1) - (1 - Math.exp(-1))) < 1e-9);
      t.true(Math.abs(gone(3) - 0.9502) < 1e-4);
    }
  }
});

test('a follower run frame by frame takes its time', (t) => {
  const share = followerShare(10, 48_000);
  let value = 0;
  for (let frame = 0; frame < 480; frame++) value += share * (1 - value);
  t.true(Math.abs(value - 0.632_12) < 1e-5);
  t.is(followerShare(0, 48_000), 1);
});

test('what is off is no plan', (t) => {
  t.is(gatePlan({'gate.thresholdDb': -20}, 48_000), undefined);
  t.is(compressorPlan({'comp.makeUpDb': 12}, 48_000), undefined);
});

test('a gate that is on has the values of the strip', (t) => {
  t.deepEqual(gatePlan({'gate.on': 1, 'gate.holdMs': 100, 'gate.attackMs': 2}, 48_000), {
    thresholdDb: -50,
    ratio: 10,
    rangeDb: -40,
    attack: followerShare(2, 48_000),
    release: followerShare(150, 48_000),
    holdFrames: 4800,
  });
});

test('make-up is a factor, and the sidechain at its lowest is none', (t) => {
  const open = compressorPlan({'comp.on': 1, 'comp.makeUpDb': 20}, 48_000);
  t.is(open?.makeUp, 10);
  t.is(open?.sidechain, undefined);
  const filtered = compressorPlan({'comp.on': 1, 'comp.sidechainHz': 150}, 48_000)?.sidechain;
  t.true(filtered !== undefined && Math.abs(magnitudeDb(filtered, 150, 48_000) + 3.01) < 0.02);
});
