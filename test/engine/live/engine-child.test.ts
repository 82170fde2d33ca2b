import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {extname, join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {type ChildListener, startChild} from '../../../src/engine/live/engine-child.ts';
import type {EngineSetup} from '../../../src/engine/live/message.ts';
import {newMeterSettings} from '../../../src/model/meter-settings.ts';
import {newMixer, newStrip} from '../../../src/model/mixer.ts';
import {newMonitor} from '../../../src/model/monitor.ts';
import {isRunning, temporaryFolder, until} from './live-rig.ts';

const folder = await temporaryFolder();
test.after.always(() => folder.remove());

const setup: EngineSetup = {
  mixer: newMixer({strips: [newStrip({id: 'one', name: 'One'})]}),
  monitor: newMonitor,
  stems: [],
  references: [],
  meters: newMeterSettings,
  sampleRate: 48_000,
  cacheFolder: join(folder.path, 'cache'),
  lookAheadMs: 80,
  device: 'none',
};
const silent: ChildListener = {told: () => {}, died: () => {}};
const here = (name: string): URL => new URL(`${name}${extname(import.meta.url)}`, import.meta.url);
const longMs = {code: 30_000, device: 30_000, stems: 30_000};

test('a process that renders says so, tells what is heard, and ends when it is asked', async (t) => {
  let heard = 0;
  const deaths: string[] = [];
  const child = startChild(setup, {
    told: (message) => void (message.type === 'heard' && heard++),
    died: (how) => deaths.push(how),
  });
  const started = await child.started;
  t.like(started, {type: 'ready', lengthFrames: 0, status: {output: 'silent', lateBlocks: 0}});
  await until('it was heard', () => heard > 2);
  await child.close();
  t.false(isRunning(child.processId ?? 0));
  t.deepEqual(deaths, []);
});

test('a sound system that hangs is noticed, and its process is gone', async (t) => {
  const child = startChild({...setup, device: 'default'}, silent, {...longMs, device: 50}, here('./deaf-process'));
  t.like(await child.started, {type: 'deaf', reason: 'the sound system did not answer'});
  await until('the process is gone', () => !isRunning(child.processId ?? 0));
  await child.close();
});

test('code that does not load in time, or ends at once, is a failed start', async (t) => {
  const slow = startChild(setup, silent, {...longMs, code: 1});
  t.deepEqual(await slow.started, {type: 'failed', reason: 'it did not start within 0.001 seconds'});
  const absent = startChild(setup, silent, longMs, here('./no-such-file'));
  t.deepEqual(await absent.started, {type: 'failed', reason: 'it ended while starting (1)'});
  await Promise.all([slow.close(), absent.close()]);
});

test('a process that says why it cannot run has failed with that reason, and is gone', async (t) => {
  const child = startChild(setup, silent, longMs, here('./failing-process'));
  t.deepEqual(await child.started, {type: 'failed', reason: 'the kernel was not built'});
  await until('the process is gone', () => !isRunning(child.processId ?? 0));
});

test('closing while it starts ends it, and the start has failed', async (t) => {
  const child = startChild(setup, silent);
  await child.close();
  t.is((await child.started).type, 'failed');
  t.false(isRunning(child.processId ?? 0));
  await child.close();
});

test('an engine whose desk was killed ends by itself', async (t) => {
  const script = fileURLToPath(here('./orphaning-desk'));
  const desk = spawn(process.execPath, ['--import=tsx', script, join(folder.path, 'orphan')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  t.teardown(() => desk.kill('SIGKILL'));
  const [line] = await once(createInterface(desk.stdout), 'line');
  const engine = Number(line);
  t.true(isRunning(engine));
  desk.kill('SIGKILL');
  await until('the engine is gone', () => !isRunning(engine));
  t.false(isRunning(engine));
});
