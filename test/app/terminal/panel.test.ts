import test from 'ava';
import {drawAdvice} from '../../../src/app/terminal/advice.ts';
import {drawDesk, stripsInSight} from '../../../src/app/terminal/desk-frame.ts';
import {drawHelp} from '../../../src/app/terminal/help-frame.ts';
import {readKeys} from '../../../src/app/terminal/key.ts';
import {intentsOf, type KeyContext, keyBindings} from '../../../src/app/terminal/key-map.ts';
import {knobAfter} from '../../../src/app/terminal/knob-keys.ts';
import {drawPanel} from '../../../src/app/terminal/panel.ts';
import {type Style, wrapped} from '../../../src/app/terminal/style.ts';
import {masterId, newMixer, newStrip} from '../../../src/model/mixer.ts';
import type {View} from '../../../src/model/view.ts';
import type {Warning} from '../../../src/model/warning.ts';
import type {Intent} from '../../../src/surface/intent.ts';
import {readingAt, sampleLayout, sampleStatus} from './sample-status.ts';

const plain: Style = {colour: false, unicode: false};
const [eq, comp, effect] = sampleLayout.pages;
const mixer = newMixer({
  strips: [
    newStrip({
      id: 'voice',
      name: 'Lead Vocal',
      channels: 1,
      vcas: ['v'],
      parameters: {'comp.on': 1, 'eq1.on': 1, 'send1.on': 1, 'send1.levelDb': -12},
    }),
    newStrip({id: 'kick', name: 'Kick', output: 'drums', trimDb: -3}),
    newStrip({id: 'drums', name: 'Drums', kind: 'group'}),
    newStrip({id: 'hall', name: 'Hall', kind: 'return'}),
    newStrip({id: 'v', name: 'Vocals', kind: 'vca'}),
  ],
});
const base = sampleStatus(0, {mixer, reading: () => ({...readingAt(-9), gainReductionDb: 3.25})});
const at = (given: Partial<View>) => ({...base, view: {...base.view, selected: 'voice', ...given}});

const summaries: readonly (readonly [selected: string, text: string])[] = [
  ['voice', ' Lead Vocal    mono under Vocals, EQ 1, comp -3.3 dB, Hall -12.0'],
  ['kick', ' Kick          stereo to Drums, trim -3.0'],
  ['drums', ' Drums         group of 1'],
  ['hall', ' Hall          reverb'],
  ['v', ' Vocals        VCA of 1'],
  [masterId, ' Master        mix bus'],
];

for (const [selected, text] of summaries) {
  test(`the panel says of ${selected}: ${text.trim()}`, (t) => {
    t.deepEqual(drawPanel(at({selected}), 0, 120, plain), [text]);
  });
}

test('the panel shows the page of the selected strip, name over value', (t) => {
  const [names, values] = drawPanel(at({page: eq}), 0, 120, plain);
  t.regex(names ?? '', /^ Lead Vocal {4}EQ1 F {3}EQ1 G {3}EQ2 F/);
  t.regex(values ?? '', /^ EQ 1\/2 {8}100Hz {3}0\.0 {5}400Hz/);
});

test('the chosen knob stands out, and a stage that is off is dim', (t) => {
  const [names, values] = drawPanel(at({page: eq}), 1, 120, {colour: true, unicode: true});
  t.true(names?.includes('\u001b[7mEQ1 G'));
  t.true(values?.includes('\u001b[1m100Hz'));
  t.true(values?.includes('\u001b[2m400Hz'));
});

test('a page of which a strip has nothing says so', (t) => {
  t.regex(drawPanel(at({page: effect}), 0, 120, plain)[1] ?? '', /Nothing of this page/);
  t.regex(drawPanel(at({page: effect, selected: 'hall'}), 0, 120, plain)[1] ?? '', /reverb {2}1\.80s/);
});

