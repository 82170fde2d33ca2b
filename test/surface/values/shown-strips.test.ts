import test from 'ava';
import fc from 'fast-check';
import {type Mixer, masterId, newMixer, newStrip, type Strip} from '../../../src/model/mixer.ts';
import {stripViews} from '../../../src/model/view.ts';
import {masterStrip, sameRoutes, shownIds, shownStrips, stripOf} from '../../../src/surface/shown-strips.ts';

const desk = newMixer({
  masterLevelDb: -3,
  masterParameters: {'comp.on': 1},
  strips: [
    newStrip({id: 'kick', name: 'Kick', output: 'drums', vcas: ['rhythm']}),
    newStrip({id: 'bass', name: 'Bass', vcas: ['rhythm']}),
    newStrip({id: 'voice', name: 'Voice', vcas: ['all']}),
    newStrip({id: 'drums', name: 'Drums', kind: 'group'}),
    newStrip({id: 'hall', name: 'Hall', kind: 'return', output: 'drums'}),
    newStrip({id: 'rhythm', name: 'Rhythm', kind: 'vca', vcas: ['all']}),
    newStrip({id: 'all', name: 'All', kind: 'vca'}),
  ],
});

const rows: readonly (readonly [
  shown: (typeof stripViews)[number],
  spilled: string | undefined,
  ids: readonly string[],
])[] = [
  ['all', undefined, ['kick', 'bass', 'voice', 'drums', 'hall', 'rhythm', 'all']],
  ['inputs', undefined, ['kick', 'bass', 'voice']],
  ['groups', undefined, ['drums']],
  ['returns', undefined, ['hall']],
  ['vcas', undefined, ['rhythm', 'all']],
  ['master', undefined, [masterId]],
  ['all', 'drums', ['kick', 'hall']],
  ['vcas', 'rhythm', ['kick', 'bass']],
  ['vcas', 'all', ['voice', 'rhythm']],
  ['master', 'drums', ['kick', 'hall']],
  ['groups', 'gone', ['kick', 'bass', 'voice', 'drums', 'hall', 'rhythm', 'all']],
];

for (const [shown, spilled, ids] of rows) {
  test(`${spilled === undefined ? `the view ${shown}` : `${spilled} spilled from ${shown}`} shows ${ids.join(', ')}`, (t) => {
    t.deepEqual(
      shownStrips(desk, {shown, spilled}).map(({id}) => id),
      [...ids],
    );
    t.deepEqual(shownIds(desk.strips, {shown, spilled}), ids);
  });
}

test('the master is a strip of its level and parameters, made once a mixer', (t) => {
  t.like(masterStrip(desk), {id: masterId, levelDb: -3, parameters: {'comp.on': 1}});
  t.is(masterStrip(desk), masterStrip(desk));
  t.is(stripOf(desk, masterId), masterStrip(desk));
  t.is(stripOf(desk, 'kick')?.name, 'Kick');
  t.is(stripOf(desk, 'gone'), undefined);
});

test('the same list is given again as long as the strips are the same, and a new one when they change', (t) => {
  const shown = {shown: 'inputs', spilled: undefined} as const;
  t.is(shownStrips(desk, shown), shownStrips(desk, shown));
  const louder: Mixer = {...desk, strips: desk.strips.map((strip) => ({...strip, levelDb: 3}))};
  t.is(shownStrips(louder, shown)[0]?.levelDb, 3);
});

test('strips are shown in desk order, each once, whatever is asked', (t) => {
  const anyStrip = fc.record({
    kind: fc.constantFrom<Strip['kind']>('stem', 'group', 'return', 'vca'),
    output: fc.constantFrom('s0', 's3', masterId),
    vcas: fc.uniqueArray(fc.constantFrom('s1', 's2'), {maxLength: 2}),
  });
  fc.assert(
    fc.property(
      fc.array(anyStrip, {maxLength: 12}),
      fc.constantFrom(...stripViews),
      fc.option(fc.constantFrom('s0', 's1', 's3'), {nil: undefined}),
      (given, shown, spilled) => {
        const mixer = newMixer({strips: given.map((one, index) => newStrip({id: `s${index}`, name: '', ...one}))});
        const ids = shownIds(mixer.strips, {shown, spilled});
        const places = ids.map((id) => mixer.strips.findIndex((strip) => strip.id === id));
        const listed = shownStrips(mixer, {shown, spilled}).map(({id}) => id);
        return (
          places.every((place, index) => index === 0 || place > (places[index - 1] ?? -1)) && `${ids}` === `${listed}`
        );
      },
    ),
  );
  t.pass();
});

test('routes are the same while only values change', (t) => {
  const [first, ...others] = desk.strips;
  const changed = (values: Partial<Strip>): Mixer => ({
    ...desk,
    strips: first === undefined ? [] : [{...first, ...values}, ...others],
  });
  t.true(sameRoutes(desk, desk));
  t.true(sameRoutes(desk, changed({levelDb: -9, name: 'Other', parameters: {'comp.on': 1}})));
  t.false(sameRoutes(desk, changed({output: masterId})));
  t.false(sameRoutes(desk, changed({vcas: []})));
  t.false(sameRoutes(desk, changed({id: 'other'})));
  t.false(sameRoutes(desk, {...desk, strips: others}));
});
