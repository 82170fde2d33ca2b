import test from 'ava';
import type {AutomationIntent} from '../../../src/model/automation-intent.ts';
import type {AutomationStatus} from '../../../src/model/automation-status.ts';
import {bind} from '../../../src/surface/bind.ts';
import {contextOf, mixerOf} from '../render/small-desk.ts';
import {automated, mixerLayout, modes, selectedView, shippedSurface, shippedSurfaces} from './states.ts';

/** What the buttons of a Mackie unit ask of automation, with the shipped layout. */

const surface = shippedSurface('mackie-control');

function pressed(control: string, shift: boolean, automation: AutomationStatus = automated({}), selected = 's1') {
  const view = {...selectedView, selected};
  const mixer = mixerOf({}, {}, {});
  const context = contextOf({surface, layout: mixerLayout, view, mixer, shift, automation});
  return bind(context, {type: 'button.pressed', control});
}

const strip = {type: 'strip', strip: 's1'} as const;
const desk = {type: 'desk'} as const;

const rows: readonly (readonly [control: string, shift: boolean, asked: AutomationIntent])[] = [
  ['touch', false, {type: 'automation.modeKey', mode: 'touch', strip: 's1'}],
  ['latch', false, {type: 'automation.modeKey', mode: 'latch', strip: 's1'}],
  ['write', false, {type: 'automation.modeKey', mode: 'write', strip: 's1'}],
  ['trim', false, {type: 'automation.modeKey', mode: 'trim', strip: 's1'}],
  ['touch', true, {type: 'automation.modeKey', mode: 'touch', strip: 'desk'}],
  ['latch', true, {type: 'automation.modeKey', mode: 'latch', strip: 'desk'}],
  ['write', true, {type: 'automation.modeKey', mode: 'write', strip: 'desk'}],
  ['trim', true, {type: 'automation.modeKey', mode: 'trim', strip: 'desk'}],
  ['read', false, {type: 'automation.setMode', scope: strip, mode: 'off'}],
  ['read', true, {type: 'automation.setMode', scope: desk, mode: 'off'}],
  ['user-a', false, {type: 'automation.punch'}],
  ['user-b', false, {type: 'automation.preview'}],
  ['drop', true, {type: 'automation.punch'}],
  ['replace', true, {type: 'automation.preview'}],
  ['nudge', true, {type: 'automation.punchPreview'}],
  ['cursor-left', true, {type: 'automation.writeTo', to: 'start'}],
  ['cursor-right', true, {type: 'automation.writeTo', to: 'end'}],
  ['cursor-up', true, {type: 'automation.writeTo', to: 'next-point'}],
  ['cursor-down', true, {type: 'automation.writeTo', to: 'loop'}],
  ['group', true, {type: 'automation.mergeTrim', strips: ['s1']}],
  ['save', true, {type: 'automation.setSafe', scope: strip, safe: true}],
];
for (const [control, shift, asked] of rows)
  test(`${shift ? 'shift + ' : ''}${control} asks for ${JSON.stringify(asked)}`, (t) =>
    t.deepEqual(pressed(control, shift), [asked]));

const readOff: readonly (readonly [now: string, AutomationStatus, shift: boolean, mode: string | undefined])[] = [
  ['a strip that reads as the desk does is switched off', automated({}), false, 'off'],
  [
    'one that is off goes with the desk again, which reads',
    automated({settings: modes({s1: 'off'})}),
    false,
    undefined,
  ],
  ['one that is touched reads by itself', automated({settings: modes({s1: 'touch'}, {mode: 'latch'})}), false, 'read'],
  [
    'one that reads by itself is switched off',
    automated({settings: modes({s1: 'read'}, {mode: 'latch'})}),
    false,
    'off',
  ],
  [
    'one that is off under a desk that is off, too, reads',
    automated({settings: modes({}, {mode: 'off'})}),
    false,
    'read',
  ],
  ['a desk that is off reads', automated({settings: modes({}, {mode: 'off'})}), true, 'read'],
  ['a desk that writes reads', automated({settings: modes({}, {mode: 'write'})}), true, 'read'],
];
for (const [law, automation, shift, mode] of readOff)
  test(`READ/OFF: ${law}`, (t) => {
    t.deepEqual(pressed('read', shift, automation), [{type: 'automation.setMode', scope: shift ? desk : strip, mode}]);
  });

test('what is protected is protected no longer by the same key', (t) => {
  const automation = automated({settings: modes({}, {safeStrips: new Set(['s1'])})});
  t.deepEqual(pressed('save', true, automation), [{type: 'automation.setSafe', scope: strip, safe: false}]);
});

test('without a selected strip keys of a strip ask for nothing, those of the desk for the same as ever', (t) => {
  const {selected: _, ...view} = selectedView;
  const context = contextOf({surface, layout: mixerLayout, view: {...view, selected: undefined}});
  for (const control of ['touch', 'read', 'trim'])
    t.deepEqual(bind(context, {type: 'button.pressed', control}), [], control);
  for (const control of ['save', 'group'])
    t.deepEqual(bind({...context, shift: true}, {type: 'button.pressed', control}), [], control);
  t.is(bind({...context, shift: true}, {type: 'button.pressed', control: 'touch'}).length, 1);
});

test('the master has modes, too', (t) => {
  t.deepEqual(pressed('latch', false, automated({}), 'master'), [
    {type: 'automation.modeKey', mode: 'latch', strip: 'master'},
  ]);
});

test('a lamp of modes on a strip of a layout of your own puts that strip in touch', (t) => {
  const layout = {...mixerLayout, bindings: new Map([...mixerLayout.bindings, ['rec.*', 'strip.automation'] as const])};
  const context = contextOf({surface, layout, mixer: mixerOf({}, {}, {})});
  t.deepEqual(bind(context, {type: 'button.pressed', control: 'rec.2'}), [
    {type: 'automation.modeKey', mode: 'touch', strip: 's2'},
  ]);
});

test('every unit that has the five mode keys chooses modes with them', (t) => {
  const five = ['read', 'write', 'trim', 'touch', 'latch'];
  const having = shippedSurfaces.filter(({controls}) => five.some((key) => controls.has(key)));
  t.true(having.length >= 5);
  for (const one of having)
    for (const control of five) {
      const context = contextOf({surface: one, layout: mixerLayout, view: selectedView});
      const [intent] = bind(context, {type: 'button.pressed', control});
      t.regex(intent?.type ?? '', /^automation\.(modeKey|setMode)$/, `${one.id} ${control}`);
    }
});
