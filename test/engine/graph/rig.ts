import {blockFrames, createGraph, type Graph, type Motion} from '../../../src/engine/graph.ts';
import type {Stem} from '../../../src/engine/stem.ts';
import {masterFields, stripFields} from '../../../src/model/meter.ts';
import {type Mixer, newMixer, newStrip, type Strip} from '../../../src/model/mixer.ts';

export interface Block {
  readonly left: Float32Array;
  readonly right: Float32Array;
  readonly meters: Float32Array;
  readonly starved: number;
}

/** A mixer of strips with default settings but those given. */
export function mixerOf(strips: readonly Partial<Strip>[], masterLevelDb = 0): Mixer {
  return newMixer({
    strips: strips.map((given, index) => newStrip({id: `s${index}`, name: `Strip ${index}`, ...given})),
    masterLevelDb,
  });
}

/** Renders one block into fresh arrays. */
export function renderBlock(
  graph: Graph,
  stems: readonly (Stem | undefined)[],
  atFrame: number,
  motion: Motion = 'rolling',
): Block {
  const left = new Float32Array(blockFrames);
  const right = new Float32Array(blockFrames);
  const meters = new Float32Array(stems.length * stripFields + masterFields);
  const starved = graph.render(stems, atFrame, motion, left, right, meters);
  return {left, right, meters, starved};
}

/** Renders `blocks` blocks from frame 0 on; `before` may change the mixer before each. Returns both sides whole. */
export async function renderAll(
  mixer: Mixer,
  stems: readonly (Stem | undefined)[],
  blocks: number,
  sampleRate = 48_000,
  before: (block: number) => Mixer | undefined = () => undefined,
): Promise<{left: Float32Array; right: Float32Array; blocks: readonly Block[]}> {
  const graph = await createGraph({sampleRate, mixer});
  const left = new Float32Array(blocks * blockFrames);
  const right = new Float32Array(blocks * blockFrames);
  const all: Block[] = [];
  for (let index = 0; index < blocks; index++) {
    const next = before(index);
    if (next) graph.set(next, false);
    const block = renderBlock(graph, stems, index * blockFrames);
    left.set(block.left, index * blockFrames);
    right.set(block.right, index * blockFrames);
    all.push(block);
  }
  return {left, right, blocks: all};
}
