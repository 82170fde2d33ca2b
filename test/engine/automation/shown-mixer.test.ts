import test from 'ava';
import {createShownMixer} from '../../../src/engine/automation/shown-mixer.ts';
import {applyCommand} from '../../../src/model/command.ts';
import {laneId} from '../../../src/model/lane.ts';
import {findStrip, type Mixer, masterId, newMixer, newStrip, type Strip} from '../../../src/model/mixer.ts';
import {laneOf} from '../../automation/any-lane.ts';

const desk: Mixer = newMixer({
  strips: ['one', 'two', 'three'].map((id) => newStrip({id, name: id, levelDb: -6})),
});
const level = laneId({strip: 'one', parameter: 'level'});
const offset = laneId({strip: 'one', parameter: 'level.offset'});
const fade = laneOf([0, -40], [1000, -20]);
const trimmed = laneOf([0, 3]);

function stripOne(mixer: Mixer): Strip {
  const strip = findStrip(mixer, 'one');
  if (strip === undefined) throw new Error('strip one is missing');
  return strip;
}

test('what a lane moves is shown at the frame; strips without lanes are the very same objects', (t) => {
  const shown = createShownMixer();
  t.is(shown.at(desk, 500), desk);
  shown.follow([{id: level, lane: fade}], desk, 0);
  const mixer = shown.at(desk, 500);
  t.is(stripOne(mixer).levelDb, -30);
  t.is(mixer.strips[1], desk.strips[1]);
  t.is(shown.at(desk, 500), mixer, 'as long as nothing moves the mixer is the same object');
  t.not(shown.at(desk, 501), mixer);
});

for (const [parameter, value, read] of [
  ['level', -12, (strip: Strip) => strip.levelDb],
  ['level', -90, (strip: Strip) => (strip.levelDb === Number.NEGATIVE_INFINITY ? -90 : strip.levelDb)],
  ['pan', -0.5, (strip: Strip) => strip.pan],
  ['trim', 4, (strip: Strip) => strip.trimDb],
  ['mute', 1, (strip: Strip) => (strip.muted ? 1 : 0)],
  ['send3.levelDb', -9, (strip: Strip) => strip.parameters['send3.levelDb']],
  ['eq2.hz', 700, (strip: Strip) => strip.parameters['eq2.hz']],
] as const) {
  test(`a lane moves ${parameter} to ${value}, and let go it stays there`, (t) => {
    const shown = createShownMixer();
    const id = laneId({strip: 'one', parameter});
    t.deepEqual(shown.follow([{id, lane: laneOf([0, value])}], desk, 0), []);
    t.is(read(stripOne(shown.at(desk, 9))), value);
    const kept = shown.follow([{id, lane: undefined}], desk, 9).reduce(applyCommand, desk);
    t.is(read(stripOne(shown.at(kept, 9))), value);
    t.false(shown.isFollowed(id));
  });
}

test('the mix bus has lanes of level and processing', (t) => {
  const shown = createShownMixer();
  shown.follow(
    [
      {id: laneId({strip: masterId, parameter: 'level'}), lane: fade},
      {id: laneId({strip: masterId, parameter: 'limiter.ceilingDb'}), lane: laneOf([0, -4])},
    ],
    desk,
    0,
  );
  const mixer = shown.at(desk, 250);
  t.is(mixer.masterLevelDb, -35);
  t.is(mixer.masterParameters['limiter.ceilingDb'], -4);
  t.is(shown.at(desk, 300).masterParameters, mixer.masterParameters);
});

test('an offset is added to its level, lane or not; silence stays silence, and nothing goes over the top', (t) => {
  const shown = createShownMixer();
  shown.follow([{id: offset, lane: trimmed}], desk, 0);
  t.is(stripOne(shown.at(desk, 0)).levelDb, -3);
  const silent = applyCommand(desk, {type: 'strip.setLevel', strip: 'one', levelDb: -90});
  t.is(stripOne(shown.at(silent, 0)).levelDb, Number.NEGATIVE_INFINITY);
  const loud = applyCommand(desk, {type: 'strip.setLevel', strip: 'one', levelDb: 9});
  t.is(stripOne(shown.at(loud, 0)).levelDb, 10);
  shown.follow([{id: level, lane: fade}], desk, 0);
  t.is(stripOne(shown.at(desk, 500)).levelDb, -27);
});

test('whatever of a level and its offset is let go, alone or together, the level that is heard stays unless a lane still says otherwise', (t) => {
  const both = [
    {id: level, lane: fade},
    {id: offset, lane: trimmed},
  ];
  for (const [gone, heardDb] of [
    [[level], -27],
    [[offset], -30],
    [[level, offset], -27],
  ] as const) {
    const shown = createShownMixer();
    shown.follow(both, desk, 0);
    const commands = shown.follow(
      gone.map((id) => ({id, lane: undefined})),
      desk,
      500,
    );
    const kept = commands.reduce(applyCommand, desk);
    t.is(stripOne(shown.at(kept, 500)).levelDb, heardDb, gone.join());
  }
  const alone = createShownMixer();
  alone.follow([{id: offset, lane: trimmed}], desk, 0);
  const kept = alone.follow([{id: offset, lane: undefined}], desk, 0).reduce(applyCommand, desk);
  t.is(stripOne(alone.at(kept, 0)).levelDb, -3);
});

test('values out of range count as their ends, and what is no number moves nothing', (t) => {
  const shown = createShownMixer();
  const lane = laneOf([0, 1e9], [10, 1e9], [11, Number.NaN], [12, -1e9]);
  shown.follow(
    (['level', 'pan', 'trim', 'mute', 'eq1.gainDb'] as const).map((parameter) => ({
      id: laneId({strip: 'one', parameter}),
      lane,
    })),
    desk,
    0,
  );
  const highest = {levelDb: 10, pan: 1, trimDb: 24, muted: true, parameters: {'eq1.gainDb': 18}};
  t.like(stripOne(shown.at(desk, 5)), highest);
  t.deepEqual(stripOne(shown.at(desk, 11)), stripOne(desk));
  t.like(stripOne(shown.at(desk, 12)), {levelDb: Number.NEGATIVE_INFINITY, pan: -1, trimDb: -24, muted: false});
});

test('lanes of strips that are not there, with names that mean nothing or without a point move nothing', (t) => {
  const shown = createShownMixer();
  shown.follow(
    [
      {id: laneId({strip: 'gone', parameter: 'level'}), lane: fade},
      {id: 'nonsense', lane: fade},
      {id: level, lane: laneOf()},
    ],
    desk,
    0,
  );
  t.deepEqual(shown.at(desk, 500), desk);
});
