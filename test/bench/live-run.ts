import {type ChildProcess, fork, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import os from 'node:os';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {blockFrames} from '../../src/engine/graph.ts';
import type {LiveEngine} from '../../src/engine/live/live-contract.ts';
import {openLiveEngine} from '../../src/engine/live/live-engine.ts';
import {factorFromDb} from '../../src/model/decibel.ts';
import type {Session} from '../../src/model/session.ts';
import {type Account, keepAccount} from './live-account.ts';
import {type DeviceSound, startDevice} from './live-device.ts';
import {sampleRate, steadyStrip} from './live-mix.ts';
import type {FromRival, RivalSetup} from './live-rival.ts';
import {delaysOf, frameAt, type Gaps, gapsIn, type Heard, type Move} from './live-sound.ts';

const lookAheadMs = 350;
const settleSeconds = 3;
const steadySample = 0.5;

export interface RunOptions {
  readonly session: Session;
  /** The program that listens to the device; undefined: there is none, and the engine's own account must do. */
  readonly recorder: string | undefined;
  readonly seconds: number;
  readonly periodFrames: number;
  /** Busy programs beside it. */
  readonly hogs: number;
  readonly stall?: {readonly forMs: number; readonly everyMs: number};
  readonly withRival: boolean;
  /** As for a user who may not raise priorities. */
  readonly ordinary: boolean;
}

export interface RunResult {
  readonly gaps: Gaps;
  readonly rival: Gaps | undefined;
  readonly lateBlocks: number;
  readonly starvedBlocks: number;
  readonly lateCycles: number | undefined;
  /** Of the engine's process, in percent of one core. */
  readonly cpuPercent: number;
  readonly delaysMs: readonly number[];
  readonly lostMoves: number;
  readonly load: number;
}

/** The engine as the desk runs it, at a device that is recorded, with a hand on one fader now and then. */
export async function runLive(options: RunOptions): Promise<RunResult> {
  const {session, seconds, recorder} = options;
  const cacheFolder = join(session.folder, 'cache');
  const room = {...options, sampleRate, seconds: seconds + settleSeconds + 30};
  const listening =
    recorder === undefined ? undefined : await startDevice(recorder, join(session.folder, 'heard'), room);
  const device = listening === undefined ? 'none' : 'default';
  const children: ChildProcess[] = [];
  let engine: LiveEngine | undefined;
  let rival: Rival | undefined;
  let account: Account | undefined;
  let heard: DeviceSound | undefined;
  try {
    engine = await withPreload(options, () =>
      openLiveEngine({
        session,
        cacheFolder,
        lookAheadMs,
        device,
        onProblem: ({path, reason}) => process.stderr.write(`${path}: ${reason}\n`),
      }),
    );
    if (listening !== undefined && engine.status.output !== 'device')
      throw new Error(`the engine has no device: ${engine.status.reason}`);
    await listening?.connect('one');
    account = keepAccount(engine, sampleRate, monotonicMs);
    engine.apply({type: 'playback.setLooping', looping: true});
    engine.apply({type: 'playback.play'});
    if (options.withRival) {
      rival = await withPreload(options, () => startRival({session, cacheFolder, device}));
      children.push(rival.child);
      await listening?.connect('two');
    }
    for (let hog = 0; hog < options.hogs; hog++) children.push(startHog(seconds + settleSeconds));
    await delay(settleSeconds * 1000);
    const {processId} = engine;
    const rivalBefore = await rival?.lateFrames();
    const before = {...engine.status, cpu: cpuSeconds(processId), ms: monotonicMs()};
    const moves = await moveNowAndThen(engine, seconds, account.moved);
    const after = {...engine.status, cpu: cpuSeconds(processId), ms: monotonicMs()};
    const rivalAfter = await rival?.lateFrames();
    const load = os.loadavg()[0] ?? Number.NaN;
    await delay(1000);
    await engine.close();
    heard = await listening?.end();
    const lateBlocks = after.lateBlocks - before.lateBlocks;
    const gaps = (sound: Heard): Gaps => gapsIn(sound, frameAt(sound, before.ms), frameAt(sound, after.ms));
    const told = (frames: number): Gaps => ({frames, count: undefined, longestMs: undefined, unheardFrames: 0});
    const delays = heard === undefined ? account.delays() : delaysOf(heard.one, moves);
    const delaysMs = delays.filter((ms) => ms !== undefined);
    return {
      gaps: heard === undefined ? told(lateBlocks * blockFrames) : gaps(heard.one),
      rival:
        rival &&
        (heard === undefined ? told((rivalAfter ?? Number.NaN) - (rivalBefore ?? Number.NaN)) : gaps(heard.two)),
      lateBlocks,
      starvedBlocks: after.starvedBlocks - before.starvedBlocks,
      lateCycles: heard?.lateCycles,
      cpuPercent: (100_000 * (after.cpu - before.cpu)) / (after.ms - before.ms),
      delaysMs,
      lostMoves: delays.length - delaysMs.length,
      load,
    };
  } finally {
    account?.end();
    for (const child of children) child.kill('SIGKILL');
    await engine?.close();
    if (heard === undefined) await listening?.end().catch(() => {});
  }
}

/** A hand: every four seconds, for a good one, a move every 90 to 130 ms; then it rests. Each move goes to another level than those before. */
async function moveNowAndThen(
  engine: LiveEngine,
  seconds: number,
  moved: (move: Move) => void,
): Promise<readonly Move[]> {
  const moves: Move[] = [];
  const endMs = monotonicMs() + seconds * 1000;
  while (monotonicMs() < endMs - 2000) {
    for (let step = 0; step < 12; step++) {
      const levelDb = -((moves.length * 7) % 24) / 2;
      const move = {atMs: monotonicMs(), value: steadySample * factorFromDb(levelDb)};
      engine.apply({type: 'strip.setLevel', strip: steadyStrip, levelDb});
      moved(move);
      moves.push(move);
      await delay(90 + ((moves.length * 17) % 41));
    }
    await delay(Math.min(2700, Math.max(0, endMs - monotonicMs())));
  }
  await delay(Math.max(0, endMs - monotonicMs()));
  return moves;
}

/** Children started meanwhile load live-preload.mjs first. */
async function withPreload<T>({stall, ordinary}: RunOptions, start: () => Promise<T>): Promise<T> {
  const known = {
    NODE_OPTIONS: `--import=${new URL('./live-preload.mjs', import.meta.url).href}`,
    LONGTHROW_BENCH_STALL: stall === undefined ? '' : `${stall.forMs}/${stall.everyMs}`,
    LONGTHROW_BENCH_ORDINARY: ordinary ? '1' : '',
  };
  const {NODE_OPTIONS} = process.env;
  Object.assign(process.env, known);
  try {
    return await start();
  } finally {
    for (const name of Object.keys(known)) delete process.env[name];
    if (NODE_OPTIONS !== undefined) process.env['NODE_OPTIONS'] = NODE_OPTIONS;
  }
}

interface Rival {
  readonly child: ChildProcess;
  /** Frames that were not there in time, by its own account. */
  lateFrames(): Promise<number>;
}

async function startRival(setup: RivalSetup): Promise<Rival> {
  const child = fork(new URL('./live-rival.ts', import.meta.url), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const answer = async (): Promise<FromRival | undefined> => {
    const answered = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [])]);
    const message: FromRival | undefined = answered[0];
    return message;
  };
  child.send(setup);
  if ((await answer())?.type !== 'ready') throw new Error('the rival did not start');
  return {
    child,
    async lateFrames() {
      child.send('count');
      const counted = await answer();
      return counted?.type === 'count' ? counted.lateFrames : Number.NaN;
    },
  };
}

/** Ends by itself a while after the run, whatever becomes of us. */
function startHog(seconds: number): ChildProcess {
  const program = fileURLToPath(new URL('./live-hog.mjs', import.meta.url));
  return spawn(process.execPath, [program, `${(seconds + 10) * 1000}`], {stdio: 'ignore'});
}

/** The clock that the recorder reads, too. */
function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** User and system time of a process, all its threads; in hundredths. */
function cpuSeconds(processId: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${processId}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}
