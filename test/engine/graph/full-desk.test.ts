import test from 'ava';
import {blockFrames, createGraph, type Graph} from '../../../src/engine/graph.ts';
import {masterField, masterFields, stripField, stripFields} from '../../../src/model/meter.ts';
import {type Mixer, newMixer} from '../../../src/model/mixer.ts';
import {DeskError} from '../../../src/model/problem.ts';
import {burstStems, everything, fullGraph, fullMixer, otherMixer} from './full-desk.ts';
import {mixerOf, renderBlock} from './rig.ts';
import {answer, fitted, group, level, multiplier, stem} from './routing-rig.ts';

const blocks = 40;
const stems = burstStems(blocks * blockFrames);

/** Everything that blocks say, as bytes. */
function played(graph: Graph, from: number, to: number, moves: ReadonlyMap<number, Mixer>): Buffer {
  const parts: Uint8Array[] = [];
  for (let block = from; block < to; block++) {
    const mixer = moves.get(block);
    if (mixer) graph.set(mixer, false);
    const {left, right, meters} = renderBlock(graph, stems, block * blockFrames);
    for (const part of [left, right, graph.solo.left.slice(), meters]) parts.push(new Uint8Array(part.buffer));
  }
  return Buffer.concat(parts);
}

const moves = new Map([
  [3, otherMixer],
  [7, fullMixer],
  [8, otherMixer],
  [9, {...fullMixer, soloMode: 'pre-fader' as const, strips: fullMixer.strips.map((one) => ({...one, soloed: true}))}],
  [14, newMixer({strips: fullMixer.strips.map((one) => ({...one, parameters: {}}))})],
  [20, fullMixer],
  [33, otherMixer],
]);

test('two graphs of the same desk, with everything on and moved, sound the same to the bit', async (t) => {
  const [one, other] = [await fullGraph(), await fullGraph()];
  t.deepEqual(played(one, 0, blocks, moves), played(other, 0, blocks, moves));
});

test('with everything on a graph goes back to a snapshot at any block, and what follows is the same to the bit, whatever was in between', async (t) => {
  const straight = await fullGraph();
  const parts = Array.from({length: blocks}, (_, block) => played(straight, block, block + 1, moves));
  const graph = await fullGraph();
  for (const edge of [0, 2, 4, 9, 10, 16, 21, 35]) {
    // From the last edge to this one as it is meant, then astray, then back.
    const snapshot = graph.snapshot();
    played(
      graph,
      edge,
      Math.min(blocks, edge + 6),
      new Map([
        [edge, newMixer({strips: fullMixer.strips})],
        [edge + 2, otherMixer],
      ]),
    );
    graph.restore(snapshot);
    const next = [0, 2, 4, 9, 10, 16, 21, 35, 40].find((one) => one > edge) ?? blocks;
    for (let block = edge; block < next; block++) {
      t.true(played(graph, block, block + 1, moves).equals(parts[block] ?? Buffer.of()), `block ${block}`);
    }
  }
});

test('a snapshot holds what is in use, and no more', async (t) => {
  const plain = await fullGraph(newMixer({strips: fullMixer.strips.map((one) => ({...one, parameters: {}}))}));
  const full = await fullGraph();
  t.true(plain.snapshot().length < 4000, `${plain.snapshot().length}`);
  t.true(full.snapshot().length > 2 * plain.snapshot().length);
  t.true(full.snapshot().length < 24_000, `${full.snapshot().length}`);
});

test('a snapshot of another graph, or a copy of one, is refused', async (t) => {
  const graph = await fullGraph();
  const other = await fullGraph();
  t.throws(() => graph.restore(other.snapshot()), {instanceOf: DeskError});
  t.throws(() => graph.restore(graph.snapshot().slice()), {instanceOf: DeskError});
});

