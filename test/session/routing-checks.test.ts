import test from 'ava';
import fc from 'fast-check';
import {readSessionFile, type SessionFile, type SessionFileStrip} from '../../src/session/session-file.ts';

const plain = {
  group: 'drums',
  colour: 'red',
  channels: 2,
  trimDb: 0,
  levelDb: 0,
  pan: 0,
  muted: false,
  soloed: false,
  soloSafe: false,
  polarityInverted: false,
} as const;
const kick: SessionFileStrip = {id: 'kick', name: 'Kick', file: 'Kick.wav', ...plain};
const bus: SessionFileStrip = {id: 'drum-bus', name: 'Drums', kind: 'group', ...plain};
const verb: SessionFileStrip = {id: 'verb', name: 'Verb', kind: 'return', ...plain, effect: {kind: 'reverb'}};
const vca: SessionFileStrip = {id: 'rhythm', name: 'Rhythm', kind: 'vca', ...plain};
const all: SessionFileStrip = {id: 'all', name: 'All', kind: 'vca', ...plain};

function told(strips: readonly unknown[], members: object = {}): readonly string[] {
  const file = {longthrow: 1, name: 'Song', sampleRate: 48_000, strips, masterLevelDb: 0, ...members};
  const read = readSessionFile(JSON.stringify(file), 'session.json');
  if (read.type === 'read') return [];
  return read.problems.map(({path, reason, hint}) => [path, reason, hint].filter(Boolean).join(' | '));
}

test('a session of groups, returns, VCAs, processing and effects is read', (t) => {
  const strips = [
    {...kick, output: 'drum-bus', vcas: ['rhythm'], muteGroups: [1, 8], parameters: {'eq1.on': 1, 'eq1.gainDb': -18}},
    bus,
    {...verb, output: 'drum-bus', effect: {kind: 'delay', values: {timeMs: 500, pingPong: 1}}},
    {...vca, vcas: ['all']},
    all,
  ];
  const mixer = {masterParameters: {'limiter.on': 1}, panLawDb: 4.5, soloMode: 'pre-fader', activeMuteGroups: [2]};
  t.deepEqual(told(strips, mixer), []);
});

test('a session of before, without any of it, is read', (t) => t.deepEqual(told([kick]), []));

