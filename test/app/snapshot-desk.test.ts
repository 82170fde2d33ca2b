import test from 'ava';
import {newAutomationSettings} from '../../src/model/automation.ts';
import type {JournalEntry} from '../../src/model/journal.ts';
import {emptyLane, type Lane, type LaneId} from '../../src/model/lane.ts';
import {findStrip, type Mixer, newMixer, newStrip} from '../../src/model/mixer.ts';
import {type Snapshot, takeSnapshot, wholeMixer} from '../../src/model/snapshot.ts';
import type {SnapshotIntent} from '../../src/model/snapshot-intent.ts';
import {testDesk} from '../journeys/test-desk.ts';

const mixer = newMixer({
  strips: [
    newStrip({id: 'vox', name: 'Vox'}),
    newStrip({id: 'bass', name: 'Bass', pan: -1}),
    newStrip({id: 'keys', name: 'Keys'}),
  ],
});
const verse = takeSnapshot(mixer, 'Verse', wholeMixer);
const chorusMixer: Mixer = {
  ...mixer,
  strips: [
    newStrip({id: 'vox', name: 'Vox', levelDb: -20, muted: true, parameters: {'eq1.hz': 400, 'comp.on': 1}}),
    newStrip({id: 'bass', name: 'Bass', pan: 1}),
    newStrip({id: 'keys', name: 'Keys', levelDb: -10}),
  ],
};
const chorus = takeSnapshot(chorusMixer, 'Chorus', wholeMixer);

function setUp(given: Parameters<typeof testDesk>[1] = {}) {
  const journal: JournalEntry[] = [];
  const on = testDesk(mixer, {snapshots: [verse, chorus], journal: (entry) => journal.push(entry), ...given});
  return {
    ...on,
    journal,
    ask: (intent: SnapshotIntent) => on.desk.perform(intent),
    strip: (id: string) => findStrip(on.engine.mixer, id),
    status: () => on.desk.status().snapshots,
    told: () => on.desk.status().assistance.told,
  };
}

test('a recall at once sets everything, as one step that undo takes back', (t) => {
  const {desk, engine, ask, strip, told} = setUp();
  ask({type: 'snapshot.recall', name: 'chorus'});
  t.is(strip('vox')?.levelDb, -20);
  t.true(strip('vox')?.muted);
  t.is(strip('bass')?.pan, 1);
  t.is(told(), 'Recalled: Chorus.');
  t.is(desk.status().assistance.undo, 'recall Chorus');
  desk.perform({type: 'session.undo'});
  t.deepEqual(engine.mixer, mixer);
  desk.perform({type: 'session.redo'});
  t.is(strip('keys')?.levelDb, -10);
});

test('within a time levels go straight in dB, pans evenly, frequencies in octaves; what opens does so first, what closes last', async (t) => {
  const {ask, strip, pass, status} = setUp();
  ask({type: 'snapshot.recall', name: 'Chorus', fadeMs: 1000});
  t.is(strip('vox')?.parameters['comp.on'], 1);
  await pass(500);
  t.true(Math.abs((strip('vox')?.levelDb ?? 0) + 10) < 0.51);
  t.true(Math.abs(strip('bass')?.pan ?? 1) < 0.051);
  t.true(Math.abs(Math.log2((strip('vox')?.parameters['eq1.hz'] ?? 0) / 200)) < 0.051);
  t.false(strip('vox')?.muted);
  t.true(status()?.fading);
  await pass(525);
  t.is(strip('vox')?.levelDb, -20);
  t.is(strip('vox')?.parameters['eq1.hz'], 400);
  t.true(strip('vox')?.muted);
  t.false(status()?.fading);
});

test('values on their way move every 25 ms', async (t) => {
  const {ask, engine, pass} = setUp();
  const levels = new Set<number | undefined>();
  engine.onChanged(() => levels.add(findStrip(engine.mixer, 'keys')?.levelDb));
  ask({type: 'snapshot.recall', name: 'Chorus', fadeMs: 1000});
  await pass(1100);
  t.true(levels.size >= 40 && levels.size <= 43, `${levels.size}`);
});

test('a hand that moves a fader on its way has it, all else goes on; undo leaves it, too', async (t) => {
  const {desk, ask, strip, pass} = setUp();
  ask({type: 'snapshot.recall', name: 'Chorus', fadeMs: 1000});
  await pass(300);
  desk.perform({type: 'strip.setLevel', strip: 'vox', levelDb: 3});
  await pass(1000);
  t.is(strip('vox')?.levelDb, 3);
  t.is(strip('keys')?.levelDb, -10);
  desk.perform({type: 'session.undo'});
  t.is(strip('vox')?.levelDb, 3);
  t.is(strip('keys')?.levelDb, 0);
});

