import test from 'ava';
import fc from 'fast-check';
import {applyCommand, type MixerCommand} from '../../src/model/command.ts';
import {type Mixer, masterId, newMixer, newStrip} from '../../src/model/mixer.ts';
import {parameterIds, rangeOf} from '../../src/model/parameter.ts';
import {
  findSnapshot,
  freshSnapshotName,
  isSnapshotPart,
  partOfParameter,
  recallCommands,
  type Snapshot,
  snapshotNameFault,
  snapshotParts,
  takeSnapshot,
  wholeMixer,
} from '../../src/model/snapshot.ts';
import {fadeOf, glideCommand} from '../../src/model/snapshot-fade.ts';
import {isSnapshotIntent} from '../../src/model/snapshot-intent.ts';

const plain = newMixer({
  strips: [
    newStrip({id: 'vox', name: 'Vox'}),
    newStrip({id: 'bass', name: 'Bass'}),
    newStrip({id: 'hall', name: 'Hall', kind: 'return'}),
    newStrip({id: 'band', name: 'Band', kind: 'vca'}),
  ],
});

const stripId = fc.constantFrom('vox', 'bass', 'hall', 'band', masterId);
const command: fc.Arbitrary<MixerCommand> = fc.oneof(
  fc.record({
    type: fc.constant('strip.setLevel' as const),
    strip: stripId,
    levelDb: fc.double({min: -100, max: 10, noNaN: true}),
  }),
  fc.record({
    type: fc.constant('strip.setPan' as const),
    strip: stripId,
    pan: fc.double({min: -1, max: 1, noNaN: true}),
  }),
  fc.record({
    type: fc.constant('strip.setTrim' as const),
    strip: stripId,
    trimDb: fc.double({min: -24, max: 24, noNaN: true}),
  }),
  fc.record({type: fc.constant('strip.setMute' as const), strip: stripId, muted: fc.boolean()}),
  fc.record({type: fc.constant('strip.setPolarity' as const), strip: stripId, polarityInverted: fc.boolean()}),
  fc.record({
    type: fc.constant('mixer.setMuteGroup' as const),
    group: fc.integer({min: 1, max: 8}),
    active: fc.boolean(),
  }),
  fc.record({type: fc.constant('mixer.setTempo' as const), tempoBpm: fc.integer({min: 60, max: 200})}),
  fc.record({
    type: fc.constant('strip.setEffect' as const),
    strip: fc.constant('hall'),
    effect: fc.constantFrom('reverb', 'delay'),
  }),
  fc.record({
    type: fc.constant('strip.setEffectValue' as const),
    strip: fc.constant('hall'),
    name: fc.constantFrom('note', 'timeMs', 'decaySeconds', 'feedback'),
    value: fc.integer({min: 0, max: 90}),
  }),
  fc
    .tuple(stripId, fc.constantFrom(...parameterIds), fc.double({min: 0, max: 1, noNaN: true}))
    .map(([strip, parameter, share]): MixerCommand => {
      const {low, high} = rangeOf(parameter);
      return {type: 'strip.setParameter', strip, parameter, value: low + share * (high - low)};
    }),
);
const mixer: fc.Arbitrary<Mixer> = fc
  .array(command, {maxLength: 40})
  .map((commands) => commands.reduce(applyCommand, plain));

function recalled(snapshot: Snapshot, on: Mixer): Mixer {
  return recallCommands(snapshot, on).commands.reduce(applyCommand, on);
}

test('a mix that was stored whole comes back whole, whatever was done since', (t) => {
  fc.assert(
    fc.property(mixer, mixer, (kept, now) => {
      const snapshot = takeSnapshot(kept, 'Chorus', wholeMixer);
      const sameTempo = applyCommand(now, {type: 'mixer.setTempo', tempoBpm: kept.tempoBpm});
      const back = recalled(snapshot, sameTempo);
      return recallCommands(snapshot, back).commands.length === 0;
    }),
  );
  t.pass();
});

test('what is as it was stored is not touched', (t) => {
  fc.assert(fc.property(mixer, (now) => recallCommands(takeSnapshot(now, 'x', wholeMixer), now).commands.length === 0));
  t.pass();
});

