import test from 'ava';
import fc from 'fast-check';
import {newAutomationSettings} from '../../src/model/automation.ts';
import {applyCommand, type MixerCommand} from '../../src/model/command.ts';
import type {JournalEntry} from '../../src/model/journal.ts';
import {type Mixer, newMixer, newStrip} from '../../src/model/mixer.ts';
import {parameterIds, rangeOf} from '../../src/model/parameter.ts';
import {type Snapshot, snapshotParts, takeSnapshot, wholeMixer} from '../../src/model/snapshot.ts';
import {entryOf, writtenEntry} from '../../src/session/journal-entry.ts';
import {sessionOfFile} from '../../src/session/load.ts';
import {replay} from '../../src/session/replay.ts';
import {sessionFileOf} from '../../src/session/save.ts';
import {readSessionFile, sessionFileText} from '../../src/session/session-file.ts';

const plain = newMixer({
  strips: [newStrip({id: 'vox', name: 'Vox'}), newStrip({id: 'hall', name: 'Hall', kind: 'return'})],
});

function written(snapshots: readonly Snapshot[]): string {
  const session = {
    ...{folder: '/songs/one', name: 'One', sampleRate: 48_000, mixer: plain, writable: true, problems: []},
    stems: [{strip: 'vox', path: '/songs/one/vox.wav'}],
    snapshots,
  };
  return sessionFileText(sessionFileOf(session, plain));
}

function read(text: string): readonly Snapshot[] | undefined {
  const file = readSessionFile(text, 'session.json');
  return file.type === 'read' ? sessionOfFile(file.file, '/songs/one').snapshots : undefined;
}

function problemsOf(text: string): string {
  const file = readSessionFile(text, 'session.json');
  const problems = file.type === 'read' ? [] : file.problems;
  return problems.map(({path, reason, hint = ''}) => `${path}: ${reason} ${hint}`).join('\n');
}

const command: fc.Arbitrary<MixerCommand> = fc.oneof(
  fc
    .double({min: -95, max: 10, noNaN: true})
    .map((levelDb): MixerCommand => ({type: 'strip.setLevel', strip: 'vox', levelDb})),
  fc.double({min: -1, max: 1, noNaN: true}).map((pan): MixerCommand => ({type: 'strip.setPan', strip: 'vox', pan})),
  fc.boolean().map((muted): MixerCommand => ({type: 'strip.setMute', strip: 'hall', muted})),
  fc.integer({min: 1, max: 8}).map((group): MixerCommand => ({type: 'mixer.setMuteGroup', group, active: true})),
  fc
    .constantFrom('reverb' as const, 'delay' as const)
    .map((effect): MixerCommand => ({type: 'strip.setEffect', strip: 'hall', effect})),
  fc
    .tuple(fc.constantFrom('decaySeconds', 'feedback', 'note', 'size'), fc.integer({min: 1, max: 80}))
    .map(([name, value]): MixerCommand => ({type: 'strip.setEffectValue', strip: 'hall', name, value})),
  fc
    .tuple(
      fc.constantFrom('vox', 'hall', 'master'),
      fc.constantFrom(...parameterIds),
      fc.double({min: 0, max: 1, noNaN: true}),
    )
    .map(([strip, parameter, share]): MixerCommand => {
      const {low, high} = rangeOf(parameter);
      return {type: 'strip.setParameter', strip, parameter, value: low + share * (high - low)};
    }),
);
const mixer: fc.Arbitrary<Mixer> = fc
  .array(command, {maxLength: 25})
  .map((commands) => commands.reduce(applyCommand, plain));

test('snapshots are read as they were written', (t) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(mixer, fc.subarray([...snapshotParts])), {minLength: 1, maxLength: 3}), (given) => {
      const snapshots = given.map(([kept, parts], index) =>
        takeSnapshot(kept, `Mix ${index}`, index === 0 ? wholeMixer : {parts, strips: ['vox', 'master']}),
      );
      const again = read(written(snapshots));
      return written(snapshots) === written(again ?? []);
    }),
  );
  const snapshots = [takeSnapshot(plain, 'Chorus “2”', wholeMixer)];
  t.deepEqual(read(written(snapshots)), snapshots);
});

test('a session without snapshots says nothing of them', (t) => {
  t.false(written([]).includes('snapshots'));
  t.is(read(written([])), undefined);
});

test('a snapshot is written with a line a strip', (t) => {
  const lines = written([takeSnapshot(plain, 'A', wholeMixer)]).split('\n');
  t.is(lines.filter((line) => line.startsWith('      {"strip":"')).length, 3);
});

const strip = (rest: string): string => `{"name": "A", "parts": ["levels"], "strips": [{"strip": "vox"${rest}}]}`;
const wrong: readonly (readonly [string, string, RegExp])[] = [
  ['no name', '{"name": " ", "parts": [], "strips": []}', /snapshots\[0\]\.name: must not be empty/],
  [
    'one name twice',
    `${strip('')}, {"name": "a", "parts": [], "strips": []}`,
    /snapshots\[1\]\.name: is that of snapshots\[0\]/,
  ],
  [
    'a part that is none',
    '{"name": "A", "parts": ["level"], "strips": []}',
    /snapshots\[0\]\.parts\[0\]: must be one of/,
  ],
  ['too loud', strip(', "levelDb": 12'), /snapshots\[0\]\.strips\[0\]\.levelDb: must be 10 or less/],
  ['a misspelled member', strip(', "levelDB": 0'), /"levelDB" is not known here Did you mean "levelDb"/],
  ['a misspelled parameter', strip(', "parameters": {"eq1.hx": 3}'), /"eq1.hx" is no parameter Did you mean "eq1.hz"/],
  ['no list', '7', /snapshots\[0\]/],
];
for (const [what, json, reason] of wrong) {
  test(`a session file is refused with the place: ${what}`, (t) => {
    const text = written([]).replace(/\n\}\n$/, `,\n  "snapshots": [${json}]\n}\n`);
    t.regex(problemsOf(text), reason);
  });
}

test('the journal tells of snapshots, and replays them onto the list', (t) => {
  const chorus = takeSnapshot(
    applyCommand(plain, {type: 'strip.setLevel', strip: 'vox', levelDb: Number.NEGATIVE_INFINITY}),
    'Chorus',
    wholeMixer,
  );
  const verse = takeSnapshot(plain, 'Verse', wholeMixer);
  const entries: readonly JournalEntry[] = [
    {type: 'snapshot', name: 'Chorus', snapshot: chorus},
    {type: 'snapshot', name: 'Verse', snapshot: verse},
    {type: 'snapshot', name: 'Chorus', snapshot: {...chorus, name: 'Hook'}},
    {type: 'snapshot', name: 'Verse', snapshot: undefined},
  ];
  const read = entries.map((entry) => entryOf(JSON.parse(JSON.stringify(writtenEntry(entry)))));
  t.like(read[0], {type: 'snapshot', name: 'Chorus', snapshot: {name: 'Chorus', strips: chorus.strips}});
  t.is(read.filter((entry) => entry?.type === 'snapshot').length, 4);
  const base = {
    ...{mixer: plain, settings: newAutomationSettings, timeline: undefined, meters: undefined, lanes: new Map()},
    ...{number: 0, lanesNumber: 0},
  };
  const numbered = read.map((entry, index) => ({number: index + 1, writtenMs: 0, entry, afterGap: false}));
  t.deepEqual(
    replay(base, numbered).snapshots?.map(({name}) => name),
    ['Hook'],
  );
  t.is(replay({...base, number: 9, snapshots: [verse]}, numbered).snapshots?.[0], verse);
});
