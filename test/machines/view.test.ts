import test from 'ava';
import fc from 'fast-check';
import {createActor} from 'xstate';
import {isShifted, type ViewEvent, viewMachine, viewOf} from '../../src/machines/view.ts';
import type {ViewInput} from '../../src/machines/view-moves.ts';
import {masterId, newStrip, type Strip} from '../../src/model/mixer.ts';
import type {Layer, Page, Parameter, View} from '../../src/model/view.ts';

const layers: readonly Layer[] = [
  {id: 'level', short: 'LV', fader: 'level', encoder: 'pan'},
  {id: 'trim', short: 'TR', fader: 'level', encoder: 'trim'},
];

const stems = (count: number): readonly Strip[] =>
  Array.from({length: count}, (_, index) => newStrip({id: `s${index}`, name: `Strip ${index}`}));
const start: ViewInput = {layers, pages: [], strips: stems(20), bankSize: 8};

function viewAfter(input: Partial<ViewInput>, events: readonly ViewEvent[]) {
  const actor = createActor(viewMachine, {input: {...start, ...input}}).start();
  for (const event of events) actor.send(event);
  return {view: viewOf(actor.getSnapshot()), shift: isShifted(actor.getSnapshot())};
}

const right: ViewEvent = {type: 'view.bankRight'};
const left: ViewEvent = {type: 'view.bankLeft'};

test('at the start the first layer and the first strips are shown, names up, not flipped', (t) => {
  t.deepEqual(viewAfter({}, []), {
    view: {
      shown: 'all',
      spilled: undefined,
      bankOffset: 0,
      bankSize: 8,
      layer: {id: 'level', short: 'LV', fader: 'level', encoder: 'pan'},
      page: undefined,
      pageOffset: 0,
      selected: undefined,
      meters: 'page',
      flipped: false,
      showValues: false,
      timeDigits: 'time',
      assignmentDigits: 'view',
    },
    shift: false,
  });
});

const banks: readonly {
  readonly law: string;
  readonly events: readonly ViewEvent[];
  readonly offset: number;
  readonly input?: Partial<ViewInput>;
}[] = [
  {law: 'a bank moves by the strips of all units', events: [right], offset: 8},
  {law: 'the last bank is full', events: [right, right], offset: 12},
  {law: 'beyond the last bank nothing moves', events: [right, right, right], offset: 12},
  {law: 'the way back ends at the first strip', events: [right, right, left, left], offset: 0},
  {law: 'a mixer shorter than the units stays where it is', events: [right], offset: 0, input: {strips: stems(5)}},
  {law: 'a channel moves by one strip', events: [{type: 'view.channelRight'}], offset: 1},
  {law: 'a channel before the first strip does not exist', events: [{type: 'view.channelLeft'}], offset: 0},
  {
    law: 'a mixer that loses strips brings the view back into it',
    events: [right, right, {type: 'mixer.rerouted', strips: stems(10)}],
    offset: 2,
  },
  {
    law: 'an extender that comes fills the last bank',
    events: [right, right, {type: 'rig.resized', bankSize: 16}],
    offset: 4,
  },
  {
    law: 'an extender that goes leaves the view where it is',
    events: [{type: 'rig.resized', bankSize: 16}, right, {type: 'rig.resized', bankSize: 8}],
    offset: 4,
  },
];

for (const {law, events, offset, input} of banks) {
  test(law, (t) => {
    t.is(viewAfter(input ?? {}, events).view.bankOffset, offset);
  });
}

test('flip and values toggle', (t) => {
  const flip: ViewEvent = {type: 'view.flip'};
  const values: ViewEvent = {type: 'view.toggleValues'};
  t.like(viewAfter({}, [flip, values]).view, {flipped: true, showValues: true});
  t.like(viewAfter({}, [flip, flip, values, values]).view, {flipped: false, showValues: false});
});

test('meters go between level and gain reduction until another layer or page is shown', (t) => {
  const meters: ViewEvent = {type: 'view.toggleMeters'};
  const after = (...events: readonly ViewEvent[]) => viewAfter({}, events).view.meters;
  t.is(after(), 'page');
  t.is(after(meters), 'reduction');
  t.is(after(meters, meters), 'level');
  t.is(after(meters, {type: 'view.flip'}), 'reduction');
  t.is(after(meters, {type: 'view.setLayer', layer: 'trim'}), 'page');
  t.is(after(meters, {type: 'view.pageDown'}), 'page');
});

test('shift holds as long as its button', (t) => {
  const down: ViewEvent = {type: 'view.shift', held: true};
  const up: ViewEvent = {type: 'view.shift', held: false};
  t.true(viewAfter({}, [down]).shift);
  t.true(viewAfter({}, [down, down]).shift);
  t.false(viewAfter({}, [down, up]).shift);
  t.false(viewAfter({}, [up]).shift);
});

