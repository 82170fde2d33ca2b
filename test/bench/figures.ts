import {effectDesk, mixersOnTheWay} from '../engine/figures/any-mixers.ts';
import {ceilingFigure} from '../engine/figures/ceiling.ts';
import {cpuSecondsOfPlain} from '../engine/figures/cost.ts';
import {compressorCurve, gateCurve, makeUp, sidechain} from '../engine/figures/dynamics.ts';
import {filterFigure, filterKinds} from '../engine/figures/filters.ts';
import {kWeightingFigure} from '../engine/figures/k-weighting.ts';
import {sameFigure} from '../engine/figures/live-path.ts';
import {bounceOffset, echoOffset, nullFigures} from '../engine/figures/nulls.ts';
import {balanceFigure, panFigure, sendPanFigure, widthFigure} from '../engine/figures/panning.ts';
import {compressorTimes, gateTimes, type Times} from '../engine/figures/times.ts';
import {truthFigure, vcaFigure} from '../engine/figures/truth.ts';
import type {Worst} from '../engine/figures/worst.ts';
import {burstStems} from '../engine/graph/full-desk.ts';
import type {Bench, Figure} from './bench.ts';

const rates = [44_100, 48_000, 96_000];
const kilohertz = (rate: number): string => `${rate / 1000} kHz`;

/** The worst that was found, with where it was. */
function worstOf(name: string, {value, at, cases}: Worst, unit: string, atMost: number): Figure {
  return {name, value, unit, bar: {atMost}, note: `${cases} settings; worst: ${at}`};
}

/** What differs must not: any at all breaks the bar. */
function none(name: string, value: number, unit: string, note: string): Figure {
  return {name, value, unit, bar: {atMost: 0}, note};
}

async function filters(rate: number): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const kind of filterKinds)
    figures.push(worstOf(`${kind}, ${kilohertz(rate)}`, await filterFigure(kind, rate), 'dB', 0.05));
  figures.push(worstOf(`K-weighting, ${kilohertz(rate)}`, await kWeightingFigure(rate), 'dB', 0.05));
  return figures;
}

function times(name: string, {percent, frames}: Times): readonly Figure[] {
  const long = worstOf(`${name}, from 1 ms on`, percent, '%', 1);
  return frames.cases === 0 ? [long] : [long, worstOf(`${name}, under 1 ms`, frames, 'frames', 4)];
}

async function dynamics(rate: number): Promise<readonly Figure[]> {
  const at = kilohertz(rate);
  const {makeUp: gain, meter} = await makeUp(rate);
  const compressor = await compressorTimes(rate);
  const gate = await gateTimes(rate);
  return [
    worstOf(`compressor, static curve, ${at}`, await compressorCurve(rate), 'dB', 0.05),
    ...times(`compressor, attack, ${at}`, compressor.attack),
    ...times(`compressor, release, ${at}`, compressor.release),
    {name: `compressor, detector holds, ${at}`, value: compressor.heldMs.value, unit: 'ms', bar: {atMost: 10.5}},
    worstOf(`compressor, make-up, ${at}`, gain, 'dB', 0.01),
    worstOf(`compressor, meter of the reduction, ${at}`, meter, 'dB', 0.01),
    worstOf(`compressor, sidechain high-pass, ${at}`, await sidechain(rate), 'dB', 0.05),
    worstOf(`gate, static curve, ${at}`, await gateCurve(rate), 'dB', 0.05),
    ...times(`gate, attack, ${at}`, gate.attack),
    ...times(`gate, release, ${at}`, gate.release),
    {
      name: `gate, stays open longer than its hold, ${at}`,
      value: gate.holdOverMs.most,
      unit: 'ms',
      bar: {atMost: 10.5},
      note: `at least ${gate.holdOverMs.least.toFixed(1)}: the detector`,
    },
  ];
}

