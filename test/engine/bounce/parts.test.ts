import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {bounce} from '../../../src/engine/bounce.ts';
import {groupParts, type MixerPart, partFileNames, stemParts} from '../../../src/engine/bounce-parts.ts';
import {type Mixer, masterId, newMixer, newStrip} from '../../../src/model/mixer.ts';
import {anyText} from '../../any-text.ts';
import {laneOf} from '../../automation/any-lane.ts';
import {noise} from '../graph/signal.ts';
import {memoryStem} from '../memory-stem.ts';
import {type ReadSound, readSound, scratchFolder} from './scratch.ts';

const folder = await scratchFolder();
test.after.always(() => folder.remove());

const mixer = newMixer({
  strips: [
    newStrip({id: 'kick', name: 'Kick', group: 'drums', output: 'bus', parameters: {'eq1.on': 1, 'send1.on': 1}}),
    newStrip({id: 'snare', name: 'Snare', group: 'drums', output: 'bus', soloed: true, vcas: ['rhythm']}),
    newStrip({id: 'bass', name: 'Bass', group: 'bass', vcas: ['rhythm']}),
    newStrip({id: 'keys', name: 'Keys', group: 'keys', muted: true}),
    newStrip({id: 'lead', name: 'Lead', group: 'vocals', muteGroups: [2]}),
    newStrip({id: 'choir', name: 'Choir', group: 'vocals'}),
    newStrip({id: 'bus', name: 'Drum Bus', kind: 'group', parameters: {'comp.on': 1}}),
    newStrip({id: 'hall', name: 'Hall', kind: 'return'}),
    newStrip({id: 'rhythm', name: 'Rhythm', kind: 'vca', levelDb: -3}),
  ],
  masterLevelDb: -6,
  masterParameters: {'limiter.on': 1},
  activeMuteGroups: [2],
});

const shape = ({name, mixer: one, strips}: MixerPart) => ({
  name,
  strips: one.strips.map(({id, output}) => `${id} → ${output}`),
  whole: strips.map((index) => mixer.strips[index]?.id),
});

test('a stem is one strip with its VCAs, straight to a mix bus at rest; what is muted has none', (t) => {
  const {parts, muted} = stemParts(mixer);
  t.deepEqual(parts.map(shape), [
    {name: 'Kick', strips: ['kick → master'], whole: ['kick']},
    {name: 'Snare', strips: ['snare → master', 'rhythm → master'], whole: ['snare', 'rhythm']},
    {name: 'Bass', strips: ['bass → master', 'rhythm → master'], whole: ['bass', 'rhythm']},
    {name: 'Choir', strips: ['choir → master'], whole: ['choir']},
  ]);
  t.deepEqual(muted, ['Keys', 'Lead']);
  for (const {mixer: one} of parts) {
    t.is(one.masterLevelDb, 0);
    t.deepEqual(one.masterParameters, {});
    t.true(one.strips.every(({soloed}) => !soloed));
  }
  t.deepEqual(parts[0]?.mixer.strips[0]?.parameters, {'eq1.on': 1}, 'its processing stays, its sends do not');
});

test('lanes go with the strips that they move: not with the mix bus, nor with sends where there are none', (t) => {
  const ids = ['kick level', 'kick send1.levelDb', 'bass pan', 'rhythm level', 'bus level', 'master level', 'nonsense'];
  const lanes = ids.map((id) => ({id, lane: laneOf([0, 0])}));
  const moved = (parts: readonly MixerPart[]): Readonly<Record<string, readonly string[]>> =>
    Object.fromEntries(parts.map(({name, lanes: own}) => [name, own.map(({id}) => id)]));
  t.deepEqual(moved(stemParts(mixer, lanes).parts), {
    ...{Kick: ['kick level'], Snare: ['rhythm level'], Bass: ['bass pan', 'rhythm level'], Choir: []},
  });
  t.deepEqual(moved(groupParts(mixer, lanes).parts)['Drum Bus'], [
    ...['kick level', 'kick send1.levelDb', 'rhythm level', 'bus level'],
  ]);
});

test('a strip that a lane lets sound at any time has a file, one that a lane mutes throughout has none', (t) => {
  const lanes = [
    {id: 'keys mute', lane: laneOf([0, 1], [1000, 0], [2000, 1])},
    {id: 'bass mute', lane: laneOf([0, 1])},
  ];
  const {parts, muted} = stemParts(mixer, lanes);
  t.deepEqual(
    parts.map(({name}) => name),
    ['Kick', 'Snare', 'Keys', 'Choir'],
  );
  t.deepEqual(muted, ['Bass', 'Lead']);
});

