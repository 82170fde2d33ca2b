import {readFileSync} from 'node:fs';
import test from 'ava';
import fc from 'fast-check';
import {readKeys} from '../../../src/app/terminal/key.ts';
import {intentsOf, type KeyContext, keyBindings} from '../../../src/app/terminal/key-map.ts';
import {enterScreen} from '../../../src/app/terminal/screen.ts';
import {line, padded, span, terminalStyle} from '../../../src/app/terminal/style.ts';
import {type Assistance, noAssistance} from '../../../src/model/assistance.ts';
import {masterId} from '../../../src/model/mixer.ts';
import type {Intent} from '../../../src/surface/intent.ts';
import {anyText} from '../../any-text.ts';
import {projectFile} from '../../project.ts';
import {sampleStatus} from './sample-status.ts';

for (const [input, keys] of [
  ['q', ['q']],
  ['\u001b[A\u001b[B', ['up', 'down']],
  ['\u001b[1;2A', ['shift-up']],
  ['\u001bOC', ['right']],
  ['a b', ['a', 'space', 'b']],
  ['\u0003', ['ctrl-c']],
  ['\u001b', ['escape']],
  ['\u001b[99;9~x', ['x']],
  ['\u001b[<0;1;1Mq', ['q']],
  ['ü€', ['ü', '€']],
] as const) {
  test(`the terminal's ${JSON.stringify(input)} is ${keys.join(', ')}`, (t) => t.deepEqual(readKeys(input), keys));
}

test('any input is read to its end', (t) => {
  fc.assert(fc.property(anyText(), (input) => readKeys(input).length <= input.length));
  t.pass();
});

const {mixer, monitor, meters, view, layout, playback} = sampleStatus(3, {});
const context: KeyContext = {mixer, monitor, meters, view, layout, playback, knob: 0};

const listening: Assistance = {...noAssistance, listening: new Set(['s0'])};
const fitting: Assistance = {...noAssistance, proposal: {what: 'trim', findings: new Map([['s0', {type: 'fine'}]])}};
const proposed: Assistance = {
  ...noAssistance,
  proposal: {
    what: 'trim',
    findings: new Map([['s0', {type: 'change', fromDb: 0, toDb: -4, limited: false}]]),
  },
};

const asked: readonly (readonly [string, KeyContext, readonly Intent[]])[] = [
  ['right', context, [{type: 'view.select', strip: 's1'}]],
  ['left', context, [{type: 'view.select', strip: 's0'}]],
  ['right', {...context, view: {...view, selected: 's2'}}, [{type: 'view.select', strip: 's2'}]],
  ['tab', context, [{type: 'view.select', strip: masterId}]],
  ['left', {...context, view: {...view, selected: masterId}}, [{type: 'view.select', strip: 's2'}]],
  ['up', context, [{type: 'strip.setLevel', strip: 's0', levelDb: 0.5}]],
  ['down', context, [{type: 'strip.setLevel', strip: 's0', levelDb: -0.5}]],
  ['K', context, [{type: 'strip.setLevel', strip: 's0', levelDb: 0.1}]],
  ['up', {...context, view: {...view, selected: masterId}}, [{type: 'strip.setLevel', strip: masterId, levelDb: 0.5}]],
  ['m', context, [{type: 'strip.setMute', strip: 's0', muted: true}]],
  ['s', context, [{type: 'strip.setSolo', strip: 's0', soloed: true}]],
  ['>', context, [{type: 'strip.setPan', strip: 's0', pan: 0.1}]],
  ['+', context, [{type: 'strip.setTrim', strip: 's0', trimDb: 0.5}]],
  ['m', {...context, view: {...view, selected: masterId}}, []],
  ['space', context, [{type: 'playback.toggle'}]],
  [',', context, [{type: 'playback.locate', frame: 0}]],
  ['.', context, [{type: 'playback.locate', frame: 288_000}]],
  [']', context, [{type: 'view.bankRight'}]],
  ['l', context, [{type: 'view.setLayer', layer: 'pan'}]],
  ['a', context, [{type: 'warning.acknowledge', strip: 's0'}]],
  ['A', context, [{type: 'warning.acknowledge', strip: 'all'}]],
  ['z', context, [{type: 'monitor.toggle', what: 'dim'}]],
  ['_', context, [{type: 'monitor.changeLevel', byDb: -1}]],
  ['=', context, [{type: 'monitor.changeLevel', byDb: 1}]],
  ['n', context, [{type: 'monitor.toggle', what: 'mono'}]],
  ['x', context, [{type: 'monitor.toggle', what: 'swap'}]],
  ['y', context, [{type: 'monitor.toggle', what: 'polarity'}]],
  ['b', context, [{type: 'monitor.nextSpeaker'}]],
  ['h', context, [{type: 'monitor.toggle', what: 'reference'}]],
  ['H', context, [{type: 'monitor.nextReference'}]],
  ['G', context, [{type: 'view.toggleMeters'}]],
  ['S', context, [{type: 'mixer.setSoloMode', soloMode: 'after-fader'}]],
  ['M', context, [{type: 'meters.nextType'}]],
  ['C', context, [{type: 'meters.nextTarget'}]],
  ['P', context, [{type: 'meters.setPaused', paused: true}]],
  ['P', {...context, meters: {...meters, paused: true}}, [{type: 'meters.setPaused', paused: false}]],
  ['X', context, [{type: 'meters.resetLoudness'}]],
  ['B', context, [{type: 'mixer.tapTempo'}]],
  ['*', context, [{type: 'mixer.setTempo', tempoBpm: 121}]],
  ['/', {...context, mixer: {...mixer, tempoBpm: 98.5}}, [{type: 'mixer.setTempo', tempoBpm: 98}]],
  ['w', context, [{type: 'session.save'}]],
  ['Q', context, []],
  ['Z', context, [{type: 'session.undo'}]],
  ['Y', context, [{type: 'session.redo'}]],
  ['W', context, [{type: 'gain.balance'}]],
  ['E', context, [{type: 'gain.hold', key: 'terminal', scope: 's0'}]],
  ['N', context, [{type: 'gain.hold', key: 'terminal', scope: 'shown'}]],
  ['N', {...context, assistance: listening}, [{type: 'gain.letGo', key: 'terminal'}]],
  ['c', {...context, assistance: listening}, [{type: 'gain.cancel'}]],
  ['a', {...context, assistance: listening}, [{type: 'warning.acknowledge', strip: 's0'}]],
  ['a', {...context, assistance: proposed}, [{type: 'gain.apply'}]],
  ['c', {...context, assistance: proposed}, [{type: 'gain.cancel'}]],
  ['A', {...context, assistance: proposed}, [{type: 'warning.acknowledge', strip: 'all'}]],
  ['a', {...context, assistance: fitting}, [{type: 'warning.acknowledge', strip: 's0'}]],
];

