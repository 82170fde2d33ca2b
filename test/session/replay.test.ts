import {deepStrictEqual} from 'node:assert';
import test from 'ava';
import fc from 'fast-check';
import {newAutomationSettings} from '../../src/model/automation.ts';
import {applyCommand} from '../../src/model/command.ts';
import {type History, noHistory, redone, undone} from '../../src/model/history.ts';
import type {JournalEntry} from '../../src/model/journal.ts';
import type {Lane} from '../../src/model/lane.ts';
import {type Lanes, withChange} from '../../src/model/lane-change.ts';
import {type Mixer, newMixer, newStrip} from '../../src/model/mixer.ts';
import {type NumberedEntry, readJournal} from '../../src/session/journal-file.ts';
import {renewedJournal} from '../../src/session/journal-renewal.ts';
import {type ReplayBase, replay} from '../../src/session/replay.ts';
import {anyEntry} from './any-entry.ts';

const strips = [
  newStrip({id: 'kick', name: 'Kick'}),
  newStrip({id: 'vox', name: 'Vox'}),
  newStrip({id: 'vca-1', name: 'All', kind: 'vca'}),
];
const first: ReplayBase = {
  mixer: newMixer({strips}),
  settings: newAutomationSettings,
  timeline: undefined,
  meters: undefined,
  snapshots: [],
  lanes: new Map(),
  number: 0,
  lanesNumber: 0,
};

function numbered(entries: readonly JournalEntry[], firstNumber = 1): readonly NumberedEntry[] {
  return entries.map((entry, index) => ({number: firstNumber + index, writtenMs: 500 * index, entry}));
}

interface Live {
  readonly mixer: Mixer;
  readonly lanes: Lanes;
  readonly history: History;
}

/** What a desk does, written down in the plainest way. */
function done(live: Live, entry: JournalEntry): Live {
  const {mixer, lanes, history} = live;
  switch (entry.type) {
    case 'step': {
      const {edits, lanes: changes = []} = entry.step;
      const commands = edits.flatMap(({forth}) => forth);
      return {
        mixer: commands.reduce(applyCommand, mixer),
        lanes: changes.reduce(withChange, lanes),
        history: {past: [...history.past, entry.step], future: []},
      };
    }
    case 'undone':
    case 'redone': {
      const move = (entry.type === 'undone' ? undone : redone)(history, {mixer, lanes});
      if (move === undefined) return live;
      return {
        mixer: move.commands.reduce(applyCommand, mixer),
        lanes: move.lanes.reduce(withChange, lanes),
        history: move.history,
      };
    }
    case 'moved':
      return {...live, mixer: entry.commands.reduce(applyCommand, mixer)};
    default:
      return live;
  }
}

test('wherever a session was saved, replaying what came after makes the desk as it was, steps to take back included', (t) => {
  fc.assert(
    fc.property(fc.array(anyEntry, {maxLength: 25}), fc.nat(25), fc.nat(25), (entries, savedAt, lanesAt) => {
      const number = Math.min(savedAt, entries.length);
      const lanesNumber = Math.min(lanesAt, number);
      const start: Live = {mixer: first.mixer, lanes: first.lanes, history: noHistory};
      const at = (count: number): Live => entries.slice(0, count).reduce(done, start);
      const base = {...first, mixer: at(number).mixer, lanes: at(lanesNumber).lanes, number, lanesNumber};
      const {mixer, lanes, history} = replay(base, numbered(entries));
      deepStrictEqual({mixer, lanes, history}, at(entries.length));
    }),
    {numRuns: 200},
  );
  t.pass();
});

test('settings, tape and meters are those told last after the save', (t) => {
  const entries: readonly JournalEntry[] = [
    {type: 'settings', settings: {...newAutomationSettings, mode: 'latch'}},
    {type: 'timeline', timeline: {markers: [{frame: 1, name: 'A'}], loop: undefined}},
    {type: 'timeline', timeline: {markers: [{frame: 2, name: 'B'}], loop: undefined}},
  ];
  const whole = replay(first, numbered(entries));
  t.is(whole.settings.mode, 'latch');
  t.is(whole.timeline?.markers[0]?.name, 'B');
  const later = replay({...first, number: 3, lanesNumber: 3}, numbered(entries));
  t.is(later.settings.mode, 'read');
  t.is(later.timeline, undefined);
});

