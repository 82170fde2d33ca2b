import test from 'ava';
import {compileMappings} from '../../src/mapping/compile.ts';
import {matchesPattern} from '../../src/model/desk-section.ts';
import type {Layout} from '../../src/model/layout.ts';
import {newMixer, newStrip} from '../../src/model/mixer.ts';
import {mappings, type PluggedUnit, type TestDesk, testDesk} from './test-desk.ts';

const settledMs = 800;
const layers = ['level', 'pan'].map((id) => ({id, short: id.slice(0, 2), fader: id, encoder: 'trim'}));

/** Thirty stems and two groups. */
const mixer = newMixer({
  strips: [
    ...Array.from({length: 30}, (_, index) => newStrip({id: `s${index}`, name: `Strip ${index + 1}`})),
    newStrip({id: 'g0', name: 'Drums', kind: 'group'}),
    newStrip({id: 'g1', name: 'Voices', kind: 'group'}),
  ],
});

/** The shipped layout, its surfaces in these sections. */
function layoutWith(sections: readonly object[]): Layout {
  const shipped = mappings.layouts.find(({id}) => id === 'mixer');
  const text = JSON.stringify({name: 'Sections', layers, bindings: {}, sections});
  const {layouts, problems} = compileMappings([{path: 'sections.json', text}]);
  const compiled = layouts[0]?.sections;
  if (shipped === undefined || compiled === undefined) throw new Error(JSON.stringify(problems));
  return {...shipped, sections: compiled};
}

/** A main unit, its extender and a small box of another maker. */
async function deskWith(sections: readonly object[]) {
  const bench = testDesk(mixer, {layout: layoutWith(sections)});
  const plug = (id: string, port: string): PluggedUnit => {
    const surface = mappings.surfaces.find((one) => one.id === id);
    if (surface === undefined) throw new Error(id);
    return bench.plug(surface, port);
  };
  const units = {
    big: plug('x-touch', 'X-Touch'),
    extender: plug('x-touch-extender', 'X-Touch-Ext'),
    small: plug('korg-nanokontrol2', 'nanoKONTROL2'),
  };
  await bench.pass(settledMs);
  const tap = async ({device}: PluggedUnit, key: string): Promise<void> => {
    device.press(key);
    device.lift(key);
    await bench.pass(120);
  };
  return {...bench, ...units, tap, under: (unit: PluggedUnit) => under(bench, unit, tap)};
}

/** The strip under a unit's first fader: the one that its mute key mutes; pressed again, nothing has changed. */
async function under(
  {engine}: TestDesk,
  unit: PluggedUnit,
  tap: (unit: PluggedUnit, key: string) => Promise<void>,
): Promise<string | undefined> {
  const before = engine.mixer.strips;
  await tap(unit, 'mute.1');
  const changed = engine.mixer.strips.find(({muted}, index) => muted !== before[index]?.muted);
  await tap(unit, 'mute.1');
  return changed?.id;
}

test('without sections strips count through all units, main units before extenders', async (t) => {
  const {desk, under, big, extender, small} = await deskWith([]);
  t.deepEqual([await under(small), await under(big), await under(extender)], ['s0', 's8', 's16']);
  await desk.close();
});

test('a section counts its strips in the order in which it lists its units', async (t) => {
  const {desk, under, big, extender, small} = await deskWith([
    {id: 'main', surfaces: ['x-touch-extender', 'x-touch', 'korg-*']},
  ]);
  t.deepEqual([await under(extender), await under(big), await under(small)], ['s0', 's8', 's16']);
  await desk.close();
});

test('two of one product are told apart by what their ports are called', async (t) => {
  const bench = testDesk(mixer, {
    layout: layoutWith([{id: 'left', surfaces: [{surface: 'x-touch*', port: '2- '}]}]),
  });
  const extender = mappings.surfaces.find(({id}) => id === 'x-touch-extender');
  if (extender === undefined) throw new Error('no extender');
  bench.plug(extender, 'X-Touch-Ext');
  bench.plug(extender, '2- X-Touch-Ext');
  await bench.pass(settledMs);
  t.deepEqual(
    bench.desk.status().units.map(({port, section, firstStrip}) => [port, section, firstStrip]),
    [
      ['2- X-Touch-Ext', 'left', 0],
      ['X-Touch-Ext', 'main', 0],
    ],
  );
  await bench.desk.close();
});

