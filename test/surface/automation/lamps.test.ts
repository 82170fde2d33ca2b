import test from 'ava';
import {compileMappings} from '../../../src/mapping/compile.ts';
import {type AutomationMode, automationModes} from '../../../src/model/automation.ts';
import type {AutomationStatus} from '../../../src/model/automation-status.ts';
import type {Cell} from '../../../src/model/picture.ts';
import type {RenderInput} from '../../../src/surface/render.ts';
import {bytesOf, cellAt, drawn, runs, states} from '../classes/golden.ts';
import {contextOf, mixerOf} from '../render/small-desk.ts';
import {automated, mixerLayout, modes, selectedView, shippedSurface} from './states.ts';

/** Golden frames of a Mackie unit with the shipped layout: `#` is 50 ms lit, `.` dark. */

const surface = shippedSurface('mackie-control');
const mixer = mixerOf({}, {}, {});
const keys = ['read', 'write', 'trim', 'touch', 'latch'] as const;
const draw = (cell: Cell): string => (cell.type === 'lamp' && cell.on ? '#' : '.');

function desk(automation: AutomationStatus, given: Partial<RenderInput> = {}): Partial<RenderInput> {
  return {...contextOf({surface, layout: mixerLayout, view: selectedView, mixer, automation}), ...given};
}

/** One second of a lamp. */
function second(output: string, automation: AutomationStatus, given: Partial<RenderInput> = {}): string {
  return runs(drawn(20, desk(automation, given), output, draw));
}

const wink = '#8 .2 #8 .2';
const lit = '#20';
const dark = '.20';

/** Keys READ, WRITE, TRIM, TOUCH, LATCH, then REC/RDY of the first two strips. */
const frames: Readonly<Record<AutomationMode, string>> = {
  off: '. . . . . | . .',
  read: '# . . . . | . .',
  write: '. # . . . | # .',
  trim: '. . # . . | # .',
  touch: '. . . # . | # .',
  latch: '. . . . # | # .',
};
for (const mode of automationModes)
  test(`${mode} of the selected strip is ${frames[mode]}`, (t) => {
    const given = desk(automated({settings: modes({s1: mode})}));
    const shown = (outputs: readonly string[]) => outputs.map((output) => draw(cellAt(output, given))).join(' ');
    const lamps = shown(keys.map((key) => `lamp.${key}`));
    t.is(`${lamps} | ${shown(['lamp.rec.1', 'lamp.rec.2'])}`, frames[mode]);
  });

test('the lamps of modes say on the wire what they say in the picture', (t) => {
  const given = desk(automated({settings: modes({s1: 'latch'})}));
  const sent = [...keys.map((key) => `lamp.${key}`), 'lamp.rec.1', 'lamp.rec.2'].map(
    (output) => bytesOf(surface, output, cellAt(output, given))[0],
  );
  t.deepEqual(sent, ['90 4A 00', '90 4B 00', '90 4C 00', '90 4D 00', '90 4E 7F', '90 00 7F', '90 01 00']);
});

test('with shift the keys show the mode of the desk', (t) => {
  const given = desk(automated({settings: modes({s1: 'latch'}, {mode: 'touch'})}), {shift: true});
  t.is(keys.map((key) => draw(cellAt(`lamp.${key}`, given))).join(''), '...#.');
});

test('without a selected strip they do, too', (t) => {
  const view = {...selectedView, selected: undefined};
  const given = desk(automated({settings: modes({}, {mode: 'write'})}), {view});
  t.is(keys.map((key) => draw(cellAt(`lamp.${key}`, given))).join(''), '.#...');
});

test('a level lane with a mode of its own is what the lamps tell', (t) => {
  const settings = modes({s1: 'touch'}, {laneModes: new Map([['s1 level', 'trim']])});
  t.is(second('lamp.trim', automated({settings})), lit);
  t.is(second('lamp.touch', automated({settings})), dark);
});

const settings = modes({s1: 'touch', s2: 'touch'});
const writing = [{lane: 's1 pan', by: 'page'}];

test('while the selected strip is written its mode key and its REC lamp wink', (t) => {
  const automation = automated({settings, writing});
  t.is(second('lamp.touch', automation), wink);
  t.is(second('lamp.rec.1', automation), wink);
  t.is(second('lamp.rec.2', automation), lit, 'the other is only ready');
  t.is(second('lamp.read', automation), dark);
});

test('a strip that is not selected winks by its own lamp alone', (t) => {
  const automation = automated({settings, writing: [{lane: 's2 level.offset', by: 'page'}]});
  t.is(second('lamp.touch', automation), lit);
  t.is(second('lamp.rec.2', automation), wink);
  t.is(second('lamp.drop', automation, {shift: true}), wink, 'punch tells that anything is written at all');
});

