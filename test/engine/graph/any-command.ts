import fc from 'fast-check';
import type {MixerCommand} from '../../../src/model/command.ts';
import {effectKinds} from '../../../src/model/effect.ts';
import {masterId, panLawsDb, soloModes} from '../../../src/model/mixer.ts';
import {parameterIds, rangeOf} from '../../../src/model/parameter.ts';
import {fullMixer} from './full-desk.ts';

const anyNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1e308, 5e-324),
);
const ids = [...fullMixer.strips.map(({id}) => id), masterId, 'nobody'];
const strip = fc.constantFrom(...ids);

/** A parameter with a number in its range, at its ends, or none at all. */
const anySetting = fc.constantFrom(...parameterIds).chain((parameter) => {
  const {low, high} = rangeOf(parameter);
  const value = fc.oneof(fc.constantFrom(low, high), fc.double({min: low, max: high, noNaN: true}), anyNumber);
  return fc.record({type: fc.constant('strip.setParameter' as const), strip, parameter: fc.constant(parameter), value});
});

/** Anything that can be asked of the mixer of `fullMixer`, with any numbers. */
export const anyCommand: fc.Arbitrary<MixerCommand> = fc.oneof(
  {weight: 6, arbitrary: anySetting},
  fc.record({type: fc.constant('strip.setLevel' as const), strip, levelDb: anyNumber}),
  fc.record({type: fc.constant('strip.setTrim' as const), strip, trimDb: anyNumber}),
  fc.record({type: fc.constant('strip.setPan' as const), strip, pan: anyNumber}),
  fc.record({type: fc.constant('strip.setMute' as const), strip, muted: fc.boolean()}),
  fc.record({type: fc.constant('strip.setSolo' as const), strip, soloed: fc.boolean()}),
  fc.record({type: fc.constant('strip.setSoloSafe' as const), strip, soloSafe: fc.boolean()}),
  fc.record({type: fc.constant('strip.setPolarity' as const), strip, polarityInverted: fc.boolean()}),
  fc.record({type: fc.constant('strip.setOutput' as const), strip, output: strip}),
  fc.record({type: fc.constant('strip.setVcas' as const), strip, vcas: fc.array(strip, {maxLength: 3})}),
  fc.record({type: fc.constant('strip.setEffect' as const), strip, effect: fc.constantFrom(...effectKinds)}),
  fc.record({
    type: fc.constant('strip.setEffectValue' as const),
    strip,
    name: fc.constantFrom('decaySeconds', 'timeMs', 'feedback', 'nothing'),
    value: anyNumber,
  }),
  fc.record({
    type: fc.constant('strip.setMuteGroups' as const),
    strip,
    muteGroups: fc.array(fc.oneof(fc.nat(9), anyNumber), {maxLength: 3}),
  }),
  fc.record({type: fc.constant('mixer.setMuteGroup' as const), group: fc.nat(9), active: fc.boolean()}),
  fc.record({type: fc.constant('mixer.setPanLaw' as const), panLawDb: fc.constantFrom(...panLawsDb)}),
  fc.record({type: fc.constant('mixer.setTempo' as const), tempoBpm: fc.double()}),
  fc.record({type: fc.constant('mixer.setSoloMode' as const), soloMode: fc.constantFrom(...soloModes)}),
  fc.constant({type: 'mixer.clearSolo' as const}),
);

const anySample = fc.oneof(
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3.4e38, -3.4e38, 1e-40, -0, 1, -1),
  fc.float(),
  fc.float({min: -2, max: 2}),
);

/** Any signal: one of up to 64 samples of any kind, over and over. */
export const anySignal: fc.Arbitrary<readonly number[]> = fc.array(anySample, {minLength: 1, maxLength: 64});