for (const [index, [key, at, intents]] of asked.entries()) {
  test(`key ${key} on ${at.view.selected} asks for ${JSON.stringify(intents)} (${index})`, (t) =>
    t.deepEqual(intentsOf(at, key), intents));
}

test('only lines that changed are written', (t) => {
  const written: string[] = [];
  const screen = enterScreen({write: (text) => written.push(text)});
  screen.show(['one', 'two', 'three'], 10);
  written.length = 0;
  screen.show(['one', 'TWO', 'three'], 10);
  t.deepEqual(written, ['\u001b[2;1HTWO\u001b[K']);
  screen.show(['one', 'TWO', 'three'], 10);
  t.is(written.length, 1);
  screen.show(['one'], 10);
  t.is(written[1], '\u001b[2;1H\u001b[K\u001b[3;1H\u001b[K');
});

test('a screen that was left gives cursor and screen back once, and writes no more', (t) => {
  let out = '';
  const screen = enterScreen({
    write: (text) => {
      out += text;
    },
  });
  screen.leave();
  screen.leave();
  screen.show(['x'], 5);
  t.is(out.split('\u001b[?1049l').length, 2);
  t.true(out.endsWith('\u001b[?1049l'));
  t.true(out.includes('\u001b[?25h'));
});

test('lines are cut by what is seen, not by escape sequences', (t) => {
  t.is(
    line([span('abc', 'alarm'), span('def', 'plain')], 4, {colour: true, unicode: true}),
    '\u001b[1;31mabc\u001b[0md',
  );
  t.is(padded('äöü', 5), 'äöü  ');
  t.is(padded('äöü', 2), 'äö');
});

for (const [environment, colour, unicode] of [
  [{LANG: 'en_GB.UTF-8', TERM: 'xterm'}, true, true],
  [{LANG: 'C', TERM: 'xterm'}, true, false],
  [{LANG: 'en_GB.UTF-8', NO_COLOR: '1'}, false, true],
  [{LANG: 'en_GB.UTF-8', NO_COLOR: ''}, true, true],
  [{LANG: 'en_GB.UTF-8', TERM: 'dumb'}, false, false],
  [{LC_ALL: 'POSIX', LANG: 'en_GB.UTF-8'}, true, false],
] as const) {
  test(`${JSON.stringify(environment)} gives ${colour ? '' : 'no '}colours and ${unicode ? '' : 'no '}block characters`, (t) => {
    t.deepEqual(terminalStyle(environment, false), {colour, unicode});
    t.deepEqual(terminalStyle(environment, true), {colour: false, unicode: false});
  });
}

test('the page of the command line names every key of the desk', (t) => {
  const page = readFileSync(projectFile('docs/command-line.md'), 'utf8');
  const section = page.slice(page.indexOf('## Keys'), page.indexOf('## Exit status'));
  const named = new Set([...section.matchAll(/`([^`]+)`/g)].map(([, key]) => key));
  const drawn: Readonly<Record<string, string>> = {
    left: '←',
    right: '→',
    up: '↑',
    down: '↓',
    'page-up': 'PgUp',
    'page-down': 'PgDn',
  };
  const keys = keyBindings.flatMap((binding) => binding.keys);
  t.true(keys.length > 90);
  for (const key of [...keys, 'q', '?']) {
    if (/^(f?[2-8]|j\d)$/.test(key)) continue;
    const plain = key.replace(/^shift-/, '');
    t.true(named.has(drawn[plain] ?? (plain.length > 1 ? plain[0]?.toUpperCase() + plain.slice(1) : plain)), key);
  }
});
