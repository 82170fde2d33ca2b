import test from 'ava';
import {newMixer, newStrip, type Strip} from '../../../src/model/mixer.ts';
import type {Cell} from '../../../src/model/picture.ts';
import type {Reading} from '../../../src/model/reading.ts';
import {newView, type View} from '../../../src/model/view.ts';
import {type RenderInput, render} from '../../../src/surface/render.ts';
import {compPage, effectPage, eqPage, fullSurface, inputOf, levelLayer, sendLayer, sendPage} from './small-desk.ts';

const strip = (given: Partial<Strip>): Strip => newStrip({id: 's1', name: 'Voice', colour: 'yellow', ...given});
const desk = (given: Partial<Strip> = {}) =>
  newMixer({
    strips: [
      newStrip({id: 'kick', name: 'Kick', colour: 'red', levelDb: -6}),
      strip(given),
      newStrip({id: 'hall', name: 'Hall', kind: 'return'}),
      newStrip({id: 'vca', name: 'VCA', kind: 'vca'}),
    ],
  });
const on = (page: View['page'], given: Partial<View> = {}): View =>
  newView({layer: levelLayer, page, selected: 's1', ...given});
const picture = (view: View, given: Partial<RenderInput> & {readonly of?: Partial<Strip>} = {}) => {
  const {of, ...rest} = given;
  return render(inputOf({view, mixer: desk(of), ...rest}));
};
const text = (cells: ReturnType<typeof picture>, channel: number): string => {
  const cell = cells.get(`text.${channel}`);
  return cell?.type === 'text' ? `${cell.top}|${cell.bottom}` : '';
};

test('a page shows the names and values of the selected strip, whatever lies under the faders', (t) => {
  const cells = picture(on(eqPage), {of: {parameters: {'eq1.gainDb': -3.5, 'eq1.shape': 2}}});
  t.deepEqual(
    [1, 2, 3, 4, 5, 6, 7, 8].map((channel) => text(cells, channel)),
    ['EQ1 F|100Hz', 'EQ1 G|-3.5', 'EQ1 Q|Q0.71', 'EQ1 S|HghShl', '|', 'HP F|80Hz', 'HP S|12 dB', 'LP F|16.0k'],
  );
});

test('its faders stay with their strips', (t) => {
  const cells = picture(on(eqPage));
  t.deepEqual(cells.get('fader.4'), {type: 'fader', position: 12288 / 16383});
  t.true(cells.get('lamp.select.2')?.type === 'lamp');
});

// A row: the page, an encoder, what the strip is set to, and the ring.
const rings: readonly (readonly [
  law: string,
  page: View['page'],
  channel: number,
  of: Partial<Strip>,
  ring: Omit<Extract<Cell, {type: 'ring'}>, 'type'>,
])[] = [
  ['a frequency is a dot', eqPage, 1, {parameters: {'eq1.hz': 20}}, {style: 'dot', position: 0, centre: false}],
  [
    'a gain grows from the centre',
    eqPage,
    2,
    {parameters: {'eq1.gainDb': 9, 'eq1.on': 1}},
    {style: 'boost-cut', position: 0.75, centre: true},
  ],
  ['a choice is a dot', eqPage, 4, {parameters: {'eq1.shape': 2}}, {style: 'dot', position: 1, centre: false}],
  ['an encoder without a task is dark', eqPage, 5, {}, {style: 'wrap', position: undefined, centre: false}],
  [
    'a threshold fills from the left',
    compPage,
    1,
    {parameters: {'comp.thresholdDb': -30}},
    {style: 'wrap', position: 0.5, centre: false},
  ],
  ['a switch that is off is dark', compPage, 4, {}, {style: 'wrap', position: undefined, centre: false}],
  [
    'a switch that is on is full',
    compPage,
    4,
    {parameters: {'comp.on': 1}},
    {style: 'wrap', position: 1, centre: true},
  ],
  ['width spreads from the centre', compPage, 5, {}, {style: 'spread', position: 0.5, centre: true}],
  ['polarity is a switch', compPage, 6, {polarityInverted: true}, {style: 'wrap', position: 1, centre: true}],
  ['what the strip does not have is dark', compPage, 8, {}, {style: 'wrap', position: undefined, centre: false}],
  ['a send at silence is dark', sendPage, 1, {}, {style: 'wrap', position: undefined, centre: false}],
  [
    'a send follows the taper of faders',
    sendPage,
    1,
    {parameters: {'send1.levelDb': -10, 'send1.on': 1}},
    {style: 'wrap', position: 0.5, centre: true},
  ],
  [
    'the pan of a send grows from the centre',
    sendPage,
    3,
    {parameters: {'send1.pan': -1}},
    {style: 'boost-cut', position: 0, centre: false},
  ],
  ['a send without a return is dark', sendPage, 2, {}, {style: 'wrap', position: undefined, centre: false}],
];

