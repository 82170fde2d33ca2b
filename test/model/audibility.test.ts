import test from 'ava';
import fc from 'fast-check';
import {followedVcas, heardLevelDb, isAudible, isMuted, isSendAudible, isSoloed} from '../../src/model/audibility.ts';
import {applyCommand} from '../../src/model/command.ts';
import {findStrip, type Mixer, newMixer, newStrip, type Strip, type StripId} from '../../src/model/mixer.ts';

/** Drums (kick, snare) in a group, vocals beside it; a reverb; two VCAs of which one follows the other. */
function desk(changes: Readonly<Record<StripId, Partial<Strip>>> = {}, mixer: Partial<Mixer> = {}): Mixer {
  const strips = [
    newStrip({id: 'kick', name: 'Kick', output: 'drums', vcas: ['rhythm']}),
    newStrip({id: 'snare', name: 'Snare', output: 'drums', muteGroups: [2]}),
    newStrip({id: 'vox', name: 'Vox', vcas: ['all']}),
    newStrip({id: 'drums', name: 'Drums', kind: 'group'}),
    newStrip({id: 'verb', name: 'Verb', kind: 'return'}),
    newStrip({id: 'rhythm', name: 'Rhythm', kind: 'vca', vcas: ['all']}),
    newStrip({id: 'all', name: 'All', kind: 'vca'}),
  ];
  return newMixer({strips: strips.map((strip) => ({...strip, ...changes[strip.id]})), ...mixer});
}

function strip(mixer: Mixer, id: StripId): Strip {
  return findStrip(mixer, id) ?? newStrip({id, name: ''});
}

function heard(mixer: Mixer): string {
  const sounding = mixer.strips.filter((one) => one.kind !== 'vca');
  return sounding.flatMap((one) => (isAudible(mixer, one) ? [one.id] : [])).join(' ');
}

const everything = 'kick snare vox drums verb';
const truths: readonly (readonly [
  law: string,
  changes: Readonly<Record<StripId, Partial<Strip>>>,
  mixer: Partial<Mixer>,
  heard: string,
])[] = [
  ['with nothing set all is heard', {}, {}, everything],
  ['a muted stem is silent', {kick: {muted: true}}, {}, 'snare vox drums verb'],
  ['a muted group is silent, its stems still run into it', {drums: {muted: true}}, {}, 'kick snare vox verb'],
  ['a mute group that is on mutes its members', {}, {activeMuteGroups: [2]}, 'kick vox drums verb'],
  ['a mute group that is off mutes nothing', {}, {activeMuteGroups: [1, 3]}, everything],
  ['a muted VCA mutes who follows it', {rhythm: {muted: true}}, {}, 'snare vox drums verb'],
  ['a muted VCA mutes over others too', {all: {muted: true}}, {}, 'snare drums verb'],
  [
    'a VCA in an active mute group mutes who follows it',
    {all: {muteGroups: [5]}},
    {activeMuteGroups: [5]},
    'snare drums verb',
  ],
  ['a soloed stem brings the group that it feeds, and what is safe', {kick: {soloed: true}}, {}, 'kick drums verb'],
  ['a soloed stem without a group stands alone with what is safe', {vox: {soloed: true}}, {}, 'vox verb'],
  ['a soloed group brings the stems that feed it', {drums: {soloed: true}}, {}, 'kick snare drums verb'],
  ['a soloed VCA brings who follows it, with their group', {rhythm: {soloed: true}}, {}, 'kick drums verb'],
  ['a soloed VCA brings over others too', {all: {soloed: true}}, {}, 'kick vox drums verb'],
  ['solos add up', {kick: {soloed: true}, vox: {soloed: true}}, {}, 'kick vox drums verb'],
  ['mute wins over solo', {kick: {soloed: true, muted: true}}, {}, 'drums verb'],
  ['a mute group wins over solo', {snare: {soloed: true}}, {activeMuteGroups: [2]}, 'drums verb'],
  ['a safe stem stays', {vox: {soloSafe: true}, kick: {soloed: true}}, {}, 'kick vox drums verb'],
  ['a safe stem can be muted', {vox: {soloSafe: true, muted: true}, kick: {soloed: true}}, {}, 'kick drums verb'],
  ['a return that is not safe falls silent with the rest', {verb: {soloSafe: false}, vox: {soloed: true}}, {}, 'vox'],
  ['after-fader solo never changes the mix', {vox: {soloed: true}}, {soloMode: 'after-fader'}, everything],
  ['pre-fader solo never changes the mix', {vox: {soloed: true}}, {soloMode: 'pre-fader'}, everything],
  [
    'mutes count in every solo mode',
    {vox: {soloed: true, muted: true}},
    {soloMode: 'pre-fader'},
    'kick snare drums verb',
  ],
  [
    'a return in a soloed group is heard',
    {verb: {soloSafe: false, output: 'drums'}, drums: {soloed: true}},
    {},
    'kick snare drums verb',
  ],
  [
    'an output that names no group is the mix bus',
    {vox: {output: 'kick'}, kick: {soloed: true}},
    {},
    'kick drums verb',
  ],
];

