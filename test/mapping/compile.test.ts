import test from 'ava';
import {compileMappings, type Mappings} from '../../src/mapping/compile.ts';

const parent = {
  name: 'Parent',
  maker: 'Acme',
  dialect: 'mackie',
  ports: ['^Parent$'],
  unit: 'main',
  strips: 4,
  faders: {
    motor: true,
    touch: 'sensed',
    master: true,
    scale: [
      [0, null],
      [0.5, -20],
      [1, 10],
    ],
  },
  encoders: {push: true, ring: 'full'},
  jog: true,
  buttons: {strip: ['mute', 'solo'], global: ['play', 'user-a']},
  display: {cells: 6, colours: 'rgb-bits'},
  digits: {time: 10},
  meters: {decayMsPerStep: null, master: true},
  greeting: ['F0 01 F7'],
  tested: 'no',
};
const child = {extends: 'parent', name: 'Child', ports: ['^Child$'], tested: 'yes'};

function compiled(files: Readonly<Record<string, unknown>>): Mappings {
  return compileMappings(
    Object.entries(files).map(([name, value]) => ({path: `m/${name}.json`, text: JSON.stringify(value)})),
  );
}

function surface(files: Readonly<Record<string, unknown>>, id: string) {
  const mappings = compiled(files);
  const found = mappings.surfaces.find((one) => one.id === id);
  if (found === undefined) throw new Error(JSON.stringify(mappings.problems));
  return found;
}

test('a surface has the controls that its file lists, named as the desk names them', (t) => {
  t.deepEqual(
    [...surface({parent}, 'parent').controls.keys()],
    [
      ...['fader.1', 'fader.2', 'fader.3', 'fader.4'],
      ...['encoder.1', 'encoder.2', 'encoder.3', 'encoder.4'],
      ...['push.1', 'push.2', 'push.3', 'push.4'],
      ...['solo.1', 'solo.2', 'solo.3', 'solo.4'],
      ...['mute.1', 'mute.2', 'mute.3', 'mute.4'],
      ...['fader.master', 'jog', 'play', 'user-a'],
    ],
  );
});

test('controls know their kind and their strip, counted from 0', (t) => {
  const {controls} = surface({parent}, 'parent');
  t.deepEqual(controls.get('fader.4'), {id: 'fader.4', kind: 'fader', strip: 3, address: undefined});
  t.deepEqual(controls.get('push.1'), {id: 'push.1', kind: 'button', strip: 0, address: undefined});
  t.deepEqual(controls.get('fader.master'), {id: 'fader.master', kind: 'fader', strip: undefined, address: undefined});
  t.is(controls.get('jog')?.kind, 'jog');
  t.is(controls.get('encoder.2')?.kind, 'encoder');
});

test('outputs are what the device can show, and a foot switch shows nothing', (t) => {
  const names = new Set([...surface({parent}, 'parent').outputs.keys()].map((id) => id.replace(/\.[0-9]$/, '.*')));
  t.deepEqual(
    [...names],
    [
      ...['fader.*', 'fader.master', 'ring.*', 'lamp.solo.*', 'lamp.mute.*', 'lamp.play'],
      ...['lamp.rude-solo', 'lamp.smpte', 'lamp.beats'],
      ...['text.*', 'colour.*', 'meter.*', 'overload.*', 'meter.left', 'meter.right', 'digits.time'],
    ],
  );
});

test('an output says how many cells it has', (t) => {
  const {outputs} = surface({parent}, 'parent');
  t.deepEqual(outputs.get('text.2'), {id: 'text.2', type: 'text', strip: 1, cells: 6, address: undefined});
  t.is(outputs.get('digits.time')?.cells, 10);
  t.is(outputs.get('ring.1')?.cells, 0);
});

test('what the file leaves out takes the defaults that the schema promises', (t) => {
  const {faders, meters, handshake, pace, farewell, palette} = surface({parent}, 'parent');
  t.like(faders, {settleMs: 300, echo: false, topValue: 16383, stepValue: 16});
  t.deepEqual(meters, {steps: 12, decayMsPerStep: undefined, resendMs: 100, overload: true, master: true});
  t.deepEqual(handshake, {kind: 'none', deviceId: 0x14});
  t.deepEqual(pace, {bytesPerSecond: 1875});
  t.deepEqual(farewell, []);
  t.is(palette, 'rgb-bits');
});

test('the printed scale becomes the taper, silence at the bottom', (t) => {
  t.deepEqual(surface({parent}, 'parent').faders.taper, [
    {position: 0, levelDb: Number.NEGATIVE_INFINITY},
    {position: 0.5, levelDb: -20},
    {position: 1, levelDb: 10},
  ]);
});

