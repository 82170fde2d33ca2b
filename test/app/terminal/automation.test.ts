import test from 'ava';
import fc from 'fast-check';
import {drawAutomationKeys} from '../../../src/app/terminal/automation-keys.ts';
import {drawDesk} from '../../../src/app/terminal/desk-frame.ts';
import {drawHelp} from '../../../src/app/terminal/help-frame.ts';
import {intentsOf, type KeyContext} from '../../../src/app/terminal/key-map.ts';
import type {Style} from '../../../src/app/terminal/style.ts';
import {noAssistance} from '../../../src/model/assistance.ts';
import {automationModes, newAutomationSettings} from '../../../src/model/automation.ts';
import type {AutomationIntent} from '../../../src/model/automation-intent.ts';
import {type AutomationStatus, noAutomationStatus} from '../../../src/model/automation-status.ts';
import {sampleStatus} from './sample-status.ts';

const plain: Style = {colour: false, unicode: false};
const rich: Style = {colour: false, unicode: true};

function automated(given: Partial<AutomationStatus>): AutomationStatus {
  return {...noAutomationStatus, ...given};
}

const busy = automated({
  settings: {
    ...newAutomationSettings,
    stripModes: new Map([
      ['s0', 'touch'],
      ['s1', 'trim'],
      ['s2', 'latch'],
      ['s3', 'off'],
      ['s4', 'write'],
    ]),
    safeStrips: new Set(['s5']),
  },
  lanes: new Set(['s0 level', 's0 pan', 's1 level.offset']),
  writing: [
    {lane: 's2 pan', by: 'page'},
    {lane: 's0 level', by: 'Control Universal'},
  ],
  previewed: new Set(['s4 level']),
  offsetsDb: new Map([['s1', -2.5]]),
});

function frame(automation: AutomationStatus | undefined, columns: number, rows: number, style: Style, strips = 8) {
  const assistance = {...noAssistance, undo: 'ride Strip 1 0:42–0:51'};
  const {automation: _, ...status} = sampleStatus(strips, {assistance});
  return drawDesk(automation === undefined ? status : {...status, automation}, {columns, rows}, style);
}

test('each strip has its mode, a dot and whose hand it is while it is written, and what is special about it', (t) => {
  const modes = frame(busy, 100, 30, rich).find((line) => line.includes('●page'));
  t.is(modes?.trimEnd(), '     T●CnUnv  ± -2.5   L●page   -        W prevw  R safe   R        R       ┃  R');
  const ascii = frame(busy, 100, 30, plain).find((line) => line.includes('*page'));
  t.is(ascii?.trimEnd(), '     T*CnUnv  + -2.5   L*page   -        W prevw  R safe   R        R       |  R');
});

test('a line says what is written, the selected strip, and the next step back', (t) => {
  const wide = frame(busy, 200, 30, plain).find((line) => line.startsWith(' Automation'));
  t.is(
    wide,
    ' Automation read  * Strip 1 level by Control Universal and 1 more  preview of 1: k v ends, k V writes  Strip 1 touch: level, pan  Z undoes ride Strip 1 0:42-0:51  k keys',
  );
  const narrow = frame(busy, 80, 24, plain).find((line) => line.startsWith(' Automation'));
  t.is(narrow, ' Automation read  * Strip 1 level by Control Universal and 1 more  k keys');
});

test('a desk without automation looks as ever', (t) => {
  t.deepEqual(frame(noAutomationStatus, 80, 24, rich), frame(undefined, 80, 24, rich));
  t.false(frame(noAutomationStatus, 80, 24, rich).join('').includes('Automation'));
});

test('it takes no line from anything but the meters', (t) => {
  for (const [columns, rows] of [
    [80, 24],
    [132, 30],
  ] as const) {
    const [without, used] = [frame(undefined, columns, rows, plain), frame(busy, columns, rows, plain)];
    t.is(used.length, without.length);
    for (const kept of ['Longthrow', 'MASTER', 'quit', 'No warnings', 'Surfaces: no surface'])
      t.true(used.join('\n').includes(kept), kept);
  }
});

