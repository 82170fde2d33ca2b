import test from 'ava';
import {blockFrames} from '../../../src/engine/graph.ts';
import type {ParameterValues} from '../../../src/model/parameter.ts';
import {memoryStem} from '../memory-stem.ts';
import {mixerOf, renderAll} from './rig.ts';
import {noise} from './signal.ts';

const blocks = 40;
const stems = [memoryStem(noise(blocks * blockFrames, 1, 0.4), noise(blocks * blockFrames, 2, 0.4))];

for (const [stage, before, after] of [
  ['gate', {'gate.on': 1, 'gate.thresholdDb': -3, 'gate.rangeDb': -80}, {'gate.on': 1, 'gate.thresholdDb': -12}],
  ['compressor', {'comp.on': 1, 'comp.thresholdDb': -50, 'comp.makeUpDb': 20}, {'comp.on': 1, 'comp.thresholdDb': -20}],
  ['saturator', {'sat.on': 1, 'sat.driveDb': 24, 'sat.mix': 30}, {'sat.on': 1, 'sat.driveDb': 3}],
  ['equalizer', {'eq1.on': 1, 'eq1.gainDb': 18, 'eq1.hz': 90}, {'eq1.on': 1, 'eq1.gainDb': -6, 'eq1.hz': 4000}],
] as readonly (readonly [string, ParameterValues, ParameterValues])[]) {
  test(`a ${stage} that comes on again sounds as one that was never on, whatever it was set to before`, async (t) => {
    const play = (first: ParameterValues): ReturnType<typeof renderAll> =>
      renderAll(mixerOf([{parameters: first}]), stems, blocks, 48_000, (block) =>
        block < 5 ? undefined : mixerOf([{parameters: block < 15 ? {} : after}]),
      );
    const [again, fresh] = [await play(before), await play({})];
    t.notDeepEqual(again.left.slice(0, 5 * blockFrames), fresh.left.slice(0, 5 * blockFrames));
    t.deepEqual(again.left.slice(10 * blockFrames), fresh.left.slice(10 * blockFrames));
    t.deepEqual(again.right.slice(10 * blockFrames), fresh.right.slice(10 * blockFrames));
  });
}
