import test from 'ava';
import {createActor} from 'xstate';
import {plainFaderMachine} from '../../../src/machines/plain-fader.ts';
import type {LaneId} from '../../../src/model/lane.ts';
import {positionOf} from '../../../src/model/taper.ts';
import {elsewhereOf, type Handling, type Pickup} from '../../../src/surface/handling.ts';
import type {RenderInput} from '../../../src/surface/render.ts';
import {drawn, runs, states} from '../classes/golden.ts';
import {contextOf, mixerOf} from '../render/small-desk.ts';
import {automated, mixerLayout, modes, selectedView, shippedSurface} from './states.ts';

/** Faders without motors beside lanes that move on: their REC lamps, `#` 50 ms lit, `.` dark. */

const surface = shippedSurface('korg-nanokontrol2');
const context = contextOf({surface, layout: mixerLayout, view: selectedView, mixer: mixerOf({}, {}, {})});
const lanes: ReadonlySet<LaneId> = new Set(['s1 level']);
const pushUp = '#15 .5';
const pullDown = '#3 .17';
const dark = '.20';

function second(given: Partial<RenderInput>): string {
  const row = drawn(20, {...context, ...given}, 'lamp.rec.1', (cell) => (cell.type === 'lamp' && cell.on ? '#' : '.'));
  return runs(row);
}
const standing = (pickup: Pickup): ReadonlyMap<string, Pickup> => new Map([['fader.1', pickup]]);

const rows: readonly (readonly [law: string, given: Partial<RenderInput>, shown: string])[] = [
  ['below its lane it asks to be pushed up', {automation: automated({lanes}), pickups: standing('below')}, pushUp],
  ['above it, to be pulled down', {automation: automated({lanes}), pickups: standing('above')}, pullDown],
  ['on it, nothing', {automation: automated({lanes}), pickups: standing('caught')}, dark],
  ['without a lane the hand is told for a moment only', {automation: automated({}), pickups: standing('below')}, dark],
  [
    'a lane that is off moves nothing',
    {automation: automated({lanes, settings: modes({s1: 'off'})}), pickups: standing('below')},
    dark,
  ],
  [
    'the lane of another strip does not matter',
    {automation: automated({lanes: new Set(['s2 level'])}), pickups: standing('below')},
    dark,
  ],
  [
    'what trim mode adds is a lane of the level, too',
    {automation: automated({lanes: new Set(['s1 level.offset'])}), pickups: standing('below')},
    pushUp,
  ],
  [
    'a fader says it before a knob',
    {
      automation: automated({lanes: new Set(['s1 level', 's1 pan'])}),
      pickups: new Map([
        ['fader.1', 'above'],
        ['knob.1', 'below'],
      ]),
    },
    pullDown,
  ],
  [
    'a strip that is ready shows where its fader stands first',
    {automation: automated({lanes, settings: modes({s1: 'touch'})}), pickups: standing('below')},
    pushUp,
  ],
  [
    'while it is written it winks',
    {automation: automated({lanes, writing: [{lane: 's1 level', by: 'page'}]}), pickups: standing('below')},
    '#8 .2 #8 .2',
  ],
  [
    'where nothing may blink it is left to alarms',
    {automation: automated({lanes}), pickups: standing('below'), reducedMotion: true},
    dark,
  ],
];
for (const [law, given, shown] of rows) test(law, (t) => t.is(second(given), shown));

test('a warning is told before where the fader stands, the hand on it before the warning', (t) => {
  const given = {automation: automated({lanes}), pickups: standing('below'), warnings: states.alarm};
  t.is(second(given), '#5 .5 #5 .5');
  const touched: ReadonlyMap<string, Handling> = new Map([['fader.1', {atTick: 0, held: true}]]);
  t.is(second({...given, touched}), pushUp);
});

test('a lane that moves past a fader turns its lamp from one side to the other, and darkens it where they meet', (t) => {
  const {taper} = surface.faders;
  let pickup: Pickup = 'unknown';
  const actor = createActor(plainFaderMachine, {input: {target: positionOf(taper, 0)}});
  actor.on('pickup.changed', (event) => {
    pickup = event.pickup;
  });
  actor.start();
  actor.send({type: 'fader.moved', position: positionOf(taper, 0)});
  const shown = [-20, -10, -6, 0, 3, 6, 0].map((levelDb) => {
    actor.send({type: 'target.moved', target: positionOf(taper, levelDb)});
    return second({automation: automated({lanes}), pickups: standing(pickup)});
  });
  t.deepEqual(shown, [pullDown, pullDown, pullDown, dark, pushUp, pushUp, dark]);
});

test('after a bank the strip that came under the fader is asked for', (t) => {
  const pickups = standing('below');
  const automation = automated({lanes});
  t.deepEqual([...elsewhereOf({...context, automation}, pickups).keys()], ['s1']);
  t.deepEqual([...elsewhereOf({...context, automation, view: {...selectedView, bankOffset: 1}}, pickups).keys()], []);
});
