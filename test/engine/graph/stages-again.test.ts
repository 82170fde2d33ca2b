import test from 'ava';
import {blockFrames, createGraph} from '../../../src/engine/graph.ts';
import {newMixer} from '../../../src/model/mixer.ts';
import type {ParameterValues} from '../../../src/model/parameter.ts';
import {memoryStem} from '../memory-stem.ts';
import {mixerOf, renderAll, renderBlock} from './rig.ts';
import {answer, fitted, multiplier, stem} from './routing-rig.ts';
import {noise} from './signal.ts';

const blocks = 40;
const stems = [memoryStem(noise(blocks * blockFrames, 1, 0.4), noise(blocks * blockFrames, 2, 0.4))];

for (const [stage, before, after] of [
  ['gate', {'gate.on': 1, 'gate.thresholdDb': -3, 'gate.rangeDb': -80}, {'gate.on': 1, 'gate.thresholdDb': -12}],
  ['compressor', {'comp.on': 1, 'comp.thresholdDb': -50, 'comp.makeUpDb': 20}, {'comp.on': 1, 'comp.thresholdDb': -20}],
  ['saturator', {'sat.on': 1, 'sat.driveDb': 24, 'sat.mix': 30}, {'sat.on': 1, 'sat.driveDb': 3}],
  ['equalizer', {'eq1.on': 1, 'eq1.gainDb': 18, 'eq1.hz': 90}, {'eq1.on': 1, 'eq1.gainDb': -6, 'eq1.hz': 4000}],
] as readonly (readonly [string, ParameterValues, ParameterValues])[]) {
  test(`${stage}: what comes on again sounds as what was never on, whatever it was set to before`, async (t) => {
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

test('returns that fed each other and no longer do sum up as if they never had: to the bit', async (t) => {
  const sends = {'send1.on': 1, 'send1.levelDb': -3, 'send2.on': 1, 'send2.levelDb': -5} as const;
  const desk = (feeds: boolean): ReturnType<typeof newMixer> =>
    newMixer({
      strips: [
        stem('a', {parameters: sends, levelDb: -7}),
        answer('r', {levelDb: -1.3}),
        answer('s', {levelDb: -2.7, parameters: feeds ? {'send1.on': 1, 'send1.levelDb': -6} : {}}),
      ],
    });
  const play = async (before: boolean): Promise<Float32Array> => {
    const first = desk(before);
    const effects = [multiplier(0.3), multiplier(0.7)];
    const graph = await createGraph({sampleRate: 48_000, mixer: first, effects});
    const out = new Float32Array(20 * blockFrames);
    for (let block = 0; block < 20; block++) {
      if (block === 5) graph.set(desk(false), false);
      out.set(renderBlock(graph, fitted(first, stems), block * blockFrames).left, block * blockFrames);
    }
    return out;
  };
  const [fed, never] = [await play(true), await play(false)];
  t.notDeepEqual(fed.slice(0, 5 * blockFrames), never.slice(0, 5 * blockFrames));
  t.deepEqual(fed.slice(10 * blockFrames), never.slice(10 * blockFrames));
});
