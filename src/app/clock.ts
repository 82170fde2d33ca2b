import type {createActor} from 'xstate';
import type {OutboxClock} from './outbox.ts';

/** Time as the app needs it; tests bring their own. */
export interface Clock extends OutboxClock {
  /** Calls once when everything that happens now has happened. */
  soon(call: () => void): void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs);
    return () => clearTimeout(timer);
  },
  soon: (call) => {
    setImmediate(call);
  },
};

type ActorClock = NonNullable<NonNullable<Parameters<typeof createActor>[1]>['clock']>;

/** The same clock for statecharts and their delays. */
export function actorClock(clock: Clock): ActorClock {
  const timers = new Map<number, () => void>();
  let last = 0;
  return {
    setTimeout(call, delayMs) {
      last++;
      const timer = last;
      timers.set(
        timer,
        clock.after(delayMs, () => {
          timers.delete(timer);
          call();
        }),
      );
      return timer;
    },
    clearTimeout(timer) {
      timers.get(timer)?.();
      timers.delete(timer);
    },
  };
}
