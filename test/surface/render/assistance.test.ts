import test from 'ava';
import {type Assistance, type Finding, noAssistance} from '../../../src/model/assistance.ts';
import type {Action} from '../../../src/model/layout.ts';
import {newView} from '../../../src/model/view.ts';
import type {Warning} from '../../../src/model/warning.ts';
import {bind} from '../../../src/surface/bind.ts';
import type {Intent} from '../../../src/surface/intent.ts';
import {render} from '../../../src/surface/render.ts';
import {contextOf, eqPage, fullLayout, inputOf, levelLayer, mixerOf, plainView} from './small-desk.ts';

const change: Finding = {type: 'change', fromDb: 0, toDb: -4, limited: false};
const mixer = mixerOf({}, {}, {kind: 'vca'}, {});
const layout = {
  ...fullLayout,
  bindings: new Map<string, Action>([
    ...fullLayout.bindings,
    ['rec.*', 'strip.autoTrim'],
    ['solo.*', 'strip.readAdvice'],
    ['trim', 'gain.autoTrim'],
    ['flip', 'gain.roughBalance'],
    ['enter', 'gain.apply'],
    ['cancel', 'gain.cancel'],
    ['undo', 'session.undo'],
    ['click', 'session.redo'],
    ['scrub', 'warnings.acknowledgeSelected'],
  ]),
};

function shown(assistance: Partial<Assistance>, given = {}) {
  return render(inputOf({mixer, layout, assistance: {...noAssistance, ...assistance}, ...given}));
}

const proposal = {
  what: 'trim',
  findings: new Map<string, Finding>([
    ['s1', change],
    ['s2', {type: 'fine'}],
  ]),
} as const;

test('a proposal stands on texts and rings, and leaves faders where they are', (t) => {
  const picture = shown({proposal});
  t.deepEqual(picture.get('text.1'), {type: 'text', top: 'Strip1', bottom: 'TRIM-4?'});
  t.deepEqual(picture.get('text.2'), {type: 'text', top: 'Strip2', bottom: 'FITS'});
  t.deepEqual(picture.get('ring.1'), {type: 'ring', style: 'boost-cut', position: 20 / 48, centre: true});
  t.deepEqual(picture.get('ring.2'), shown({}).get('ring.2'));
  t.deepEqual(picture.get('fader.1'), shown({}).get('fader.1'));
});

test('the hand comes first, and a page keeps its lines and rings', (t) => {
  const touched = new Map([['encoder.1', {atTick: 0, held: false}]]);
  const handled = shown({proposal}, {touched});
  t.deepEqual(handled.get('text.1'), {type: 'text', top: 'Strip1', bottom: 'C'});
  t.deepEqual(handled.get('ring.1'), shown({}).get('ring.1'));
  const view = newView({layer: levelLayer, page: eqPage, selected: 's1'});
  const paged = shown({proposal}, {view});
  t.deepEqual(paged.get('text.1'), shown({}, {view}).get('text.1'));
  t.deepEqual(paged.get('ring.1'), shown({}, {view}).get('ring.1'));
});

test('advice is spelled over all scribble strips, and colours stay', (t) => {
  const advice = {strip: 's1', rule: 'hot', text: 'Strip 1 peaks at -5 dBFS.', sinceTick: 0} as const;
  const picture = shown({advice});
  const words = [1, 2, 3, 4, 5].map((channel) => {
    const cell = picture.get(`text.${channel}`);
    return cell?.type === 'text' ? cell.top : undefined;
  });
  t.deepEqual(words, ['Strip 1', 'peaks', 'at -5', 'dBFS.', '']);
  t.deepEqual(picture.get('colour.1'), shown({}).get('colour.1'));
});