const sends = {'send1.on': 1} as const;
/** Ways that are open with solo in place: what is heard at its output, then each send as `from>to`. */
const ways: readonly (readonly [law: string, changes: Readonly<Record<StripId, Partial<Strip>>>, open: string])[] = [
  [
    'a soloed return is heard with all that is sent to it, and nothing else is',
    {verb: {soloed: true}, kick: {parameters: sends}, vox: {parameters: sends}},
    'verb kick>verb vox>verb',
  ],
  [
    'that it is safe as well changes nothing',
    {verb: {soloed: true, soloSafe: true}, vox: {parameters: sends}},
    'verb vox>verb',
  ],
  [
    'a muted source is not sent to a soloed return',
    {verb: {soloed: true}, kick: {muted: true, parameters: sends}, vox: {parameters: sends}},
    'verb vox>verb',
  ],
  [
    'a group that is sent to a soloed return gets its members, but is not heard itself',
    {verb: {soloed: true}, drums: {parameters: sends}},
    'kick snare verb drums>verb',
  ],
  [
    'a soloed stem is answered by a safe return, and no one else is sent there',
    {vox: {soloed: true, parameters: sends}, kick: {parameters: sends}},
    'vox verb vox>verb',
  ],
  [
    'a soloed stem beside a soloed return: both are heard, with all that is sent',
    {vox: {soloed: true}, verb: {soloed: true}, kick: {parameters: sends}},
    'vox verb kick>verb',
  ],
  [
    'a return that runs into a soloed group is heard in it with what is sent to it',
    {verb: {output: 'drums'}, drums: {soloed: true}, vox: {parameters: sends}},
    'kick snare drums verb vox>verb',
  ],
  [
    'a soloed return brings the group it runs into, and not the other members',
    {verb: {output: 'drums', soloed: true}, vox: {parameters: sends}},
    'drums verb vox>verb',
  ],
  [
    'a VCA solos a return',
    {verb: {vcas: ['all']}, all: {soloed: true}, kick: {parameters: sends}},
    'kick vox drums verb kick>verb',
  ],
];

for (const [law, changes, expected] of ways) test(law, (t) => t.is(open(desk(changes)), expected));

test('a return that is sent to a soloed one gets what is sent to it, but is not heard itself', (t) => {
  const echo = newStrip({id: 'echo', name: 'Echo', kind: 'return'});
  const soloed = {...echo, soloed: true};
  const {strips} = desk({verb: {parameters: {'send2.on': 1}}, vox: {parameters: sends}});
  t.is(open(newMixer({strips: [...strips, soloed]})), 'echo vox>verb verb>echo');
  const both = strips.map((one) => (one.id === 'verb' ? {...one, soloed: true} : one));
  t.is(open(newMixer({strips: [...both, soloed]})), 'verb echo vox>verb verb>echo');
  t.is(open(newMixer({strips: [...both, echo]})), 'verb echo vox>verb verb>echo');
});

test('returns that are sent to each other in a circle end', (t) => {
  const echo = newStrip({id: 'echo', name: 'Echo', kind: 'return', parameters: sends, soloed: true});
  const {strips} = desk({verb: {parameters: {'send2.on': 1}}});
  t.is(open(newMixer({strips: [...strips, echo]})), 'echo verb>echo echo>verb');
});

function open(mixer: Mixer): string {
  const returns = mixer.strips.filter(({kind}) => kind === 'return');
  const sent = mixer.strips.flatMap((one) =>
    returns.flatMap(({id}, index) =>
      one.parameters[`send${index + 1}.on` as 'send1.on'] === 1 && isSendAudible(mixer, one, id)
        ? [`${one.id}>${id}`]
        : [],
    ),
  );
  return [heard(mixer), ...sent].join(' ');
}

