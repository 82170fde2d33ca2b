import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {newMixer, newStrip} from '../../src/model/mixer.ts';
import type {Session} from '../../src/model/session.ts';
import {
  longestMarkerName,
  type Marker,
  markerNameFault,
  shortestLoopFrames,
  sortedMarkers,
} from '../../src/model/timeline.ts';
import {loadSession} from '../../src/session/load.ts';
import {saveSession} from '../../src/session/save.ts';
import {readSessionFile} from '../../src/session/session-file.ts';

function told(members: object): readonly string[] {
  const file = {longthrow: 1, name: 'Song', sampleRate: 48_000, strips: [], masterLevelDb: 0, ...members};
  const read = readSessionFile(JSON.stringify(file), 'session.json');
  if (read.type === 'read') return [];
  return read.problems.map(({path, reason, hint}) => [path, reason, hint].filter(Boolean).join(' | '));
}

const intro = {frame: 0, name: 'Intro'};
const verse = {frame: 480_000, name: 'Verse 1'};

test('markers in any order, and a loop, are read', (t) => {
  t.deepEqual(told({markers: [verse, intro], loop: {inFrame: 0, outFrame: shortestLoopFrames}}), []);
});

const nameHint = `Give it 1 to ${longestMarkerName} plain characters.`;
const wrong: readonly (readonly [law: string, members: object, told: string])[] = [
  [
    'two markers at one place are refused',
    {markers: [intro, verse, {...verse, name: 'Other'}]},
    'session.json: markers[2].frame | markers[1] stands there already | Move or remove one of them.',
  ],
  [
    'a marker without a name is refused',
    {markers: [{...intro, name: ' '}]},
    `session.json: markers[0].name | must not be empty | ${nameHint}`,
  ],
  [
    'a name with control characters is refused',
    {markers: [{...intro, name: 'In\u001b[2Jtro'}]},
    `session.json: markers[0].name | must not contain control characters, nor begin or end with a space | ${nameHint}`,
  ],
  [
    'a name that is too long is refused',
    {markers: [{...intro, name: 'x'.repeat(longestMarkerName + 1)}]},
    `session.json: markers[0].name | is longer than ${longestMarkerName} characters | ${nameHint}`,
  ],
  [
    'a marker before the start is refused',
    {markers: [{...intro, frame: -1}]},
    'session.json: markers[0].frame | must be 0 or more',
  ],
  [
    'a marker further than a day is refused',
    {markers: [{...intro, frame: 1e15}]},
    'session.json: markers[0].frame | must be 33177600000 or less',
  ],
  [
    'a marker between two frames is refused',
    {markers: [{...intro, frame: 0.5}]},
    'session.json: markers[0].frame | must be a whole number',
  ],
  [
    'what a marker has not is refused with the nearest name',
    {markers: [{...intro, fram: 3}]},
    'session.json: markers[0] | "fram" is not known here | Did you mean "frame"?',
  ],
  [
    'a loop that is too short is refused',
    {loop: {inFrame: 10, outFrame: 9 + shortestLoopFrames}},
    `session.json: loop | must end at least ${shortestLoopFrames} frames after it begins | Leave it out to loop the whole tape.`,
  ],
  [
    'a loop that ends before it begins is refused',
    {loop: {inFrame: 90_000, outFrame: 9}},
    `session.json: loop | must end at least ${shortestLoopFrames} frames after it begins | Leave it out to loop the whole tape.`,
  ],
  ['a loop without its end is refused', {loop: {inFrame: 9}}, 'session.json: loop.outFrame | is missing'],
];

for (const [law, members, problem] of wrong) {
  test(law, (t) => t.deepEqual(told(members), [problem]));
}

test('whatever markers and loop are saved, they are loaded again as they were', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'longthrow-timeline-'));
  t.teardown(() => rm(folder, {recursive: true, force: true}));
  await writeFile(join(folder, 'Kick.wav'), '');
  const mixer = newMixer({strips: [newStrip({id: 'kick', name: 'Kick'})]});
  const session: Session = {
    ...{folder, name: 'Song', sampleRate: 44_100, mixer, writable: true, problems: []},
    stems: [{strip: 'kick', path: join(folder, 'Kick.wav')}],
  };
  const anyMarkers: fc.Arbitrary<readonly Marker[]> = fc.uniqueArray(
    fc.record({
      frame: fc.nat(),
      name: fc
        .string({unit: 'grapheme', minLength: 1, maxLength: 20})
        .filter((name) => markerNameFault(name) === undefined),
    }),
    {selector: ({frame}) => frame, maxLength: 12},
  );
  const anyLoop = fc.option(
    fc.tuple(fc.nat(), fc.nat()).map(([inFrame, more]) => ({inFrame, outFrame: inFrame + shortestLoopFrames + more})),
    {nil: undefined},
  );
  await fc.assert(
    fc.asyncProperty(anyMarkers, anyLoop, async (markers, loop) => {
      const timeline = {markers: sortedMarkers(markers), loop};
      const saved = await saveSession({...session, timeline}, mixer);
      const loaded = await loadSession(folder);
      if (saved.type !== 'saved' || loaded.type !== 'session') throw new Error(JSON.stringify([saved, loaded]));
      if (markers.length === 0 && loop === undefined) return loaded.session.timeline === undefined;
      return JSON.stringify(loaded.session.timeline) === JSON.stringify(timeline);
    }),
    {numRuns: 40},
  );
  t.pass();
});
