import {describeError} from '../model/problem.ts';
import type {DrivenTransport, DriverStart} from './driver-kinds.ts';
import type {FromDriver, ToDriver} from './driver-message.ts';
import {createDriverServer} from './driver-server.ts';
import {isHanging, lengthen, noSilence, type Patience} from './driver-silence.ts';
import {lookAt} from './process-look.ts';

/** How often a sign of life is given. */
const aliveEveryMs = 200;
/** How often what waits is counted while something does. */
const countEveryMs = 5;
/** A desk that says nothing for so long is stopped: what devices say would pile up, and their ports are free for others. */
const deskPatience: Patience = {waitedMs: 10_000, usedMs: Number.POSITIVE_INFINITY, lastedMs: 60_000};
/** It speaks twice as often: what comes later is worth a look. */
const deskQuietMs = 2000;
/** So much that the desk has not read is more than it ever will. */
const mostUnreadBytes = 4_000_000;
/** How long giving the ports back may take. */
const closeMs = 600;

/** Serves the desk that started this process, until it goes or says so. */
export function serveDriver(make: (start: DriverStart) => Promise<DrivenTransport>): void {
  let batch: FromDriver[] = [];
  let unreadBytes = 0;
  let heardMs = performance.now();
  let tickedMs = heardMs;
  let silence = noSilence;
  let isCounting = false;

  const flush = (): void => {
    const [messages, bytes] = [batch, sizeOf(batch)];
    batch = [];
    if (messages.length === 0 || !process.connected) return;
    unreadBytes += bytes;
    if (unreadBytes > mostUnreadBytes) process.exit(1);
    process.send?.(messages, undefined, undefined, () => {
      unreadBytes -= bytes;
    });
  };
  const tell = (message: FromDriver): void => {
    if (batch.length === 0) queueMicrotask(flush);
    batch.push(message);
  };
  const server = createDriverServer(make, tell);
  /** Tells what has gone out, again and again while something has not. */
  const count = (): void => {
    if (!server.count() || isCounting) return;
    isCounting = true;
    setTimeout(() => {
      isCounting = false;
      count();
    }, countEveryMs);
  };
  const quit = async (): Promise<void> => {
    await Promise.race([server.close().catch(() => {}), new Promise((done) => setTimeout(done, closeMs))]);
    process.exit(0);
  };
  const fail = (error: unknown): void => {
    process.send?.([{type: 'failed', reason: describeError(error)}], undefined, undefined, () => process.exit(1));
    if (!process.connected) process.exit(1);
  };

  process.on('message', (messages: readonly ToDriver[]) => {
    heardMs = performance.now();
    silence = noSilence;
    for (const message of messages) {
      if (message.type === 'end') void quit();
      else server.hear(message);
    }
    count();
  });
  process.on('disconnect', () => void quit());
  process.on('uncaughtException', fail);
  // The terminal sends its signals to the whole group; the desk decides when a driver ends.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  setInterval(() => {
    const now = performance.now();
    // Where this process stood still itself the desk could not be heard.
    const spanMs = Math.min(now - tickedMs, 2 * aliveEveryMs);
    heardMs += now - tickedMs - spanMs;
    tickedMs = now;
    silence = lengthen(silence, spanMs, now - heardMs > deskQuietMs ? lookAt(process.ppid) : undefined);
    if (isHanging(silence, now - heardMs, deskPatience)) void quit();
    else server.alive();
  }, aliveEveryMs);
  // The desk may have gone while this code was loaded.
  if (!process.connected) process.exit(0);
}

function sizeOf(messages: readonly FromDriver[]): number {
  return messages.reduce((sum, message) => sum + 64 + (message.type === 'received' ? message.bytes.length : 0), 0);
}