for (const [law, page, channel, of, ring] of rings) {
  test(`rings: ${law}`, (t) => {
    t.deepEqual(picture(on(page), {of}).get(`ring.${channel}`), {type: 'ring', ...ring});
  });
}

const reading = (gainReductionDb: number): Reading => ({
  peakDb: -9,
  leftDb: -9,
  rightDb: -9,
  inPeakDb: -9,
  postPeakDb: -9,
  workingPeakDb: undefined,
  clipped: false,
  gainReductionDb,
});

test('the ring of the threshold shows what the compressor takes away, a lamp a dB', (t) => {
  const lamps = (dB: number) => {
    const cell = picture(on(compPage), {of: {parameters: {'comp.on': 1}}, readingOf: () => reading(dB)}).get('ring.1');
    return cell?.type === 'ring' && cell.position !== undefined ? 1 + Math.round(cell.position * 10) : 0;
  };
  t.deepEqual([0, 0.4, 0.6, 1, 3.4, 11, 40].map(lamps), [0, 0, 1, 1, 3, 11, 11]);
  t.is(lamps(Number.NaN), 0);
});

test('but under the hand, and while the compressor is off, it shows the threshold', (t) => {
  const touched = new Map([['encoder.1', {atTick: 0, held: false}]]);
  const off = picture(on(compPage), {readingOf: () => reading(5)}).get('ring.1');
  const of = {parameters: {'comp.on': 1}} as const;
  const held = picture(on(compPage), {of, touched, readingOf: () => reading(5)}).get('ring.1');
  for (const cell of [off, held]) t.true(cell?.type === 'ring' && cell.position === 0.7);
});

test('sends are named by the returns they feed', (t) => {
  const cells = picture(on(sendPage), {of: {parameters: {'send1.levelDb': -12, 'send1.pre': 1}}});
  t.deepEqual(
    [1, 2, 3, 4].map((channel) => text(cells, channel)),
    ['Hall|-12.0', '|', 'Hall|C', 'Hall|pre'],
  );
});

test('an effect shows the parameters it has', (t) => {
  const cells = picture(on(effectPage, {selected: 'hall'}));
  t.deepEqual(
    [1, 2, 5, 6].map((channel) => text(cells, channel)),
    ['EFFECT|reverb', 'DECAY|1.80s', 'SIZE|60%', '|'],
  );
});

test('without a selected strip a page is empty', (t) => {
  const cells = picture(on(eqPage, {selected: undefined}));
  t.is(text(cells, 1), '|');
  t.deepEqual(cells.get('colour.1'), {type: 'colour', colour: 'red'});
});

test('a page has the colour of the strip it sets, beyond it the strips have theirs', (t) => {
  const short = {...eqPage, slots: eqPage.slots.slice(0, 1)};
  const cells = picture(on(short));
  t.deepEqual(cells.get('colour.1'), {type: 'colour', colour: 'yellow'});
  t.deepEqual(cells.get('colour.3'), {type: 'colour', colour: 'white'});
  t.is(text(cells, 2), 'Voice|C');
});

test('a fader in the hand is named on its strip, an encoder keeps the name of its parameter', (t) => {
  const at = (control: string) =>
    text(picture(on(eqPage), {touched: new Map([[control, {atTick: 0, held: false}]])}), 1);
  t.is(at('fader.1'), 'Kick|-6.0');
  t.is(at('encoder.1'), 'EQ1 F|100Hz');
});

test('values instead of names: the page says whose faders these are', (t) => {
  t.is(text(picture(on(eqPage, {showValues: true})), 1), 'Kick|100Hz');
  t.is(text(picture(on(eqPage, {showValues: true})), 6), 'HP F|80Hz');
});

test('warnings leave the texts of a page alone', (t) => {
  const warning = {
    rule: 'hot',
    strip: 'kick',
    severity: 3,
    short: 'HOT',
    advice: '',
    raisedAtMs: 0,
    acknowledged: false,
  } as const;
  const cells = picture(on(eqPage), {warnings: [warning]});
  t.is(text(cells, 1), 'EQ1 F|100Hz');
  t.deepEqual(cells.get('lamp.rec.1'), {type: 'lamp', on: true});
});

test('flipped, the page lies on the faders and the levels on the encoders', (t) => {
  const cells = picture(on(eqPage, {flipped: true}), {of: {parameters: {'eq1.gainDb': 18}}});
  t.deepEqual(cells.get('fader.2'), {type: 'fader', position: 1});
  t.deepEqual(cells.get('fader.5'), {type: 'fader', position: 0});
  t.deepEqual(cells.get('ring.2'), {type: 'ring', style: 'wrap', position: 0.75, centre: true});
});

test('a second unit goes on where the first ends: with the next page', (t) => {
  const view = on(eqPage, {bankSize: 16});
  t.is(text(picture(view, {firstStrip: 8}), 1), '|');
  t.is(text(picture({...view, pageOffset: 8}, {firstStrip: 8}), 1), 'EQ4 F|8.00k');
});

