import {getPriority, setPriority} from 'node:os';
import {parentPort} from 'node:worker_threads';
import type {ConformJob} from './conform.ts';
import {createConformQueue} from './conform-queue.ts';

/** What is sent to the worker; it answers with news of its jobs, and with `stopped` at the end. */
export type ToConformWorker = {readonly type: 'start'; readonly job: ConformJob} | {readonly type: 'stop'};

const port = parentPort;
if (port !== null) {
  try {
    // On Linux a thread has a priority of its own, and takes over the one it was started with: the sound's is not for decoding.
    if (process.platform === 'linux' && getPriority() < 0) setPriority(0);
  } catch {
    // It decodes at any priority.
  }
  // The decoders print their remarks; the reports of the jobs say all that is to be said.
  console.error = () => {};
  console.warn = () => {};
  const queue = createConformQueue((news) => port.postMessage(news));
  port.on('message', (message: ToConformWorker) => {
    if (message.type === 'start') queue.start(message.job);
    else void queue.stop().then(() => port.postMessage({type: 'stopped'}));
  });
}