const lamps: readonly (readonly [lamp: string, assistance: Partial<Assistance>, lit: boolean, later: boolean])[] = [
  ['rec.1', {}, false, false],
  ['rec.1', {listening: new Set(['s1'])}, true, true],
  ['rec.2', {listening: new Set(['s1'])}, false, false],
  ['rec.1', {proposal}, true, false],
  ['rec.2', {proposal}, false, false],
  ['trim', {listening: new Set(['s1']), scopes: ['shown']}, true, true],
  ['trim', {listening: new Set(['s1']), scopes: ['s1']}, false, false],
  ['trim', {proposal, scopes: ['shown']}, true, false],
  ['flip', {proposal}, false, false],
  ['flip', {proposal: {...proposal, what: 'level'}}, true, false],
  ['enter', {proposal}, true, true],
  ['enter', {}, false, false],
  ['cancel', {proposal}, true, true],
  ['cancel', {}, false, false],
  ['undo', {undo: 'auto-trim of Kick'}, true, true],
  ['click', {undo: 'auto-trim of Kick'}, false, false],
  ['click', {redo: 'auto-trim of Kick'}, true, true],
];

for (const [index, [lamp, assistance, lit, later]] of lamps.entries()) {
  test(`${lamp} is ${lit ? 'lit' : 'dark'}, half a second later ${later ? 'lit' : 'dark'} (${index})`, (t) => {
    const at = (lampTick: number) => shown(assistance, {lampTick}).get(`lamp.${lamp}`);
    t.deepEqual(
      [at(0), at(10)],
      [
        {type: 'lamp', on: lit},
        {type: 'lamp', on: later},
      ],
    );
  });
}

test('with nothing else to end, cancel has the rhythm of the gravest warning, and the selected strip has its own', (t) => {
  const warning: Warning = {
    rule: 'hot',
    strip: 's2',
    severity: 2,
    short: 'HOT +4',
    advice: '',
    raisedAtMs: 0,
    acknowledged: false,
  };
  const on = {type: 'lamp', on: true};
  const lampOf = (lamp: string, selected: string) =>
    shown({}, {warnings: [warning], view: {...plainView, selected}}).get(`lamp.${lamp}`);
  t.deepEqual(lampOf('cancel', 's1'), on);
  t.deepEqual(lampOf('scrub', 's2'), on);
  t.notDeepEqual(lampOf('scrub', 's1'), on);
});

const gainView = newView({layer: {...levelLayer, ring: 'trim'}, selected: 's2'});
const presses: readonly (readonly [control: string, view: typeof plainView, intents: readonly Intent[]])[] = [
  ['rec.1', plainView, [{type: 'gain.hold', key: 'rec.1', scope: 's1'}]],
  ['rec.3', plainView, []],
  ['trim', plainView, [{type: 'gain.hold', key: 'trim', scope: 'shown'}]],
  ['flip', plainView, [{type: 'gain.balance'}]],
  ['enter', plainView, [{type: 'gain.apply'}]],
  ['cancel', plainView, [{type: 'gain.cancel'}]],
  ['undo', plainView, [{type: 'session.undo'}]],
  ['click', plainView, [{type: 'session.redo'}]],
  ['solo.1', plainView, [{type: 'advice.read', strip: 's1'}]],
  ['scrub', gainView, [{type: 'warning.acknowledge', strip: 's2'}]],
  ['scrub', plainView, []],
  ['select.1', plainView, [{type: 'view.select', strip: 's1'}]],
  [
    'select.1',
    {...plainView, selected: 's1'},
    [
      {type: 'view.select', strip: 's1'},
      {type: 'advice.read', strip: 's1'},
    ],
  ],
  [
    'select.1',
    gainView,
    [
      {type: 'view.select', strip: 's1'},
      {type: 'advice.read', strip: 's1'},
    ],
  ],
];

for (const [index, [control, view, intents]] of presses.entries()) {
  test(`${control} asks for ${intents.map(({type}) => type).join(', ') || 'nothing'} (${index})`, (t) => {
    t.deepEqual(bind(contextOf({mixer, layout, view}), {type: 'button.pressed', control}), intents);
  });
}
