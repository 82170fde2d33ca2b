import {blockFrames, createGraph, type Graph} from '../../../src/engine/graph.ts';
import {masterFields, stripFields} from '../../../src/model/meter.ts';
import type {Mixer, Strip} from '../../../src/model/mixer.ts';
import type {ParameterValues} from '../../../src/model/parameter.ts';
import {mixerOf} from '../graph/rig.ts';
import {memoryStem} from '../memory-stem.ts';

export interface Heard {
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** The meters of the last block. */
  readonly meters: Float32Array;
}

/** One strip in a graph of its own that can be set and heard again and again, each time from silence. */
export interface StripRig {
  readonly graph: Graph;
  readonly sampleRate: number;
  hear(strip: Partial<Strip>, left: Float32Array, right?: Float32Array, mixer?: Partial<Mixer>): Heard;
}

export async function openStrip(sampleRate: number, channels: 1 | 2 = 2): Promise<StripRig> {
  const graph = await createGraph({sampleRate, mixer: mixerOf([{channels}])});
  const atStart = graph.snapshot();
  return {
    graph,
    sampleRate,
    hear(strip, left, right = left, given = {}) {
      graph.restore(atStart);
      graph.set({...mixerOf([{channels, ...strip}]), ...given}, true);
      const frames = Math.ceil(left.length / blockFrames) * blockFrames;
      const out = {left: new Float32Array(frames), right: new Float32Array(frames)};
      const meters = new Float32Array(stripFields + masterFields);
      const stems = [memoryStem(left, right)];
      for (let at = 0; at < frames; at += blockFrames) {
        const part = [at, at + blockFrames] as const;
        graph.render(stems, at, 'rolling', out.left.subarray(...part), out.right.subarray(...part), meters);
      }
      return {...out, meters};
    },
  };
}

/** A strip with these parameters, turned down by a power of two so that nothing comes to the ceiling. */
export function lowered(parameters: ParameterValues): Partial<Strip> {
  return {parameters, levelDb: loweredDb};
}
export const loweredDb = -30;
