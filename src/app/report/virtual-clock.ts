import type {Clock} from '../clock.ts';

/** Time that passes only when it is told to: a session is judged faster than real time by the same clockwork that judges it on the desk. */
export interface VirtualClock extends Clock {
  /** Lets time pass up to `toMs`; everything that falls due on the way is called at its own time, in order. Never goes back. */
  advance(toMs: number): void;
}

interface Timer {
  readonly dueMs: number;
  readonly call: () => void;
}

/** A clock that stands at 0 ms. */
export function createVirtualClock(): VirtualClock {
  let nowMs = 0;
  let timers: readonly Timer[] = [];

  /** The one that is due first; of equals the one that was set first. */
  const first = (): Timer | undefined =>
    timers.reduce<Timer | undefined>((best, timer) => (best && best.dueMs <= timer.dueMs ? best : timer), undefined);
  const remove = (timer: Timer): void => {
    timers = timers.filter((one) => one !== timer);
  };

  function after(delayMs: number, call: () => void): () => void {
    const timer = {dueMs: nowMs + Math.max(0, delayMs), call};
    timers = [...timers, timer];
    return () => remove(timer);
  }

  return {
    now: () => nowMs,
    after,
    soon: (call) => void after(0, call),
    advance(toMs) {
      for (let timer = first(); timer !== undefined && timer.dueMs <= toMs; timer = first()) {
        remove(timer);
        nowMs = Math.max(nowMs, timer.dueMs);
        timer.call();
      }
      nowMs = Math.max(nowMs, toMs);
    },
  };
}
