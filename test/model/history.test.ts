import test from 'ava';
import fc from 'fast-check';
import {applyCommand, type MixerCommand} from '../../src/model/command.ts';
import {type History, noHistory, recorded, redone, undone} from '../../src/model/history.ts';
import {type Mixer, masterId, newMixer, newStrip} from '../../src/model/mixer.ts';
import {editsBetween, isAsSet} from '../../src/model/mixer-edit.ts';

const mixer = newMixer({
  strips: [
    newStrip({id: 'a', name: 'A'}),
    newStrip({id: 'b', name: 'B', trimDb: 3, levelDb: Number.NEGATIVE_INFINITY}),
    newStrip({id: 'group', name: 'Group', kind: 'group'}),
    newStrip({id: 'return', name: 'Return', kind: 'return'}),
    newStrip({id: 'vca', name: 'VCA', kind: 'vca'}),
  ],
});

const apply = (to: Mixer, commands: readonly MixerCommand[]): Mixer => commands.reduce(applyCommand, to);

/** One command of every kind. */
const commands: readonly MixerCommand[] = [
  {type: 'strip.setLevel', strip: 'b', levelDb: -3},
  {type: 'strip.setLevel', strip: masterId, levelDb: -6},
  {type: 'strip.setTrim', strip: 'a', trimDb: -4},
  {type: 'strip.setPan', strip: 'a', pan: 0.5},
  {type: 'strip.setMute', strip: 'a', muted: true},
  {type: 'strip.setSolo', strip: 'b', soloed: true},
  {type: 'strip.setSoloSafe', strip: 'a', soloSafe: true},
  {type: 'strip.setPolarity', strip: 'a', polarityInverted: true},
  {type: 'strip.setParameter', strip: 'a', parameter: 'eq1.gainDb', value: 3},
  {type: 'strip.setParameter', strip: masterId, parameter: 'comp.on', value: 1},
  {type: 'strip.setEffect', strip: 'return', effect: 'delay'},
  {type: 'strip.setEffectValue', strip: 'return', name: 'feedback', value: 60},
  {type: 'strip.setEffectValue', strip: 'return', name: 'note', value: 3},
  {type: 'strip.setOutput', strip: 'a', output: 'group'},
  {type: 'strip.setVcas', strip: 'a', vcas: ['vca']},
  {type: 'strip.setMuteGroups', strip: 'a', muteGroups: [2]},
  {type: 'mixer.setMuteGroup', group: 2, active: true},
  {type: 'mixer.setPanLaw', panLawDb: 4.5},
  {type: 'mixer.setSoloMode', soloMode: 'pre-fader'},
  {type: 'mixer.setTempo', tempoBpm: 97},
  {type: 'mixer.clearSolo'},
];

const someCommands = fc.array(fc.constantFrom(...commands), {maxLength: 12});

test('whatever was done is taken back whole, and done again', (t) => {
  fc.assert(
    fc.property(someCommands, someCommands, (before, step) => {
      const start = apply(mixer, before);
      const end = apply(start, step);
      const history = recorded(noHistory, 'step', start, end);
      if (editsBetween(start, end).length === 0) return history === noHistory;
      const back = undone(history, {mixer: end, lanes: new Map()});
      const was = apply(end, back?.commands ?? []);
      const again = redone(back?.history ?? noHistory, {mixer: was, lanes: new Map()});
      return (
        editsBetween(start, was).length === 0 &&
        back?.kept === 0 &&
        again?.kept === 0 &&
        editsBetween(end, apply(was, again?.commands ?? [])).length === 0
      );
    }),
  );
  t.pass();
});

test('an edit lays down what is set: it is there after it, and not before', (t) => {
  for (const command of commands) {
    const start = apply(mixer, command.type === 'mixer.clearSolo' ? commands.slice(0, 6) : []);
    const end = applyCommand(start, command);
    for (const {forth, back} of editsBetween(start, end)) {
      t.true(isAsSet(end, forth) && !isAsSet(end, back), command.type);
      t.true(isAsSet(start, back) && !isAsSet(start, forth), command.type);
    }
  }
});

test('what was changed since stays, and only that', (t) => {
  const set = apply(mixer, [
    {type: 'strip.setTrim', strip: 'a', trimDb: -4},
    {type: 'strip.setTrim', strip: 'b', trimDb: 6},
  ]);
  const history = recorded(noHistory, 'trims', mixer, set);
  const touched = applyCommand(set, {type: 'strip.setTrim', strip: 'a', trimDb: -5});
  const back = undone(history, {mixer: touched, lanes: new Map()});
  t.is(back?.kept, 1);
  const was = apply(touched, back?.commands ?? []);
  t.deepEqual([was.strips[0]?.trimDb, was.strips[1]?.trimDb], [-5, 3]);
  const again = redone(back?.history ?? noHistory, {mixer: was, lanes: new Map()});
  t.is(again?.kept, 1);
  t.deepEqual(
    apply(was, again?.commands ?? []).strips.map(({trimDb}) => trimDb),
    [-5, 6, 0, 0, 0],
  );
});

test('what was changed beside a step is not touched by taking it back', (t) => {
  const set = applyCommand(mixer, {type: 'strip.setTrim', strip: 'a', trimDb: -4});
  const moved = applyCommand(set, {type: 'strip.setLevel', strip: 'a', levelDb: -12});
  const was = apply(
    moved,
    undone(recorded(noHistory, 'trim', mixer, set), {mixer: moved, lanes: new Map()})?.commands ?? [],
  );
  t.deepEqual([was.strips[0]?.trimDb, was.strips[0]?.levelDb], [0, -12]);
});

test('steps go back one after the other without end, and a new one ends what could be done again', (t) => {
  let now = mixer;
  let history: History = noHistory;
  for (let step = 1; step <= 200; step++) {
    const next = applyCommand(now, {type: 'strip.setTrim', strip: 'a', trimDb: (step % 20) - 10});
    history = recorded(history, `step ${step}`, now, next);
    now = next;
  }
  for (let step = 200; step >= 1; step--) {
    const back = undone(history, {mixer: now, lanes: new Map()});
    t.is(back?.name, `step ${step}`);
    now = apply(now, back?.commands ?? []);
    history = back?.history ?? history;
  }
  t.is(now.strips[0]?.trimDb, 0);
  t.is(undone(history, {mixer: now, lanes: new Map()}), undefined);
  t.is(history.future.length, 200);
  const next = applyCommand(now, {type: 'strip.setPan', strip: 'a', pan: 1});
  t.is(redone(recorded(history, 'other', now, next), {mixer: next, lanes: new Map()}), undefined);
});

test('a step that changed nothing is none, and strips that are gone are passed over', (t) => {
  t.is(recorded(noHistory, 'nothing', mixer, applyCommand(mixer, {type: 'mixer.clearSolo'})), noHistory);
  const set = applyCommand(mixer, {type: 'strip.setTrim', strip: 'a', trimDb: -4});
  const without = {...set, strips: set.strips.slice(1)};
  t.is(
    apply(without, undone(recorded(noHistory, 'trim', mixer, set), {mixer: without, lanes: new Map()})?.commands ?? []),
    without,
  );
  t.deepEqual(editsBetween(without, set), []);
});
