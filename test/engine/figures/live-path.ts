import type {MixerMove} from '../../../src/engine/bounce.ts';
import {renderPassage} from '../../../src/engine/bounce-render.ts';
import {blockFrames} from '../../../src/engine/graph.ts';
import type {AudioOutput} from '../../../src/engine/live/output.ts';
import {createRenderLoop} from '../../../src/engine/live/render-loop.ts';
import type {RenderLoop} from '../../../src/engine/live/render-loop-contract.ts';
import {createListening} from '../../../src/engine/monitor/listening.ts';
import type {Stem} from '../../../src/engine/stem.ts';
import {createWholeGraph, type WholeGraph} from '../../../src/engine/whole-graph.ts';
import type {Lanes} from '../../../src/model/lane-change.ts';
import type {Mixer} from '../../../src/model/mixer.ts';
import {type Monitor, newMonitor} from '../../../src/model/monitor.ts';
import {pumped} from '../live/pumped.ts';

/** A clock that waits for everything, and all that was scheduled on it: the newest sound of every block. */
export interface LivePath {
  readonly loop: RenderLoop;
  readonly whole: WholeGraph;
  /** What would be heard so far, block by block, by the frame at which each begins. */
  readonly heard: ReadonlyMap<number, {readonly left: Float32Array; readonly right: Float32Array}>;
  /** Meter values of blocks that became audible since the last call. */
  turn(
    frames: number,
  ): Promise<readonly {readonly atFrame: number; readonly rolling: boolean; readonly values: Float32Array}[]>;
}

/** All that stands between stems and a sound device, as the engine's process has it, on a virtual clock. */
export async function openLivePath(
  sampleRate: number,
  mixer: Mixer,
  stems: readonly (Stem | undefined)[],
  lengthFrames: number,
  monitor: Monitor = newMonitor,
): Promise<LivePath> {
  const heard = new Map<number, {left: Float32Array; right: Float32Array}>();
  let now = 0;
  const output: AudioOutput = {
    kind: 'device',
    name: 'virtual',
    latencyFrames: 0,
    clockFrame: () => now,
    clockFrameIn: (frames) => now + frames,
    schedule(atFrame, left, right) {
      for (let from = 0; from < left.length; from += blockFrames) {
        const part = [from, from + blockFrames] as const;
        heard.set(atFrame + from, {left: left.slice(...part), right: right.slice(...part)});
      }
    },
    cut(atFrame) {
      for (const frame of heard.keys()) if (frame >= atFrame) heard.delete(frame);
    },
    close: async () => {},
  };
  const whole = await createWholeGraph({sampleRate, mixer});
  const {graph} = whole;
  const loop = createRenderLoop({
    graph,
    stems,
    output,
    listening: createListening({sampleRate, monitor, mixer, mixLatencyFrames: graph.latencyFrames}),
    lengthFrames,
    lookAheadFrames: 8 * blockFrames,
    shallowFrames: 3 * blockFrames,
    guardFrames: blockFrames,
    restFrames: 10 * blockFrames,
  });
  return {
    loop,
    whole,
    heard,
    async turn(frames) {
      const blocks = pumped(loop);
      await new Promise((resolve) => setImmediate(resolve));
      now += frames;
      return blocks.map(({meters}) => meters);
    },
  };
}

export interface SameFigure {
  readonly samples: number;
  readonly differing: number;
  readonly moves: number;
}

/**
 * Plays a desk live, its moves taken at odd times (each makes the graph go back and render anew), after the tape stood still for a while; then bounces
 * the same moves at the same frames with the same lanes, and counts the samples that differ by any bit.
 */
export async function sameFigure(
  sampleRate: number,
  first: Mixer,
  mixers: readonly Mixer[],
  stems: readonly (Stem | undefined)[],
  lengthFrames: number,
  stillTurns: number,
  lanes: Lanes = new Map(),
): Promise<SameFigure> {
  const path = await openLivePath(sampleRate, first, stems, lengthFrames);
  const {loop} = path;
  loop.setMixer(first, lanes);
  let start: number | undefined;
  const taken: {readonly atFrame: number; readonly mixer: Mixer}[] = [];
  for (let turn = 0; turn < stillTurns; turn++) await path.turn(1000);
  loop.command({type: 'playback.play'});
  for (let turn = 0; loop.playing; turn++) {
    const rolling = (await path.turn(1000)).find((block) => block.rolling);
    if (rolling) start ??= rolling.atFrame;
    const mixer = mixers[taken.length];
    if (start !== undefined && mixer !== undefined && turn % 3 === 0)
      taken.push({atFrame: loop.setMixer(mixer), mixer});
  }
  const latency = path.whole.graph.latencyFrames;
  for (let turn = 0; turn < 8; turn++) await path.turn(1000);
  const from = (start ?? 0) + latency;
  const live = {left: new Float32Array(lengthFrames), right: new Float32Array(lengthFrames)};
  for (const [atFrame, block] of path.heard) {
    for (const [n, sample] of block.left.entries()) {
      const frame = atFrame + n - from;
      if (frame < 0 || frame >= lengthFrames) continue;
      live.left[frame] = sample;
      live.right[frame] = block.right[n] ?? Number.NaN;
    }
  }
  const moves: readonly MixerMove[] = taken.map(({atFrame, mixer}) => ({atFrame: atFrame - (start ?? 0), mixer}));
  let differing = 0;
  let at = 0;
  await renderPassage(
    {
      mixer: first,
      moves,
      lanes,
      stems,
      sampleRate,
      fromFrame: 0,
      toFrame: lengthFrames,
      lengthFrames,
      tailSeconds: 0,
      onProgress: () => {},
      signal: undefined,
    },
    async (left, right) => {
      for (const [n, sample] of left.entries()) {
        if (!Object.is(sample, live.left[at + n])) differing++;
        if (!Object.is(right[n], live.right[at + n])) differing++;
      }
      at += left.length;
    },
  );
  if (at !== lengthFrames || loop.lateBlocks > 0)
    throw new Error('the bounce has another length, or the clock did not wait');
  return {samples: 2 * lengthFrames, differing, moves: moves.length};
}