const wrote = (pass: number, frames: readonly number[], values: readonly number[]): JournalEntry => ({
  ...{type: 'pass.wrote', pass, name: 'ride Vox 0:00–0:01', lane: 'vox level'},
  ...{frames, values},
});
const lane = (...frames: readonly number[]): Lane => ({
  frames: Int32Array.from(frames),
  values: new Float64Array(frames.length),
});

test('a pass that never ended is what was written of it, even where a save came between; one that ended is not', (t) => {
  const entries = [
    wrote(1, [0, 100], [-3, -4]),
    wrote(2, [50], [0]),
    wrote(1, [200], [-5]),
    {type: 'pass.ended', pass: 2} as const,
  ];
  for (const number of [0, 1, 3, 4]) {
    const {openPasses} = replay({...first, number, lanesNumber: 0}, numbered(entries));
    t.deepEqual(openPasses, [
      {pass: 1, name: 'ride Vox 0:00–0:01', lane: 'vox level', frames: [0, 100, 200], values: [-3, -4, -5]},
    ]);
  }
});

test('a pass whose step is the last thing that was written has become that step', (t) => {
  const step = (fromFrame: number): JournalEntry => ({
    type: 'step',
    step: {
      name: 'ride',
      edits: [],
      lanes: [{lane: 'vox level', fromFrame, toFrame: 300, before: lane(), after: lane(fromFrame)}],
    },
  });
  t.deepEqual(replay(first, numbered([wrote(1, [10, 20], [0, 1]), step(10)])).openPasses, []);
  t.is(
    replay(first, numbered([wrote(1, [10, 20], [0, 1]), step(15)])).openPasses.length,
    1,
    'another part of the lane',
  );
  t.is(replay(first, numbered([wrote(1, [10, 20], [0, 1]), step(10), wrote(1, [30], [2])])).openPasses.length, 1);
});

test('what was recovered is counted: rides, other steps, movements and their time', (t) => {
  const level = (levelDb: number): JournalEntry => ({
    type: 'moved',
    commands: [{type: 'strip.setLevel', strip: 'vox', levelDb}],
  });
  const ride: JournalEntry = {
    type: 'step',
    step: {
      name: 'ride',
      edits: [],
      lanes: [{lane: 'vox level', fromFrame: 0, toFrame: 9, before: lane(), after: lane(0)}],
    },
  };
  const entries = numbered([
    level(1),
    level(2),
    level(3),
    ride,
    {type: 'step', step: {name: 'x', edits: []}},
    {type: 'undone'},
    level(4),
  ]);
  const {recovered} = replay({...first, number: 1, lanesNumber: 1}, entries);
  t.deepEqual(recovered, {entries: 6, rides: 1, steps: 1, moves: 2, spanMs: 2500});
  t.deepEqual(replay({...first, number: 7, lanesNumber: 7}, entries).recovered, {
    entries: 0,
    rides: 0,
    steps: 0,
    moves: 0,
    spanMs: 0,
  });
});

test('a renewed journal leads to the same desk as the one it replaces, from every save that it may be needed for', (t) => {
  fc.assert(
    fc.property(fc.array(anyEntry, {maxLength: 20}), fc.nat(20), fc.nat(20), (entries, savedAt, baseAt) => {
      const saved = Math.min(savedAt, entries.length);
      const base = Math.min(baseAt, saved);
      const old = numbered(entries);
      const start: Live = {mixer: first.mixer, lanes: first.lanes, history: noHistory};
      const {bytes, end} = renewedJournal({
        ...{session: 'abc', entries: old, base, saved, lastNumber: entries.length},
        ...{added: [{type: 'pass.ended', pass: 3}], writtenMs: 9},
      });
      const read = readJournal(bytes);
      deepStrictEqual(read.end, end);
      deepStrictEqual(end.number, entries.length + 1);
      deepStrictEqual(read.from, base);
      deepStrictEqual(read.saved, saved);
      for (const number of [base, saved]) {
        const {mixer, lanes} = entries.slice(0, number).reduce(done, start);
        const from = {...first, mixer, lanes, number, lanesNumber: number};
        const replayed = replay(from, read.entries);
        deepStrictEqual(
          {mixer: replayed.mixer, lanes: replayed.lanes, history: replayed.history},
          entries.reduce(done, start),
        );
        deepStrictEqual(replayed.openPasses, []);
      }
    }),
    {numRuns: 150},
  );
  t.pass();
});
