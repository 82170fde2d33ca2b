import {createGraph, type Graph} from '../../../src/engine/graph.ts';
import {createLimiter} from '../../../src/engine/limiter/limiter.ts';
import type {Stem} from '../../../src/engine/stem.ts';
import {type Mixer, newMixer, type Strip} from '../../../src/model/mixer.ts';
import type {ParameterValues} from '../../../src/model/parameter.ts';
import {memoryStem} from '../memory-stem.ts';
import {answer, fitted, group, multiplier, stem, vca} from './routing-rig.ts';
import {noise} from './signal.ts';

/** Everything that a strip can do, on. */
export const everything: ParameterValues = {
  ...{'hp.on': 1, 'hp.slope': 1, 'lp.on': 1, 'lp.hz': 12_000, width: 140},
  ...{'eq1.on': 1, 'eq1.gainDb': 6, 'eq2.on': 1, 'eq2.gainDb': -4, 'eq3.on': 1, 'eq3.gainDb': 3, 'eq3.q': 4},
  ...{'eq4.on': 1, 'eq4.gainDb': 5, 'eq4.hz': 15_000},
  ...{'gate.on': 1, 'gate.thresholdDb': -20, 'gate.holdMs': 5, 'gate.releaseMs': 20},
  ...{'comp.on': 1, 'comp.thresholdDb': -30, 'comp.attackMs': 3, 'comp.makeUpDb': 4, 'comp.sidechainHz': 120},
  ...{'sat.on': 1, 'sat.driveDb': 6, 'sat.mix': 60},
  ...{'send1.on': 1, 'send1.levelDb': -9, 'send2.on': 1, 'send2.levelDb': -12, 'send2.pre': 1, 'send2.pan': 0.4},
};

/** A small desk with all kinds of strips and everything on, the master with EQ, compressor and limiter. */
export const fullMixer: Mixer = newMixer({
  strips: [
    stem('a', {output: 'g', vcas: ['v'], parameters: everything, levelDb: -6}),
    stem('b', {channels: 1, pan: -0.3, parameters: everything, levelDb: -8}),
    stem('c', {trimDb: 3, levelDb: -10}),
    group('g', {parameters: everything, levelDb: -3}),
    answer('r', {output: 'g', parameters: {'eq2.on': 1, 'eq2.gainDb': 2}}),
    answer('s', {parameters: {'send1.on': 1, 'send1.levelDb': -6}}),
    vca('v', {levelDb: -2}),
  ],
  masterLevelDb: -3,
  masterParameters: {
    ...{'eq1.on': 1, 'eq1.gainDb': 2, 'comp.on': 1, 'comp.thresholdDb': -20},
    ...{'limiter.on': 1, 'limiter.ceilingDb': -6},
  },
});

/** The same with every value elsewhere. */
export const otherMixer: Mixer = {
  ...fullMixer,
  strips: fullMixer.strips.map(
    (strip): Strip => ({
      ...strip,
      levelDb: strip.levelDb - 7,
      pan: strip.pan + 0.4,
      output: strip.id === 'b' ? 'g' : 'master',
      parameters: {...strip.parameters, 'hp.hz': 300, 'eq2.gainDb': 9, 'gate.on': 0, 'comp.ratio': 9, 'send1.pan': -1},
    }),
  ),
  masterParameters: {'comp.on': 1, 'comp.thresholdDb': -30, 'limiter.on': 0},
  masterLevelDb: -9,
};

/** Bursts of noise, with silence between them. */
export function burstStems(frames: number): readonly (Stem | undefined)[] {
  const burst = (seed: number): Float32Array =>
    noise(frames, seed, 0.9).map((value, n) => value * ([1, 0.05, 0][Math.floor(n / 900) % 3] ?? 0));
  const stems = [1, 2, 3].map((seed) => memoryStem(burst(10 * seed), burst(10 * seed + 1)));
  return fitted(fullMixer, stems);
}

/** The graph of that desk, with effects and limiter. */
export async function fullGraph(mixer: Mixer = fullMixer, sampleRate = 48_000): Promise<Graph> {
  const limiter = await createLimiter({sampleRate});
  return createGraph({sampleRate, mixer, effects: [multiplier(0.7), multiplier(0.5)], limiter});
}