test('a layer is chosen by its id, and an unknown one changes nothing', (t) => {
  t.is(viewAfter({}, [{type: 'view.setLayer', layer: 'trim'}]).view.layer.id, 'trim');
  t.is(viewAfter({}, [{type: 'view.setLayer', layer: 'sends'}]).view.layer.id, 'level');
});

test('the selection is the last strip selected', (t) => {
  const selected = viewAfter({}, [
    {type: 'view.select', strip: 'a'},
    {type: 'view.select', strip: 'b'},
  ]).view.selected;
  t.is(selected, 'b');
});

test('whatever is pressed, no channel strip lies beyond the mixer while there are strips enough', (t) => {
  const anyEvent = fc.oneof(
    fc.constantFrom<ViewEvent>(left, right, {type: 'view.channelLeft'}, {type: 'view.channelRight'}),
    fc.nat(80).map((count): ViewEvent => ({type: 'mixer.rerouted', strips: stems(count)})),
    fc.nat(32).map((bankSize): ViewEvent => ({type: 'rig.resized', bankSize})),
  );
  fc.assert(
    fc.property(fc.array(anyEvent, {maxLength: 40}), (events) => {
      const actor = createActor(viewMachine, {input: start}).start();
      for (const event of events) actor.send(event);
      const {bankOffset, strips, bankSize} = actor.getSnapshot().context;
      return bankOffset >= 0 && bankOffset <= Math.max(0, strips.length - bankSize);
    }),
  );
  t.pass();
});

const pages: readonly Page[] = [
  {id: 'eq', name: 'EQ', short: 'EQ', slots: Array<Parameter>(16).fill('eq1.hz')},
  {id: 'comp', name: 'Compressor', short: 'CO', slots: Array<Parameter>(8).fill('comp.ratio')},
];
const routed: readonly Strip[] = [
  ...stems(12).map((strip, index) => ({
    ...strip,
    output: index < 10 ? 'group' : masterId,
    vcas: index > 10 ? ['vca'] : [],
  })),
  newStrip({id: 'group', name: 'Group', kind: 'group'}),
  newStrip({id: 'vca', name: 'VCA', kind: 'vca'}),
];
const eq: ViewEvent = {type: 'view.setPage', page: 'eq'};
const pageRight: ViewEvent = {type: 'view.pageRight'};

const pageRows: readonly {
  readonly law: string;
  readonly events: readonly ViewEvent[];
  readonly page: string | undefined;
  readonly offset?: number;
  readonly input?: Partial<ViewInput>;
}[] = [
  {law: 'at the start no page is shown', events: [], page: undefined},
  {law: 'a page is chosen by its id', events: [eq], page: 'eq'},
  {law: 'the same again leaves it', events: [eq, eq], page: undefined},
  {law: 'an unknown page changes nothing', events: [eq, {type: 'view.setPage', page: 'gate'}], page: 'eq'},
  {
    law: 'another page takes its place, from its start',
    events: [eq, pageRight, {type: 'view.setPage', page: 'comp'}],
    page: 'comp',
  },
  {law: 'a layer leaves the page', events: [eq, {type: 'view.setLayer', layer: 'trim'}], page: undefined},
  {law: 'an unknown layer leaves it as it is', events: [eq, {type: 'view.setLayer', layer: 'x'}], page: 'eq'},
  {law: 'a page turns by eight', events: [eq, pageRight], page: 'eq', offset: 8},
  {law: 'beyond its end it does not turn', events: [eq, pageRight, pageRight], page: 'eq', offset: 8},
  {law: 'and back', events: [eq, pageRight, {type: 'view.pageLeft'}], page: 'eq'},
  {
    law: 'an extender that brings all of it in sight turns it back',
    events: [eq, pageRight, {type: 'rig.resized', bankSize: 16}],
    page: 'eq',
  },
  {law: 'a bank leaves the page', events: [eq, right], page: 'eq'},
  {law: 'page down opens the first', events: [{type: 'view.pageDown'}], page: 'eq'},
  {law: 'page down twice the second', events: [{type: 'view.pageDown'}, {type: 'view.pageDown'}], page: 'comp'},
  {
    law: 'after the last comes none',
    events: [{type: 'view.pageDown'}, {type: 'view.pageDown'}, {type: 'view.pageDown'}],
    page: undefined,
  },
  {law: 'before none comes the last', events: [{type: 'view.pageUp'}], page: 'comp'},
  {law: 'a layout without pages has none', events: [{type: 'view.pageDown'}, eq], page: undefined, input: {pages: []}},
];