test('kinds of strips, gain reduction, and what is not as usual are drawn', (t) => {
  const unusual = {...mixer, soloMode: 'after-fader' as const, activeMuteGroups: [1, 4], panLawDb: 4.5 as const};
  const text = drawDesk({...at({spilled: undefined}), mixer: unusual}, {columns: 120, rows: 30}, plain).join('\n');
  for (const shown of ['GROUP', 'RETURN', 'VCA', 'M S -3.3', 'AFL', 'muted 1 4', 'Pan law: -4.5 dB'])
    t.true(text.includes(shown), shown);
  const spilled = drawDesk(at({spilled: 'drums'}), {columns: 120, rows: 30}, plain).join('\n');
  t.true(spilled.includes('in Drums, layer level'));
  t.true(spilled.includes('Kick') && !spilled.includes('RETURN'));
});

test('the meters do not jump when a page opens', (t) => {
  const rules = (given: Partial<View>) =>
    drawDesk(at(given), {columns: 80, rows: 24}, plain).flatMap((text, row) => (/^-+$/.test(text) ? [row] : []));
  t.deepEqual(rules({page: comp}), rules({}));
  t.is(drawDesk(at({}), {columns: 80, rows: 24}, plain).length, 24);
});

const ids = (given: Partial<View>, fitting: number) => {
  const status = sampleStatus(20, {});
  return stripsInSight({...status, view: {...status.view, ...given}}, fitting).map(({id}) => id);
};

test('the selected strip of the bank is in sight, however narrow the terminal', (t) => {
  t.deepEqual(ids({selected: 's7'}, 3), ['s5', 's6', 's7']);
  t.deepEqual(ids({selected: 's1'}, 3), ['s0', 's1', 's2']);
  t.deepEqual(ids({selected: 's15', bankOffset: 10}, 3), ['s13', 's14', 's15']);
  t.deepEqual(ids({selected: 's0', bankOffset: 8}, 3), ['s8', 's9', 's10']);
  t.deepEqual(ids({selected: 's0', bankOffset: 12}, 18)[0], 's2');
});

const warning = (advice: string): Warning => ({
  rule: 'hot',
  strip: 'kick',
  severity: 2,
  short: 'HOT +4',
  advice,
  raisedAtMs: 0,
  acknowledged: false,
});
const long = 'Kick peaks at -2 dBFS. Trim it down by seven dB.';

test('long advice goes on in a second line where there is room', (t) => {
  const status = {...base, warnings: [warning(long), warning(long)]};
  t.is(drawAdvice(status, 2, 60, plain).length, 2);
  t.deepEqual(
    drawAdvice(status, 3, 60, plain).map((text) => text.slice(23)),
    ['Kick peaks at -2 dBFS. Trim it down', 'by seven dB.', 'Kick peaks at -2 dBFS. Trim it down b'],
  );
  t.is(drawAdvice(status, 8, 120, plain).length, 2);
});

test('text breaks between words, and within one that is too long', (t) => {
  t.deepEqual(wrapped('one two three', 8), ['one two', 'three']);
  t.deepEqual(wrapped('one two', 7), ['one two', '']);
  t.deepEqual(wrapped('overlongword', 4), ['over', 'longword']);
});

const context: KeyContext = {...at({}), playback: base.playback, knob: 0};
const withPage = (page: View['page'], knob: number): KeyContext => ({...context, view: at({page}).view, knob});
const parameter = (id: string, value: number): Intent =>
  ({type: 'strip.setParameter', strip: 'voice', parameter: id, value}) as Intent;

