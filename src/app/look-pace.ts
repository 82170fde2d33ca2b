import type {Clock} from './clock.ts';

/** Meters, and motors that follow lanes, are looked at this often; lamps and texts with the lamp clock or when something changed. */
const lookEveryMs = 33;
/** At most so often at once, when samples were lost: that lamp must not wait for the next look. */
const lossEveryMs = 10;

/** When meters and moving motors are looked at. */
export interface LookPace {
  /** Something was lost: the next look comes forward. */
  hurry(): void;
  end(): void;
}

/** Calls `look` again and again. */
export function createLookPace(clock: Clock, look: (atMs: number) => void): LookPace {
  let lookedMs = Number.NEGATIVE_INFINITY;
  const lookAgain = (): void => {
    end = clock.after(lookEveryMs, lookAgain);
    lookedMs = clock.now();
    look(lookedMs);
  };
  let end = clock.after(lookEveryMs, lookAgain);
  return {
    hurry() {
      end();
      end = clock.after(Math.max(0, lookedMs + lossEveryMs - clock.now()), lookAgain);
    },
    end: () => end(),
  };
}
