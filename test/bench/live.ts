import os from 'node:os';
import type {Bench, Figure} from './bench.ts';
import {buildRecorder, whatIsMissing} from './live-device.ts';
import {kernelShare, liveMix, mixWords} from './live-mix.ts';
import {type RunOptions, type RunResult, runLive} from './live-run.ts';
import type {Gaps} from './live-sound.ts';
import {spreadOf} from './spread.ts';

/** For trying: shorter runs, other devices, one run alone. */
const {env} = process;
const seconds = Number(env['LONGTHROW_BENCH_SECONDS'] ?? 60);
const periodFrames = Number(env['LONGTHROW_BENCH_PERIOD'] ?? 1024);
const mostRepeats = 2;
const only = env['LONGTHROW_BENCH_RUN'];

type Kind = Pick<RunOptions, 'hogs' | 'stall' | 'withRival' | 'ordinary'>;

const kinds: Readonly<Record<string, Kind>> = {
  idle: {hogs: 0, withRival: false, ordinary: true},
  hogged: {hogs: os.cpus().length, withRival: true, ordinary: true},
  'hogged, priority raised': {hogs: os.cpus().length, withRival: true, ordinary: false},
  stalled: {hogs: 0, stall: {forMs: 250, everyMs: 2000}, withRival: false, ordinary: true},
};

/** What is heard of the live engine when all is well, when others want the processor, and when its own thread stands still. */
export const liveBench: Bench = {
  name: 'live',
  about:
    `The engine in its process at a sound device (JACK's, ${periodFrames} frames a cycle, recorded), ${seconds} s a run: 64 stereo strips from the disk ` +
    `(${mixWords}), a hand moving a fader for 1.3 s every 4 s. Without the right to raise its priority where not said otherwise.`,
  async run() {
    const missing = await whatIsMissing();
    const {session, remove} = await liveMix();
    try {
      const recorder = missing === undefined ? await buildRecorder(session.folder) : undefined;
      const kernel = await kernelShare(session);
      const figures: Figure[] = [{name: 'kernel alone', value: kernel, unit: '% of one core'}];
      if (missing !== undefined) {
        const note = `${missing}: no sound device, gaps and delays by the engine’s own account`;
        figures.push({name: 'recorded', value: undefined, unit: '', note});
      }
      for (const [name, kind] of Object.entries(kinds)) {
        if (only !== undefined && only !== name) continue;
        let run = await runLive({session, recorder, seconds, periodFrames, ...kind});
        let repeats = 0;
        // Where even the device's real-time thread stood still, the whole machine did: such a run tells nothing of the engine.
        for (; (run.lateCycles ?? 0) > 0 && repeats < mostRepeats; repeats++)
          run = await runLive({session, recorder, seconds, periodFrames, ...kind});
        figures.push(...figuresOf(name, run, repeats, kernel));
      }
      return {figures};
    } finally {
      await remove();
    }
  },
};

function figuresOf(name: string, run: RunResult, repeats: number, kernel: number): readonly Figure[] {
  const {gaps, rival, cpuPercent, lateCycles} = run;
  const {p50, p99, max} = spreadOf(run.delaysMs);
  const isIdle = name === 'idle';
  const device = lateCycles === undefined ? [] : [`${lateCycles} cycles of the device late`];
  const repeated = repeats === 0 ? [] : [`run ${repeats + 1}: before, the device itself stood still`];
  const unheard = gaps.unheardFrames === 0 ? [] : [`${gaps.unheardFrames} frames not recorded`];
  const rivalFigures = (lost: Gaps): readonly Figure[] => [
    {name: `${name}: gaps of a fixed 30 ms in 1,024 frames`, value: lost.frames, unit: 'frames', note: words(lost)},
  ];
  return [
    {
      name: `${name}: gaps`,
      value: gaps.frames,
      unit: 'frames',
      bar: {atMost: rival === undefined ? 0 : Math.floor(rival.frames / 10)},
      note: [words(gaps), ...unheard, ...device, ...repeated, `load ${run.load.toFixed(1)}`]
        .filter((word) => word !== '')
        .join(', '),
    },
    ...(rival === undefined ? [] : rivalFigures(rival)),
    {name: `${name}: late blocks`, value: run.lateBlocks, unit: '', note: `${run.starvedBlocks} without all samples`},
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
      note: `${run.delaysMs.length} moves, at most ${max.toFixed(0)} ms${run.lostMoves > 0 ? `, ${run.lostMoves} never heard` : ''}`,
      ...(isIdle && {bar: {atMost: 40}}),
    },
  ];
}

function words({count, longestMs}: Gaps): string {
  return count === undefined || count === 0 ? '' : `${count} gaps, the longest ${longestMs?.toFixed(0)} ms`;
}