test('a switch that a hand sets meanwhile stays', async (t) => {
  const {desk, ask, strip, pass} = setUp();
  ask({type: 'snapshot.recall', name: 'Chorus', fadeMs: 1000});
  await pass(300);
  desk.perform({type: 'strip.setMute', strip: 'vox', muted: true});
  desk.perform({type: 'strip.setMute', strip: 'vox', muted: false});
  await pass(200);
  desk.perform({type: 'strip.setMute', strip: 'keys', muted: true});
  await pass(1000);
  t.true(strip('keys')?.muted);
});

test('undo on the way takes all of it back at once', async (t) => {
  const {desk, engine, ask, pass, status} = setUp();
  ask({type: 'snapshot.recall', name: 'Chorus', fadeMs: 1000});
  await pass(300);
  desk.perform({type: 'session.undo'});
  t.deepEqual(engine.mixer, mixer);
  t.false(status()?.fading);
  await pass(2000);
  t.deepEqual(engine.mixer, mixer);
});

test('another recall on the way goes on from where values are; two undos bring the first mix back', async (t) => {
  const {desk, engine, ask, strip, pass} = setUp();
  ask({type: 'snapshot.recall', name: 'Chorus', fadeMs: 1000});
  await pass(500);
  ask({type: 'snapshot.recall', name: 'Verse', fadeMs: 1000});
  await pass(25);
  t.true((strip('vox')?.levelDb ?? 0) < -9);
  await pass(1100);
  t.deepEqual(engine.mixer, mixer);
  desk.perform({type: 'session.undo'});
  t.is(strip('vox')?.levelDb, -20);
  desk.perform({type: 'session.undo'});
  t.deepEqual(engine.mixer, mixer);
});

test('a recall of some parts leaves the way of the others', async (t) => {
  const pans = takeSnapshot(mixer, 'Pans', {parts: ['pans'], strips: 'all'});
  const {ask, strip, pass} = setUp({snapshots: [chorus, pans]});
  ask({type: 'snapshot.recall', name: 'Chorus', fadeMs: 1000});
  await pass(500);
  ask({type: 'snapshot.recall', name: 'Pans'});
  t.is(strip('bass')?.pan, -1);
  await pass(600);
  t.is(strip('bass')?.pan, -1);
  t.is(strip('keys')?.levelDb, -10);
});

function steady(value: number): Lane {
  return {frames: Int32Array.of(0), values: Float64Array.of(value)};
}
const lanes: ReadonlyMap<LaneId, Lane> = new Map([['keys level', steady(-5)]]);

test('what lanes move is left to them, and told', (t) => {
  const {ask, strip, told, desk} = setUp({automation: {lanes, settings: newAutomationSettings}});
  ask({type: 'snapshot.recall', name: 'Chorus'});
  t.is(strip('keys')?.levelDb, -5);
  t.is(strip('vox')?.levelDb, -20);
  t.is(told(), 'Recalled: Chorus (1 value left to automation).');
  desk.perform({type: 'session.undo'});
  t.is(strip('keys')?.levelDb, -5);
  t.is(strip('vox')?.levelDb, 0);
  t.is(emptyLane.frames.length, 0);
});

test('lanes in off mode move nothing: their values are recalled', (t) => {
  const {ask, strip} = setUp({automation: {lanes, settings: {...newAutomationSettings, mode: 'off'}}});
  ask({type: 'snapshot.recall', name: 'Chorus'});
  t.is(strip('keys')?.levelDb, -10);
});

test('what is stored on the way, or saved, has arrived', async (t) => {
  const {ask, desk, saves, pass, status} = setUp();
  ask({type: 'snapshot.recall', name: 'Chorus', fadeMs: 1000});
  await pass(300);
  ask({type: 'snapshot.store', name: 'Now'});
  t.deepEqual(status()?.snapshots[2]?.strips, chorus.strips);
  desk.perform({type: 'session.save'});
  t.is(findStrip(saves[0] ?? mixer, 'vox')?.levelDb, -20);
});

