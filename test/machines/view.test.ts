import test from 'ava';
import fc from 'fast-check';
import {createActor} from 'xstate';
import {isShifted, type ViewEvent, viewMachine, viewOf} from '../../src/machines/view.ts';
import type {ViewInput} from '../../src/machines/view-moves.ts';
import {newStrip, type Strip} from '../../src/model/mixer.ts';
import type {Layer} from '../../src/model/view.ts';

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
      flipped: false,
      showValues: false,
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
