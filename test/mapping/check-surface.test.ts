import test from 'ava';
import {compileMappings} from '../../src/mapping/compile.ts';

const mackie = {
  name: 'Desk',
  maker: 'Acme',
  dialect: 'mackie',
  ports: ['^Desk$'],
  unit: 'main',
  strips: 8,
  faders: {motor: true},
  tested: 'no',
};
const plain = {
  ...mackie,
  dialect: 'plain',
  faders: {},
  controls: {'fader.*': {cc: 0}, 'mute.*': {cc: 16}, play: {note: 60}},
};

function problemsOf(file: unknown): readonly string[] {
  return compileMappings([{path: 'x.json', text: JSON.stringify(file)}]).problems.map(
    ({path, reason, hint}) => `${path.replace('x.json: ', '')}: ${reason}${hint === undefined ? '' : ` (${hint})`}`,
  );
}

test('good files have no problems', (t) => {
  t.deepEqual(problemsOf(mackie), []);
  t.deepEqual(problemsOf(plain), []);
});

const wrong: readonly (readonly [unknown, string])[] = [
  [{...mackie, strips: undefined}, 'strips: missing'],
  [{...mackie, strips: 0}, 'strips: a surface on MIDI has strips'],
  [{...mackie, strips: 'eight'}, 'strips: a number is needed here'],
  [{...mackie, strips: 9}, 'strips: a Mackie unit has at most 8 strips (further ones are units of their own)'],
  [{...mackie, dialect: 'maki'}, 'dialect: "maki" is not valid here (did you mean "mackie"?)'],
  [{...mackie, dialect: 7}, 'dialect: one of mackie, hui, plain, reports, image-keys is needed here'],
  [{...mackie, strip: 8}, 'strip: no such field (did you mean "strips"?)'],
  [{...mackie, faders: {moter: true}}, 'faders.moter: no such field (did you mean "motor"?)'],
  [
    {...mackie, buttons: {global: ['play', 'stopp']}},
    'buttons.global[1]: "stopp" is not valid here (did you mean "stop"?)',
  ],
  [{...mackie, buttons: {global: ['play', 'play']}}, 'buttons.global[1]: "play" stands here twice'],
  [
    {...mackie, ports: ['X-(Touch']},
    'ports[0]: is not a regular expression (put a backslash before ( ) [ ] + * ? . that mean themselves)',
  ],
  [{...mackie, ports: ['x*']}, 'ports[0]: matches every port (write down a part of the name that must be there)'],
  [{...mackie, faders: {echo: true}}, 'faders.echo: only faders with a motor can be sent their moves back'],
  [
    {
      ...mackie,
      faders: {
        scale: [
          [0, -60],
          [0.5, -10],
          [1, 0],
        ],
      },
    },
    'faders.scale[0]: the first mark is silence at the bottom (write [0, null])',
  ],
  [
    {
      ...mackie,
      faders: {
        scale: [
          [0, null],
          [0.5, 0],
          [0.4, 1],
          [1, 10],
        ],
      },
    },
    'faders.scale[2]: position 0.4 is not above the mark before it',
  ],
  [
    {
      ...mackie,
      faders: {
        scale: [
          [0, null],
          [0.5, 0],
          [1, -1],
        ],
      },
    },
    'faders.scale[2]: -1 dB is not above the mark before it',
  ],
  [
    {
      ...mackie,
      faders: {
        scale: [
          [0, null],
          [0.5, null],
          [1, 0],
        ],
      },
    },
    'faders.scale[1]: only the first mark may be null',
  ],
  [
    {
      ...mackie,
      faders: {
        scale: [
          [0, null],
          [0.5, -10],
          [0.9, 0],
        ],
      },
    },
    'faders.scale[2]: the last mark stands at position 1',
  ],
  [
    {
      ...mackie,
      faders: {
        scale: [
          [0, null],
          [1, 0],
        ],
      },
    },
    'faders.scale: too short: at least 3 entries',
  ],
  [{...mackie, greeting: ['F0 01']}, 'greeting[0]: a message that begins with F0 ends with F7'],
  [{...mackie, farewell: ['hello']}, 'farewell[0]: "hello" is not a byte of two hex digits'],
  [
    {...mackie, controls: {}},
    'controls: the mackie dialect knows its controls by name (list them under buttons, or write "dialect": "plain")',
  ],
  [
    {...mackie, unit: 'extender', jog: true},
    'jog: an extender only adds strips (write "unit": "main", or leave this out)',
  ],
  [
    {...mackie, unit: 'extender', faders: {master: true}},
    'faders.master: an extender only adds strips (write "unit": "main", or leave this out)',
  ],
  [{...mackie, extends: '../../etc/passwd'}, 'extends: not written as it must be (/^[a-z0-9][a-z0-9-]*$/)'],
  [{...plain, controls: {}}, 'controls: a plain surface lists its controls here'],
  [{...plain, controls: {'fadr.*': {cc: 1}}}, 'controls.fadr.*: no such control (did you mean "fader.*"?)'],
  [{...plain, controls: {'fader.*': {}}}, 'controls.fader.*: has neither cc nor note ("cc": 7)'],
  [{...plain, controls: {'fader.*': {cc: 1, note: 1}}}, 'controls.fader.*: has cc and note at once ("cc": 7)'],
  [{...plain, controls: {'fader.*': {cc: 200}}}, 'controls.fader.*.cc: at most 127'],
  [{...plain, controls: {'fader.*': {cc: 121}}}, 'controls.fader.*: fader.8 has no number within 0…127'],
  [{...plain, controls: {'fader.*': {cc: 3, step: -1}}}, 'controls.fader.*: fader.5 has no number within 0…127'],
  [{...plain, controls: {'fader.*': {cc: [1, 2, 3]}}}, 'controls.fader.*: lists 3 numbers for 8 strips'],
  [
    {...plain, controls: {'fader.*': {cc: 0}, 'mute.*': {cc: 7}}},
    'controls.mute.*: mute.1 has the same cc 7 as fader.8',
  ],
  [{...plain, controls: {play: {cc: 7, channel: 17}}}, 'controls.play.channel: at most 16'],
  [
    {...plain, lamps: {'solo.*': {cc: 90}}},
    'lamps.solo.*: no button of this surface has this name (one of mute.*, play)',
  ],
  [{...plain, lamps: {'mut.*': {cc: 90}}}, 'lamps.mut.*: no such control (did you mean "mute.*"?)'],
  [
    {...plain, digits: {time: 10}},
    'digits: belongs to the mackie dialect (the plain dialect lists everything under controls and lamps)',
  ],
  [{...plain, meters: {}}, 'meters: does not say where they live ("at": {"cc": 90})'],
  [
    {...plain, meters: {at: {cc: 90}, steps: 3, values: [0, 1, 2]}},
    'meters.values: lists 3 values for dark and 3 steps',
  ],
  [
    {...plain, display: {cells: 9}},
    'display: does not say by which messages texts get there (list them under messages)',
  ],
  [
    {...plain, display: {messages: ['F0 7D {stip} {top} F7']}},
    'display.messages[0]: "{stip}" is none of {top}, {bottom}, {strip}, {strip+16}',
  ],
  [
    {...plain, display: {messages: ['90 {top} 00']}},
    'display.messages[0]: texts travel in messages that begin with F0',
  ],
  [{...plain, keepAlive: {message: 'A0 00', everyMs: 1000}}, 'keepAlive.message: this message has 2 data bytes'],
  [
    {...plain, motors: {'mute.*': {cc: 90}}},
    'motors.mute.*: no fader or knob of this surface has this name (one of fader.*)',
  ],
  [{...plain, touches: {'fader.*': {note: 104}}}, 'touches: faders.touch is not sensed ("touch": "sensed")'],
  [{...plain, controls: {'fader.*': {cc14: 30}}}, 'controls.fader.*: fader.3 has no number within 0…31'],
  [{...plain, controls: {'fader.*': {bend: 10}}}, 'controls.fader.*: fader.8 has no number within 1…16'],
  [
    {...plain, controls: {'fader.*': {cc14: 0}, 'mute.*': {cc: 32}}},
    'controls.mute.*: mute.1 has the same cc14 0 as fader.1',
  ],
  [
    {...plain, controls: {'fader.*': {program: 0}}},
    'controls.fader.*: a program change can only be a key that is pressed',
  ],
  [{...plain, controls: {'knob.*': {cc: 0, relative: 'auto'}}}, 'controls.knob.*: relative is for endless encoders'],
  [{...plain, controls: {'fader.*': {cc: 0, relative: 'auto'}}}, 'controls.fader.*: relative is for endless encoders'],
  [{...plain, controls: {'fader.*': {cc: 0, press: 'toggle'}}}, 'controls.fader.*: press is for keys'],
  [{...plain, controls: {'mute.*': {cc: 0, reverse: true}}}, 'controls.mute.*: reverse is for faders and knobs'],
  [{...plain, controls: {'encoder.*': {cc: 0, reverse: true}}}, 'controls.encoder.*: reverse is for faders and knobs'],
  [{...plain, lamps: {'mute.*': {cc: 0, reverse: true}}}, 'lamps.mute.*: reverse is for faders and knobs'],
  [
    {...plain, controls: {'fader.*': {cc: 0, also: [{cc: 10}]}, 'mute.*': {cc: 12}}},
    'controls.mute.*: mute.1 has the same cc 12 as fader.3',
  ],
  [
    {...plain, controls: {'fader.*': {cc: 1, also: [{cc: 20}, {cc: 40, note: 6}]}}},
    'controls.fader.*.also[1]: has cc and note at once ("cc": 7)',
  ],
  [
    {...plain, controls: {'fader.*': {cc: 1, also: [{channel: 2}]}}},
    'controls.fader.*.also[0]: has neither cc nor note ("cc": 7)',
  ],
  [
    {...plain, controls: {'fader.*': {cc: 1, also: [{cc14: 30}]}}},
    'controls.fader.*.also[0]: fader.3 has no number within 0…31',
  ],
  [
    {...plain, controls: {'fader.*': {cc: 1, also: [{cc: [20, 21]}]}}},
    'controls.fader.*.also[0]: lists 2 numbers for 8 strips',
  ],
  [
    {...plain, controls: {'fader.*': {cc: 1, also: [{program: 3}]}}},
    'controls.fader.*.also[0]: a program change can only be a key that is pressed',
  ],
  [{...plain, lamps: {'mute.*': {cc: 40, also: [{cc: 60}]}}}, 'lamps.mute.*: also is for what is heard'],
  [
    {...plain, faders: {touch: 'sensed'}},
    'faders.touch: touches does not say where fader.* is felt (write "inferred")',
  ],
  [{...plain, faders: {master: true}}, 'faders.master: is true, yet controls has no "fader.master"'],
  [{...plain, controls: {'fader.master': {cc: 1}}}, 'faders.master: is not true, yet controls has "fader.master"'],
];

