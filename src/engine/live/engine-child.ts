import {fork} from 'node:child_process';
import {extname} from 'node:path';
import {describeError} from '../../model/problem.ts';
import type {EngineSetup, FromEngine, ToEngine} from './message.ts';

/** One engine process, from the desk's side. */
export interface EngineChild {
  readonly processId: number | undefined;
  /** How its start went. */
  readonly started: Promise<ChildStart>;
  /** What a process that is gone is told is lost. */
  post(message: ToEngine): void;
  /** Asks it to end, and makes it after two seconds. Idempotent. */
  close(): Promise<void>;
}

export type ChildStart =
  | Extract<FromEngine, {type: 'ready'}>
  /** The sound system did not answer; the process is gone. */
  | {readonly type: 'deaf'; readonly reason: string; readonly cure: string}
  /** The process is gone. */
  | {readonly type: 'failed'; readonly reason: string};

export interface ChildListener {
  told(message: Exclude<FromEngine, {type: 'ready' | 'failed' | 'stage'}>): void;
  /** The process is gone though it was not closed; only after a start that went well. `how` is its signal or exit code. */
  died(how: string): void;
}

/**
 * How long each stage of a start may take, in ms. A sound system that does not answer blocks the thread that asks it, so that only the desk can
 * notice. Loading code takes long only on a machine that is very busy; stems may lie on a network.
 */
const usualStageMs = {code: 30_000, device: 5000, stems: 60_000};
const endWithinMs = 2000;
const engineProcess = new URL(`./engine-process${extname(import.meta.url)}`, import.meta.url);

const deaf: ChildStart = {
  type: 'deaf',
  reason: 'the sound system did not answer',
  cure: 'restart PipeWire, JACK or PulseAudio, and start again',
};

/** Starts an engine process; it has what this thread has for options, so that sources and build run alike. */
export function startChild(
  setup: EngineSetup,
  listener: ChildListener,
  stageMs = usualStageMs,
  program = engineProcess,
): EngineChild {
  const child = fork(program, {
    detached: true,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let closed: Promise<void> | undefined;
  let stage: keyof typeof stageMs | 'ready' = 'code';
  let watchdog: NodeJS.Timeout | undefined;
  let settle: (start: ChildStart) => void = () => {};
  const started = new Promise<ChildStart>((resolve) => (settle = resolve));

  const end = (start: ChildStart): void => {
    clearTimeout(watchdog);
    settle(start);
    if (start.type !== 'ready') child.kill('SIGKILL');
  };
  const enter = (next: keyof typeof stageMs): void => {
    stage = next;
    clearTimeout(watchdog);
    const late = `it did not start within ${stageMs[next] / 1000} seconds`;
    watchdog = setTimeout(() => end(next === 'device' ? deaf : {type: 'failed', reason: late}), stageMs[next]);
  };

  child.on('message', (message: FromEngine) => {
    if (message.type === 'stage') enter(message.stage);
    else if (message.type === 'failed') end(message);
    else if (message.type === 'ready') {
      stage = 'ready';
      end(message);
    } else if (closed === undefined) listener.told(message);
  });
  child.on('error', (error) => end({type: 'failed', reason: describeError(error)}));
  child.once('exit', (code, signal) => {
    const how = `${signal ?? code}`;
    if (stage !== 'ready') end({type: 'failed', reason: `it ended while starting (${how})`});
    else if (closed === undefined) listener.died(how);
  });
  const post = (message: ToEngine): void => {
    if (child.connected) child.send(message, () => {});
  };
  enter('code');
  post({type: 'open', setup});

  return {
    processId: child.pid,
    started,
    post,
    close() {
      closed ??= new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return resolve();
        const kill = setTimeout(() => child.kill('SIGKILL'), endWithinMs);
        child.once('exit', () => {
          clearTimeout(kill);
          resolve();
        });
        post({type: 'close'});
      });
      return closed;
    },
  };
}