test('a section of its own has its own bank, layer and page; a strip is selected, and shift is held, on all', async (t) => {
  const {desk, pass, tap, under, big, small} = await deskWith([{id: 'side', surfaces: ['korg-*']}]);
  t.deepEqual([await under(big), await under(small)], ['s0', 's0']);
  await tap(big, 'bank-right');
  t.deepEqual([await under(big), await under(small)], ['s16', 's0'], 'the bank is that of its own section');
  await tap(small, 'channel-right');
  t.deepEqual([await under(big), await under(small)], ['s16', 's1']);
  await tap(small, 'flip');
  t.false(desk.status().view.flipped);

  await tap(big, 'select.3');
  t.is(desk.status().view.selected, 's18');
  t.is(await under(small), 's1', 'what is selected elsewhere moves no bank');
  big.device.press('shift');
  await pass(60);
  await tap(small, 'solo.1');
  t.true(desk.status().mixer.strips[1]?.soloSafe);
  await desk.close();
});

test('a section that follows shows the same strips from the first, and its keys move both', async (t) => {
  const {desk, tap, under, big, extender, small} = await deskWith([
    {id: 'beside', surfaces: ['korg-*'], follows: 'main'},
  ]);
  t.deepEqual([await under(big), await under(extender), await under(small)], ['s0', 's8', 's0']);
  await tap(big, 'channel-right');
  await tap(small, 'channel-right');
  t.deepEqual([await under(big), await under(extender), await under(small)], ['s2', 's10', 's2']);
  await desk.close();
});

test('a section shows at the start what the layout says, and its own bindings go first', async (t) => {
  const {desk, tap, under, big, small} = await deskWith([
    {id: 'groups', surfaces: ['korg-*'], shows: 'groups', bindings: {cycle: 'view.bankRight', 'rec.*': 'strip.solo'}},
  ]);
  t.is(await under(small), 'g0');
  await tap(small, 'rec.2');
  t.true(desk.status().mixer.strips.find(({id}) => id === 'g1')?.soloed);
  await tap(big, 'rec.1');
  t.false(desk.status().mixer.strips[0]?.soloed, 'elsewhere the key does what it did');
  await desk.close();
});

test('whichever cable is moved, no strip moves under another unit, and the one that comes back is in its old place', async (t) => {
  for (const order of [['big'], ['extender'], ['small'], ['small', 'big'], ['big', 'extender', 'small']] as const) {
    const bench = await deskWith([{id: 'side', surfaces: ['korg-*']}]);
    const {desk, pass, tap, under, big, extender, small} = bench;
    await tap(big, 'bank-right');
    const before = [await under(big), await under(extender), await under(small)];
    const levels = desk.status().mixer.strips.map(({levelDb}) => levelDb);
    for (const name of order) {
      bench[name].cable.pull();
      bench[name].device.powerOff();
    }
    await pass(200);
    for (const name of [...order].reverse()) {
      bench[name].cable.replug();
      bench[name].device.powerOn();
      await pass(settledMs);
    }
    t.deepEqual([await under(big), await under(extender), await under(small)], before, order.join());
    t.deepEqual(
      desk.status().mixer.strips.map(({levelDb}) => levelDb),
      levels,
    );
    await desk.close();
  }
});

const patterns: readonly (readonly [string, string, boolean])[] = [
  ['x-touch', 'x-touch', true],
  ['x-touch', 'x-touch-one', false],
  ['x-touch*', 'x-touch', true],
  ['x-touch*', 'my-x-touch', false],
  ['*', 'anything', true],
  ['*-touch', 'x-touch', true],
  ['a*b*a', 'aba', true],
  ['a*b*a', 'ab', false],
  ['aa*aa', 'aaa', false],
];

test('in the name of a surface * stands for any characters, and all else for itself', (t) => {
  for (const [pattern, id, isMeant] of patterns) t.is(matchesPattern(pattern, id), isMeant, `${pattern} ${id}`);
});
