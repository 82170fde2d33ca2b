import test from 'ava';
import {newAutomationSettings} from '../../src/model/automation.ts';
import {isLaneOf, noAutomationStatus, stripMode, writingOn} from '../../src/model/automation-status.ts';

test('the mode of a strip is that of its level: the nearest says it', (t) => {
  const desk = {...newAutomationSettings, mode: 'touch'} as const;
  const strip = {...desk, stripModes: new Map([['vox', 'latch'] as const])};
  const lane = {...strip, laneModes: new Map([['vox level', 'trim'] as const, ['kick pan', 'write'] as const])};
  t.deepEqual(
    [desk, strip, lane].map((settings) => stripMode(settings, 'vox')),
    ['touch', 'latch', 'trim'],
  );
  t.is(stripMode(lane, 'kick'), 'touch', 'the mode of another lane is not that of its level');
});

test('a lane belongs to the strip before its space, not to one whose name only begins alike', (t) => {
  t.true(isLaneOf('vox level', 'vox'));
  t.false(isLaneOf('vox2 level', 'vox'));
});

test('of a strip the level is told first, else what was begun last', (t) => {
  const writing = (...lanes: readonly string[]) =>
    writingOn({...noAutomationStatus, writing: lanes.map((lane) => ({lane, by: 'page'}))}, 'vox')?.lane;
  t.is(writing('vox level', 'vox pan'), 'vox level');
  t.is(writing('vox pan', 'vox level.offset'), 'vox level.offset');
  t.is(writing('vox pan', 'vox mute', 'kick level'), 'vox mute');
  t.is(writing('kick level'), undefined);
});
