import os from 'node:os';
import type {Bench, Figure} from './bench.ts';
import {buildRecorder, whatIsMissing} from './live-device.ts';
import {kernelShare, liveMix, mixWords} from './live-mix.ts';
import {type RunOptions, type RunResult, runLive} from './live-run.ts';
import {spreadOf} from './spread.ts';

const seconds = Number(process.env['LONGTHROW_BENCH_SECONDS'] ?? 60);
const periodFrames = Number(process.env['LONGTHROW_BENCH_PERIOD'] ?? 1024);

type Kind = Pick<RunOptions, 'hogs' | 'stall' | 'withRival' | 'ordinary'>;
const kinds: Readonly<Record<string, Kind>> = {
  idle: {hogs: 0, withRival: false, ordinary: true},
  hogged: {hogs: os.cpus().length, withRival: true, ordinary: true},
  'hogged, priority raised': {hogs: os.cpus().length, withRival: true, ordinary: false},
  stalled: {hogs: 0, stall: {forMs: 250, everyMs: 2000}, withRival: false, ordinary: true},
};

export const liveBench: Bench = {
  name: 'live',
  about:
    `The engine in its process at a sound device (JACK's, ${periodFrames} frames a cycle, recorded), ${seconds} s a run: 64 stereo strips from the disk ` +
    `(${mixWords}), a hand moving a fader for 1.3 s every 4 s. Without the right to raise its priority where not said otherwise.`,
  async run() {
    const missing = await whatIsMissing();
    if (missing !== undefined) throw new Error(missing);
    const {session, remove} = await liveMix();
    try {
      const recorder = await buildRecorder(session.folder);
      const figures: Figure[] = [];
      const kernel = await kernelShare(session);
      figures.push({name: 'kernel alone', value: kernel, unit: '% of one core'});
      const only = process.env['LONGTHROW_BENCH_RUN'];
      for (const [name, kind] of Object.entries(kinds)) {
        if (only !== undefined && only !== name) continue;
        const run = await runLive({session, recorder, seconds, periodFrames, ...kind});
        figures.push(...figuresOf(name, run, kernel));
      }
      return {figures};
    } finally {
      await remove();
    }
  },
};

function figuresOf(name: string, run: RunResult, kernel: number): readonly Figure[] {
  const {gaps, rival, cpuPercent} = run;
  const {p50, p99, max} = spreadOf(run.delaysMs);
  const isIdle = name === 'idle';
  return [
    {
      name: `${name}: gaps`,
      value: gaps.frames,
      unit: 'frames',
      bar: {atMost: rival === undefined ? 0 : rival.frames / 10},
      note: `${gaps.count} gaps, longest ${gaps.longestMs.toFixed(0)} ms; unheard ${gaps.unheardFrames}; device late ${run.lateCycles}; load ${run.load.toFixed(1)}`,
    },
    ...(rival === undefined
      ? []
      : [
          {
            name: `${name}: gaps of a fixed 30 ms`,
            value: rival.frames,
            unit: 'frames',
            note: `${rival.count} gaps, longest ${rival.longestMs.toFixed(0)} ms`,
          },
        ]),
    {name: `${name}: late blocks`, value: run.lateBlocks, unit: '', note: `${run.starvedBlocks} starved`},
    {name: `${name}: engine’s process`, value: cpuPercent, unit: '% of one core'},
    {
      name: `${name}: above the kernel’s share`,
      value: cpuPercent - kernel,
      unit: '% of one core',
      ...(isIdle && {bar: {atMost: 25}}),
    },
    {name: `${name}: fader → sound, p50`, value: p50, unit: 'ms'},
    {
      name: `${name}: fader → sound, p99`,
      value: p99,
      unit: 'ms',
      note: `${run.delaysMs.length} moves, ${run.lostMoves} not heard, max ${max.toFixed(0)}`,
      ...(isIdle && {bar: {atMost: 40}}),
    },
  ];
}