for (const [law, changes, mixer, expected] of truths) {
  test(law, (t) => t.is(heard(desk(changes, mixer)), expected));
}

test('the level of a strip is that of its fader and of all VCAs above it', (t) => {
  const mixer = desk({kick: {levelDb: -3}, rhythm: {levelDb: -4}, all: {levelDb: 2}});
  t.is(heardLevelDb(mixer, strip(mixer, 'kick')), -5);
  t.is(heardLevelDb(mixer, strip(mixer, 'vox')), 2);
  t.is(heardLevelDb(mixer, strip(mixer, 'snare')), 0);
  const silent = desk({all: {levelDb: Number.NEGATIVE_INFINITY}});
  t.is(heardLevelDb(silent, strip(silent, 'kick')), Number.NEGATIVE_INFINITY);
});

test('a VCA that is reached over two ways counts once', (t) => {
  const mixer = desk({kick: {vcas: ['rhythm', 'all']}, all: {levelDb: -6}});
  t.is(heardLevelDb(mixer, strip(mixer, 'kick')), -6);
});

test('VCAs in a circle end, and each counts once', (t) => {
  const mixer = desk({all: {vcas: ['rhythm'], levelDb: -1}, rhythm: {levelDb: -2}});
  t.deepEqual(
    followedVcas(mixer, strip(mixer, 'kick')).map(({id}) => id),
    ['rhythm', 'all'],
  );
  t.is(heardLevelDb(mixer, strip(mixer, 'kick')), -3);
  t.is(heardLevelDb(mixer, strip(mixer, 'all')), -3);
});

test('what is no VCA, or nobody, is not followed', (t) => {
  const mixer = desk({kick: {vcas: ['drums', 'nobody', 'kick']}, drums: {muted: true, soloed: true, levelDb: -50}});
  t.is(heardLevelDb(mixer, strip(mixer, 'kick')), 0);
  t.false(isMuted(mixer, strip(mixer, 'kick')));
  t.false(isSoloed(mixer, strip(mixer, 'kick')));
});

test('no command makes a VCA follow itself, whatever the order', (t) => {
  const ids = ['rhythm', 'all', 'kick', 'drums', 'nobody'] as const;
  const anyChange = fc.record({
    strip: fc.constantFrom(...ids),
    vcas: fc.array(fc.constantFrom(...ids), {maxLength: 6}),
  });
  fc.assert(
    fc.property(fc.array(anyChange, {maxLength: 12}), (changes) => {
      const mixer = changes.reduce((now, change) => applyCommand(now, {type: 'strip.setVcas', ...change}), desk());
      return mixer.strips.every(
        (one) =>
          one.vcas.length === new Set(one.vcas).size &&
          followedVcas(mixer, one).every((vca) => !vca.vcas.includes(one.id)) &&
          followedVcas(mixer, one).every((vca) => vca.id !== one.id),
      );
    }),
  );
  const next = applyCommand(desk(), {type: 'strip.setVcas', strip: 'all', vcas: ['rhythm']});
  t.deepEqual(strip(next, 'all').vcas, []);
});

test('mute groups of a strip are kept once and in order', (t) => {
  const next = applyCommand(desk(), {type: 'strip.setMuteGroups', strip: 'kick', muteGroups: [8, 1, 8, 0, 9, 2.5]});
  t.deepEqual(strip(next, 'kick').muteGroups, [1, 8]);
});

test('mute always silences, and a mute or solo of one strip never silences a safe or soloed other', (t) => {
  const anyStrip = fc.record({muted: fc.boolean(), soloed: fc.boolean(), soloSafe: fc.boolean()});
  fc.assert(
    fc.property(anyStrip, anyStrip, anyStrip, anyStrip, fc.boolean(), (kick, snare, vox, drums, active) => {
      const mixer = desk({kick, snare, vox, drums}, {activeMuteGroups: active ? [2] : []});
      return mixer.strips.every((one) => {
        const audible = isAudible(mixer, one);
        if (isMuted(mixer, one)) return !audible;
        return audible || !(one.soloSafe || one.soloed);
      });
    }),
  );
  t.pass();
});