test('only the parts and strips that were stored are recalled', (t) => {
  fc.assert(
    fc.property(
      mixer,
      mixer,
      fc.subarray([...snapshotParts]),
      fc.subarray(['vox', 'bass', masterId]),
      (kept, now, parts, strips) => {
        const snapshot = takeSnapshot(kept, 'x', {parts, strips});
        const others = takeSnapshot(now, 'y', {
          parts: snapshotParts.filter((part) => !parts.includes(part)),
          strips: 'all',
        });
        const back = recalled(snapshot, now);
        const untouched = back.strips.filter(({id}) => !strips.includes(id));
        return (
          recallCommands(others, back).commands.length === 0 &&
          untouched.every((strip) => now.strips.includes(strip)) &&
          recallCommands(snapshot, back).commands.length === 0
        );
      },
    ),
  );
  t.pass();
});

test('every parameter belongs to a part', (t) => {
  const parts = parameterIds.map((id) => [id, partOfParameter(id)] as const);
  t.deepEqual(new Map(parts).get('width'), 'pans');
  t.true(parts.filter(([id]) => id.startsWith('send')).every(([, part]) => part === 'sends'));
  t.true(parts.filter(([id]) => /^(gate|comp|sat|limiter)/.test(id)).every(([, part]) => part === 'dynamics'));
  t.true(parts.filter(([id]) => /^(hp|lp|eq)/.test(id)).every(([, part]) => part === 'eq'));
});

test('strips that are gone are told, those that came are left alone', (t) => {
  const snapshot = takeSnapshot(plain, 'x', wholeMixer);
  const other = newMixer({
    strips: [newStrip({id: 'vox', name: 'Vox', levelDb: -5}), newStrip({id: 'new', name: 'New', levelDb: -7})],
  });
  const {commands, missing} = recallCommands(snapshot, other);
  t.deepEqual(missing, ['bass', 'hall', 'band']);
  t.deepEqual(commands, [{type: 'strip.setLevel', strip: 'vox', levelDb: 0}]);
});

test('solo, routing, tempo and colours stay as they are', (t) => {
  const snapshot = takeSnapshot(plain, 'x', wholeMixer);
  const now = [
    {type: 'strip.setSolo', strip: 'vox', soloed: true},
    {type: 'strip.setVcas', strip: 'vox', vcas: ['band']},
    {type: 'mixer.setTempo', tempoBpm: 90},
    {type: 'mixer.setPanLaw', panLawDb: 6},
  ] as const satisfies readonly MixerCommand[];
  t.deepEqual(recallCommands(snapshot, now.reduce<Mixer>(applyCommand, plain)).commands, []);
});

test('a delay that goes by a note keeps its note at another tempo', (t) => {
  const set = [
    {type: 'strip.setEffect', strip: 'hall', effect: 'delay'},
    {type: 'strip.setEffectValue', strip: 'hall', name: 'note', value: 9},
  ] as const satisfies readonly MixerCommand[];
  const kept = set.reduce<Mixer>(applyCommand, plain);
  const snapshot = takeSnapshot(kept, 'x', wholeMixer);
  const faster = applyCommand(plain, {type: 'mixer.setTempo', tempoBpm: 150});
  const back = recalled(snapshot, faster).strips[2]?.effect;
  t.is(back?.values['note'], 9);
  t.not(back?.values['timeMs'], kept.strips[2]?.effect?.values['timeMs']);
});

test('mute groups are those of the whole mixer only', (t) => {
  const active = applyCommand(plain, {type: 'mixer.setMuteGroup', group: 3, active: true});
  t.deepEqual(takeSnapshot(active, 'x', wholeMixer).activeMuteGroups, [3]);
  t.is(takeSnapshot(active, 'x', {parts: ['mutes'], strips: ['vox']}).activeMuteGroups, undefined);
  t.is(takeSnapshot(active, 'x', {parts: ['levels'], strips: 'all'}).activeMuteGroups, undefined);
});

for (const [name, fault] of [
  ['Chorus', undefined],
  ['', 'must not be empty'],
  ['  ', 'must not be empty'],
  [' x', 'must not contain control characters, nor begin or end with a space'],
  ['a\u001bb', 'must not contain control characters, nor begin or end with a space'],
  ['x'.repeat(41), 'is longer than 40 characters'],
] as const) {
  test(`"${name.slice(0, 10).replace('\u001b', 'ESC')}" as a name: ${fault ?? 'well'}`, (t) =>
    t.is(snapshotNameFault(name), fault));
}

