import test from 'ava';
import type {MixerCommand} from '../../../src/model/command.ts';
import {newMixer, newStrip} from '../../../src/model/mixer.ts';
import {newView, type Parameter} from '../../../src/model/view.ts';
import {commandsForPush, commandsForReset, pushedParameter} from '../../../src/surface/push.ts';
import {compPage, levelLayer, sendLayer} from '../render/small-desk.ts';

const desk = newMixer({
  strips: [
    newStrip({id: 's', name: 'S', pan: 0.5, parameters: {'comp.on': 1, 'eq1.shape': 2}}),
    newStrip({id: 'hall', name: 'Hall', kind: 'return', effect: {kind: 'reverb', values: {size: 10}}}),
  ],
});
const parameter = (id: string, value: number) =>
  ({type: 'strip.setParameter', strip: 's', parameter: id, value}) as MixerCommand;

const rows: readonly (readonly [
  law: string,
  at: Parameter,
  toggled: Parameter | undefined,
  commands: readonly MixerCommand[],
])[] = [
  ['a parameter of a stage switches the stage on', 'eq1.gainDb', undefined, [parameter('eq1.on', 1)]],
  ['and off', 'comp.ratio', undefined, [parameter('comp.on', 0)]],
  ['a switch toggles itself', 'send1.pre', undefined, [parameter('send1.pre', 1)]],
  ['a choice goes on to the next', 'hp.slope', undefined, [parameter('hp.slope', 1)]],
  ['from the last to the first', 'eq1.shape', undefined, [parameter('eq1.shape', 0)]],
  [
    'what belongs to no stage goes back to its standard',
    'pan',
    undefined,
    [{type: 'strip.setPan', strip: 's', pan: 0}],
  ],
  ['what the layer says goes first', 'send1.pan', 'send1.pre', [parameter('send1.pre', 1)]],
  ['what a strip does not have does nothing', 'pan', 'limiter.on', []],
];

for (const [law, at, toggled, commands] of rows) {
  test(`pushed, ${law}`, (t) => {
    t.deepEqual(commandsForPush(desk, {strip: 's', parameter: at}, toggled), commands);
  });
}

test('an effect is changed by a push', (t) => {
  t.deepEqual(commandsForPush(desk, {strip: 'hall', parameter: 'effect.kind'}, undefined), [
    {type: 'strip.setEffect', strip: 'hall', effect: 'delay'},
  ]);
});

test('a reset brings the standard of whatever it is', (t) => {
  t.deepEqual(commandsForReset(desk, {strip: 's', parameter: 'send1.levelDb'}), [parameter('send1.levelDb', -90)]);
  t.deepEqual(commandsForReset(desk, {strip: 's', parameter: 'eq3.hz'}), [parameter('eq3.hz', 2500)]);
  t.deepEqual(commandsForReset(desk, {strip: 'hall', parameter: 'effect.4'}), [
    {type: 'strip.setEffectValue', strip: 'hall', name: 'size', value: 60},
  ]);
});

test('a strip that is gone is asked nothing', (t) => {
  t.deepEqual(commandsForPush(desk, {strip: 'gone', parameter: 'pan'}, undefined), []);
  t.deepEqual(commandsForReset(desk, {strip: 'gone', parameter: 'pan'}), []);
});

test('layers say what a push toggles; with shift, and on pages with shift, it resets', (t) => {
  const sends = newView({layer: {...sendLayer, push: 'send1.on'}});
  const paged = {...sends, page: compPage};
  t.deepEqual([pushedParameter(sends, false), pushedParameter(sends, true)], ['send1.on', 'send1.pre']);
  t.deepEqual([pushedParameter(paged, false), pushedParameter(paged, true)], [undefined, 'reset']);
  t.is(pushedParameter(newView({layer: levelLayer}), true), 'reset');
});
