import type {Outgoing} from '../surface/dialect.ts';
import {bookPacing, idlePacing, stepPacing} from './pacing.ts';

/** What goes out to one open surface, paced. */
export interface Outbox {
  /** Queues messages; each replaces what waits under its key. What is within the budget goes out before this returns. */
  post(items: readonly Outgoing[]): void;
  /** Sends at once, past the queue and its budget (which it uses up): answers of a handshake, a farewell. */
  urgent(bytes: Uint8Array): void;
  /** Forgets what waits under a key: it must not go out any more. */
  drop(key: string): void;
  /** Forgets what waits. */
  clear(): void;
  /** How many messages wait. */
  readonly waiting: number;
  /** Forgets what waits and sends nothing more. Idempotent. */
  close(): void;
}

/** Time as the outbox needs it; tests bring their own. */
export interface OutboxClock {
  /** Milliseconds that never fall. */
  now(): number;
  /** Calls once after that many milliseconds, and returns the way out. */
  after(delayMs: number, call: () => void): () => void;
}

const systemClock: OutboxClock = {
  now: () => performance.now(),
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Opens the outbox of one connection; `send` gets each message with its reason, and must not post. */
export function openOutbox(
  pace: {readonly bytesPerSecond: number},
  send: (bytes: Uint8Array, because: string) => void,
  clock: OutboxClock = systemClock,
): Outbox {
  let pacing = idlePacing;
  /** Newer values of what waits, taken in at the next step: a hand moves faders far more often than anything may go out. Made anew each time: see docs/decisions/garbage.md. */
  let newer = new Map<string, Outgoing>();
  let endTimer: (() => void) | undefined;
  let closed = false;

  const post = (items: readonly Outgoing[]): void => {
    const isAwaited = endTimer !== undefined && items.every(({key}) => pacing.waiting.has(key));
    if (!isAwaited) step(items);
    else for (const item of items) newer.set(item.key, item);
  };
  const step = (items: readonly Outgoing[]): void => {
    const posted = newer.size === 0 ? items : [...newer.values(), ...items];
    if (newer.size > 0) newer = new Map();
    endTimer?.();
    endTimer = undefined;
    if (closed) return;
    const nowMs = clock.now();
    const {pacing: next, due, wakeAtMs} = stepPacing(pacing, posted, nowMs, pace.bytesPerSecond);
    pacing = next;
    // A timer that fires early by a fraction finds nothing due and sets itself again.
    if (wakeAtMs !== undefined) endTimer = clock.after(Math.max(1, Math.ceil(wakeAtMs - nowMs)), () => step([]));
    for (const {bytes, because} of due) if (!closed) send(bytes, because);
  };
  const clear = (): void => {
    pacing = {...pacing, waiting: new Map()};
    newer = new Map();
    endTimer?.();
    endTimer = undefined;
  };

  return {
    post,
    urgent(bytes) {
      if (closed) return;
      pacing = bookPacing(pacing, bytes.length, clock.now());
      send(bytes, 'urgent');
    },
    drop(key) {
      newer.delete(key);
      if (!pacing.waiting.has(key)) return;
      const waiting = new Map(pacing.waiting);
      waiting.delete(key);
      pacing = {...pacing, waiting};
    },
    clear,
    get waiting() {
      return pacing.waiting.size;
    },
    close() {
      closed = true;
      clear();
    },
  };
}
