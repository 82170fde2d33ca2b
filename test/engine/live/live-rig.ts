import {existsSync, readFileSync} from 'node:fs';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import type {ExecutionContext} from 'ava';
import type {LiveEngine, LiveEngineOptions} from '../../../src/engine/live/live-contract.ts';
import {openLiveEngine} from '../../../src/engine/live/live-engine.ts';
import {encodeSamples, type SampleEncoding} from '../../../src/engine/stems/sample-encoding.ts';
import {waveHeader} from '../../../src/engine/stems/wave-writer.ts';
import type {MeterFrame} from '../../../src/model/meter.ts';
import {newMixer, newStrip} from '../../../src/model/mixer.ts';
import type {Problem} from '../../../src/model/problem.ts';
import type {Session} from '../../../src/model/session.ts';
import {sine} from '../graph/signal.ts';

export const sampleRate = 48_000;
const encoding: SampleEncoding = {kind: 'int', bytes: 3, littleEndian: true};

/** Waits for what must come; how long it takes is no law. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + 30_000;
  while (!holds()) {
    if (performance.now() > deadlineMs) throw new Error(`waited in vain until ${what}`);
    await delay(5);
  }
}

/** A folder that goes with the test file. */
export async function temporaryFolder(): Promise<{readonly path: string; remove(): Promise<void>}> {
  const path = await mkdtemp(join(tmpdir(), 'longthrow-live-'));
  return {path, remove: () => rm(path, {recursive: true, force: true})};
}

/** A session of two strips, "low" and "high", with a tone of so many seconds each. */
export async function twoTones(folder: string, seconds: number): Promise<Session> {
  await mkdir(folder, {recursive: true});
  const frames = Math.round(seconds * sampleRate);
  const stems = await Promise.all(
    [220, 660].map(async (hertz, index) => {
      const path = join(folder, `${hertz}.wav`);
      const tone = sine(frames, hertz, sampleRate, 0.25);
      const samples = encodeSamples(encoding, [tone, tone], frames);
      await writeFile(path, Buffer.concat([waveHeader(encoding, 2, sampleRate, frames), samples]));
      return {strip: ['low', 'high'][index] ?? '', path};
    }),
  );
  const strips = stems.map(({strip}) => newStrip({id: strip, name: strip}));
  return {
    folder,
    name: 'Two tones',
    sampleRate,
    mixer: newMixer({strips}),
    stems,
    writable: false,
    problems: [],
  };
}

/** An engine in its own process without a device, and all that it says. */
export interface LiveRig {
  readonly engine: LiveEngine;
  readonly problems: readonly Problem[];
  readonly told: readonly string[];
  /** All meter frames since the last call. */
  meters(): readonly MeterFrame[];
  /** Waits for a meter frame that satisfies. */
  heard(what: string, satisfies: (frame: MeterFrame) => boolean): Promise<MeterFrame>;
  /** Waits until all changes are in the graph; the frame from which the last sounds. */
  applied(): Promise<number>;
  /** Sends a signal to the engine's process. */
  signal(signal: NodeJS.Signals): void;
}

export async function openRig(t: ExecutionContext, session: Session, cacheFolder: string): Promise<LiveRig> {
  const problems: Problem[] = [];
  const told: string[] = [];
  let changes = 0;
  let reached = {changes: 0, atFrame: 0};
  const options: LiveEngineOptions = {
    session,
    cacheFolder,
    lookAheadMs: 80,
    device: 'none',
    onProblem: (problem) => problems.push(problem),
  };
  const engine = await openLiveEngine(options);
  t.teardown(() => engine.close());
  engine.onChanged((what) => {
    told.push(what);
    if (what === 'mixer') changes++;
  });
  engine.onApplied((count, atFrame) => {
    reached = {changes: count, atFrame};
  });
  return {
    engine,
    problems,
    told,
    meters: () => engine.takeMeters(),
    async heard(what, satisfies) {
      let found: MeterFrame | undefined;
      await until(what, () => {
        found = engine.takeMeters().find(satisfies);
        return found !== undefined;
      });
      if (found === undefined) throw new Error('unreachable');
      return found;
    },
    async applied() {
      await until('all changes are in the graph', () => reached.changes === changes);
      // A busy machine may need longer than it said at first; by then it has said so.
      await until('the change is heard', () => engine.takeMeters().some(({atFrame}) => atFrame >= reached.atFrame));
      return reached.atFrame;
    },
    signal(signal) {
      const {processId} = engine;
      if (processId === undefined) throw new Error('no engine process runs');
      process.kill(processId, signal);
    },
  };
}

/** Whether a process still runs; one that has ended and waits for its parent does not. */
export function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
  } catch {
    return false;
  }
  const stat = `/proc/${processId}/stat`;
  if (!existsSync('/proc/self/stat')) return true;
  try {
    return !/\) Z /.test(readFileSync(stat, 'utf8'));
  } catch {
    return false;
  }
}
