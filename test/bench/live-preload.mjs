// Loaded into the engine's process before its own code by `--import`; what it does there is said by the environment.
//   LONGTHROW_BENCH_STALL=250/2000  the engine's thread stands still for 250 ms every 2,000 ms (the sound library's threads go on)
//   LONGTHROW_BENCH_ORDINARY=1      it runs as for an ordinary user, who may not raise its priority
import {syncBuiltinESMExports} from 'node:module';
import os from 'node:os';
import {isMainThread} from 'node:worker_threads';

const [forMs, everyMs] = (process.env.LONGTHROW_BENCH_STALL ?? '').split('/').map(Number);
const isEngine = isMainThread && /engine-process|live-rival/.test(process.argv[1] ?? '');

if (isEngine && everyMs > 0) {
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  setInterval(() => Atomics.wait(nothing, 0, 0, forMs), everyMs).unref();
}
if (isEngine && process.env.LONGTHROW_BENCH_ORDINARY === '1') {
  os.setPriority = () => {
    throw new Error('an ordinary user may not');
  };
  syncBuiltinESMExports();
}