test('a bounce with lanes is moved by them', async (t) => {
  const frames = 20_000;
  const sound = noise(frames, 1, 0.2);
  const plain = newMixer({strips: [newStrip({id: 'a', name: 'A'})]});
  const common = {mixer: plain, stems: [memoryStem(sound, sound)], sampleRate: 48_000, lengthFrames: frames};
  const [still, moved] = [join(folder.path, 'still.wav'), join(folder.path, 'moved.wav')];
  await bounce({...common, format: 'float32', target: still});
  const lanes = [{id: 'a level', lane: laneOf([8000, 0], [8001, -20])}];
  await bounce({...common, format: 'float32', target: moved, lanes});
  const [one, other] = [await readSound(still), await readSound(moved)];
  const from = (side: Float32Array, first: number, last: number): Float32Array => side.slice(first, last);
  t.deepEqual(from(other.left, 0, 7000), from(one.left, 0, 7000));
  t.true(from(other.left, 9000, frames).every((sample, n) => Math.abs(sample - (one.left[9000 + n] ?? 0) / 10) < 1e-6));
});

test('a group is what feeds it, with groups, returns and VCAs; the others are gathered by instrument', (t) => {
  const {parts, muted} = groupParts(mixer);
  const buses = ['bus → master', 'hall → master', 'rhythm → master'];
  t.deepEqual(parts.map(shape), [
    {
      name: 'Drum Bus',
      strips: ['kick → bus', 'snare → bus', ...buses],
      whole: ['kick', 'snare', 'bus', 'hall', 'rhythm'],
    },
    {name: 'bass', strips: ['bass → master', ...buses], whole: ['bass', 'bus', 'hall', 'rhythm']},
    {name: 'vocals', strips: ['choir → master', ...buses], whole: ['choir', 'bus', 'hall', 'rhythm']},
  ]);
  t.deepEqual(muted, ['Keys', 'Lead']);
});

test('a group that is muted takes its strips with it', (t) => {
  const strips = mixer.strips.map((strip) => (strip.id === 'bus' ? {...strip, muted: true} : strip));
  const {parts, muted} = groupParts({...mixer, strips});
  t.deepEqual(
    parts.map(({name}) => name),
    ['bass', 'vocals'],
  );
  t.deepEqual(muted, ['Keys', 'Lead', 'Drum Bus']);
});

test('names of files are numbered, and harmless on every disk', (t) => {
  const names = ['Kick', '../../etc/passwd', 'a:b*c?', ' .. ', '', 'CON', 'x'.repeat(300), 'Ünïcode\u202e gnp', 'Kick'];
  t.deepEqual(
    partFileNames(
      names.map((name) => ({name})),
      'wav',
    ),
    [
      '01 Kick.wav',
      '02 .. .. etc passwd.wav',
      '03 a b c.wav',
      '04 Unnamed.wav',
      '05 Unnamed.wav',
      '06 CON.wav',
      `07 ${'x'.repeat(80)}.wav`,
      '08 Ünïcode gnp.wav',
      '09 Kick.wav',
    ],
  );
  t.is(
    partFileNames(
      Array.from({length: 100}, () => ({name: 'a'})),
      'flac',
    )[99],
    '100 a.flac',
  );
});

test('any names give as many different names, none of which leaves its folder', (t) => {
  fc.assert(
    fc.property(fc.array(anyText({maxLength: 30}), {maxLength: 30}), (names) => {
      const files = partFileNames(
        names.map((name) => ({name})),
        'wav',
      );
      const lower = new Set(files.map((file) => file.toLowerCase()));
      return lower.size === names.length && files.every((file) => /^\d\d [^/\\:\u0000-\u001f]+\.wav$/u.test(file));
    }),
  );
  t.pass();
});

const frames = 30_000;
const stems = mixer.strips.map(({kind}, index) =>
  kind === 'stem' ? memoryStem(noise(frames, 2 * index + 1, 0.1), noise(frames, 2 * index + 2, 0.1)) : undefined,
);

async function bounced(name: string, one: Mixer, strips: readonly number[]): Promise<ReadSound> {
  const target = join(folder.path, `${name}.wav`);
  const form = {sampleRate: 48_000, lengthFrames: frames, format: 'float32'} as const;
  await bounce({...form, mixer: one, stems: strips.map((index) => stems[index]), target});
  return readSound(target);
}

test('stems add up to the mix before its master, where no groups and sends come between', async (t) => {
  const plain: Mixer = {
    ...mixer,
    masterLevelDb: 0,
    masterParameters: {},
    strips: mixer.strips.map((strip) => ({...strip, output: masterId, soloed: false, parameters: {}})),
  };
  const whole = await bounced(
    'whole',
    plain,
    plain.strips.map((_, index) => index),
  );
  for (const {parts} of [stemParts(plain), groupParts(plain)]) {
    const sum = new Float64Array(frames);
    for (const [index, part] of parts.entries()) {
      const {left} = await bounced(`part ${index}`, part.mixer, part.strips);
      left.forEach((value, frame) => {
        sum[frame] = (sum[frame] ?? 0) + value;
      });
    }
    t.true(parts.length >= 3);
    t.true(whole.left.some((value) => Math.abs(value) > 0.05));
    t.true(whole.left.every((value, frame) => Math.abs(value - (sum[frame] ?? 0)) < 1e-6));
  }
});
