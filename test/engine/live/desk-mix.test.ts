import test from 'ava';
import {createDeskMix, type DeskMix} from '../../../src/engine/live/desk-mix.ts';
import {applyCommand} from '../../../src/model/command.ts';
import {newMixer, newStrip} from '../../../src/model/mixer.ts';
import {laneOf} from '../../automation/any-lane.ts';

const desk = newMixer({strips: ['a', 'b'].map((id) => newStrip({id, name: id, levelDb: -6}))});
const fade = laneOf([0, -40], [1000, -20]);

function rig(): {readonly mix: DeskMix; readonly tape: {frame: number}} {
  const tape = {frame: 0};
  return {mix: createDeskMix(desk, () => tape.frame), tape};
}
const levels = ({mixer}: Pick<DeskMix, 'mixer'>): readonly number[] => mixer.strips.map(({levelDb}) => levelDb);

test('what lanes say is shown where the tape is, when it is looked at', (t) => {
  const {mix, tape} = rig();
  mix.follow([{id: 'a level', lane: fade}]);
  t.deepEqual(levels(mix), [-6, -6]);
  t.true(mix.show());
  t.deepEqual(levels(mix), [-40, -6]);
  t.false(mix.show());
  tape.frame = 500;
  t.true(mix.show());
  t.deepEqual(levels(mix), [-30, -6]);
});

test('what a lane moves cannot be set, all else can', (t) => {
  const {mix} = rig();
  mix.follow([{id: 'a level', lane: fade}]);
  mix.takeUnsent();
  t.false(mix.apply({type: 'strip.setLevel', strip: 'a', levelDb: 3}));
  t.true(mix.apply({type: 'strip.setPan', strip: 'a', pan: 1}));
  t.true(mix.apply({type: 'strip.setLevel', strip: 'b', levelDb: 3}));
  t.false(mix.apply({type: 'strip.setLevel', strip: 'b', levelDb: 3}));
  t.deepEqual(levels(mix), [-40, 3]);
  t.is(mix.changes, 2);
  t.deepEqual(
    mix.takeUnsent()?.commands.map(({type}) => type),
    ['strip.setPan', 'strip.setLevel'],
  );
});

test('the process is told once what happened, in order, and comes to the same mixer: also where a lane is let go and taken up in one go', (t) => {
  const {mix, tape} = rig();
  let process = desk;
  const tell = (): void => {
    const told = mix.takeUnsent();
    process = told?.commands.reduce(applyCommand, process) ?? process;
  };
  mix.follow([{id: 'a level', lane: fade}]);
  t.deepEqual(mix.takeUnsent(), {type: 'mixer', commands: [], lanes: [{id: 'a level', lane: fade}], changes: 0});
  t.is(mix.takeUnsent(), undefined);
  tape.frame = 250;
  mix.apply({type: 'strip.setLevel', strip: 'b', levelDb: -1});
  mix.follow([{id: 'a level', lane: undefined}]);
  mix.apply({type: 'strip.setLevel', strip: 'a', levelDb: -12});
  mix.follow([{id: 'b level', lane: fade}]);
  mix.follow([{id: 'a level', lane: fade}]);
  mix.follow([{id: 'a level', lane: undefined}]);
  mix.show();
  t.deepEqual(levels(mix), [-35, -35], 'let go where it was heard');
  tell();
  t.deepEqual(process, mix.base);
});

test('a lane that is let go leaves its value to hands and process', (t) => {
  const {mix, tape} = rig();
  mix.follow([{id: 'a level', lane: fade}]);
  mix.takeUnsent();
  tape.frame = 500;
  mix.follow([{id: 'a level', lane: undefined}]);
  t.deepEqual(mix.takeUnsent(), {
    type: 'mixer',
    commands: [{type: 'strip.setLevel', strip: 'a', levelDb: -30}],
    lanes: [{id: 'a level', lane: undefined}],
    changes: 0,
  });
  tape.frame = 900;
  mix.show();
  t.deepEqual(levels(mix), [-30, -6]);
});

test('a fresh process begins with what hands set, and is told of all lanes', (t) => {
  const {mix} = rig();
  mix.follow([{id: 'a level', lane: fade}]);
  mix.apply({type: 'strip.setLevel', strip: 'b', levelDb: -1});
  mix.takeUnsent();
  mix.apply({type: 'strip.setLevel', strip: 'b', levelDb: -2});
  mix.beginAnew();
  t.deepEqual(
    mix.base.strips.map(({levelDb}) => levelDb),
    [-6, -2],
  );
  t.deepEqual(mix.takeUnsent(), {type: 'mixer', commands: [], lanes: [{id: 'a level', lane: fade}], changes: 2});
});