test('storing, renaming and removing are told to the journal, and change the list', (t) => {
  const {ask, status, journal, told} = setUp({snapshots: []});
  ask({type: 'snapshot.store'});
  ask({type: 'snapshot.store', name: 'Bridge', parts: ['levels'], strips: ['vox']});
  t.is(told(), 'Stored: Bridge: levels of Vox.');
  ask({type: 'snapshot.store', name: 'bridge', parts: ['pans']});
  t.is(told(), 'Stored anew: bridge: pans.');
  ask({type: 'snapshot.rename', name: 'Snapshot 1', to: 'Intro'});
  t.deepEqual(
    status()?.snapshots.map(({name, parts}) => [name, parts.length]),
    [
      ['Intro', 8],
      ['bridge', 1],
    ],
  );
  ask({type: 'snapshot.remove', name: 'INTRO'});
  t.deepEqual(
    status()?.snapshots.map(({name}) => name),
    ['bridge'],
  );
  const entries = journal.flatMap((entry) => (entry.type === 'snapshot' ? [[entry.name, entry.snapshot?.name]] : []));
  t.deepEqual(entries, [
    ['Snapshot 1', 'Snapshot 1'],
    ['Bridge', 'Bridge'],
    ['bridge', 'bridge'],
    ['Snapshot 1', 'Intro'],
    ['Intro', undefined],
  ]);
});

const refused: readonly (readonly [string, SnapshotIntent, RegExp])[] = [
  ['a recall of none', {type: 'snapshot.recall', name: 'Outro'}, /There is no snapshot Outro/],
  ['a name of nothing', {type: 'snapshot.store', name: ' '}, /must not be empty/],
  ['strips that are none', {type: 'snapshot.store', name: 'X', strips: ['gone']}, /no such strip/],
  ['a removal of none', {type: 'snapshot.remove', name: 'X'}, /There is no snapshot X/],
  ['a name that is taken', {type: 'snapshot.rename', name: 'Verse', to: 'CHORUS'}, /is that of another/],
  ['an endless fade', {type: 'snapshot.setFade', fadeMs: 1e9}, /A fade takes 0 to 60 s/],
];
for (const [what, intent, sentence] of refused) {
  test(`nothing is done and a sentence says why: ${what}`, (t) => {
    const {ask, engine, told, status} = setUp();
    ask(intent);
    t.regex(told() ?? '', sentence);
    t.deepEqual(engine.mixer, mixer);
    t.is(status()?.snapshots.length, 2);
  });
}

test('the list is gone through step by step, within the chosen time', async (t) => {
  const {desk, ask, status, strip, pass, told} = setUp();
  ask({type: 'snapshot.setFade', fadeMs: 500});
  ask({type: 'snapshot.step', by: 1});
  t.is(status()?.current, 'Verse');
  ask({type: 'snapshot.step', by: 1});
  t.is(told(), 'Recalled: Chorus within 0.5 s.');
  await pass(600);
  t.is(strip('vox')?.levelDb, -20);
  ask({type: 'snapshot.step', by: 1});
  t.is(told(), 'There is no further snapshot.');
  desk.perform({type: 'strip.setLevel', strip: 'vox', levelDb: 4});
  ask({type: 'snapshot.step', by: -1});
  t.is(told(), 'Recalled: Chorus within 0.5 s.');
  await pass(600);
  ask({type: 'snapshot.step', by: -1});
  t.is(told(), 'Recalled: Verse within 0.5 s.');
});

test('two mixes are compared: changes stay with the one that is left, and undo knows which is heard', (t) => {
  const {ask, desk, strip, status, told} = setUp();
  ask({type: 'snapshot.compare'});
  t.is(told(), 'A is kept; B begins as the mix is.');
  desk.perform({type: 'strip.setLevel', strip: 'vox', levelDb: -8});
  ask({type: 'snapshot.compare'});
  t.deepEqual([status()?.slot, strip('vox')?.levelDb], ['A', 0]);
  ask({type: 'snapshot.compare'});
  t.deepEqual([status()?.slot, strip('vox')?.levelDb], ['B', -8]);
  desk.perform({type: 'session.undo'});
  t.deepEqual([status()?.slot, strip('vox')?.levelDb], ['A', 0]);
  ask({type: 'snapshot.compare'});
  t.deepEqual([status()?.slot, strip('vox')?.levelDb], ['B', -8]);
  desk.perform({type: 'strip.setLevel', strip: 'keys', levelDb: -1});
  ask({type: 'snapshot.keep', slot: 'A'});
  t.is(told(), 'This mix is A.');
  ask({type: 'snapshot.compare'});
  t.deepEqual([status()?.slot, strip('keys')?.levelDb], ['B', 0]);
});

test('a snapshot of a session with other strips says what is no longer here', (t) => {
  const gone: Snapshot = {...chorus, strips: [...chorus.strips, {strip: 'flute', levelDb: -3, parameters: {}}]};
  const {ask, told} = setUp({snapshots: [gone]});
  ask({type: 'snapshot.recall', name: 'Chorus'});
  t.is(told(), 'Recalled: Chorus (1 strip no longer here).');
});
