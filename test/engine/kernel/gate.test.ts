import test from 'ava';
import {followerShare, gateGainDb} from '../../../src/engine/plan/dynamics.ts';
import type {GatePlan} from '../../../src/engine/plan/plan.ts';
import {stripField} from '../../../src/model/meter.ts';
import {sine} from '../graph/signal.ts';
import {amplitudeAt, noProcessing, rendered} from './channel-rig.ts';

const sampleRate = 48_000;

function plan(given: Partial<GatePlan> = {}, attackMs = 1, releaseMs = 100): GatePlan {
  return {
    thresholdDb: -40,
    ratio: 3,
    rangeDb: -30,
    attack: followerShare(attackMs, sampleRate),
    release: followerShare(releaseMs, sampleRate),
    holdFrames: 0,
    ...given,
  };
}

const db = (factor: number): number => 20 * Math.log10(factor);
const factor = (levelDb: number): number => 10 ** (levelDb / 20);

test('under the threshold every dB less in is `ratio` dB less out, down to the range; over it nothing happens', async (t) => {
  for (const given of [{}, {ratio: 1}, {ratio: 20}, {rangeDb: -80, ratio: 2}, {rangeDb: 0}]) {
    const gate = plan(given);
    for (const levelDb of [-80, -60, -50, -45, -41, -39, -20, 0]) {
      const tone = sine(512 * 120, 1000, sampleRate, factor(levelDb));
      const {left, meters} = await rendered({...noProcessing, gate}, tone);
      const wanted = gateGainDb(gate, levelDb);
      const got = db(amplitudeAt(left, 1000, sampleRate, 50_400, 55_200)) - levelDb;
      t.true(Math.abs(got - wanted) < 0.05, `${JSON.stringify(given)} at ${levelDb} dB: ${got}, not ${wanted}`);
      const shown = meters.at(-1)?.[stripField.gateReductionDb] ?? Number.NaN;
      t.true(Math.abs(shown + wanted) < 0.05);
    }
  }
});

test('it opens in its attack, stays open for its hold, and closes in its release', async (t) => {
  const holdFrames = 4800;
  const gate = plan({holdFrames, ratio: 20}, 5, 100);
  const [from, to] = [36_000, 48_000];
  // A level instead of a tone, so that every sample tells the gain.
  const level = Float32Array.from({length: 512 * 160}, (_, n) => (n >= from && n < to ? 0.5 : factor(-60)));
  const {left} = await rendered({...noProcessing, gate}, level);
  const gainDb = (n: number): number => db((left[n] ?? 0) / (level[n] ?? 1));
  t.true(Math.abs(gainDb(from - 1) + 30) < 0.2, 'closed');
  t.true(Math.abs(gainDb(from + 240) / -30 - Math.exp(-1)) < 0.03, 'opened by 63 % after 5 ms');
  t.true(gainDb(to) > -0.001, 'open');
  let closing = to;
  while (gainDb(closing) > -0.01) closing += 4;
  const openMs = ((closing - to) * 1000) / sampleRate;
  t.true(openMs > 107 && openMs < 111, `hold of 100 ms and the detector's 7.5 to 10: ${openMs} ms`);
  t.true(Math.abs(gainDb(closing + 4800) / -30 - (1 - Math.exp(-1))) < 0.02, 'closed by 63 % after 100 ms');
});

test('digital silence keeps it closed, and its meter says so', async (t) => {
  const tone = sine(512 * 60, 1000, sampleRate, 0.5);
  tone.fill(0, 512 * 8);
  const {left, meters} = await rendered({...noProcessing, gate: plan({}, 1, 20)}, tone);
  t.true(left.subarray(512 * 20).every((value) => value === 0));
  t.true((meters.at(-1)?.[stripField.gateReductionDb] ?? 0) > 29.9);
});

test('both sides open together', async (t) => {
  const loud = sine(512 * 20, 1000, sampleRate, 0.5);
  const soft = loud.map((value) => value / 1000);
  const {right} = await rendered({...noProcessing, gate: plan()}, loud, soft);
  t.true(Math.abs(db(amplitudeAt(right, 1000, sampleRate, 4800, 9600)) - db(0.0005)) < 0.01);
});
