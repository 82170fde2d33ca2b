/**
 * A driver for tests, started as the real ones are: one device that says back whatever it hears. Bytes that begin with 255 are orders to this process: 255 1 it crashes, 255 2 it hangs
 * for good, 255 3 it says so many bytes as the next four give, 255 4 it throws.
 */
import type {Transport} from '../../src/transport/contract.ts';
import {serveDriver} from '../../src/transport/driver-serve.ts';
import {memoryTransport} from '../../src/transport/memory.ts';

function echo(): Transport {
  const transport = memoryTransport();
  const device = transport.plug('Echo');
  device.onHeard((bytes) => {
    if (bytes[0] !== 255) device.say(Uint8Array.from(bytes));
    else if (bytes[1] === 1) process.kill(process.pid, 'SIGSEGV');
    else if (bytes[1] === 2) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    else if (bytes[1] === 3) device.say(new Uint8Array(new DataView(bytes.buffer).getUint32(2)));
    else
      queueMicrotask(() => {
        throw new Error('the library threw');
      });
  });
  return transport;
}

serveDriver(async () => echo());
