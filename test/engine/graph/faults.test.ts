import test from 'ava';
import type {EffectUnit} from '../../../src/engine/effects/effect-unit.ts';
import {blockFrames, createGraph, type Graph} from '../../../src/engine/graph.ts';
import {createLimiter} from '../../../src/engine/limiter/limiter.ts';
import {createAssessor} from '../../../src/gain/assess.ts';
import {masterField, masterFields, stripField, stripFields} from '../../../src/model/meter.ts';
import {masterId, newMixer} from '../../../src/model/mixer.ts';
import {memoryStem} from '../memory-stem.ts';
import {renderBlock} from './rig.ts';
import {answer, fitted, group, level, multiplier, stem} from './routing-rig.ts';

const strips = [
  stem('a', {output: 'g', parameters: {'send1.on': 1, 'send1.levelDb': 0}}),
  stem('b'),
  group('g'),
  answer('r'),
  answer('s'),
];
const mixer = newMixer({strips});

/** An effect that breaks whenever it is told to. */
function breaking(): EffectUnit & {breaks: boolean} {
  let faults = 0;
  return {
    ...multiplier(1),
    breaks: false,
    get faults() {
      return faults;
    },
    process(left, right) {
      if (!this.breaks) return;
      faults++;
      left.fill(0);
      right.fill(0);
    },
  };
}

const counted = (graph: Graph, stems: ReturnType<typeof fitted>): readonly number[] => {
  const {meters} = renderBlock(graph, stems, 0);
  const master = meters.length - masterFields;
  return [
    ...strips.map((_, place) => meters[place * stripFields + stripField.nonFinite] ?? Number.NaN),
    meters[master + masterField.nonFinite] ?? Number.NaN,
  ];
};

test('what a stem holds that is no number is counted at its strip, and only there and then', async (t) => {
  const graph = await createGraph({sampleRate: 48_000, mixer});
  const broken = new Float32Array(blockFrames).fill(0.25);
  broken.set([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e20], 100);
  t.deepEqual(counted(graph, fitted(mixer, [memoryStem(broken), level(0.1)])), [8, 0, 0, 0, 0, 0]);
  t.deepEqual(counted(graph, fitted(mixer, [level(0.1), level(0.1)])), [0, 0, 0, 0, 0, 0]);
});

test('an effect that breaks is counted at its return, once a block', async (t) => {
  const second = breaking();
  const graph = await createGraph({sampleRate: 48_000, mixer, effects: [multiplier(1), second]});
  const stems = fitted(mixer, [level(0.1)]);
  t.deepEqual(counted(graph, stems), [0, 0, 0, 0, 0, 0]);
  second.breaks = true;
  t.deepEqual(counted(graph, stems), [0, 0, 0, 0, 1, 0]);
  t.deepEqual(counted(graph, stems), [0, 0, 0, 0, 1, 0]);
  second.breaks = false;
  t.deepEqual(counted(graph, stems), [0, 0, 0, 0, 0, 0]);
});

test('what the limiter has to silence is counted at the mix', async (t) => {
  const limiter = await createLimiter({sampleRate: 48_000});
  const loud = newMixer({strips: [stem('a', {levelDb: 10}), stem('b', {levelDb: 10})], masterLevelDb: 10});
  const graph = await createGraph({sampleRate: 48_000, mixer: loud, limiter});
  const {left, meters} = renderBlock(graph, [level(2 ** 31), level(2 ** 31)], 0);
  t.is(meters[2 * stripFields + masterField.nonFinite], 2 * blockFrames);
  t.true(left.every((sample) => sample === 0));
});

test('from a broken sample to the words on the screen: the warning names the strip and how many', async (t) => {
  const graph = await createGraph({sampleRate: 48_000, mixer});
  const assessor = createAssessor({sampleRate: 48_000, mixer, expected: () => false});
  const broken = new Float32Array(blockFrames);
  broken[7] = Number.NaN;
  const {meters} = renderBlock(graph, fitted(mixer, [undefined, memoryStem(broken, new Float32Array(blockFrames))]), 0);
  assessor.push({atFrame: 0, frames: blockFrames, rolling: true, values: meters}, mixer, 0);
  const raised = assessor.verdicts(10).filter(({verdict}) => verdict === 'raise');
  t.deepEqual(
    raised.map(({strip, rule, short}) => [strip, rule, short]),
    [['b', 'broken', 'BROKEN']],
  );
  t.regex(raised[0]?.advice ?? '', /^b: damaged samples \(1\) were silenced/);
  t.false(assessor.reading(masterId)?.clipped);
});