for (const [file, problem] of wrong) {
  test(`is told: ${problem}`, (t) => {
    const problems = problemsOf(file);
    t.true(problems.includes(problem), problems.join('\n'));
  });
}

test('a list may leave strips out, and they have neither control nor lamp', (t) => {
  const short = {
    ...plain,
    strips: 3,
    controls: {'fader.*': {cc: 0}, 'mute.*': {note: [40, null, 42]}},
    lamps: {'mute.*': {note: [40, null, 42]}},
  };
  t.deepEqual(problemsOf(short), []);
  const [surface] = compileMappings([{path: 'x.json', text: JSON.stringify(short)}]).surfaces;
  t.deepEqual([...(surface?.controls.keys() ?? [])], ['fader.1', 'fader.2', 'fader.3', 'mute.1', 'mute.3']);
  t.deepEqual([...(surface?.outputs.keys() ?? [])], ['lamp.mute.1', 'lamp.mute.3']);
});

test('numbers count up from strip to strip, by a step, or stand in a list', (t) => {
  const file = {
    ...plain,
    strips: 3,
    controls: {
      'fader.*': {cc: 10},
      'knob.*': {cc: 50, step: -2},
      'mute.*': {note: [1, 5, 3], on: 100, off: 1},
      'solo.*': {note: 9, step: 0, channel: [1, 2, 3]},
      'encoder.*': {cc: 70},
    },
    lamps: {'mute.*': {note: 20, channel: 16}},
  };
  const [surface] = compileMappings([{path: 'x.json', text: JSON.stringify(file)}]).surfaces;
  const numbers = (name: string) => [1, 2, 3].map((n) => surface?.controls.get(`${name}.${n}`)?.address?.number);
  t.deepEqual(numbers('fader'), [10, 11, 12]);
  t.deepEqual(numbers('knob'), [50, 48, 46]);
  t.deepEqual(numbers('mute'), [1, 5, 3]);
  t.deepEqual(surface?.controls.get('mute.2')?.address, {
    message: 'note',
    channel: undefined,
    number: 5,
    on: 100,
    off: 1,
  });
  t.deepEqual(surface?.controls.get('solo.3')?.address, {message: 'note', channel: 3, number: 9, on: 127, off: 0});
  t.deepEqual(surface?.controls.get('encoder.1')?.address, {
    message: 'cc',
    channel: undefined,
    number: 70,
    on: 1,
    off: 65,
  });
  t.deepEqual(surface?.outputs.get('lamp.mute.3')?.address, {
    message: 'note',
    channel: 16,
    number: 22,
    on: 127,
    off: 0,
  });
});

test('a motor of a plain surface is driven where it is read', (t) => {
  const file = {
    ...plain,
    strips: 2,
    faders: {motor: true, master: true},
    controls: {'fader.*': {cc: 1}, 'fader.master': {cc: 9}},
  };
  const [surface] = compileMappings([{path: 'x.json', text: JSON.stringify(file)}]).surfaces;
  t.deepEqual(
    [...(surface?.outputs.values() ?? [])].map(({id, address}) => [id, address?.number]),
    [
      ['fader.1', 1],
      ['fader.2', 2],
      ['fader.master', 9],
    ],
  );
  t.is(surface?.faders.topValue, 127);
});