test('names are found whatever the case; fresh ones count on', (t) => {
  const snapshots = ['Chorus', 'Snapshot 1', 'snapshot 3'].map((name) => takeSnapshot(plain, name, wholeMixer));
  t.is(findSnapshot(snapshots, 'CHORUS'), snapshots[0]);
  t.is(findSnapshot(snapshots, 'Verse'), undefined);
  t.is(freshSnapshotName(snapshots), 'Snapshot 2');
  t.true(isSnapshotPart('eq') && !isSnapshotPart('solo'));
  t.true(isSnapshotIntent({type: 'snapshot.compare'}) && !isSnapshotIntent({type: 'session.save'}));
});

test('a fade opens at its start and closes at its end', (t) => {
  const commands: readonly MixerCommand[] = [
    {type: 'strip.setMute', strip: 'vox', muted: true},
    {type: 'strip.setMute', strip: 'bass', muted: false},
    {type: 'strip.setParameter', strip: 'vox', parameter: 'send1.on', value: 1},
    {type: 'strip.setParameter', strip: 'vox', parameter: 'eq1.on', value: 0},
    {type: 'strip.setParameter', strip: 'vox', parameter: 'eq1.shape', value: 2},
    {type: 'strip.setParameter', strip: 'vox', parameter: 'eq1.hz', value: 200},
    {type: 'strip.setLevel', strip: 'vox', levelDb: Number.NEGATIVE_INFINITY},
    {type: 'mixer.setMuteGroup', group: 1, active: true},
    {type: 'mixer.setMuteGroup', group: 2, active: false},
    {type: 'strip.setPolarity', strip: 'vox', polarityInverted: true},
  ];
  const {glides, atStart, atEnd} = fadeOf(commands, plain);
  t.deepEqual(atEnd, [commands[0], commands[3], commands[7]]);
  t.deepEqual(atStart, [commands[1], commands[2], commands[4], commands[8], commands[9]]);
  t.deepEqual(
    glides.map(({target, from, to, curve}) => [target.parameter, from, to, curve]),
    [
      ['eq1.hz', 100, 200, 'octaves'],
      ['level', 0, -90, 'line'],
    ],
  );
});

test('levels move straight in dB, pans evenly, frequencies in octaves; the end is met to the digit', (t) => {
  const level = {target: {strip: 'vox', parameter: 'level'}, from: -20, to: -10, curve: 'line'} as const;
  const pan = {target: {strip: 'vox', parameter: 'pan'}, from: -1, to: 1, curve: 'line'} as const;
  const hertz = {target: {strip: 'vox', parameter: 'eq1.hz'}, from: 100, to: 400, curve: 'octaves'} as const;
  t.deepEqual(glideCommand(level, 0.5), {type: 'strip.setLevel', strip: 'vox', levelDb: -15});
  t.deepEqual(glideCommand(pan, 0.5), {type: 'strip.setPan', strip: 'vox', pan: 0});
  t.deepEqual(glideCommand(hertz, 0.5), {type: 'strip.setParameter', strip: 'vox', parameter: 'eq1.hz', value: 200});
  t.deepEqual(glideCommand(hertz, 1), {type: 'strip.setParameter', strip: 'vox', parameter: 'eq1.hz', value: 400});
});

test('a whole fade ends where the recall at once does', (t) => {
  fc.assert(
    fc.property(mixer, mixer, (kept, now) => {
      const {commands} = recallCommands(takeSnapshot(kept, 'x', wholeMixer), now);
      const {glides, atStart, atEnd} = fadeOf(commands, now);
      const steps = [0.25, 0.5, 1].flatMap((share) => glides.flatMap((glide) => glideCommand(glide, share) ?? []));
      const faded = [...atStart, ...steps, ...atEnd].reduce(applyCommand, now);
      return (
        recallCommands(takeSnapshot(commands.reduce(applyCommand, now), 'y', wholeMixer), faded).commands.length === 0
      );
    }),
  );
  t.pass();
});
