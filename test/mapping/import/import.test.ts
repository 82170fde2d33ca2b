import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import fc from 'fast-check';
import {compileMappings, type MappingText} from '../../../src/mapping/compile.ts';
import {type Imported, importFile} from '../../../src/mapping/import/import-file.ts';
import type {LayoutFile} from '../../../src/mapping/layout-schema.ts';
import {parseMapping} from '../../../src/mapping/parse.ts';
import {newMixer, newStrip} from '../../../src/model/mixer.ts';
import type {Surface} from '../../../src/model/surface.ts';
import {deskTaper} from '../../../src/model/taper.ts';
import {isParameter} from '../../../src/model/view.ts';
import {positionOn} from '../../../src/surface/knob.ts';
import {valueOn} from '../../../src/surface/setting.ts';
import {testDesk} from '../../journeys/test-desk.ts';
import {projectFile} from '../../project.ts';
import {bindings, deck, device, profile} from './samples.ts';

async function shipped(path: string): Promise<MappingText> {
  return {path, text: await readFile(fileURLToPath(projectFile(`mappings/${path}`)), 'utf8')};
}

const twoStrips = newMixer({
  strips: [
    ...['a', 'b'].map((id) => newStrip({id, name: id})),
    ...['r1', 'r2', 'r3', 'r4', 'r5', 'r6'].map((id) => newStrip({id, name: id, kind: 'return'})),
  ],
});
const parents = await Promise.all(['mackie-control', 'mackie-extender'].map((id) => shipped(`surfaces/${id}.json`)));
const base = await baseLayout();

async function baseLayout(): Promise<LayoutFile> {
  const {path, text} = await shipped('layouts/mixer.json');
  const parsed = parseMapping(path, text);
  if (parsed.kind !== 'layout') throw new Error('the layout is broken');
  return parsed.file;
}

function imported(text: string | Uint8Array, name = 'x.map'): Extract<Imported, {state: 'imported'}> {
  const result = importFile(name, typeof text === 'string' ? Buffer.from(text) : text, base);
  if (result.state === 'refused') throw new Error(result.reason);
  return result;
}

