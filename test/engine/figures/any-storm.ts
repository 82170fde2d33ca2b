import fc from 'fast-check';
import type {FollowedLane} from '../../../src/engine/contract.ts';
import type {Stem} from '../../../src/engine/stem.ts';
import type {MixerCommand} from '../../../src/model/command.ts';
import {type LaneParameter, laneId} from '../../../src/model/lane.ts';
import {type Mixer, masterId, type Strip} from '../../../src/model/mixer.ts';
import {type MonitorCommand, speakers} from '../../../src/model/monitor.ts';
import {type ParameterId, parameterIds} from '../../../src/model/parameter.ts';
import type {PlaybackCommand} from '../../../src/model/playback.ts';
import {laneOf} from '../../automation/any-lane.ts';
import {anyCommand} from '../graph/any-command.ts';
import {memoryStem} from '../memory-stem.ts';
import {effectDesk} from './any-mixers.ts';

export const anyNumber: fc.Arbitrary<number> = fc.oneof(
  fc.double(),
  fc.double({min: -100, max: 100, noNaN: true}),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1e308, -1e308, 5e-324, 1e-310),
);

const anyMonitorCommand: fc.Arbitrary<MonitorCommand> = fc.oneof(
  fc.record({type: fc.constant('monitor.setLevel' as const), levelDb: anyNumber}),
  fc.record({type: fc.constant('monitor.setDimLevel' as const), dimDb: anyNumber}),
  fc.record({type: fc.constant('monitor.setDim' as const), dim: fc.boolean()}),
  fc.record({type: fc.constant('monitor.setMono' as const), mono: fc.boolean()}),
  fc.record({type: fc.constant('monitor.setSwap' as const), swap: fc.boolean()}),
  fc.record({type: fc.constant('monitor.setPolarity' as const), polarity: fc.constantFrom('none' as const, 'left')}),
  fc.record({type: fc.constant('monitor.setSpeaker' as const), speaker: fc.constantFrom(...speakers)}),
);

const anyPlaybackCommand: fc.Arbitrary<PlaybackCommand> = fc.oneof(
  fc.record({type: fc.constantFrom('playback.play' as const, 'playback.stop' as const)}),
  fc.record({type: fc.constant('playback.locate' as const), frame: anyNumber}),
  fc.record({type: fc.constant('playback.setLooping' as const), looping: fc.boolean()}),
);

/** Lanes of everything that lanes move, with any values at all, or none any more. */
export const anyFollowed: fc.Arbitrary<FollowedLane> = fc
  .record({
    strip: fc.constantFrom(masterId, ...effectDesk.strips.map(({id}) => id)),
    parameter: fc.constantFrom<LaneParameter>('level', 'level.offset', 'pan', 'trim', 'mute', ...parameterIds),
    points: fc.uniqueArray(fc.tuple(fc.nat(20_000), anyNumber), {selector: ([frame]) => frame, maxLength: 20}),
  })
  .map(({strip, parameter, points}) => ({
    id: laneId({strip, parameter}),
    lane: points.length === 0 ? undefined : laneOf(...points.sort(([one], [other]) => one - other)),
  }));

/** Whatever can be asked of a desk: its mixer, its monitor, its tape. */
export const anyAct: fc.Arbitrary<MixerCommand | MonitorCommand | PlaybackCommand> = fc.oneof(
  {weight: 6, arbitrary: anyCommand},
  {weight: 2, arbitrary: anyMonitorCommand},
  {weight: 1, arbitrary: anyPlaybackCommand},
);

const anySample = fc.oneof(
  fc.constantFrom(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    3.4e38,
    -4e9,
    1e-40,
    1e-45,
    -0,
    1,
    -1,
  ),
  fc.float(),
  fc.float({min: -2, max: 2}),
  fc.float({min: -2, max: 2}),
);

/** Stems for every strip of the desk that has one: up to 200 samples of any kind over and over, or a loud tone with one such sample in it. */
export function anyStems(frames: number): fc.Arbitrary<readonly (Stem | undefined)[]> {
  const side = fc.oneof(
    fc
      .array(anySample, {minLength: 1, maxLength: 200})
      .map((some) => Float32Array.from({length: frames}, (_, n) => some[n % some.length] ?? 0)),
    fc
      .record({at: fc.nat(frames - 1), sample: anySample, turn: fc.double({min: 0.001, max: 3, noNaN: true})})
      .map(({at, sample, turn}) => {
        const tone = Float32Array.from({length: frames}, (_, n) => Math.sin(turn * n));
        tone[at] = sample;
        return tone;
      }),
  );
  const stems = effectDesk.strips.filter(({kind}) => kind === 'stem').length;
  return fc
    .array(fc.tuple(side, side), {minLength: stems, maxLength: stems})
    .map((sides) => effectDesk.strips.map((_, place) => sides[place] && memoryStem(...sides[place])));
}

/** A mixer as no command makes it: any number at all in any place, as a damaged file might. */
export const anyNonsense: fc.Arbitrary<Mixer> = fc
  .tuple(
    fc.array(fc.record({trimDb: anyNumber, levelDb: anyNumber, pan: anyNumber}), {minLength: 7, maxLength: 7}),
    fc.array(fc.tuple(fc.nat(7), fc.constantFrom(...parameterIds), anyNumber), {maxLength: 60}),
    anyNumber,
  )
  .map(([values, settings, masterLevelDb]) => {
    const of = (place: number): Partial<Record<ParameterId, number>> =>
      Object.fromEntries(settings.flatMap(([at, id, value]) => (at === place ? [[id, value]] : [])));
    const strips = effectDesk.strips.map(
      (strip, place): Strip => ({...strip, ...values[place], parameters: {...strip.parameters, ...of(place)}}),
    );
    return {...effectDesk, strips, masterLevelDb, masterParameters: {...effectDesk.masterParameters, ...of(7)}};
  });
