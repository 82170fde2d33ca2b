import {blockFrames, createGraph} from '../../../src/engine/graph.ts';
import {createRenderLoop} from '../../../src/engine/live/render-loop.ts';
import type {RenderLoop} from '../../../src/engine/live/render-loop-contract.ts';
import type {HeardBlock} from '../../../src/engine/live/renderer.ts';
import {createListening} from '../../../src/engine/monitor/listening.ts';
import type {Stem} from '../../../src/engine/stem.ts';
import type {Mixer} from '../../../src/model/mixer.ts';
import {newMonitor} from '../../../src/model/monitor.ts';
import {pumped} from './pumped.ts';
import {createTapeOutput} from './tape-output.ts';

/** The live renderer over a clock that the test turns, with all that came out of it. */
export interface TapeRig {
  readonly loop: RenderLoop;
  /** Frame on the clock of the device. */
  readonly now: number;
  /** What was heard so far, block by block, oldest first. */
  readonly heard: readonly HeardBlock[];
  /** The clock goes on by so many frames; what is due is rendered before. */
  turn(frames: number): Promise<void>;
  /** The left side as the device played it, up to the end of what was heard. */
  sound(): Float32Array;
}

export interface TapeRigOptions {
  readonly mixer: Mixer;
  readonly sampleRate: number;
  readonly stems: readonly (Stem | undefined)[];
  readonly lengthFrames: number;
}

/** Sound lies 24 blocks deep while nothing moves; 4 blocks of it are new while something does. */
export async function tapeRig({mixer, sampleRate, stems, lengthFrames}: TapeRigOptions): Promise<TapeRig> {
  const output = createTapeOutput();
  const heard: HeardBlock[] = [];
  const graph = await createGraph({sampleRate, mixer});
  const loop = createRenderLoop({
    graph,
    stems,
    output,
    listening: createListening({sampleRate, monitor: newMonitor, mixer, mixLatencyFrames: graph.latencyFrames}),
    lengthFrames,
    lookAheadFrames: 24 * blockFrames,
    shallowFrames: 4 * blockFrames,
    guardFrames: blockFrames,
    restFrames: 10 * blockFrames,
  });
  return {
    loop,
    get now() {
      return output.now;
    },
    heard,
    async turn(frames) {
      heard.push(...pumped(loop));
      await new Promise((resolve) => setImmediate(resolve));
      output.now += frames;
    },
    sound() {
      const sound = new Float32Array(heard.length * blockFrames);
      for (const {atFrame, left} of output.blocks) {
        if (atFrame < sound.length) sound.set(left.subarray(0, sound.length - atFrame), atFrame);
      }
      return sound;
    },
  };
}