async function panning(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const lawDb of [3, 4.5, 6] as const) {
    const {worst, centreDb} = await panFigure(lawDb);
    figures.push({...worstOf(`pan law −${lawDb} dB`, worst, 'dB', 0.001), note: `centre ${centreDb.toFixed(4)} dB`});
  }
  const balance = await balanceFigure();
  return [
    ...figures,
    worstOf('pan of sends, all laws', await sendPanFigure(), 'dB', 0.001),
    worstOf('balance, the far side', balance.worst, 'dB', 0.001),
    none('balance, the near side', balance.changed, 'samples changed', ''),
    worstOf('width', await widthFigure(), 'dB', 0.001),
  ];
}

async function ceilings(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const rate of [44_100, 48_000, 96_000, 192_000]) {
    const {cases, overDb, at, finestDb} = await ceilingFigure(rate, 2500);
    const name = `limiter, highest true peak over its ceiling, ${kilohertz(rate)}`;
    figures.push({name, value: overDb, unit: 'dB', bar: {atMost: 0}, note: `${cases} hard cases; worst: ${at}`});
    const finest = `limiter, the same by an interpolator of 96 taps, ${kilohertz(rate)}`;
    figures.push({name: finest, value: finestDb, unit: 'dB', note: 'no common meter; sound right up to half the rate'});
  }
  return figures;
}

async function bits(rate: number): Promise<readonly Figure[]> {
  const at = kilohertz(rate);
  const nulls = await nullFigures(rate);
  const frames = 400 * 512 + 77;
  const same = await sameFigure(rate, effectDesk, mixersOnTheWay(80, rate), burstStems(frames), frames, 23);
  const echo = await echoOffset(rate);
  const compared = nulls.reduce((sum, {samples}) => sum + samples, 0);
  const names = nulls.map(({name}) => name).join(', ');
  return [
    none(
      `off again, samples changed, ${at}`,
      nulls.reduce((sum, {differing}) => sum + differing, 0),
      `of ${compared}`,
      names,
    ),
    none(
      `off again, memory kept, ${at}`,
      nulls.reduce((sum, {bytesKept}) => sum + bytesKept, 0),
      'bytes',
      'what is off is not in the state, and not computed',
    ),
    none(
      `bounce against live, ${at}`,
      same.differing,
      `of ${same.samples}`,
      `full desk, ${same.moves} moves on the way`,
    ),
    none(`bounce, latency left, ${at}`, Math.abs(await bounceOffset(rate, false)), 'frames', 'limiter off'),
    none(`bounce, latency left with limiter, ${at}`, Math.abs(await bounceOffset(rate, true)), 'frames', ''),
    none(`echo off its time, ${at}`, echo.frames, 'frames', `${echo.cases} times of 10 to 2,000 ms`),
  ];
}

async function tables(): Promise<readonly Figure[]> {
  const truth = await truthFigure();
  const vcas = await vcaFigure();
  return [
    none('mute, solo, safe, mute groups: cells wrong', truth.wrong.length, `of ${truth.cells}`, truth.wrong[0] ?? ''),
    none('faders with VCAs over VCAs: cells wrong', vcas.wrong.length, `of ${vcas.cells}`, vcas.wrong[0] ?? ''),
  ];
}

/** What the engine makes of sound, measured in its sound. */
export const figuresBench: Bench = {
  name: 'figures',
  about:
    'How exact the engine is: the worst that was found of everything a strip does, measured in the sound that leaves the graph',
  async run() {
    const figures: Figure[] = [];
    for (const rate of rates) figures.push(...(await filters(rate)));
    for (const rate of rates) figures.push(...(await dynamics(rate)));
    figures.push(...(await panning()), ...(await ceilings()));
    for (const rate of rates) figures.push(...(await bits(rate)));
    figures.push(...(await tables()));
    const {neverOn, offAgain} = await cpuSecondsOfPlain();
    const value = offAgain / neverOn;
    figures.push({name: 'cost of 64 strips switched off again', value, unit: '× never on', bar: {atMost: 1.1}});
    return {figures};
  },
};