test('the limiter stands behind the `out` tap and before the ceiling: the meter sees what it held, and what the ceiling had to', async (t) => {
  const loud = [level(0.9), level(0.9)];
  const strips = [stem('a'), stem('b')];
  const mixer = (on: number) => newMixer({strips, masterParameters: {'limiter.on': on, 'limiter.ceilingDb': -3}});
  const value = (meters: Float32Array, field: keyof typeof masterField): number =>
    meters[meters.length - masterFields + masterField[field]] ?? Number.NaN;
  const graph = await fullGraph(mixer(1));
  t.true(graph.latencyFrames > 0);
  const stemsOf = fitted(mixer(1), loud);
  for (let block = 0; block < 8; block++) renderBlock(graph, stemsOf, block * blockFrames);
  const held = renderBlock(graph, stemsOf, 8 * blockFrames);
  t.true(Math.max(...held.left) <= 10 ** (-3 / 20));
  t.true(Math.abs(value(held.meters, 'outPeakLeft') - 1.8) < 1e-6);
  t.is(value(held.meters, 'outOvers'), 0);
  t.true(Math.abs(value(held.meters, 'limiterReductionDb') - (20 * Math.log10(1.8) + 3)) < 0.7);
  graph.set(mixer(0), false);
  for (let block = 9; block < 30; block++) renderBlock(graph, stemsOf, block * blockFrames);
  const free = renderBlock(graph, stemsOf, 30 * blockFrames);
  t.is(value(free.meters, 'outOvers'), 2 * blockFrames);
  t.is(value(free.meters, 'limiterReductionDb'), 0);
});

test('the master has EQ and compressor between the `bus` tap and its fader', async (t) => {
  const strips = [stem('a'), stem('b')];
  const parameters = {'comp.on': 1, 'comp.thresholdDb': -20, 'comp.ratio': 20, 'comp.kneeDb': 0, 'comp.attackMs': 1};
  const mixer = newMixer({strips, masterParameters: parameters, masterLevelDb: -10});
  const graph = await fullGraph(mixer);
  const stemsOf = fitted(mixer, [level(0.25), level(0.25)]);
  for (let block = 0; block < 20; block++) renderBlock(graph, stemsOf, block * blockFrames);
  const {left, meters} = renderBlock(graph, stemsOf, 20 * blockFrames);
  const reductionDb = (20 * Math.log10(0.5) + 20) * (1 - 1 / 20);
  const wanted = 0.5 * 10 ** (-(reductionDb + 10) / 20);
  t.true(Math.abs((left[511] ?? 0) / wanted - 1) < 1e-3);
  const at = meters.length - masterFields;
  t.is(meters[at + masterField.busPeakLeft], 0.5);
  t.true(Math.abs((meters[at + masterField.compressorReductionDb] ?? 0) - reductionDb) < 0.01);
});

test('meters stand at the strips they are of, whatever their order, and those of a VCA are 0', async (t) => {
  const strips = [group('g'), ...fullMixer.strips.slice(-1), stem('a', {output: 'g'}), answer('r'), stem('b')];
  const mixer = newMixer({strips});
  const graph = await fullGraph(mixer);
  const {meters} = renderBlock(graph, [undefined, undefined, level(0.25), undefined, level(0.125)], 0);
  const peaks = strips.map((_, place) => meters[place * stripFields + stripField.postPeakLeft]);
  t.deepEqual(peaks, [0.25, 0, 0.25, 0, 0.125]);
  t.true(meters.subarray(stripFields, 2 * stripFields).every((value) => value === 0));
});

test('a strip with everything on is silent soon after its sound, to the bit, and then costs next to nothing', async (t) => {
  const graph = await fullGraph(mixerOf([{parameters: {...everything, 'gate.on': 0}}]));
  const stemsOf = [burstStems(4 * blockFrames)[0]];
  for (let block = 0; block < 4; block++) renderBlock(graph, stemsOf, block * blockFrames);
  for (let block = 4; block < 300; block++) renderBlock(graph, stemsOf, block * blockFrames, 'still');
  const before = graph.snapshot();
  const {left, meters} = renderBlock(graph, stemsOf, 0, 'still');
  t.true(left.every((value) => value === 0));
  t.true(meters.every((value) => value === 0));
  t.is(Buffer.compare(before.slice(40), graph.snapshot().slice(40)), 0, 'nothing changes any more but the clocks');
});

test('effects are asked once a block, after all that is sent to them', async (t) => {
  const effect = multiplier(1);
  const mixer = newMixer({strips: [answer('r')]});
  const graph = await createGraph({sampleRate: 48_000, mixer, effects: [effect]});
  for (let block = 0; block < 5; block++) renderBlock(graph, [undefined], 0);
  t.is(effect.blocks, 5);
});
