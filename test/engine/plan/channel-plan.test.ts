import test from 'ava';
import fc from 'fast-check';
import {isStable} from '../../../src/engine/plan/biquad.ts';
import {channelPlan, filtersOf} from '../../../src/engine/plan/channel-plan.ts';
import {sectionSlots} from '../../../src/engine/plan/plan.ts';
import {type ParameterValues, parameterIds, rangeOf, withValue} from '../../../src/model/parameter.ts';
import {largestErrorDb} from './response.ts';

const slots = (parameters: ParameterValues, sampleRate = 48_000): readonly number[] =>
  channelPlan(parameters, sampleRate).sections.map(({slot}) => slot);

test('a strip at its defaults has nothing to do', (t) => {
  t.deepEqual(channelPlan({}, 48_000), {
    sections: [],
    gate: undefined,
    compressor: undefined,
    saturator: undefined,
    width: 1,
  });
});

const cases: readonly (readonly [law: string, parameters: ParameterValues, slots: readonly number[]])[] = [
  ['a high-pass has the first place', {'hp.on': 1}, [0]],
  ['a steep high-pass has the first two places', {'hp.on': 1, 'hp.slope': 1}, [0, 1]],
  ['a steep low-pass has its own two places', {'lp.on': 1, 'lp.slope': 1}, [2, 3]],
  ['a band has its place whatever else is on', {'eq3.on': 1, 'eq3.gainDb': 3}, [6]],
  ['a band that is on at 0 dB is no section', {'eq1.on': 1, 'eq2.on': 1, 'eq2.gainDb': -2}, [5]],
  ['a band that is off is no section, whatever its gain', {'eq1.gainDb': 12}, []],
  [
    'a band that needs more near Nyquist has a second place behind all first ones',
    {'eq2.on': 1, 'eq2.gainDb': 18, 'eq2.hz': 8000, 'eq4.on': 1, 'eq4.gainDb': 1, 'eq4.shape': 0, 'eq4.hz': 500},
    [5, 7, 9],
  ],
];

for (const [law, parameters, expected] of cases) {
  test(law, (t) => t.deepEqual(slots(parameters, 44_100), expected));
}

test('a low-pass above what is heard is harmless: 48 kHz, 20 kHz, within a decibel at 14 kHz', (t) => {
  const [filter] = filtersOf({'lp.on': 1, 'lp.hz': 20_000});
  const {sections} = channelPlan({'lp.on': 1, 'lp.hz': 20_000}, 48_000);
  t.true(filter !== undefined && largestErrorDb(sections, filter.prototype, 48_000) < 0.05);
});

test('the saturator is off by default, and off at 0 %', (t) => {
  t.deepEqual(channelPlan({'sat.on': 1, 'sat.driveDb': 20, 'sat.mix': 50}, 48_000).saturator, {drive: 10, mix: 0.5});
  t.is(channelPlan({'sat.driveDb': 20}, 48_000).saturator, undefined);
  t.is(channelPlan({'sat.on': 1, 'sat.mix': 0}, 48_000).saturator, undefined);
});

test('width is a factor of the sides', (t) => {
  t.is(channelPlan({width: 0}, 48_000).width, 0);
  t.is(channelPlan({width: 200}, 48_000).width, 2);
});

test('the same values give the same plan, and equal filters the very same numbers', (t) => {
  const parameters = {'eq1.on': 1, 'eq1.gainDb': 6, 'eq2.on': 1, 'eq2.gainDb': 6, 'eq2.shape': 1, 'eq2.hz': 100};
  const {sections} = channelPlan(parameters, 48_000);
  t.deepEqual(channelPlan({...parameters}, 48_000), channelPlan(parameters, 48_000));
  t.deepEqual({...sections[0], slot: 0}, {...sections[1], slot: 0});
});

const anyParameters: fc.Arbitrary<ParameterValues> = fc
  .array(fc.tuple(fc.constantFrom(...parameterIds), fc.double({min: 0, max: 1, noNaN: true})), {maxLength: 30})
  .map((changes) =>
    changes.reduce<ParameterValues>((values, [id, share]) => {
      const {low, high} = rangeOf(id);
      return withValue(values, id, low + share * (high - low));
    }, {}),
  );

test('any parameters give a plan of finite numbers, stable sections in rising places, and shares between 0 and 1', (t) => {
  fc.assert(
    fc.property(anyParameters, fc.integer({min: 8000, max: 384_000}), (parameters, sampleRate) => {
      const {sections, gate, compressor, saturator, width} = channelPlan(parameters, sampleRate);
      const places = sections.map(({slot}) => slot);
      const numbers = [gate, compressor, saturator, ...sections].flatMap((part) =>
        Object.values(part ?? {}).filter((value) => typeof value === 'number'),
      );
      const shares = [gate?.attack, gate?.release, compressor?.attack, compressor?.release].filter(
        (share) => share !== undefined,
      );
      return (
        sections.every(isStable) &&
        places.every((slot, index) => slot < sectionSlots && slot > (places[index - 1] ?? -1)) &&
        numbers.every(Number.isFinite) &&
        shares.every((share) => share > 0 && share <= 1) &&
        width >= 0 &&
        width <= 2
      );
    }),
    {numRuns: 60},
  );
  t.pass();
});

test('values that no command makes count as the ends of their ranges, and what is no number as its default', (t) => {
  const wild = {'comp.on': 1, 'comp.kneeDb': -1e17, 'comp.ratio': 1e300, 'comp.thresholdDb': Number.NaN};
  const tame = {'comp.on': 1, 'comp.kneeDb': 0, 'comp.ratio': 20};
  t.deepEqual(channelPlan(wild, 48_000), channelPlan(tame, 48_000));
  t.deepEqual(
    slots({'eq1.on': 7, 'eq1.shape': -3, 'eq1.gainDb': Number.POSITIVE_INFINITY, 'hp.on': Number.NaN}),
    slots({'eq1.on': 1, 'eq1.shape': 0, 'eq1.gainDb': 18}),
  );
});
