import test from 'ava';
import {blockFrames} from '../../../src/engine/graph.ts';
import {createWholeGraph} from '../../../src/engine/whole-graph.ts';
import type {Mixer} from '../../../src/model/mixer.ts';
import type {ParameterValues} from '../../../src/model/parameter.ts';
import {burstStems, everything, fullMixer} from './full-desk.ts';
import {mixerOf, renderBlock} from './rig.ts';

const stems = burstStems(24 * blockFrames);
const only = (...stages: readonly string[]): ParameterValues =>
  Object.fromEntries(Object.entries(everything).filter(([id]) => stages.some((stage) => id.startsWith(stage))));

/** What sounds from a start at frame 0 on, after so many blocks in which the tape stood still. */
async function played(mixer: Mixer, stillBlocks: number): Promise<Buffer> {
  const {graph} = await createWholeGraph({sampleRate: 48_000, mixer});
  const fitted = mixer.strips.map((_, place) => stems[place]);
  for (let block = 0; block < stillBlocks; block++) renderBlock(graph, fitted, 0, 'still');
  const parts: Uint8Array[] = [];
  for (let block = 0; block < 24; block++) {
    const {left, right} = renderBlock(graph, fitted, block * blockFrames);
    parts.push(new Uint8Array(left.buffer), new Uint8Array(right.buffer));
  }
  return Buffer.concat(parts);
}

for (const [name, mixer] of [
  ['a gate', mixerOf([{parameters: only('gate')}])],
  ['a compressor with make-up', mixerOf([{parameters: only('comp')}])],
  ['everything', fullMixer],
] as const) {
  test(`with ${name} the first note is the same to the bit, however long the tape stood still before: a bounce begins like the desk`, async (t) => {
    const atOnce = await played(mixer, 0);
    t.true(atOnce.some((byte) => byte !== 0));
    for (const stillBlocks of [1, 2, 7, 15, 100]) t.is(Buffer.compare(await played(mixer, stillBlocks), atOnce), 0);
  });
}

test('a gate that was set while the tape stood still has closed in time, whatever its release', async (t) => {
  const slow = {...only('gate'), 'gate.releaseMs': 300};
  const {graph} = await createWholeGraph({sampleRate: 48_000, mixer: mixerOf([{}])});
  for (let block = 0; block < 10; block++) renderBlock(graph, [stems[0]], 0, 'still');
  graph.set(mixerOf([{parameters: slow}]), false);
  for (let block = 0; block < 2000; block++) renderBlock(graph, [stems[0]], 0, 'still');
  const late = renderBlock(graph, [stems[0]], 0).left;
  const atOnce = await createWholeGraph({sampleRate: 48_000, mixer: mixerOf([{parameters: slow}])});
  t.deepEqual(late, renderBlock(atOnce.graph, [stems[0]], 0).left);
});
