import test from 'ava';
import fc from 'fast-check';
import {blockFrames, createGraph} from '../../../src/engine/graph.ts';
import {isAudible} from '../../../src/model/audibility.ts';
import {stripField, stripFields} from '../../../src/model/meter.ts';
import {newMixer, newStrip} from '../../../src/model/mixer.ts';
import {balanceSides, panSides} from '../../../src/model/pan-law.ts';
import {DeskError} from '../../../src/model/problem.ts';
import {memoryStem} from '../memory-stem.ts';
import {mixerOf, renderAll, renderBlock} from './rig.ts';
import {noise, sine} from './signal.ts';

const pans = fc.double({min: -1, max: 1, noNaN: true});

test('a panned strip keeps its power at every place, and the centre is −3.01 dB a side', (t) => {
  fc.assert(
    fc.property(pans, (pan) => {
      const {left, right} = panSides(pan);
      const mirrored = panSides(-pan);
      return Math.abs(left ** 2 + right ** 2 - 1) < 1e-12 && Math.abs(left - mirrored.right) < 1e-12;
    }),
  );
  t.deepEqual(panSides(-1), {left: 1, right: 0});
  t.deepEqual(panSides(1), {left: 0, right: 1});
  t.true(Math.abs(20 * Math.log10(panSides(0).left) + 3.0103) < 1e-4);
  t.true(Math.abs(panSides(0.5).right - Math.cos(Math.PI / 8)) < 1e-12);
});

test('a balanced strip keeps the side it leans to at 0 dB and turns the other down', (t) => {
  fc.assert(
    fc.property(pans, (balance) => {
      const {left, right} = balanceSides(balance);
      return Math.max(left, right) === 1 && (balance > 0 ? left < 1 || balance < 1e-7 : left === 1);
    }),
  );
  t.deepEqual(balanceSides(0), {left: 1, right: 1});
  t.deepEqual(balanceSides(-1), {left: 1, right: 0});
  t.deepEqual(balanceSides(1), {left: 0, right: 1});
  t.true(Math.abs(20 * Math.log10(balanceSides(0.5).left) + 3.0103) < 1e-4);
});

test('mute, solo and solo-safe sound as the model says, in every combination of three strips', async (t) => {
  // Each strip has a value of its own: their sum tells which ones sound.
  const stems = [0.125, 0.25, 0.5].map((value) => memoryStem(new Float32Array(blockFrames).fill(value)));
  const flags = (bits: number) => ({muted: (bits & 1) > 0, soloed: (bits & 2) > 0, soloSafe: (bits & 4) > 0});
  const first = mixerOf([{}, {}, {}]);
  const graph = await createGraph({sampleRate: 48_000, mixer: first});
  for (let bits = 0; bits < 512; bits++) {
    const mixer = mixerOf([flags(bits & 7), flags((bits >> 3) & 7), flags(bits >> 6)]);
    graph.set(mixer, true);
    const {left, meters} = renderBlock(graph, stems, 0);
    const heard = mixer.strips.map((strip, index) => (isAudible(mixer, strip) ? 2 ** (index - 3) : 0));
    t.is(
      left[100],
      heard.reduce((sum, value) => sum + value, 0),
    );
    heard.forEach((value, index) => {
      t.is(meters[index * stripFields + stripField.postPeakLeft], value);
      t.is(meters[index * stripFields + stripField.prePeakLeft], 2 ** (index - 3));
    });
  }
});

test('a still tape is silence, and as soon as the weighting of the meters has rung out they say so', async (t) => {
  const graph = await createGraph({sampleRate: 48_000, mixer: mixerOf([{}])});
  const tone = memoryStem(noise(blockFrames, 1), noise(blockFrames, 2));
  renderBlock(graph, [tone], 0);
  t.true(renderBlock(graph, [tone], 0, 'still').left.every((value) => value === 0));
  for (let block = 0; block < 20; block++) renderBlock(graph, [tone], 0, 'still');
  const {left, meters, starved} = renderBlock(graph, [tone], 0, 'still');
  t.true(left.every((value) => value === 0));
  t.true(meters.every((value) => value === 0));
  t.is(starved, 0);
});

test('a start fades in and a stop fades out over the block, each the mirror of the other, and what lies between is untouched', async (t) => {
  const one = new Float32Array(4 * blockFrames).fill(0.5);
  const graph = await createGraph({sampleRate: 48_000, mixer: mixerOf([{}, {}])});
  const stems = [undefined, memoryStem(one, one)];
  const up = renderBlock(graph, stems, 0, 'starting').left;
  const flat = renderBlock(graph, stems, blockFrames, 'rolling').left;
  const down = renderBlock(graph, stems, 2 * blockFrames, 'stopping').left;
  t.deepEqual(down, up.slice().reverse());
  t.true(flat.every((value) => value === 0.5));
  t.true((up[0] ?? 1) < 2e-6);
  t.true(up.every((value, index) => value >= (up[index - 1] ?? 0)));
  t.true(up.every((value, index) => Math.abs(value + (down[index] ?? 0) - 0.5) < 1e-6));
});

test('a stem that was not prepared is counted and is silence', async (t) => {
  const graph = await createGraph({sampleRate: 48_000, mixer: mixerOf([{}, {}, {}])});
  const starving = {
    ...memoryStem(new Float32Array(blockFrames)),
    read: (_: number, left: Float32Array, right: Float32Array) => {
      left.fill(0);
      right.fill(0);
      return false;
    },
  };
  const {starved, left} = renderBlock(graph, [starving, undefined, starving], 0);
  t.is(starved, 2);
  t.true(left.every((value) => value === 0));
});

test('a graph goes back to a snapshot and renders another future from there, as if the first had never been', async (t) => {
  const tone = sine(16 * blockFrames, 700, 48_000);
  const stems = [memoryStem(tone, tone), memoryStem(tone)];
  const strips = [newStrip({id: 'a', name: 'A'}), newStrip({id: 'b', name: 'B', channels: 1})];
  const at = (levelDb: number) =>
    newMixer({
      strips: [{...(strips[0] ?? newStrip({id: 'a', name: ''})), levelDb}, strips[1] ?? newStrip({id: 'b', name: ''})],
    });
  const quiet = at(-20);
  const soft = at(-6);
  const graph = await createGraph({sampleRate: 48_000, mixer: at(0)});
  renderBlock(graph, stems, 0);
  graph.set(quiet, false);
  renderBlock(graph, stems, blockFrames);
  const edge = graph.snapshot();
  for (let block = 2; block < 5; block++) renderBlock(graph, stems, block * blockFrames);
  graph.restore(edge);
  graph.set(soft, false);
  const again = renderBlock(graph, stems, 2 * blockFrames);

  const straight = await renderAll(at(0), stems, 3, 48_000, (block) => [undefined, quiet, soft][block]);
  t.deepEqual(again.left, straight.left.subarray(2 * blockFrames));
  t.deepEqual(again.meters, straight.blocks[2]?.meters);
  // Setting the mixer of the snapshot again is no change.
  graph.restore(edge);
  graph.set(quiet, false);
  const same = renderBlock(graph, stems, 2 * blockFrames);
  const before = await renderAll(at(0), stems, 3, 48_000, (block) => [undefined, quiet][block]);
  t.deepEqual(same.left, before.left.subarray(2 * blockFrames));
});

test('a mixer with another number of strips is refused', async (t) => {
  const graph = await createGraph({sampleRate: 48_000, mixer: mixerOf([{}])});
  t.throws(() => graph.set(mixerOf([{}, {}]), false), {instanceOf: DeskError});
});
