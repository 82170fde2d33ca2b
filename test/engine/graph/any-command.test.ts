import test from 'ava';
import fc from 'fast-check';
import {blockFrames} from '../../../src/engine/graph.ts';
import {applyCommand} from '../../../src/model/command.ts';
import {type Mixer, newMixer} from '../../../src/model/mixer.ts';
import {memoryStem} from '../memory-stem.ts';
import {anyCommand, anySignal} from './any-command.ts';
import {fullGraph, fullMixer} from './full-desk.ts';
import {renderBlock} from './rig.ts';
import {fitted} from './routing-rig.ts';

const ceiling = 1 - 2 ** -23;
const blocks = 10;

function repeated(signal: readonly number[]): Float32Array {
  return Float32Array.from({length: blocks * blockFrames}, (_, index) => signal[index % signal.length] ?? 0);
}

const graph = await fullGraph();
const atStart = graph.snapshot();

test('no signal and no sequence of commands, in any order and with any numbers, brings a sample out that is not finite or above the ceiling, or a meter that is no number', async (t) => {
  let heard = 0;
  fc.assert(
    fc.property(
      fc.array(anySignal, {minLength: 6, maxLength: 6}),
      fc.array(anyCommand, {maxLength: 40}),
      fc.boolean(),
      (signals, commands, full) => {
        let mixer: Mixer = full
          ? fullMixer
          : newMixer({strips: fullMixer.strips.map((one) => ({...one, parameters: {}}))});
        graph.restore(atStart);
        graph.set(mixer, true);
        const stems = fitted(
          mixer,
          [0, 1, 2].map((index) =>
            memoryStem(repeated(signals[2 * index] ?? []), repeated(signals[2 * index + 1] ?? [])),
          ),
        );
        const each = Math.ceil(commands.length / (blocks - 2));
        for (let block = 0; block < blocks; block++) {
          for (const command of commands.slice(each * block, each * (block + 1))) mixer = applyCommand(mixer, command);
          graph.set(mixer, false);
          const {left, right, meters} = renderBlock(
            graph,
            stems,
            block * blockFrames,
            block === 5 ? 'starting' : 'rolling',
          );
          const {solo} = graph;
          for (const side of [left, right, solo.left, solo.right]) {
            if (!side.every((value) => Math.abs(value) <= ceiling)) return false;
            if (side.some((value) => value !== 0)) heard++;
          }
          if (!meters.every((value) => Number.isFinite(value))) return false;
        }
        return true;
      },
    ),
    {numRuns: 500},
  );
  t.log(`${heard} sides of blocks were not silent`);
  t.true(heard > 1000);
});

test('after any storm an ordinary mixer sounds again as if nothing had been', async (t) => {
  const calm = newMixer({strips: fullMixer.strips.map((one) => ({...one, parameters: {}}))});
  const nonsense = memoryStem(repeated([Number.NaN, 1e38, -1e38]), repeated([Number.POSITIVE_INFINITY, 1e30]));
  const tone = memoryStem(repeated([0.1, -0.2, 0.05]), repeated([0.1]));
  graph.restore(atStart);
  graph.set(fullMixer, true);
  for (let block = 0; block < blocks; block++) renderBlock(graph, fitted(calm, [nonsense, nonsense, nonsense]), 0);
  graph.set(calm, false);
  for (let block = 0; block < 40; block++) renderBlock(graph, fitted(calm, [tone, tone, tone]), 0);
  const fresh = await fullGraph(calm);
  for (let block = 0; block < 40; block++) renderBlock(fresh, fitted(calm, [tone, tone, tone]), 0);
  t.deepEqual(
    renderBlock(graph, fitted(calm, [tone, tone, tone]), 0).left,
    renderBlock(fresh, fitted(calm, [tone, tone, tone]), 0).left,
  );
});
