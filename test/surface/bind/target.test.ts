import test from 'ava';
import fc from 'fast-check';
import {applyCommand} from '../../../src/model/command.ts';
import {masterId} from '../../../src/model/mixer.ts';
import {deskTaper} from '../../../src/model/taper.ts';
import type {Parameter} from '../../../src/model/view.ts';
import {commandsFor, faderTarget, positionFor} from '../../../src/surface/target.ts';
import {contextOf, mixerOf, plainView, trimLayer} from '../render/small-desk.ts';

test('a fader stands for the level of its strip', (t) => {
  t.deepEqual(faderTarget(contextOf({}), 'fader.2'), {strip: 's2', parameter: 'level'});
});

test('flipped, it stands for what the encoder had', (t) => {
  const view = {...plainView, flipped: true, layer: trimLayer};
  t.deepEqual(faderTarget(contextOf({view}), 'fader.2'), {strip: 's2', parameter: 'trim'});
});

test('the master fader stands for the level of the mix bus, flipped or not', (t) => {
  for (const flipped of [false, true]) {
    t.deepEqual(faderTarget(contextOf({view: {...plainView, flipped}}), 'fader.master'), {
      strip: masterId,
      parameter: 'level',
    });
  }
});

test('an encoder stands for its own parameter', (t) => {
  t.deepEqual(faderTarget(contextOf({}), 'encoder.1'), {strip: 's1', parameter: 'pan'});
});

test('buttons and empty channel strips stand for nothing', (t) => {
  t.is(faderTarget(contextOf({}), 'mute.1'), undefined);
  t.is(faderTarget(contextOf({}), 'fader.8'), undefined);
  t.is(faderTarget(contextOf({}), 'fader.99'), undefined);
});

test('a target whose strip is gone shows at the bottom', (t) => {
  t.is(positionFor(mixerOf({}), {strip: 'gone', parameter: 'pan'}, deskTaper), 0);
});

test('the ends of the travel are the ends of the range', (t) => {
  const at = (parameter: Parameter, position: number) =>
    commandsFor(mixerOf({}), {strip: 's1', parameter}, position, deskTaper)[0];
  t.deepEqual(at('level', 0), {type: 'strip.setLevel', strip: 's1', levelDb: Number.NEGATIVE_INFINITY});
  t.deepEqual(at('level', 1), {type: 'strip.setLevel', strip: 's1', levelDb: 10});
  t.deepEqual(at('pan', 0), {type: 'strip.setPan', strip: 's1', pan: -1});
  t.deepEqual(at('pan', 1), {type: 'strip.setPan', strip: 's1', pan: 1});
  t.deepEqual(at('trim', 0), {type: 'strip.setTrim', strip: 's1', trimDb: -24});
  t.deepEqual(at('trim', 1), {type: 'strip.setTrim', strip: 's1', trimDb: 24});
});

test('the centre of a 7-bit control is the exact centre of pan and trim', (t) => {
  for (const value of [63, 64]) {
    t.like(commandsFor(mixerOf({}), {strip: 's1', parameter: 'pan'}, value / 127, deskTaper), [{pan: 0}]);
    t.like(commandsFor(mixerOf({}), {strip: 's1', parameter: 'trim'}, value / 127, deskTaper), [{trimDb: 0}]);
  }
});

test('a position set is the position shown, but for the detent at the centre', (t) => {
  fc.assert(
    fc.property(
      fc.double({min: 0, max: 1, noNaN: true}),
      fc.constantFrom<Parameter>('level', 'pan', 'trim'),
      (position, parameter) => {
        const target = {strip: 's1', parameter};
        const mixer = commandsFor(mixerOf({}), target, position, deskTaper).reduce(applyCommand, mixerOf({}));
        const shown = positionFor(mixer, target, deskTaper);
        return Math.abs(shown - position) < (parameter === 'level' ? 1e-9 : 0.0121);
      },
    ),
  );
  t.pass();
});

test('the master follows its own level', (t) => {
  const target = {strip: masterId, parameter: 'level'} as const;
  const mixer = commandsFor(mixerOf({}), target, 0.5, deskTaper).reduce(applyCommand, mixerOf({}));
  t.is(mixer.masterLevelDb, -10);
  t.is(positionFor(mixer, target, deskTaper), 0.5);
});
