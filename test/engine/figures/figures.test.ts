import test from 'ava';
import {burstStems} from '../graph/full-desk.ts';
import {effectDesk, mixersOnTheWay} from './any-mixers.ts';
import {ceilingFigure} from './ceiling.ts';
import {makeUp, sidechain} from './dynamics.ts';
import {filterFigure, filterKinds, idleSections} from './filters.ts';
import {kWeightingFigure} from './k-weighting.ts';
import {sameFigure} from './live-path.ts';
import {bounceOffset, echoOffset, nullFigures} from './nulls.ts';
import {balanceFigure, panFigure, sendPanFigure, widthFigure} from './panning.ts';
import {compressorTimes, gateTimes} from './times.ts';
import {truthFigure, vcaFigure} from './truth.ts';

/** The same measurements as in `npm run bench -- figures`, on coarser grids. */
const grid = {hz: [60, 300, 2000, 9000, 18_000], gainDb: [-18, 6], q: [0.1, 0.71, 4]};

for (const sampleRate of [44_100, 48_000, 96_000]) {
  test(`at ${sampleRate} Hz every filter sounds like its analogue prototype within 0.05 dB to 18 kHz`, async (t) => {
    for (const kind of filterKinds) {
      const {value, at, cases} = await filterFigure(kind, sampleRate, grid);
      t.true(cases > 2 && value <= 0.05, `${kind}: ${value} dB at ${at}`);
    }
  });

  test(`at ${sampleRate} Hz the K-weighted energies follow the standard within 0.05 dB`, async (t) => {
    const {value, at} = await kWeightingFigure(sampleRate);
    t.true(value <= 0.05, `${value} dB at ${at}`);
  });

  test(`at ${sampleRate} Hz times are what is set within 1 %, under a millisecond within four frames; detectors hold for at most 10 ms`, async (t) => {
    const compressor = await compressorTimes(sampleRate);
    const gate = await gateTimes(sampleRate);
    for (const {percent, frames} of [compressor.attack, compressor.release, gate.attack, gate.release]) {
      t.true(percent.value <= 1, `${percent.value} % at ${percent.at}`);
      t.true(frames.value <= 4, `${frames.value} frames at ${frames.at}`);
    }
    t.true(compressor.heldMs.value < 10.5 && gate.holdOverMs.most < 10.5 && gate.holdOverMs.least > 7);
  });

  test(`at ${sampleRate} Hz make-up, its meter and the sidechain's high-pass are what is set`, async (t) => {
    const gain = await makeUp(sampleRate);
    t.true(gain.makeUp.value < 0.001 && gain.meter.value < 0.001);
    const {value, at} = await sidechain(sampleRate);
    t.true(value < 0.05, `${value} dB at ${at}`);
  });

  test(`at ${sampleRate} Hz what is off again passes every bit and keeps no state`, async (t) => {
    for (const {name, differing, bytesKept} of await nullFigures(sampleRate)) {
      t.is(differing, 0, name);
      t.is(bytesKept, 0, name);
    }
  });

  test(`at ${sampleRate} Hz a full desk that is played live and moved is what is bounced, to the bit`, async (t) => {
    const frames = 100 * 512 + 77;
    const mixers = mixersOnTheWay(20, sampleRate);
    const {differing, moves} = await sameFigure(sampleRate, effectDesk, mixers, burstStems(frames), frames, 7);
    t.is(differing, 0);
    t.true(moves > 10);
  });

  test(`at ${sampleRate} Hz a click is bounced at its frame, limited or not, and echoes come at theirs`, async (t) => {
    t.is(await bounceOffset(sampleRate, false), 0);
    t.is(await bounceOffset(sampleRate, true), 0);
    t.is((await echoOffset(sampleRate)).frames, 0);
  });

  test(`at ${sampleRate} Hz the limiter of a graph holds its ceiling`, async (t) => {
    const {overDb, at} = await ceilingFigure(sampleRate, 200);
    t.true(overDb <= 0, `${overDb} dB with ${at}`);
  });
}

for (const [lawDb, nominalDb] of [
  [3, -3.0103],
  [4.5, -4.5154],
  [6, -6.0206],
] as const) {
  test(`the law of ${lawDb} dB sounds like it, over the whole way`, async (t) => {
    const {worst, centreDb} = await panFigure(lawDb);
    t.true(worst.value < 0.001, `${worst.value} dB, ${worst.at}`);
    t.true(Math.abs(centreDb - nominalDb) < 0.001);
  });
}

test('pan of sends, balance and width sound as documented', async (t) => {
  const balance = await balanceFigure();
  t.is(balance.changed, 0);
  for (const {value, at} of [await sendPanFigure(), balance.worst, await widthFigure()])
    t.true(value < 0.001, `${value} dB at ${at}`);
});

test('mutes, solos, safes and mute groups are heard as documented in every seventh of 21,504 cells', async (t) => {
  const {cells, wrong} = await truthFigure(7);
  t.deepEqual(wrong, []);
  t.is(cells, 3072);
});

test('faders and VCAs over VCAs add up in every cell', async (t) => {
  t.deepEqual((await vcaFigure()).wrong, []);
});

test('what is off, or does nothing, is in no plan', (t) => t.is(idleSections(), 0));