test('a child has all that its parent has, under its own name and ports', (t) => {
  const made = surface({parent, child}, 'child');
  const of = surface({parent, child}, 'parent');
  t.like(made, {id: 'child', name: 'Child', ports: ['^Child$'], maker: 'Acme', strips: 4});
  t.deepEqual(made.controls, of.controls);
  t.deepEqual(made.greeting, of.greeting);
});

test('objects of a child merge field by field; lists, values and null replace', (t) => {
  const changed = {
    ...child,
    faders: {settleMs: 500},
    buttons: {strip: ['rec']},
    display: null,
    digits: {assignment: 2},
    strips: 1,
  };
  const made = surface({parent, child: changed}, 'child');
  t.like(made.faders, {settleMs: 500, motor: true, touch: 'sensed'});
  t.true(made.controls.has('rec.1') && made.controls.has('play') && !made.controls.has('mute.1'));
  t.false(made.outputs.has('text.1'));
  t.is(made.outputs.get('digits.time')?.cells, 10);
  t.is(made.outputs.get('digits.assignment')?.cells, 2);
  t.false(made.controls.has('fader.2'));
});

test('ports, name and tested are never inherited', (t) => {
  const {problems} = compiled({parent, child: {extends: 'parent'}});
  t.deepEqual(
    problems.map(({path, reason}) => `${path}: ${reason}`),
    ['name', 'ports', 'tested'].map((field) => `m/child.json: ${field}: missing, neither here nor in parent`),
  );
});

test("an extender has the extenders' device id by default", (t) => {
  const extender = {
    ...child,
    unit: 'extender',
    faders: {master: false},
    jog: false,
    buttons: {global: []},
    digits: null,
    meters: {master: false},
  };
  const made = surface({parent, child: extender}, 'child');
  t.is(made.handshake.deviceId, 0x15);
  t.false([...made.outputs.keys()].some((id) => ['lamp.smpte', 'lamp.rude-solo', 'digits.time'].includes(id)));
});

test('a missing parent is a problem with the nearest name', (t) => {
  const {problems, surfaces} = compiled({parent, child: {...child, extends: 'paren'}});
  t.deepEqual(problems, [
    {
      path: 'm/child.json: extends',
      reason: 'there is no good surface file "paren"',
      hint: 'did you mean "parent"?',
      severity: 'error',
    },
  ]);
  t.deepEqual(
    surfaces.map(({id}) => id),
    ['parent'],
  );
});

test('files that extend each other in a circle are problems, all of them, and the rest goes on', (t) => {
  const {problems, surfaces} = compiled({
    parent,
    a: {...child, extends: 'b'},
    b: {...child, extends: 'a'},
    c: {...child, extends: 'c'},
  });
  t.deepEqual(
    problems.map(({path, reason}) => `${path} ${reason}`),
    [
      'm/a.json: extends goes round in a circle: a → b → a',
      'm/b.json: extends goes round in a circle: b → a → b',
      'm/c.json: extends goes round in a circle: c → c',
    ],
  );
  t.deepEqual(
    surfaces.map(({id}) => id),
    ['parent'],
  );
});

test('a later file of the same id replaces the earlier one, and may extend it', (t) => {
  const texts = [
    {path: 'shipped/x.json', text: JSON.stringify(parent)},
    {path: 'mine/x.json', text: JSON.stringify({...child, extends: 'x', strips: 2})},
  ];
  const {surfaces, problems} = compileMappings(texts);
  t.deepEqual(problems, []);
  t.is(surfaces.length, 1);
  t.like(surfaces[0], {id: 'x', name: 'Child', strips: 2, maker: 'Acme'});
});

test('where the later file is broken, the earlier one goes on', (t) => {
  for (const text of ['{', '{"strips": "many"}', JSON.stringify({...parent, strips: 12})]) {
    const {surfaces, problems} = compileMappings([
      {path: 'shipped/x.json', text: JSON.stringify(parent)},
      {path: 'mine/x.json', text},
    ]);
    t.deepEqual(
      surfaces.map(({id, strips}) => [id, strips]),
      [['x', 4]],
    );
    t.true(problems.length > 0 && problems.every(({path}) => path.startsWith('mine/x.json')));
  }
});

test('guides carry what people should know', (t) => {
  const {guides} = compiled({parent: {...parent, setUp: ['Switch it on.'], notes: ['Heavy.']}});
  t.deepEqual(guides.get('parent'), {labels: {}, setUp: ['Switch it on.'], notes: ['Heavy.'], tested: 'no'});
});