const wrong: readonly (readonly [law: string, strips: readonly unknown[], members: object, told: string])[] = [
  [
    'an unknown parameter is refused with the nearest name',
    [{...kick, parameters: {'eq1.gain': 3}}],
    {},
    'session.json: strips[0].parameters | "eq1.gain" is no parameter | Did you mean "eq1.gainDb"?',
  ],
  [
    'a parameter over its range is refused with the range',
    [{...kick, parameters: {'eq2.gainDb': 18.1}}],
    {},
    'session.json: strips[0].parameters.eq2.gainDb | must be 18 or less',
  ],
  [
    'a parameter under its range is refused with the range',
    [{...kick, parameters: {'hp.hz': 19}}],
    {},
    'session.json: strips[0].parameters.hp.hz | must be 20 or more',
  ],
  [
    'a switch is 0 or 1',
    [{...kick, parameters: {'gate.on': 0.5}}],
    {},
    'session.json: strips[0].parameters.gate.on | must be a whole number',
  ],
  [
    'a text for a parameter is refused',
    [{...kick, parameters: {'gate.on': 'yes'}}],
    {},
    'session.json: strips[0].parameters.gate.on | must be a number',
  ],
  [
    'an unknown parameter of the mix bus is refused',
    [kick],
    {masterParameters: {'limiter.ceiling': -1}},
    'session.json: masterParameters | "limiter.ceiling" is no parameter | Did you mean "limiter.ceilingDb"?',
  ],
  [
    'an unknown parameter of an effect is refused with the nearest name',
    [{...verb, effect: {kind: 'reverb', values: {decay: 3}}}],
    {},
    'session.json: strips[0].effect.values | "decay" is no parameter of a reverb | Did you mean "decaySeconds"?',
  ],
  [
    'a parameter of an effect out of its range is refused',
    [{...verb, effect: {kind: 'delay', values: {feedback: 96}}}],
    {},
    'session.json: strips[0].effect.values.feedback | must be 95 or less',
  ],
  [
    'an unknown effect is refused with those there are',
    [{...verb, effect: {kind: 'chorus'}}],
    {},
    'session.json: strips[0].effect.kind | must be one of "reverb", "delay"',
  ],
  [
    'an unknown member of an effect is refused',
    [{...verb, effect: {kind: 'delay', value: {}}}],
    {},
    'session.json: strips[0].effect | "value" is not known here | Did you mean "values"?',
  ],
  [
    'an effect on a stem is refused',
    [{...kick, effect: {kind: 'delay'}}],
    {},
    'session.json: strips[0].effect | is not for a strip of kind "stem" | Only a "return" has an effect.',
  ],
  [
    'an output that names nobody is refused with the nearest group',
    [{...kick, output: 'drum-buss'}, bus],
    {},
    'session.json: strips[0].output | "drum-buss" is no strip | Did you mean "drum-bus"?',
  ],
  [
    'an output that is no group is refused with the groups there are',
    [{...kick, output: 'verb'}, bus, verb],
    {},
    'session.json: strips[0].output | "verb" is a return, not a group | Known here: drum-bus.',
  ],
  [
    'an output where there is no group says so',
    [{...kick, output: 'x'}],
    {},
    'session.json: strips[0].output | "x" is no strip | There is no group in this session.',
  ],
  [
    'a group that runs into a group is refused',
    [
      {...bus, output: 'other'},
      {...bus, id: 'other'},
    ],
    {},
    'session.json: strips[0].output | must be "master" for a strip of kind "group"',
  ],
  [
    'a VCA that is a group is refused',
    [{...kick, vcas: ['drum-bus']}, bus, vca],
    {},
    'session.json: strips[0].vcas[0] | "drum-bus" is a group, not a vca | Known here: rhythm.',
  ],
  [
    'VCAs in a circle are refused',
    [
      {...vca, vcas: ['all']},
      {...all, vcas: ['rhythm']},
    ],
    {},
    'session.json: strips[1].vcas[0] | leads "all" back to itself | VCAs may follow each other, but not in a circle.',
  ],
  [
    'a VCA that follows itself is refused',
    [{...vca, vcas: ['rhythm']}],
    {},
    'session.json: strips[0].vcas[0] | leads "rhythm" back to itself | VCAs may follow each other, but not in a circle.',
  ],
  [
    'a stem without a file is refused',
    [{...kick, file: undefined}],
    {},
    'session.json: strips[0].file | is missing | Name the audio file of this strip.',
  ],
  [
    'a group with a file is refused',
    [{...bus, file: 'Kick.wav'}],
    {},
    'session.json: strips[0].file | is not for a strip of kind "group" | Take it away, or make the strip a "stem".',
  ],
  [
    'a mute group over 8 is refused',
    [{...kick, muteGroups: [9]}],
    {},
    'session.json: strips[0].muteGroups[0] | must be 8 or less',
  ],
  [
    'an active mute group under 1 is refused',
    [kick],
    {activeMuteGroups: [0]},
    'session.json: activeMuteGroups[0] | must be 1 or more',
  ],
  [
    'an unknown kind is refused',
    [{...kick, kind: 'aux'}],
    {},
    'session.json: strips[0].kind | must be one of "stem", "group", "return", "vca"',
  ],
  ['a tempo that is too slow is refused', [kick], {tempoBpm: 19}, 'session.json: tempoBpm | must be 20 or more'],
  ['a tempo that is too quick is refused', [kick], {tempoBpm: 401}, 'session.json: tempoBpm | must be 400 or less'],
  [
    'half a note is refused',
    [{...verb, effect: {kind: 'delay', values: {note: 2.5}}}],
    {},
    'session.json: strips[0].effect.values.note | must be a whole number',
  ],
  ['an unknown pan law is refused', [kick], {panLawDb: 5}, 'session.json: panLawDb | must be one of 3, 4.5, 6'],
  [
    'an unknown solo mode is refused',
    [kick],
    {soloMode: 'afl'},
    'session.json: soloMode | must be one of "in-place", "after-fader", "pre-fader"',
  ],
];

for (const [law, strips, members, expected] of wrong) {
  test(law, (t) => t.true(told(strips, members).includes(expected), told(strips, members).join('\n')));
}

test('a way over many VCAs ends, also where others go in a circle', (t) => {
  const strips = [
    {...kick, vcas: ['rhythm']},
    {...vca, vcas: ['all']},
    {...all, vcas: ['rhythm']},
  ];
  t.is(told(strips).length, 2);
});

test('any references and values are read or refused with reasons, never a throw', (t) => {
  const id = fc.constantFrom('kick', 'drum-bus', 'rhythm', 'all', 'master', 'nobody');
  const anyStrip = fc.record(
    {
      kind: fc.constantFrom('stem', 'group', 'return', 'vca'),
      output: id,
      vcas: fc.array(id, {maxLength: 4}),
      parameters: fc.dictionary(fc.constantFrom('eq1.on', '__proto__', 'constructor', 'hp.hz', ''), fc.integer()),
      effect: fc.record({kind: fc.constantFrom('reverb', 'delay'), values: fc.dictionary(fc.string(), fc.integer())}),
    },
    {requiredKeys: []},
  );
  fc.assert(
    fc.property(fc.array(anyStrip, {minLength: 4, maxLength: 4}), (changes) => {
      const strips = [kick, bus, vca, all].map((strip, index) => ({...strip, ...changes[index]}));
      const lines = told(strips);
      return lines.every((line) => line.length > 20);
    }),
    {numRuns: 200},
  );
  t.pass();
});

test('a file that is written by hand with everything is taken as it stands', (t) => {
  const file: SessionFile = {
    longthrow: 2,
    name: 'Song',
    sampleRate: 48_000,
    strips: [{...kick, parameters: {'send1.on': 1, 'send1.levelDb': -12}}, verb],
    masterLevelDb: null,
    masterParameters: {'comp.on': 1},
  };
  t.deepEqual(readSessionFile(JSON.stringify(file), 'session.json'), {type: 'read', file});
});