for (const {law, events, page, offset, input} of pageRows) {
  test(law, (t) => {
    const {view} = viewAfter({pages, ...input}, events);
    t.deepEqual([view.page?.id, view.pageOffset], [page, offset ?? 0]);
  });
}

const showRows: readonly {
  readonly law: string;
  readonly events: readonly ViewEvent[];
  readonly like: Partial<View>;
}[] = [
  {
    law: 'a view is shown from its start',
    events: [right, {type: 'view.show', shown: 'groups'}],
    like: {shown: 'groups', bankOffset: 0},
  },
  {
    law: 'the same again shows all',
    events: [
      {type: 'view.show', shown: 'groups'},
      {type: 'view.show', shown: 'groups'},
    ],
    like: {shown: 'all'},
  },
  {
    law: 'coming back finds the bank where it was',
    events: [right, {type: 'view.show', shown: 'vcas'}, {type: 'view.show', shown: 'all'}],
    like: {shown: 'all', bankOffset: 6},
  },
  {
    law: 'the master is selected with its view',
    events: [{type: 'view.show', shown: 'master'}],
    like: {shown: 'master', selected: masterId},
  },
  {law: 'a group is spilled', events: [{type: 'view.spill', strip: 'group'}], like: {spilled: 'group', shown: 'all'}},
  {
    law: 'banks stay within its members',
    events: [{type: 'view.spill', strip: 'group'}, right, right],
    like: {bankOffset: 2},
  },
  {
    law: 'the same again leads back to the bank before',
    events: [right, {type: 'view.spill', strip: 'group'}, {type: 'view.spill', strip: 'group'}],
    like: {spilled: undefined, bankOffset: 6},
  },
  {
    law: 'another is spilled in its place',
    events: [
      {type: 'view.spill', strip: 'group'},
      {type: 'view.spill', strip: 'vca'},
    ],
    like: {spilled: 'vca'},
  },
  {law: 'a stem has no members', events: [{type: 'view.spill', strip: 's1'}], like: {spilled: undefined}},
  {
    law: 'a strip that is not there has none either',
    events: [{type: 'view.spill', strip: 'gone'}],
    like: {spilled: undefined},
  },
  {
    law: 'a view leaves the spill',
    events: [
      {type: 'view.spill', strip: 'group'},
      {type: 'view.show', shown: 'all'},
    ],
    like: {spilled: undefined, shown: 'all'},
  },
  {
    law: 'a selected strip beyond the bank comes to its edge',
    events: [{type: 'view.select', strip: 's9'}],
    like: {selected: 's9', bankOffset: 2},
  },
  {law: 'one before it comes to its start', events: [right, {type: 'view.select', strip: 's1'}], like: {bankOffset: 1}},
  {
    law: 'one within it leaves it where it is',
    events: [right, {type: 'view.select', strip: 's7'}],
    like: {bankOffset: 6},
  },
  {
    law: 'one that is not shown leaves it where it is',
    events: [
      {type: 'view.show', shown: 'vcas'},
      {type: 'view.select', strip: 's9'},
    ],
    like: {shown: 'vcas', bankOffset: 0, selected: 's9'},
  },
];

for (const {law, events, like} of showRows) {
  test(law, (t) => {
    t.like(viewAfter({strips: routed}, events).view, like);
  });
}

test('members that come or go while their group is spilled bring the bank back into it', (t) => {
  const fewer = routed.map((strip) => (strip.id === 's0' || strip.id === 's1' ? {...strip, output: masterId} : strip));
  const {view} = viewAfter({strips: routed}, [
    {type: 'view.spill', strip: 'group'},
    right,
    {type: 'mixer.rerouted', strips: fewer},
  ]);
  t.is(view.bankOffset, 0);
});

test('segment displays step through what the layout lists, or all there is, in a circle', (t) => {
  const steps = (input: Partial<ViewInput>, display: 'time' | 'assignment', count: number) =>
    Array.from({length: count + 1}, (_, presses) => {
      const events = Array.from({length: presses}, (): ViewEvent => ({type: 'view.cycleDigits', display}));
      const {view} = viewAfter(input, events);
      return display === 'time' ? view.timeDigits : view.assignmentDigits;
    });
  t.deepEqual(steps({}, 'time', 5), ['time', 'integrated', 'short-term', 'momentary', 'true-peak', 'time']);
  t.deepEqual(steps({}, 'assignment', 2), ['view', 'headroom', 'view']);
  const digits = {time: ['momentary', 'time'], assignment: ['headroom']} as const;
  t.deepEqual(steps({digits}, 'time', 2), ['momentary', 'time', 'momentary']);
  t.deepEqual(steps({digits}, 'assignment', 1), ['headroom', 'headroom']);
});
