import {execFile} from 'node:child_process';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {encodeSamples, type SampleEncoding} from '../../../src/engine/stems/sample-encoding.ts';
import {waveHeader} from '../../../src/engine/stems/wave-writer.ts';
import {newAutomation} from '../../../src/model/automation.ts';
import type {JournalEntry} from '../../../src/model/journal.ts';
import {newMeterSettings} from '../../../src/model/meter-settings.ts';
import {newTimeline} from '../../../src/model/timeline.ts';
import {recoverSession} from '../../../src/session/recover.ts';
import {createSessionStore} from '../../../src/session/session-store.ts';
import {sine} from '../../engine/graph/signal.ts';
import {projectFile} from '../../project.ts';

const main = fileURLToPath(projectFile('dist/app/main.js'));
const scratch = await mkdtemp(join(tmpdir(), 'longthrow-crash-'));
test.after.always(() => rm(scratch, {recursive: true, force: true}));
const environment = {...process.env, XDG_CACHE_HOME: join(scratch, 'cache'), NO_COLOR: '1'};

function run(
  ...words: string[]
): Promise<{readonly status: number | null; readonly out: string; readonly err: string}> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...words], {env: environment, timeout: 60_000}, (_, out, err) =>
      resolve({status: child.exitCode, out, err}),
    );
  });
}

const encoding: SampleEncoding = {kind: 'int', bytes: 2, littleEndian: true};
const frames = 48_000;

/** A session of one tone of −12 dBFS, in which a crash left what was done. */
async function crashed(entries: readonly JournalEntry[]): Promise<string> {
  const folder = await mkdtemp(join(scratch, 'song-'));
  const tone = sine(frames, 220, 48_000, 0.25);
  const bytes = Buffer.concat([waveHeader(encoding, 1, 48_000, frames), encodeSamples(encoding, [tone], frames)]);
  await writeFile(join(folder, 'Tone.wav'), bytes);
  const strip = {id: 'tone', name: 'Tone', file: 'Tone.wav', group: 'other', colour: 'white', channels: 1, trimDb: 0};
  const still = {levelDb: 0, pan: 0, muted: false, soloed: false, soloSafe: false, polarityInverted: false};
  const file = {longthrow: 1, name: 'Tone', sampleRate: 48_000, strips: [{...strip, ...still}], masterLevelDb: 0};
  await writeFile(join(folder, 'session.json'), JSON.stringify(file));
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