test('a page turned shows its second part', (t) => {
  t.is(text(picture(on(eqPage, {pageOffset: 16})), 2), 'EQ4 G|0.0');
});

const digits: readonly (readonly [law: string, view: View, text: string, dots: readonly number[]])[] = [
  ['a page that is one only shows its two characters', on(compPage), 'CO', []],
  ['of several pages the second character is the number', on(eqPage, {pageOffset: 16}), 'E3', []],
  ['the first dot says that not all strips are shown', on(undefined, {shown: 'returns'}), 'LV', [0]],
  ['spilled, too', on(undefined, {spilled: 'vca', flipped: true}), 'LV', [0, 1]],
];

for (const [law, view, shown, dots] of digits) {
  test(`assignment: ${law}`, (t) => {
    t.deepEqual(picture(view).get('digits.assignment'), {type: 'digits', text: shown, dots});
  });
}

test('a strip without what the layer carries shows its level, its fader stands at the bottom', (t) => {
  const cells = picture(newView({layer: sendLayer, flipped: false}));
  t.is(text(cells, 2), 'Voice|C');
  t.is(text(cells, 4), 'VCA|0.0');
  t.deepEqual(cells.get('fader.4'), {type: 'fader', position: 0});
  t.deepEqual(cells.get('ring.4'), {type: 'ring', style: 'wrap', position: undefined, centre: false});
});

const lampLayout = (given: Partial<RenderInput>, action: string) => {
  const {layout} = inputOf({});
  const bindings = new Map(layout.bindings).set('cancel', action as 'view.spill');
  return render(inputOf({...given, layout: {...layout, bindings}})).get('lamp.cancel');
};
const twelve = newMixer({
  strips: Array.from({length: 12}, (_, index) => newStrip({id: `s${index}`, name: '', muteGroups: [2]})),
  activeMuteGroups: [2],
});

// A row: an action, the view, and whether its lamp is lit.
const lamps: readonly (readonly [action: string, view: View, lit: boolean])[] = [
  ['page:eq', on(eqPage), true],
  ['page:eq', on(compPage), false],
  ['layer:level', on(eqPage), false],
  ['layer:level', on(undefined), true],
  ['show:all', on(undefined), true],
  ['show:returns', on(undefined, {shown: 'returns'}), true],
  ['show:returns', on(undefined, {shown: 'returns', spilled: 'vca'}), false],
  ['view.spill', on(undefined, {spilled: 's1'}), true],
  ['view.spill', on(undefined), false],
  ['muteGroup:2', on(undefined), true],
  ['muteGroup:3', on(undefined), false],
  ['view.bankLeft', on(undefined), false],
  ['view.bankRight', on(undefined), true],
  ['view.bankRight', on(undefined, {bankOffset: 4}), false],
  ['view.channelLeft', on(undefined, {bankOffset: 4}), true],
  ['view.bankRight', on(undefined, {shown: 'groups'}), false],
  ['view.pageRight', on(eqPage), true],
  ['view.pageLeft', on(eqPage), false],
  ['view.pageLeft', on(eqPage, {pageOffset: 16}), true],
  ['view.pageRight', on(undefined), false],
];

for (const [action, view, lit] of lamps) {
  test(`lamp of ${action}: ${lit ? 'lit' : 'dark'} with ${JSON.stringify({...view, layer: view.layer.id, page: view.page?.id})}`, (t) => {
    t.deepEqual(lampLayout({view, mixer: twelve}, action), {type: 'lamp', on: lit});
  });
}

test('a mute group blinks the mute lamps of its strips, a VCA those that follow it', (t) => {
  const lit = (mixer: RenderInput['mixer'], lamp: string): number =>
    Array.from({length: 20}, (_, lampTick) => render(inputOf({mixer, lampTick})).get(lamp)).filter(
      (cell) => cell?.type === 'lamp' && cell.on,
    ).length;
  t.is(lit(twelve, 'lamp.mute.1'), 3);
  const followed = newMixer({
    strips: [newStrip({id: 'a', name: 'A', vcas: ['v']}), newStrip({id: 'v', name: 'V', kind: 'vca', muted: true})],
  });
  t.deepEqual([lit(followed, 'lamp.mute.1'), lit(followed, 'lamp.mute.2')], [3, 20]);
});

test('a solo that changes the monitor only silences nobody on the desk', (t) => {
  const mixer = newMixer({
    soloMode: 'pre-fader',
    strips: [newStrip({id: 'a', name: 'A', soloed: true}), newStrip({id: 'b', name: 'B'})],
  });
  t.deepEqual(render(inputOf({mixer})).get('lamp.mute.2'), {type: 'lamp', on: false});
});

test('a surface of one strip carries the page slot by slot', (t) => {
  const view = on(eqPage, {bankSize: 1, pageOffset: 1});
  t.is(text(picture(view, {surface: fullSurface(1)}), 1), 'EQ1 G|0.0');
});