test('where nothing may blink, keys of what is written are steady, and REC lamps are left to alarms', (t) => {
  const automation = automated({settings, writing});
  const given = {reducedMotion: true};
  t.is(second('lamp.touch', automation, given), lit);
  t.is(second('lamp.rec.1', automation, given), dark);
  t.is(second('lamp.rec.2', automation, given), dark);
  t.is(second('lamp.rec.1', automation, {...given, warnings: states.alarm}), lit);
});

for (const state of ['alarm', 'warning', 'advice', 'stale'] as const)
  test(`${state}: a warning has the REC lamp, whatever automation does`, (t) => {
    const ticks = 120;
    const quiet = drawn(ticks, desk(automated({}), {warnings: states[state]}), 'lamp.rec.1', draw);
    const busy = drawn(ticks, desk(automated({settings, writing}), {warnings: states[state]}), 'lamp.rec.1', draw);
    t.is(busy, quiet);
    t.regex(quiet, /#/);
  });

test('what speaks by text only leaves the lamp to automation', (t) => {
  t.is(second('lamp.rec.1', automated({settings}), {warnings: states.info}), lit);
});

test('a protected strip is never ready', (t) => {
  const safe = modes({s1: 'touch'}, {safeStrips: new Set(['s1'])});
  t.is(second('lamp.rec.1', automated({settings: safe})), dark);
  t.is(second('lamp.touch', automated({settings: safe})), lit, 'its mode is known all the same');
  t.is(second('lamp.save', automated({settings: safe}), {shift: true}), lit);
});

const others: readonly (readonly [output: string, AutomationStatus, string, shown: string])[] = [
  ['lamp.replace', automated({previewing: true}), 'preview is lit while it is on', lit],
  ['lamp.nudge', automated({previewed: new Set(['s1 level'])}), 'what waits to be punched flashes slowly', '#10 .10'],
  ['lamp.nudge', automated({previewing: true}), 'nothing waits', dark],
  ['lamp.cursor-right', automated({writing}), 'writing on is possible while something is written', lit],
  ['lamp.cursor-left', automated({previewed: new Set(['s1 level'])}), 'or previewed', lit],
  ['lamp.cursor-down', automated({}), 'else it is not', dark],
  ['lamp.group', automated({lanes: new Set(['s1 level.offset'])}), 'a trim can be merged', lit],
  ['lamp.group', automated({lanes: new Set(['s2 level.offset', 's1 level'])}), 'not one of another strip', dark],
  ['lamp.drop', automated({}), 'nothing is written', dark],
];
for (const [output, automation, law, shown] of others)
  test(`${output} with shift: ${law}`, (t) => t.is(second(output, automation, {shift: true}), shown));

test('a desk without automation shows what it always did', (t) => {
  const {automation: _, ...without} = desk(automated({}));
  for (const output of surface.outputs.values())
    if (output.type === 'lamp' && output.id !== 'lamp.read')
      t.deepEqual(cellAt(output.id, without), cellAt(output.id, desk(automated({}))));
});

const pads = (() => {
  const file = {
    name: 'Pads',
    maker: 'Acme',
    dialect: 'plain',
    ports: ['^Pads$'],
    unit: 'main',
    strips: 2,
    faders: {},
    controls: {'rec.*': {note: 16}},
    pads: {colour: {palette: {'0': '000000', '3': 'FFFFFF', '5': 'FF5400'}}, keys: {'rec.*': {note: 16}}},
    tested: 'no',
  };
  const [found] = compileMappings([{path: 'pads.json', text: JSON.stringify(file)}]).surfaces;
  if (found === undefined) throw new Error('the pads do not compile');
  return found;
})();

test('a key in colours is white and winks while its strip is written, and belongs to warnings all the same', (t) => {
  const hue = (cell: Cell): string => (cell.type === 'pad' && cell.hue !== 'off' ? cell.hue.slice(0, 1) : '.');
  const shown = (given: Partial<RenderInput>): string =>
    runs(drawn(20, {...desk(automated({settings, writing})), surface: pads, ...given}, 'pad.rec.1', hue));
  t.is(shown({}), 'w8 .2 w8 .2');
  t.is(shown({reducedMotion: true}), 'w20');
  t.is(shown({automation: automated({settings})}), '.20', 'what is only ready is told by its level');
  t.is(shown({warnings: states.alarm}), shown({warnings: states.alarm, automation: automated({})}));
});
