import {type ChildProcess, fork} from 'node:child_process';
import {extname} from 'node:path';
import {describeError} from '../model/problem.ts';
import type {FromDriver, ToDriver} from './driver-message.ts';
import type {ProcessLook} from './driver-silence.ts';
import {lookAt} from './process-look.ts';

/** One process of a driver, from the desk's side. */
export interface DriverProcess {
  readonly processId: number | undefined;
  /** Never blocks; what a process that is gone is told is lost. */
  post(message: ToDriver): void;
  /** How it fares now; undefined where the system does not tell. */
  look(): ProcessLook | undefined;
  /** Ends it whatever it does; idempotent. */
  kill(): void;
}

export interface DriverProcessListener {
  told(messages: readonly FromDriver[]): void;
  /** Once, and last: it is gone, or could not be started. `how` is its last words, signal or exit code. */
  exited(how: string): void;
}

export type StartDriverProcess = (listener: DriverProcessListener) => DriverProcess;

/** The program of the drivers that come with the desk. */
export const driverProgram = new URL(`./driver-main${extname(import.meta.url)}`, import.meta.url);

/** Starts a program as a driver; it has what this thread has for options, so that sources and build run alike. */
export function startDriverProcess(
  program: URL,
  argument: string,
  {told, exited}: DriverProcessListener,
): DriverProcess {
  let lastWords: string | undefined;
  let isGone = false;
  let batch: ToDriver[] = [];
  const gone = (how: string): void => {
    if (isGone) return;
    isGone = true;
    exited(lastWords ?? how);
  };
  let child: ChildProcess;
  try {
    child = fork(program, [argument], {serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc']});
  } catch (error) {
    // No process can be had: that is told as if it had ended, after this call has returned.
    setImmediate(() => gone(describeError(error)));
    return {processId: undefined, post: () => {}, look: () => undefined, kill: () => {}};
  }
  child.on('message', (messages: readonly FromDriver[]) => {
    if (isGone) return;
    for (const message of messages) if (message.type === 'failed') lastWords = message.reason;
    told(messages);
  });
  child.on('error', (error) => {
    if (child.pid === undefined) gone(describeError(error));
  });
  child.once('exit', (code, signal) => gone(signal ?? `exit code ${code}`));
  const flush = (): void => {
    const messages = batch;
    batch = [];
    if (child.connected) child.send(messages, () => {});
  };
  return {
    processId: child.pid,
    post(message) {
      if (batch.length === 0) queueMicrotask(flush);
      batch.push(message);
    },
    look: () => (child.pid === undefined ? undefined : lookAt(child.pid)),
    kill: () => void child.kill('SIGKILL'),
  };
}
