import {unlink} from 'node:fs/promises';
import {Worker} from 'node:worker_threads';
import {describeError} from '../../model/problem.ts';
import type {ConformJob} from './conform.ts';
import {type ConformNews, type ConformQueue, createConformQueue} from './conform-queue.ts';
import type {ToConformWorker} from './conform-worker.ts';

/** Conforms files in a thread of its own, or in this one where none can be started. */
export interface Conformer {
  start(job: ConformJob, listener: (news: ConformNews) => void): void;
  /** Ends all work and removes what is unfinished. Idempotent. */
  close(): Promise<void>;
}

/** How long the worker may take to clean up before it is ended. */
const stopMs = 2000;

/** The thread is started with the first job, and keeps the process alive only while there are jobs. */
export function createConformer(startWorker: () => Worker = startConformWorker): Conformer {
  const running = new Map<number, {job: ConformJob; listener: (news: ConformNews) => void}>();
  let worker: Worker | undefined;
  let inThread: ConformQueue | undefined;
  let hasSpoken = false;
  let stopped: (() => void) | undefined;
  let closed: Promise<void> | undefined;

  function tell(news: ConformNews): void {
    const listener = running.get(news.id)?.listener;
    if (news.type !== 'progressed') running.delete(news.id);
    if (running.size === 0) worker?.unref();
    listener?.(news);
  }

  function workInThread(): void {
    const queue = createConformQueue(tell);
    inThread = queue;
    for (const {job} of running.values()) queue.start(job);
  }

  /** A worker that never spoke could not be started; one that dies later takes its jobs with it. */
  function lost(which: Worker | undefined, reason: string): void {
    if (closed !== undefined) stopped?.();
    if (worker === undefined || which !== worker || closed !== undefined) return;
    worker = undefined;
    if (!hasSpoken) {
      workInThread();
      return;
    }
    hasSpoken = false;
    for (const id of [...running.keys()]) {
      tell({type: 'failed', id, blame: 'source', reason: `the decoder stopped: ${reason}`});
    }
  }

  function send(message: ToConformWorker): void {
    worker?.postMessage(message);
  }

  function begin(): boolean {
    try {
      const started = startWorker();
      worker = started;
      started.on('message', (news: ConformNews | {type: 'stopped'}) => {
        hasSpoken = true;
        if (news.type === 'stopped') stopped?.();
        else tell(news);
      });
      started.on('error', (error: unknown) => lost(started, describeError(error)));
      started.on('exit', () => lost(started, 'it ended by itself'));
      return true;
    } catch {
      return false;
    }
  }

  return {
    start(job, listener) {
      if (closed !== undefined) return;
      running.set(job.id, {job, listener});
      if (inThread !== undefined) inThread.start(job);
      else if (worker !== undefined || begin()) {
        worker?.ref();
        send({type: 'start', job});
      } else workInThread();
    },
    close() {
      closed ??= (async () => {
        await inThread?.stop();
        const last = worker;
        if (last !== undefined) {
          const patience = setTimeout(() => stopped?.(), stopMs);
          await new Promise<void>((resolve) => {
            stopped = resolve;
            last.ref();
            send({type: 'stop'});
          });
          clearTimeout(patience);
          await last.terminate();
          // A thread whose patience ran out leaves what it was writing.
          await Promise.all([...running.values()].map(({job}) => unlink(job.partPath).catch(() => {})));
        }
        running.clear();
      })();
      return closed;
    },
  };
}

/**
 * Run from sources, a worker knows no TypeScript by itself: the loader does not come along into threads before Node 22,
 * so the thread registers it first.
 */
function startConformWorker(): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./conform-worker.js', import.meta.url));
  const loader = import.meta.resolve('tsx/esm/api');
  const entry = new URL('./conform-worker.ts', import.meta.url).href;
  const start = `import {register} from '${loader}'; register(); await import('${entry}');`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(start)}`));
}