const asked: readonly (readonly [key: string, context: KeyContext, intents: readonly Intent[]])[] = [
  ['1', context, [{type: 'view.setPage', page: 'eq'}]],
  ['9', context, []],
  ['page-down', context, [{type: 'view.pageRight'}]],
  ['u', context, []],
  ['u', withPage(eq, 1), [parameter('eq1.gainDb', 0.5)]],
  ['D', withPage(eq, 1), [parameter('eq1.gainDb', -4)]],
  ['u', withPage(eq, 3), [parameter('eq2.gainDb', 0.5), parameter('eq2.on', 1)]],
  ['enter', withPage(eq, 0), [parameter('eq1.on', 0)]],
  ['backspace', withPage(comp, 0), [parameter('comp.thresholdDb', -18)]],
  ['u', withPage(comp, 5), []],
  ['v', context, [{type: 'view.show', shown: 'inputs'}]],
  ['V', context, [{type: 'view.show', shown: 'master'}]],
  ['g', context, [{type: 'view.spill', strip: 'voice'}]],
  ['g', {...context, view: at({spilled: 'drums'}).view}, [{type: 'view.spill', strip: 'drums'}]],
  ['f3', context, [{type: 'mixer.setMuteGroup', group: 3, active: true}]],
  [
    'f3',
    {...context, mixer: {...mixer, activeMuteGroups: [3]}},
    [{type: 'mixer.setMuteGroup', group: 3, active: false}],
  ],
  ['S', context, [{type: 'mixer.setSoloMode', soloMode: 'after-fader'}]],
  ['p', {...context, mixer: {...mixer, panLawDb: 6}}, [{type: 'mixer.setPanLaw', panLawDb: 3}]],
  ['L', context, [{type: 'view.setLayer', layer: 'trim'}]],
  ['>', {...context, view: at({selected: 'v'}).view}, []],
  ['i', {...context, view: at({selected: 'v'}).view}, []],
  ['right', {...context, view: at({shown: 'groups'}).view}, [{type: 'view.select', strip: 'drums'}]],
];

for (const [index, [key, given, intents]] of asked.entries()) {
  test(`key ${key} asks for ${JSON.stringify(intents)} (${index})`, (t) => t.deepEqual(intentsOf(given, key), intents));
}

test('layers of sends without a return are passed over', (t) => {
  const send = (number: 1 | 2) =>
    ({id: `send${number}`, short: `S${number}`, fader: `send${number}.levelDb`, encoder: `send${number}.pan`}) as const;
  const layout = {...sampleLayout, layers: [...sampleLayout.layers.slice(0, 1), send(1), send(2)]};
  const next = (layer: View['layer'], key = 'l') => intentsOf({...context, layout, view: at({layer}).view}, key);
  t.deepEqual(next(base.view.layer), [{type: 'view.setLayer', layer: 'send1'}]);
  t.deepEqual(next(send(1)), [{type: 'view.setLayer', layer: 'level'}]);
});

test('knobs are chosen in a circle', (t) => {
  t.deepEqual(
    [knobAfter(0, ')'), knobAfter(7, 'shift-right'), knobAfter(0, '('), knobAfter(3, 'shift-left'), knobAfter(3, 'u')],
    [1, 0, 7, 2, 3],
  );
});

test('function keys are read from every kind of terminal', (t) => {
  t.deepEqual(readKeys('\u001bOP\u001b[[B\u001b[13~\u001b[15~\u001b[19~'), ['f1', 'f2', 'f3', 'f5', 'f8']);
});

test('no two rows of the help share a key, and each fits a terminal of 80 columns', (t) => {
  const keys = keyBindings.flatMap((binding) => binding.keys);
  t.is(new Set(keys).size, keys.length);
  const text = drawHelp({columns: 80, rows: 24}, plain).join('\n');
  for (const {about} of keyBindings) t.true(text.includes(about), about);
});

test('the panel says the note of a delay and what it comes to, and where it is too long', (t) => {
  const echo = (id: string, note: number) =>
    newStrip({id, name: 'Echo', kind: 'return', effect: {kind: 'delay', values: {note}}});
  const echoes = {...base, mixer: newMixer({strips: [echo('short', 10), echo('long', 18)]})};
  const said = (selected: string) => drawPanel({...echoes, view: {...base.view, selected}}, 0, 120, plain);
  t.deepEqual(said('short'), [' Echo          delay 1/8D (375 ms)']);
  t.deepEqual(said('long'), [' Echo          delay 1/1D (too long at this tempo, cut to 2000 ms)']);
});

test('the foot of the desk says the tempo', (t) => {
  const text = drawDesk(base, {columns: 120, rows: 40}, plain).join('\n');
  t.true(text.includes('Tempo: 120 BPM.'));
});
