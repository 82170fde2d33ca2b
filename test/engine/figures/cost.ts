import {blockFrames, createGraph} from '../../../src/engine/graph.ts';
import {masterFields, stripFields} from '../../../src/model/meter.ts';
import {newMixer} from '../../../src/model/mixer.ts';
import type {ParameterValues} from '../../../src/model/parameter.ts';
import {cheapestOf} from '../../bench/bench.ts';
import {everything} from '../graph/full-desk.ts';
import {stem} from '../graph/routing-rig.ts';
import {noise} from '../graph/signal.ts';
import {memoryStem} from '../memory-stem.ts';

const strips = 64;
const blocks = 1500;

/** Processor seconds of some seconds of 64 strips in which nothing was ever on, and of the same in which everything was on and is off again. */
export async function cpuSecondsOfPlain(): Promise<{readonly neverOn: number; readonly offAgain: number}> {
  const mixerWith = (parameters: ParameterValues) =>
    newMixer({strips: Array.from({length: strips}, (_, index) => stem(`s${index}`, {parameters, levelDb: -30}))});
  const left = new Float32Array(blockFrames);
  const right = new Float32Array(blockFrames);
  const meters = new Float32Array(strips * stripFields + masterFields);
  const side = noise(blockFrames, 1, 0.3);
  const sound = memoryStem(side, side);
  const stems = Array.from({length: strips}, () => sound);
  const seconds: number[] = [];
  for (const parameters of [{}, everything]) {
    const graph = await createGraph({sampleRate: 48_000, mixer: mixerWith(parameters)});
    const render = (count: number): void => {
      for (let block = 0; block < count; block++) graph.render(stems, 0, 'rolling', left, right, meters);
    };
    render(20);
    graph.set(mixerWith({}), false);
    render(60);
    seconds.push((await cheapestOf(5, () => render(blocks))).cpuSeconds);
  }
  return {neverOn: seconds[0] ?? Number.NaN, offAgain: seconds[1] ?? Number.NaN};
}