test('a desk with automation fits any terminal, in ASCII where it must', (t) => {
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 250}),
      fc.integer({min: 1, max: 60}),
      fc.integer({min: 0, max: 40}),
      fc.constantFrom(...automationModes),
      (columns, rows, strips, mode) => {
        const status = {...busy, settings: {...busy.settings, mode}};
        const lines = frame(status, columns, rows, plain, strips);
        return lines.length <= rows && lines.every((line) => line.length <= columns && /^[ -~]*$/.test(line));
      },
    ),
    {numRuns: 60},
  );
  t.pass();
});

test('a name with escape sequences cannot steer the terminal', (t) => {
  const evil = automated({writing: [{lane: 's0 level', by: '\u001b[2Jx'}]});
  t.false(frame(evil, 120, 30, rich).join('').includes('\u001b'));
});

const {mixer, monitor, meters, view, layout, playback} = sampleStatus(3, {});
const context: KeyContext = {mixer, monitor, meters, view, layout, playback, knob: 0, automation: busy};

const keys: readonly (readonly [key: string, asked: readonly AutomationIntent[]])[] = [
  ['kt', [{type: 'automation.modeKey', mode: 'touch', strip: 's0'}]],
  ['ko', [{type: 'automation.modeKey', mode: 'off', strip: 's0'}]],
  ['kd', [{type: 'automation.modeKey', mode: 'trim', strip: 's0'}]],
  ['kT', [{type: 'automation.modeKey', mode: 'touch', strip: 'desk'}]],
  ['kW', [{type: 'automation.modeKey', mode: 'write', strip: 'desk'}]],
  ['!', [{type: 'automation.punch'}]],
  ['kp', [{type: 'automation.punch'}]],
  ['k<', [{type: 'automation.writeTo', to: 'start'}]],
  ['k>', [{type: 'automation.writeTo', to: 'end'}]],
  ['k=', [{type: 'automation.writeTo', to: 'loop'}]],
  ['kn', [{type: 'automation.writeTo', to: 'next-point'}]],
  ['kv', [{type: 'automation.preview'}]],
  ['kV', [{type: 'automation.punchPreview'}]],
  ['km', [{type: 'automation.mergeTrim', strips: ['s0']}]],
  ['kM', [{type: 'automation.mergeTrim', strips: 'all'}]],
  ['ks', [{type: 'automation.setSafe', scope: {type: 'strip', strip: 's0'}, safe: true}]],
  ['kh', [{type: 'automation.edit', lanes: ['s0 level'], edit: {type: 'thin'}}]],
  ['kx', [{type: 'automation.edit', lanes: ['s0 level'], edit: {type: 'clear'}}]],
  ['kg', [{type: 'automation.setGlide', glideMs: 100}]],
  ['kG', [{type: 'automation.setGlide', glideMs: 1000}]],
  ['k', []],
  ['kq', []],
  ['kup', []],
];
for (const [key, asked] of keys)
  test(`${key.split('').join(' ')} asks for ${JSON.stringify(asked)}`, (t) =>
    t.deepEqual(intentsOf(context, key), asked));

test('a lane that is not there is not edited, and without a selected strip keys of a strip do nothing', (t) => {
  for (const key of ['kh', 'kx']) t.deepEqual(intentsOf({...context, automation: noAutomationStatus}, key), []);
  const none = {...context, view: {...view, selected: undefined}};
  for (const key of ['kt', 'km', 'ks', 'kh']) t.deepEqual(intentsOf(none, key), [], key);
});

test('what is protected is protected no longer by the same key', (t) => {
  const at = {...context, view: {...view, selected: 's5'}};
  t.deepEqual(intentsOf(at, 'ks'), [{type: 'automation.setSafe', scope: {type: 'strip', strip: 's5'}, safe: false}]);
});

test('the keys of automation have a page of the help, and a line while the next one is awaited, on any terminal', (t) => {
  const page = drawHelp({columns: 80, rows: 24}, plain, 2);
  t.true(page.length <= 24);
  for (const shown of ['Keys of automation', 'k o r t l w d', 'punch in here', 'k < > = n', 'undo, redo a step'])
    t.true(page.join('\n').includes(shown), shown);
  const first = drawHelp({columns: 80, rows: 24}, plain);
  t.true(first.every((line) => line.length <= 80) && first.length <= 24);
  t.true(first.join('\n').includes('write the session') && first.join('\n').includes('quit'));
  t.true(drawAutomationKeys(120, plain).includes('thin clear'));
  t.true(drawAutomationKeys(80, plain).length <= 80);
  t.true(drawAutomationKeys(80, plain).includes('thin clear'));
});