/** The surface as the desk would have it; our own checks must find nothing wrong. */
function compiled(result: Imported): Surface {
  if (result.state === 'refused' || result.surface === undefined) throw new Error('there is no surface');
  const mine = [{path: `surfaces/${result.id}.json`, text: JSON.stringify(result.surface)}];
  const {surfaces, problems} = compileMappings([...parents, ...mine]);
  const found = surfaces.find(({id}) => id === result.id);
  if (found === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return found;
}

/** What the layout does otherwise than that of the program. */
function layoutNews(result: Imported): Readonly<Record<string, string>> {
  if (result.state === 'refused' || result.layout === undefined) return {};
  const {problems} = compileMappings([{path: 'layouts/x.json', text: JSON.stringify(result.layout)}]);
  if (problems.some(({severity}) => severity === 'error')) throw new Error(JSON.stringify(problems));
  return Object.fromEntries(
    Object.entries(result.layout.bindings).filter(([key, action]) => base.bindings[key] !== action),
  );
}

function said(result: Imported): readonly string[] {
  return result.notes.map(({line, outcome, reason}) => `${line} ${outcome}: ${reason}`);
}

function where(surface: Surface, id: string): string {
  const address = surface.controls.get(id)?.address;
  return address === undefined ? 'nowhere' : `${address.message} ${address.number} on ${address.channel ?? 'all'}`;
}

test('MIDI bindings become a surface: strips, keys, encoders, master', (t) => {
  const result = imported(
    bindings(
      '<DeviceInfo bank-size="4" motorized="yes"/>',
      ...[1, 2, 3, 4].map((n) => `<Binding channel="1" ctl="${n + 6}" uri="/route/gain B${n}"/>`),
      ...[1, 2, 3, 4].map((n) => `<Binding channel="${n}" note="30" uri="/route/mute B${n}" momentary="yes"/>`),
      ...[1, 2, 3, 4].map((n) => `<Binding channel="1" enc-2="${40 + 2 * n}" uri="/route/pandirection B${n}"/>`),
      '<Binding channel="1" note="60" uri="/route/solo B2"/>',
      '<Binding channel="1" ctl="3" uri="/bus/gain master"/>',
      '<Binding channel="1" ctl="41" function="transport-roll"/>',
      '<Binding msg="B0 3a 7f" function="prev-bank"/>',
    ),
  );
  t.deepEqual(said(result), []);
  t.is(result.carried, 16);
  t.is(result.id, 'acme-four');
  t.is(result.layout, undefined);
  const surface = compiled(result);
  t.like(surface, {name: 'Acme Four', dialect: 'plain', strips: 4, faders: {motor: true}});
  t.deepEqual(surface.ports, ['^Acme Four\\b', '^Four\\b']);
  t.is(where(surface, 'fader.4'), 'cc 10 on 1');
  t.is(where(surface, 'mute.3'), 'note 30 on 3');
  t.is(where(surface, 'encoder.2'), 'cc 44 on 1');
  t.like(surface.controls.get('encoder.2')?.address, {on: 1, off: 127});
  t.is(where(surface, 'solo.1'), 'nowhere');
  t.is(where(surface, 'solo.2'), 'note 60 on 1');
  t.is(where(surface, 'fader.master'), 'cc 3 on 1');
  t.is(where(surface, 'play'), 'cc 41 on 1');
  t.is(where(surface, 'bank-left'), 'cc 58 on 1');
  t.deepEqual(result.surface?.controls?.['encoder.*'], {cc: 42, channel: 1, step: 2, on: 1, off: 127});
});

for (const [kind, up, down] of [
  ['enc-r', 0x41, 0x01],
  ['enc-l', 0x01, 0x41],
  ['enc-2', 0x01, 0x7f],
  ['enc-b', 0x41, 0x3f],
] as const) {
  test(`an encoder of the kind ${kind} goes up by ${up} and down by ${down}`, (t) => {
    const surface = compiled(imported(bindings(`<Binding channel="1" ${kind}="9" uri="/route/pandirection B1"/>`)));
    t.like(surface.controls.get('encoder.1')?.address, {number: 9, on: up, off: down});
  });
}

test('pitch bend, parameter numbers and programs are carried over with all their bits', (t) => {
  const result = imported(
    bindings(
      '<Binding channel="1" pb="0" uri="/route/gain B1"/>',
      '<Binding channel="2" pb="0" uri="/route/gain B2"/>',
      '<Binding channel="3" nrpn="300" uri="/route/pandirection B2"/>',
      '<Binding channel="4" pgm="5" function="transport-stop"/>',
    ),
  );
  t.deepEqual(said(result), []);
  t.deepEqual(result.surface?.controls, {
    'fader.*': {bend: 1, top: 16_383},
    'knob.*': {nrpn: [null, 300], channel: 3, top: 16_383},
    stop: {program: 5, channel: 4},
  });
  t.is(compiled(result).controls.get('fader.2')?.address?.channel, 2);
});

const fader = '<Binding channel="1" ctl="9" uri="/route/gain B1"/>';
const oddBindings: readonly (readonly [string, string])[] = [
  ['<Binding channel="0" ctl="7" uri="/route/gain B2"/>', 'changed: channel 0 is read as 1'],
  ['<Binding channel="17" ctl="7" uri="/route/gain B2"/>', 'left out: channel 17 is not within 0…16'],
  ['<Binding ctl="7" uri="/route/gain B2"/>', 'changed: has no channel: taken for 1'],
  ['<Binding chanel="2" ctl="7" uri="/route/gain B2"/>', 'changed: the attribute "chanel" was taken for "channel"'],
  ['<Binding channel="1" ctl="7" uri="/route/gain B2" hue="3"/>', 'changed: the attribute "hue" is not known'],
  ['<Binding channel="1" ctl="" uri="/route/gain B2"/>', 'left out: ctl is empty'],
  ['<Binding channel="1" ctl="12x" uri="/route/gain B2"/>', 'left out: ctl "12x" is no number'],
  ['<Binding channel="1" ctl="128" uri="/route/gain B2"/>', 'left out: ctl 128 is not within 0…127'],
  [
    '<Binding channel="1" ctl="9" uri="/route/gain B2"/>',
    'left out: the same message does something else already, in line 2',
  ],
  ['<Binding channel="1" ctl="7" uri="/route/gain B1"/>', 'left out: there is a control for this already, in line 2'],
  ['<Binding channel="1" ctl="7" uri="/route/gain B33"/>', 'left out: a unit has at most 32 strips'],
  ['<Binding channel="1" ctl="7" uri="/route/gain B0"/>', 'left out: strips count from 1'],
  ['<Binding channel="1" ctl="7" uri=""/>', 'left out: "" names nothing'],
  ['<Binding channel="1" ctl="7"/>', 'left out: says where, and not what for'],
  ['<Binding uri="/route/gain B2"/>', 'left out: does not say where the control lives'],
  [
    '<Binding channel="1" sysex="F0 7D F7" uri="/route/mute B2"/>',
    'left out: a system exclusive message is no control here',
  ],
  ['<Binding channel="1" note="7" uri="/route/gain B2"/>', 'left out: a note has no positions to move through'],
  ['<Binding channel="1" enc-r="7" uri="/route/mute B2"/>', 'left out: an endless knob cannot press'],
  [
    '<Binding channel="1" ctl="7" uri="/route/solo S1"/>',
    'left out: it means the strip that is selected: here those stand on pages of encoders',
  ],
  [
    '<Binding channel="1" ctl="7" uri="/route/gain Kick"/>',
    'left out: a strip is named by its place here, not by its name',
  ],
  [
    '<Binding channel="1" ctl="7" uri="/route/plugin/parameter B1 1 1"/>',
    'left out: the desk has nothing like "plugin/parameter" on a knob',
  ],
  ['<Binding channel="1" ctl="7" function="self-destruct"/>', 'left out: the desk has no key for "self-destruct"'],
  [
    '<Binding channel="1" ctl="7" uri="/route/recenable B1"/>',
    'changed: the desk does not record: the key stands for the warning of its strip',
  ],
  ['<Binding msg="B0 3C" function="transport-stop"/>', 'left out: msg "B0 3C" is no message'],
  [
    '<Binding msg="E0 00 40" function="transport-stop"/>',
    'left out: msg "E0 00 40" is neither a controller nor a note',
  ],
  ['<Bindng channel="1" ctl="7" uri="/route/gain B2"/>', 'left out: is no binding'],
  [
    '<Binding channel="1" ctl="7" uri="/route/gain B2" function="transport-stop"/>',
    'changed: has two targets: only "/route/gain B2" is kept',
  ],
];

for (const [line, note] of oddBindings) {
  test(`${line} is told: ${note}`, (t) => {
    const result = imported(bindings(fader, line));
    t.deepEqual(said(result), [`3 ${note}`]);
    t.is(where(compiled(result), 'fader.1'), 'cc 9 on 1');
  });
}

test('keys that do something else than usual bring a layout with them', (t) => {
  const result = imported(
    bindings(
      '<Binding channel="1" ctl="1" action="Transport/Rewind"/>',
      '<Binding channel="1" ctl="2" function="transport-roll"/>',
      '<Binding channel="1" ctl="3" action="Transport/ToggleRoll"/>',
      '<Binding channel="1" ctl="4" action="Common/jump-forward-to-mark"/>',
      '<Binding channel="1" ctl="5" uri="/route/send/gain B1 2"/>',
    ),
  );
  t.deepEqual(said(result), []);
  t.deepEqual(layoutNews(result), {f1: 'playback.play', f7: 'playback.nextMarker'});
  t.is(where(compiled(result), 'send2.1'), 'cc 5 on 1');
});

test('several knobs of a strip are carried over, each row with what it is for', async (t) => {
  const rows = [
    ['trim', 'eq/gain/3', 'eq/gain/1', 'eq/gain/0', 'pandirection', 'filter/hi/freq'].map(
      (what) => `/route/${what} B%`,
    ),
    ['/route/send/gain B% 1', '/route/send/gain B% 6'],
  ].flat();
  const result = imported(
    bindings(
      ...rows.flatMap((uri, row) =>
        [1, 2].map((n) => `<Binding channel="1" ctl="${row * 8 + n}" uri="${uri.replace('%', String(n))}"/>`),
      ),
      '<Binding channel="2" enc-2="1" uri="/route/send/gain B1 2"/>',
      '<Binding channel="2" enc-2="9" uri="/route/gain B1"/>',
      '<Binding channel="2" enc-2="20" uri="/route/gain S1"/>',
      '<Binding channel="2" enc-2="21" uri="/route/pandirection S1"/>',
    ),
  );
  t.deepEqual(said(result), []);
  t.is(result.carried, 20);
  const surface = compiled(result);
  const names = ['gain.2', 'eq-high.2', 'eq-mid.2', 'eq-low.2', 'knob.2', 'send3.2', 'send1.2', 'send4.2'];
  t.deepEqual(
    names.map((name) => where(surface, name)),
    names.map((_, row) => `cc ${row * 8 + 2} on 1`),
  );
  t.deepEqual(layoutNews(result), {'send3.*': 'value:hp.hz', 'send4.*': 'value:send6.levelDb'});
  for (const name of ['send2.1', 'wheel.1', 'dial', 'pan-dial'])
    t.is(surface.controls.get(name)?.kind, 'encoder', name);

  // And each of them does it on the desk.
  const made = {path: 'layouts/x.json', text: JSON.stringify(result.layout)};
  const [layout] = compileMappings([made]).layouts;
  if (layout === undefined) throw new Error('the layout is broken');
  const bench = testDesk(twoStrips, {surfaces: [surface], layout});
  const {device} = bench.plug(surface, 'Acme Four');
  await bench.pass(500);
  for (const name of names) {
    for (const position of [0, 0.3, 0.5, 0.7, 1]) device.move(name, position);
    await bench.pass(50);
  }
  device.turn('send2.1', 3);
  device.turn('wheel.1', -5);
  await bench.pass(100);
  const [first, second] = bench.engine.mixer.strips;
  if (first === undefined || second === undefined) throw new Error('the strips are gone');
  for (const set of [
    'trim',
    'eq4.gainDb',
    'eq2.gainDb',
    'eq1.gainDb',
    'pan',
    'hp.hz',
    'send1.levelDb',
    'send6.levelDb',
  ])
    t.is(isParameter(set) && positionOn(second, set, deskTaper), 1, set);
  t.true(first.levelDb < 0);
  t.true(valueOn(first, 'send2.levelDb') > -90);
  await bench.desk.close();
});

test('more rows of knobs than there can be are told, and keys of strips are lit by what they send', (t) => {
  const fields = [
    'eq/freq/0',
    'eq/freq/1',
    'eq/freq/2',
    'eq/freq/3',
    'eq/q/0',
    'eq/q/1',
    'eq/q/2',
    'eq/q/3',
    'panwidth',
  ];
  const result = imported(
    bindings(
      '<Binding channel="1" note="30" uri="/route/mute B1"/>',
      ...fields.map((what, row) => `<Binding channel="1" ctl="${row}" uri="/route/${what} B1"/>`),
      '<Binding channel="1" ctl="40" uri="/route/trim B1"/>',
      '<Binding channel="1" ctl="41" uri="/route/gain S1"/>',
    ),
  );
  t.deepEqual(said(result), [
    '11 left out: no row of knobs is left for width: layers and pages reach it',
    '13 left out: it means the strip that is selected: here only an endless knob can do that',
  ]);
  t.is(result.layout?.layers[0]?.encoder, 'eq1.hz');
  t.deepEqual(result.surface?.lamps, {'mute.*': {note: 30, channel: 1}});
});

test('a Mackie Control device becomes a surface of that protocol', (t) => {
  const result = imported(
    device(
      '<Strips value="8"/>',
      '<DeviceType value="MCU"/>',
      '<MasterFader value="yes"/>',
      '<GlobalControls value="yes"/>',
      '<JogWheel value="no"/>',
      '<TouchSenseFaders value="yes"/>',
      '<TwoCharacterDisplay value="no"/>',
      '<TimecodeDisplay value="no"/>',
      '<NoHandShake value="yes"/>',
      '<HasSeparateMeters value="no"/>',
    ),
  );
  t.deepEqual(said(result), []);
  const surface = compiled(result);
  t.like(surface, {dialect: 'mackie', unit: 'main', strips: 8, meters: undefined, handshake: {kind: 'none'}});
  t.true(surface.controls.has('fader.master') && surface.controls.has('play') && !surface.controls.has('jog'));
  t.false(surface.outputs.has('digits.time'));
});

test('extenders add strips only, and what has no place here is told', (t) => {
  const result = imported(
    device(
      '<DeviceType value="MCXT"/>',
      '<Strips value="12"/>',
      '<Extenders value="2"/>',
      '<UsesIPMIDI value="yes"/>',
      '<Wings value="2"/>',
      '<Buttons>',
      '<GlobalButton name="Play" id="94"/>',
      '<GlobalButton name="Stop" id="7"/>',
      '<GlobalButton name="F9" id="3"/>',
      '<StripButton name="Solo" baseid="8"/>',
      '</Buttons>',
    ),
  );
  t.deepEqual(said(result), [
    '4 changed: Strips 12 is not within 1…8: taken for 8',
    '5 left out: extenders are surfaces of their own here, and found when they are plugged in',
    '6 left out: MIDI over the network is not heard here',
    '7 left out: is not known here',
    '10 left out: this key sends note 93 in the protocol, and is only heard there',
    '11 left out: such a unit has no key of this name',
  ]);
  t.like(compiled(result), {unit: 'extender', strips: 8});
  // The name, the type, the strips as they are, two keys.
  t.is(result.carried, 5);
});

test('a field or a key that stands twice in a Mackie Control file is told, and counts once', (t) => {
  const twice = imported(device('<Strips value="8"/>', '<JogWheel value="no"/>', '<strips value="4"/>'));
  t.deepEqual(said(twice), ['5 left out: stands in line 3 already, and is read there']);
  t.is(twice.carried, 3);
  t.is(compiled(twice).strips, 8);
  const keys = imported(
    profile('<Button name="Drop" plain="Editor/undo"/>', '<Button name="Drop" plain="Transport/Loop"/>'),
  );
  t.deepEqual(said(keys), ['5 left out: plain: this key has a task already']);
  t.is(keys.carried, 1);
  t.is(keys.layout?.bindings['drop'], 'session.undo');
});

test('a profile of keys becomes a layout', (t) => {
  const result = imported(
    profile(
      '<Button name="Drop" plain="Common/start-punch-range" shift="Editor/undo"/>',
      '<Button name="F1" plain="Transport/Loop" control="Editor/redo"/>',
      '<Button name="Solo" plain="Editor/undo"/>',
      '<Button name="Warp" plain="Editor/undo"/>',
      '<Button name="F2" plain="Window/hide"/>',
      '<Button name="F3" plain=""/>',
    ),
  );
  t.is(result.surface, undefined);
  t.deepEqual(layoutNews(result), {f1: 'playback.loop'});
  t.is(result.layout?.shifted?.['drop'], 'session.undo');
  t.deepEqual(said(result), [
    '5 left out: control: shift is the only key that is held here',
    '6 left out: keys of strips do one thing for all strips here',
    '7 left out: such a unit has no key of this name',
    '8 left out: plain: the desk has no key for "Window/hide"',
  ]);
});

test('the controls and lamps of a deck mixer become a surface', (t) => {
  const result = imported(
    deck(
      [
        ['[Channel1]', 'volume', '0xB0', '0x07', 'soft-takeover'],
        ['[Channel2]', 'volume', '0xB1', '7', 'normal'],
        ['[Channel1]', 'mute', '0x90', '0x10', 'button'],
        ['[Channel1]', 'mute', '0x80', '0x10', 'button'],
        ['[Channel2]', 'pregain', '0xB1', '0x20', 'selectknob'],
        ['[Master]', 'volume', '0xB0', '0x0E', 'normal'],
        ['[Channel1]', 'play', '0x90', '0x14', 'normal'],
        ['[Channel2]', 'play', '0x91', '0x14', 'normal'],
        ['[Channel1]', 'Some.script', '0xB0', '0x30', 'Script-Binding'],
        ['[Channel1]', 'rate', '0xB0', '0x31', 'normal'],
        ['[Channel3]', 'volume', '0xB2', '', 'normal'],
        ['[Channel3]', 'volume', '0xE2', '0x00', 'normal'],
        ['[Channel3]', 'volume', '0xB2', '0x07', 'invert'],
      ],
      [
        ['[Channel1]', 'mute', '0x90', '0x10', '0x05', '0x01'],
        ['[Channel1]', 'play_indicator', '0x90', '0x14', '0x7F', '0x00'],
        ['[Channel4]', 'pfl', '0x90', '0x15', '0x7F', '0x00'],
      ],
    ),
    'deck.midi.xml',
  );
  t.deepEqual(
    result.notes.map(({element, outcome, reason}) => `${outcome}: ${element}: ${reason}`),
    [
      'left out: <control> [Channel2] play 0x91 0x14: the desk has one tape, and the first deck has it',
      'left out: <control> [Channel1] Some.script 0xB0 0x30: the script function "Some.script" does this, and scripts are not read',
      'left out: <control> [Channel1] rate 0xB0 0x31: the desk has nothing like "rate"',
      'left out: <control> [Channel3] volume 0xB2: midino is empty',
      'left out: <control> [Channel3] volume 0xE2 0x00: the fader of another strip sends another kind of message, and all must send the same',
      'changed: <control> [Channel3] volume 0xB2 0x07: turned round: this must be done on the device',
      'left out: <output> [Channel4] pfl 0x90 0x15: no key here is for the same, and a lamp belongs to a key',
    ],
  );
  const surface = compiled(result);
  t.is(where(surface, 'fader.2'), 'cc 7 on 2');
  t.is(where(surface, 'mute.1'), 'note 16 on 1');
  t.like(surface.controls.get('gain.2'), {kind: 'encoder', address: {number: 32, on: 1, off: 127}});
  t.like(surface.outputs.get('lamp.mute.1')?.address, {message: 'note', number: 16, on: 5, off: 1});
  t.like(surface.outputs.get('lamp.play')?.address, {number: 20, on: 127});
  t.is(result.layout, undefined);
});

test('of a deck mixer all knobs, both halves of 14 bits and hot cues are carried over, and scripts are named with their lines', (t) => {
  const text = deck(
    [
      ['[EqualizerRack1_[Channel1]_Effect1]', 'parameter3', '0xB0', '0x10', 'normal'],
      ['[EqualizerRack1_[Channel1]_Effect1]', 'parameter2', '0xB0', '0x11', 'normal'],
      ['[EqualizerRack1_[Channel1]_Effect1]', 'parameter1', '0xB0', '0x12', 'normal'],
      ['[Channel1]', 'pregain', '0xB0', '0x13', 'normal'],
      ['[Channel1]', 'volume', '0xB0', '0x07', 'fourteen-bit-msb'],
      ['[Channel1]', 'volume', '0xB0', '0x27', 'fourteen-bit-lsb'],
      ['[Channel2]', 'volume', '0xB1', '0x07', 'fourteen-bit-msb'],
      ['[Channel2]', 'volume', '0xB1', '0x27', 'fourteen-bit-lsb'],
      ['[Channel3]', 'pregain', '0xB1', '0x09', 'fourteen-bit-lsb'],
      ['[Channel1]', 'hotcue_3_activate', '0x90', '0x21', 'normal'],
      ['[Channel1]', 'jog', '0xB0', '0x22', 'diff'],
    ],
    [
      ['[Channel1]', 'hotcue_3_enabled', '0x90', '0x21', '0x7F', '0x00'],
      ['[Channel1]', 'VuMeter', '0x90', '0x22', '0x7F', '0x00'],
    ],
  ).replace(
    '<controls>',
    '<scriptfiles>\n<file functionprefix="Acme" filename="Acme-Decks.js"/>\n</scriptfiles><controls>',
  );
  const result = imported(text, 'deck.midi.xml');
  t.deepEqual(
    result.notes.map(({line, element, outcome, reason}) => `${line} ${outcome}: ${element}: ${reason}`),
    [
      '6 left out: <file functionprefix="Acme" filename="Acme-Decks.js">: a script is a program and is not read: what it does is left out',
      '16 left out: <control> [Channel3] pregain 0xB1 0x09: only the fine half of a control of 14 bits is bound',
      '22 left out: <output> [Channel1] VuMeter 0x90 0x22: lamps that light at a level each are no meter here: write them by hand',
    ],
  );
  const surface = compiled(result);
  t.is(where(surface, 'eq-high.1'), 'cc 16 on 1');
  t.is(where(surface, 'eq-mid.1'), 'cc 17 on 1');
  t.is(where(surface, 'eq-low.1'), 'cc 18 on 1');
  t.is(where(surface, 'gain.1'), 'cc 19 on 1');
  t.deepEqual(result.surface?.controls?.['fader.*'], {cc14: 7, step: 0, channel: [1, 2], top: 16_383});
  t.is(where(surface, 'pad-3'), 'note 33 on 1');
  t.is(where(surface, 'jog'), 'cc 34 on 1');
  t.like(surface.outputs.get('lamp.pad-3')?.address, {number: 33});
  t.is(result.layout, undefined);
});

const halves = 'the fine half of a control of 14 bits: seven bits are heard';
const alone = 'only the release of a key is bound to this: here its press does it';
const volume = ['[Channel1]', 'volume', '0xB0', '0x07', 'fourteen-bit-msb'] as const;
const rowsTogether: readonly (readonly [string, Parameters<typeof deck>[0], readonly string[], string])[] = [
  [
    'two halves that lie too high are seven bits',
    [
      ['[Channel1]', 'volume', '0xB0', '0x28', 'fourteen-bit-msb'],
      ['[Channel1]', 'volume', '0xB0', '0x48', 'fourteen-bit-lsb'],
    ],
    ['6 changed: has 14 bits: the upper seven are heard', `7 changed: ${halves}`],
    'fader.1 cc 40',
  ],
  [
    'two halves that are for different things are not put together',
    [volume, ['[Channel2]', 'volume', '0xB0', '0x27', 'fourteen-bit-lsb']],
    [
      '6 changed: has 14 bits: the upper seven are heard',
      '7 left out: only the fine half of a control of 14 bits is bound',
    ],
    'fader.1 cc 7',
  ],
  [
    'a half that a script reads does not make the other one vanish',
    [
      ['[Channel1]', 'volume', '0xB0', '0x07', 'fourteen-bit-msb/><Script-Binding'],
      ['[Channel1]', 'volume', '0xB0', '0x27', 'fourteen-bit-lsb'],
      ['[Channel1]', 'pregain', '0xB0', '0x08', 'normal'],
    ],
    [
      '6 left out: the script function "volume" does this, and scripts are not read',
      '7 left out: only the fine half of a control of 14 bits is bound',
    ],
    'gain.1 cc 8',
  ],
  [
    'a release is heard with its press, and told where there is none',
    [
      ['[Channel1]', 'pfl', '0x80', '0x15', 'normal'],
      ['[Channel1]', 'pfl', '0x90', '0x15', 'normal'],
      ['[Channel1]', 'play', '0x80', '0x14', 'normal'],
      ['[Channel2]', 'pfl', '0x81', '0x15', 'normal'],
    ],
    [`8 left out: ${alone}`, `9 left out: ${alone}`],
    'solo.1 note 21',
  ],
  [
    'a release that does something else than its press is told',
    [
      ['[Channel1]', 'mute', '0x90', '0x10', 'normal'],
      ['[Channel1]', 'play', '0x80', '0x10', 'normal'],
    ],
    [`7 left out: ${alone}`],
    'mute.1 note 16',
  ],
];
for (const [what, rows, notes, bound] of rowsTogether) {
  test(`of a deck mixer ${what}`, (t) => {
    const result = imported(deck(rows, []), 'deck.midi.xml');
    t.deepEqual(said(result), notes);
    t.is(result.carried, 1);
    const controls = [...compiled(result).controls.values()];
    t.deepEqual(
      controls.map(({id, address}) => `${id} ${address?.message} ${address?.number}`),
      [bound],
    );
  });
}

const whole = bindings(fader);
const utf16 = (text: string, littleEndian: boolean): Uint8Array =>
  Uint8Array.from(
    [...text].flatMap((letter) => (littleEndian ? [letter.charCodeAt(0), 0] : [0, letter.charCodeAt(0)])),
  );
const readable: readonly (readonly [string, string | Uint8Array, readonly string[]])[] = [
  ['with a byte order mark', `\ufeff${whole}`, []],
  ['as UTF-16 with a mark', Uint8Array.from([0xff, 0xfe, ...utf16(whole, true)]), []],
  ['as UTF-16 without one', utf16(whole, false), []],
  [
    'in Latin-1, as it says',
    Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${whole.replace('Four', 'F\u00fcnf')}`, 'latin1'),
    [],
  ],
  [
    'in Latin-1, and says UTF-8',
    Buffer.from(whole.replace('Four', 'F\u00fcnf'), 'latin1'),
    ['undefined changed: is not UTF-8; it was read as Windows-1252, and letters with accents may be wrong'],
  ],
  [
    'in an encoding that nobody knows',
    `<?xml version="1.0" encoding="klingon"?>${whole}`,
    ['undefined changed: says that its encoding is "klingon", which is not known; it was read as UTF-8'],
  ],
  [
    'cut off in the middle',
    whole.replace('</ArdourMIDIBindings>', '<Binding channel="1" ct'),
    ['3 changed: unclosed tag: ArdourMIDIBindings', '3 changed: unexpected end.'],
  ],
  [
    'with a document type and entities',
    `<!DOCTYPE a [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>${whole.replace('B1', 'B1 &lol2;')}`,
    ['1 changed: a document type is not read; its entities stay as they are written', '2 changed: undefined entity.'],
  ],
];

for (const [how, text, notes] of readable) {
  test(`a file ${how} is read`, (t) => {
    const result = imported(text);
    t.deepEqual(said(result), notes);
    t.is(where(compiled(result), 'fader.1'), 'cc 9 on 1');
  });
}

for (const [how, text, reason] of [
  ['is empty', '', /^is not XML/],
  ['is no XML', 'Dear desk, I would like …', /^is not XML/],
  ['is binary', Uint8Array.from([0, 1, 2, 255, 0]), /^is not a text file/],
  ['is of another kind', '<rss version="2.0"><channel/></rss>', /^<rss> is none of the files that can be imported/],
  ['has no bindings at all', bindings(), /^nothing in it could be carried over/],
  ['is far too long', new Uint8Array(5 * 1024 * 1024), /^is longer than any mapping/],
  [
    'describes a HUI',
    device('<DeviceType value="HUI"/>', '<Strips value="8"/>'),
    /^nothing in it could be carried over/,
  ],
  [
    'has everything a level too deep',
    device(device('<Strips value="8"/>')).replace('<Name value="Acme Control"/>', ''),
    /^nothing in it could be carried over/,
  ],
] as const) {
  test(`a file that ${how} is refused, with the reason`, (t) => {
    const result = importFile('x', typeof text === 'string' ? Buffer.from(text) : text, base);
    t.is(result.state, 'refused');
    t.regex(result.state === 'refused' ? result.reason : '', reason);
  });
}

test('a file that is nested without end is read as far as it goes', (t) => {
  const result = imported(bindings(fader, `${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}`));
  t.deepEqual(said(result), [
    '3 changed: what is nested here so deep, or stands here so late, is left out',
    '3 left out: is no binding',
  ]);
});

const words = [
  'ArdourMIDIBindings',
  'Binding',
  'MackieProtocolDevice',
  'Strips',
  'MixxxControllerPreset',
  'controller',
  'controls',
  'control',
  'status',
  'midino',
  'group',
  'key',
  'options',
  'Buttons',
  'Button',
];
const names = [
  'channel',
  'ctl',
  'note',
  'enc-2',
  'uri',
  'function',
  'action',
  'msg',
  'name',
  'value',
  'plain',
  '__proto__',
  'constructor',
];
const values = [
  '',
  '0',
  '1',
  '17',
  '-3',
  '0x41',
  '1e9',
  '/route/gain B1',
  '/route/gain B32',
  '/route/send/gain B2 9',
  'transport-roll',
  '__proto__',
  'toString',
  '[Channel1]',
  'volume',
  'B0 07 7F',
  '\u0000',
  '&#xD800;',
];
const xml = fc.letrec<{readonly element: string}>((tie) => ({
  element: fc
    .tuple(
      fc.constantFrom(...words),
      fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...values)), {maxLength: 5}),
      fc.oneof(
        {maxDepth: 3},
        fc.constantFrom(...values),
        fc.array(tie('element'), {maxLength: 6}).map((parts) => parts.join('\n')),
      ),
    )
    .map(
      ([name, attributes, inside]) =>
        `<${name}${attributes.map(([key, value]) => ` ${key}="${value}"`).join('')}>${inside}</${name}>`,
    ),
})).element;
const anyBytes = fc.oneof(
  fc.uint8Array({maxLength: 200}),
  xml.map((text) => Buffer.from(text)),
  fc.array(xml, {maxLength: 12}).map((parts) => Buffer.from(bindings(...parts))),
  fc
    .tuple(
      fc.constantFrom(whole, device('<Strips value="8"/>'), profile('<Button name="F1" plain="Transport/Loop"/>')),
      fc.nat(200),
      fc.uint8Array({maxLength: 4}),
    )
    .map(([text, at, bytes]) =>
      Buffer.concat([Buffer.from(text.slice(0, at)), bytes, Buffer.from(text.slice(at + 1))]),
    ),
);

test('whatever the bytes are, nothing is thrown, and what comes out is good', (t) => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const result = importFile('any', bytes, base);
      if (result.state === 'refused') return result.reason !== '';
      if (result.surface !== undefined) compiled(result);
      layoutNews(result);
      return result.carried > 0;
    }),
    {numRuns: Number(process.env['RUNS'] ?? 60)},
  );
  t.pass();
});

/** Whole files of each kind, as people have them. */
const wholeFiles = [
  bindings(
    '<DeviceInfo bank-size="4" motorized="yes"/>',
    ...[1, 2, 3, 4].flatMap((n) => [
      `<Binding channel="1" ctl="${n + 6}" uri="/route/gain B${n}"/>`,
      `<Binding channel="${n}" note="30" uri="/route/mute B${n}" momentary="yes"/>`,
      `<Binding channel="1" enc-2="${40 + n}" uri="/route/pandirection B${n}"/>`,
      `<Binding channel="2" nrpn="${300 + n}" uri="/route/send/gain B${n} 2"/>`,
    ]),
    '<Binding channel="3" pb="0" uri="/bus/gain master"/>',
    '<Binding channel="1" ctl="41" function="transport-roll"/>',
    '<Binding msg="B0 3a 7f" function="prev-bank"/>',
  ),
  deck(
    [
      ['[Channel1]', 'volume', '0xB0', '0x07', 'fourteen-bit-msb'],
      ['[Channel1]', 'volume', '0xB0', '0x27', 'fourteen-bit-lsb'],
      ['[Channel2]', 'volume', '0xB1', '0x07', 'soft-takeover'],
      ['[Channel2]', 'pregain', '0xB1', '0x20', 'selectknob'],
      ['[Channel1]', 'mute', '0x90', '0x10', 'button'],
      ['[Channel1]', 'hotcue_1_activate', '0x90', '0x14', 'normal'],
      ['[Channel1]', 'Acme.jog', '0xB0', '0x30', 'Script-Binding'],
      ['[Channel3]', 'volume', '0xB0', '0x28', 'fourteen-bit-msb'],
      ['[Channel3]', 'volume', '0xB0', '0x48', 'fourteen-bit-lsb'],
      ['[Channel1]', 'mute', '0x80', '0x10', 'button'],
      ['[Channel2]', 'pfl', '0x91', '0x15', 'normal'],
      ['[Channel2]', 'pfl', '0x81', '0x15', 'normal'],
    ],
    [
      ['[Channel1]', 'mute', '0x90', '0x10', '0x05', '0x01'],
      ['[Channel2]', 'pfl', '0x91', '0x15', '0x7F', '0x00'],
    ],
  ),
  device('<DeviceType value="MCU"/>', '<Strips value="8"/>', '<MasterFader value="yes"/>', '<JogWheel value="no"/>'),
  profile('<Button name="Drop" plain="Common/start-punch-range"/>', '<Button name="F1" shift="Transport/Loop"/>'),
];
const oddNumbers = [
  '',
  ' ',
  '0',
  '17',
  '-1',
  '128',
  '16384',
  '99999999999',
  '0x',
  '0xFF',
  '1.5',
  '7 8',
  'NaN',
  '\u0661',
];

/** What happens to files that are written by hand and sent around; `at` and `pick` say where and what. */
const mutations: readonly ((text: string, at: number, pick: number) => string)[] = [
  // A number is another one, or none.
  (text, at, pick) =>
    replaceOne(text, /(?<=")-?\d+(?=")|0x[0-9A-F]{2}(?=<)/g, at, oddNumbers[pick % oddNumbers.length] ?? ''),
  // A letter of a name is missing, doubled, or another case.
  (text, at, pick) =>
    replaceOne(text, /\b[a-zA-Z-]{3,}(?==")/g, at, (name) => {
      const place = pick % name.length;
      const letter = name.charAt(place);
      const others = ['', letter + letter, letter.toUpperCase(), 'x'];
      return name.slice(0, place) + (others[pick % others.length] ?? '') + name.slice(place + 1);
    }),
  // A line is missing, twice, or cut off.
  (text, at) =>
    text
      .split('\n')
      .toSpliced(1 + (at % Math.max(1, text.split('\n').length - 1)), 1)
      .join('\n'),
  (text, at) => {
    const lines = text.split('\n');
    const line = lines[at % lines.length] ?? '';
    return lines.toSpliced(at % lines.length, 0, line).join('\n');
  },
  (text, at) => text.slice(0, at % (text.length + 1)),
  // What is said is something else.
  (text, at, pick) => replaceOne(text, /(?<=")[^"\n]+(?=")/g, at, values[pick % values.length] ?? ''),
  (text, at, pick) =>
    replaceOne(text, /(?<=<(?:group|key|status|midino|on|off)>)[^<]*/g, at, values[pick % values.length] ?? ''),
  // Another kind of message, or another number where a number is good.
  (text, at, pick) =>
    replaceOne(text, /(?<=<status>)[^<]*/g, at, `0x${'89BE'.charAt(pick % 4)}${Math.floor(pick / 4) % 3}`),
  (text, at, pick) =>
    replaceOne(text, /(?<=<midino>)[^<]*/g, at, ['0x07', '0x10', '0x15', '0x27', '0x28', '0x48'][pick % 6] ?? ''),
  // A quote, a bracket or an ampersand where none belongs.
  (text, at, pick) =>
    `${text.slice(0, at % text.length)}${'"<>&\'\u0000'.charAt(pick % 6)}${text.slice(at % text.length)}`,
];

function replaceOne(text: string, what: RegExp, at: number, by: string | ((found: string) => string)): string {
  const found = [...text.matchAll(what)];
  const one = found[at % Math.max(1, found.length)];
  if (one === undefined) return text;
  const [old] = one;
  return text.slice(0, one.index) + (typeof by === 'string' ? by : by(old)) + text.slice(one.index + old.length);
}

test('files that were spoilt by hands are read as far as they go: nothing is thrown, and what comes out is good', (t) => {
  const mutation = fc.record({how: fc.nat(mutations.length - 1), at: fc.nat(5000), pick: fc.nat(200)});
  fc.assert(
    fc.property(fc.constantFrom(...wholeFiles), fc.array(mutation, {minLength: 1, maxLength: 6}), (file, done) => {
      const text = done.reduce((spoilt, {how, at, pick}) => mutations[how]?.(spoilt || 'x', at, pick) ?? spoilt, file);
      const result = importFile('spoilt', Buffer.from(text), base);
      const lines = text.split('\n').length;
      for (const {line, reason} of result.notes) {
        if (reason === '' || (line !== undefined && (line < 1 || line > lines)))
          throw new Error(`line ${line}: ${reason}`);
      }
      if (result.state === 'refused') return result.reason !== '';
      if (result.surface !== undefined) compiled(result);
      layoutNews(result);
      return result.carried > 0;
    }),
    {numRuns: Number(process.env['RUNS'] ?? 60)},
  );
  t.pass();
});

test('every binding of a spoilt file is carried over, or listed with its line', (t) => {
  const [file = ''] = wholeFiles;
  const mutation = fc.record({how: fc.constantFrom(0, 1, 5), at: fc.nat(5000), pick: fc.nat(200)});
  fc.assert(
    fc.property(fc.array(mutation, {minLength: 1, maxLength: 6}), (done) => {
      const text = done
        .reduce((spoilt, {how, at, pick}) => mutations[how]?.(spoilt, at, pick) ?? spoilt, file)
        .replace(/<ArdourMIDIBindings[^\n]*/, '<ArdourMIDIBindings name="Acme">');
      const result = importFile('spoilt', Buffer.from(text), base);
      if (result.state === 'refused') return true;
      if (result.notes.some(({outcome, element}) => outcome === 'changed' && element === '')) return true;
      const left = new Set(result.notes.filter(({outcome}) => outcome === 'left out').map(({line}) => line));
      return result.carried + left.size === text.match(/<Binding /g)?.length;
    }),
    {numRuns: Number(process.env['RUNS'] ?? 60)},
  );
  t.pass();
});

/** The lines of rows of a deck mixer that are heard with another row: the fine half of 14 bits, and the release of a key. */
function linesHeardWithOthers(text: string): readonly number[] {
  const rows = text.split('\n').flatMap((row, index) => {
    const [, group = '', key = '', status = '', midino = '', option = ''] =
      /<control><group>(.*?)<\/group><key>(.*?)<\/key><status>(.*?)<\/status><midino>(.*?)<\/midino><options><(.*?)\/>/.exec(
        row,
      ) ?? [];
    const [kind, number] = [status, midino].map((word) =>
      /^(?:0x[0-9A-F]+|\d+)$/i.test(word) ? Number(word) : Number.NaN,
    );
    return [
      {line: index + 1, purpose: `${group} ${key}`, kind: kind ?? Number.NaN, number: number ?? Number.NaN, option},
    ];
  });
  return rows
    .filter((row) =>
      rows.some((other) => {
        if (other.purpose !== row.purpose) return false;
        if (row.option === 'fourteen-bit-lsb')
          return other.option === 'fourteen-bit-msb' && other.kind === row.kind && other.number === row.number - 32;
        return row.kind >> 4 === 8 && other.kind === row.kind + 0x10 && other.number === row.number;
      }),
    )
    .map(({line}) => line);
}

test('every row of a spoilt deck mixer is carried over, heard with another one, or listed with its line', (t) => {
  const [, file = ''] = wholeFiles;
  const mutation = fc.record({how: fc.constantFrom(0, 6, 7, 8), at: fc.nat(5000), pick: fc.nat(200)});
  fc.assert(
    fc.property(fc.array(mutation, {minLength: 1, maxLength: 6}), (done) => {
      const text = done.reduce((spoilt, {how, at, pick}) => mutations[how]?.(spoilt, at, pick) ?? spoilt, file);
      const result = importFile('spoilt', Buffer.from(text), base);
      if (result.state === 'refused') return true;
      if (result.notes.some(({outcome, element}) => outcome === 'changed' && element === '')) return true;
      const told = result.notes.filter(({outcome, reason}) => outcome === 'left out' || reason === halves);
      const elsewhere = new Set([...told.map(({line}) => line), ...linesHeardWithOthers(text)]);
      return result.carried + elsewhere.size === text.match(/<(?:control|output)>/g)?.length;
    }),
    {numRuns: Number(process.env['RUNS'] ?? 60)},
  );
  t.pass();
});
