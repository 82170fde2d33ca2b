import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {newAutomation} from '../../../src/model/automation.ts';
import type {JournalEntry} from '../../../src/model/journal.ts';
import {newMeterSettings} from '../../../src/model/meter-settings.ts';
import {newTimeline} from '../../../src/model/timeline.ts';
import {recoverSession} from '../../../src/session/recover.ts';
import {createSessionStore} from '../../../src/session/session-store.ts';
import {programIn} from '../program.ts';
import {writeToneSession} from './tone-session.ts';

const {scratch, run} = programIn(test, 'crash');
let songs = 0;

/** A session of one tone of −12 dBFS, in which a crash left what was done. */
async function crashed(entries: readonly JournalEntry[]): Promise<string> {
  songs += 1;
  const folder = await writeToneSession(join(scratch, `song-${songs}`), 48_000, 48_000, {});
  const recovery = await recoverSession(folder);
  if (recovery.type === 'refused') throw new Error('refused');
  const store = createSessionStore({
    ...{recovered: recovery.recovered, added: [], wallMs: () => 0, troubled: () => {}, keptAs: () => {}},
    clock: {now: () => 0, after: () => () => {}},
    lock: async () => ({renew: async () => true, release: async () => {}}),
  });
  for (const entry of entries) store.append(entry);
  if (!(await store.close())) throw new Error('not written');
  return folder;
}

async function peakDb(folder: string): Promise<number> {
  const target = join(folder, 'mix.wav');
  const {status, out, err} = await run('bounce', folder, '-o', target, '--json', '--no-report');
  if (status !== 0) throw new Error(err);
  return JSON.parse(out).peakDb;
}

test('a bounce hears what a crash left in the journal: levels, rides, and none of a lane that is off', async (t) => {
  const plain = await peakDb(await crashed([]));
  const level: JournalEntry = {type: 'moved', commands: [{type: 'strip.setLevel', strip: 'tone', levelDb: -6}]};
  t.true(Math.abs((await peakDb(await crashed([level]))) - (plain - 6)) < 0.01);
  const ride: JournalEntry = {
    ...{type: 'pass.wrote', pass: 1, name: 'ride Tone 0:00–0:01', lane: 'tone level'},
    ...{frames: [0, 96_000], values: [-20, -20]},
  };
  t.true(Math.abs((await peakDb(await crashed([ride]))) - (plain - 20)) < 0.01);
  const off: JournalEntry = {
    type: 'settings',
    settings: {...newAutomation.settings, laneModes: new Map([['tone level', 'off']])},
  };
  t.true(Math.abs((await peakDb(await crashed([ride, off]))) - plain) < 0.01);
});

test('a desk says what was recovered, and has it in session.json when it is quit; the next one has nothing to recover', async (t) => {
  const folder = await crashed([
    {type: 'moved', commands: [{type: 'strip.setMute', strip: 'tone', muted: true}]},
    {type: 'timeline', timeline: {...newTimeline, markers: [{frame: 100, name: 'Verse'}]}},
    {type: 'meters', meters: {...newMeterSettings, type: 'vu'}},
  ]);
  const words = ['--no-device', '--no-surfaces', '--seconds', '0.5', '--json'];
  const first = await run(folder, ...words);
  t.is(first.status, 0, first.err);
  t.regex(first.err, /The program ended without saving: 1 move was recovered\./);
  const file = JSON.parse(await readFile(join(folder, 'session.json'), 'utf8'));
  t.like(file, {longthrow: 2, journal: 3, markers: [{frame: 100, name: 'Verse'}], meters: {type: 'vu'}});
  t.true(file.strips[0].muted);
  const before = await readFile(join(folder, 'journal.jsonl'));
  const second = await run(folder, ...words);
  t.false(/ended without saving/.test(second.err + second.out));
  t.deepEqual(await readFile(join(folder, 'journal.jsonl')), before, 'nothing was done, and nothing written');
});
