import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {createProgramMeter} from '../../src/engine/program-meter.ts';
import {createLoudnessMeter} from '../../src/gain/loudness.ts';
import {noise} from '../engine/graph/signal.ts';
import {build} from '../gain/loudness/libebur128.ts';
import {type Bench, cheapestOf, type Figure} from './bench.ts';

const sampleRate = 48_000;
const seconds = 60;
const frames = sampleRate * seconds;
const rounds = 4;
/** Frames that the engine hands over at a time. */
const engineBlock = 512;
/** A tenth of a second at a time. */
const blockFrames = 4800;

const left = noise(frames, 1, 0.5);
const right = noise(frames, 2, 0.5);

/** Loudness meters: ours against libebur128, which is what most programs measure with. */
export const metersBench: Bench = {
  name: 'meters',
  about:
    `Momentary, short-term, integrated, range and peaks of ${seconds} s of stereo noise at ${sampleRate} Hz; times real time by ` +
    `processor time, best of ${rounds} rounds in turn. Ours takes both maxima every 10 ms in every run.`,
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'meters-'));
    try {
      const file = join(folder, 'programme');
      await writeFile(file, Buffer.concat([Buffer.from(left.buffer), Buffer.from(right.buffer)]));
      const tool = await build(new URL('./meters.c', import.meta.url), folder);
      const figures: Figure[] = [];
      for (const peaks of ['sample', 'true'] as const) {
        let ours = Number.POSITIVE_INFINITY;
        let plain = Number.POSITIVE_INFINITY;
        let fine = Number.POSITIVE_INFINITY;
        for (let round = 0; round < rounds; round++) {
          ours = Math.min(ours, await measure(peaks === 'true'));
          if (tool.state === 'missing') continue;
          plain = Math.min(plain, await library(tool.path, file, peaks, blockFrames, false));
          fine = Math.min(fine, await library(tool.path, file, peaks, sampleRate / 100, true));
        }
        const what = `loudness with ${peaks} peak`;
        const times = (cost: number): number => seconds / cost;
        figures.push({name: `ours, ${what}`, value: times(ours), unit: '× real time'});
        if (tool.state === 'missing') {
          figures.push({name: `libebur128, ${what}`, value: undefined, unit: '', note: `not compared: ${tool.what}`});
          continue;
        }
        figures.push(
          {name: `libebur128, ${what}`, value: times(plain), unit: '× real time', note: 'asked once at the end'},
          {
            name: `libebur128, ${what}, momentary every 10 ms`,
            value: times(fine),
            unit: '× real time',
            note: 'what maxima by Tech 3341 take',
          },
          {name: `ours against libebur128, ${what}`, value: plain / ours, unit: '×', bar: {atLeast: 1.5}},
        );
      }
      figures.push(await programFigure());
      return {figures};
    } finally {
      await rm(folder, {recursive: true, force: true});
    }
  },
};

/** What the engine's process spends on the programme meters of its mix, block by block as it becomes audible. */
async function programFigure(): Promise<Figure> {
  const {cpuSeconds} = await cheapestOf(rounds, () => {
    const meter = createProgramMeter(sampleRate);
    for (let at = 0; at + engineBlock <= frames; at += engineBlock)
      meter.push(left.subarray(at, at + engineBlock), right.subarray(at, at + engineBlock), engineBlock, true);
  });
  return {
    name: 'all programme meters of the mix in the running desk',
    value: (100 * cpuSeconds) / seconds,
    unit: '% of a core',
    bar: {atMost: 2.5},
    note: 'loudness, range, true peak, PPM of both types, VU, RMS, low end; 20 readings a second',
  };
}

/** Processor seconds of a whole measurement by ours. */
async function measure(truePeak: boolean): Promise<number> {
  const {cpuSeconds} = await cheapestOf(2, () => {
    const meter = createLoudnessMeter({sampleRate, channels: 2, truePeak});
    for (let at = 0; at < frames; at += blockFrames) {
      meter.push(left.subarray(at, at + blockFrames), right.subarray(at, at + blockFrames), blockFrames);
    }
    if (!(meter.reading().integratedLufs > -20)) throw new Error('the meter measured nothing');
  });
  return cpuSeconds;
}

async function library(tool: string, file: string, peaks: string, step: number, fine: boolean): Promise<number> {
  const words = [String(sampleRate), file, peaks, String(step), fine ? '1' : '0'];
  const {stdout} = await promisify(execFile)(tool, words);
  return (JSON.parse(stdout) as {seconds: number}).seconds;
}
