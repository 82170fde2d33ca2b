/**
 * The driver's side of the desk bench, a worker thread: like the thread of a MIDI library it hands over what a device said at its time, whatever
 * the desk is doing meanwhile. It is given `moves` and `everyMs`, and tells `{move, atMs}` each time all faders are moved; `atMs` is on the clock
 * of all threads. JavaScript, because Node 20 gives no loader to a worker.
 */
import {parentPort, workerData} from 'node:worker_threads';

const {moves, everyMs} = workerData;
const rest = new Int32Array(new SharedArrayBuffer(4));
const now = () => performance.timeOrigin + performance.now();
const startMs = now() + 20;
for (let move = 0; move < moves; move++) {
  const waitMs = startMs + move * everyMs - now();
  if (waitMs > 0) Atomics.wait(rest, 0, 0, waitMs);
  parentPort?.postMessage({move, atMs: now()});
}
