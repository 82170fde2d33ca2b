/** Work that is done again and again, and sooner when something happened. */
export interface Rounds {
  /** Does it as soon as this turn of the event loop is over, unless it was done just now. */
  soon(): void;
  end(): void;
}

export interface RoundsOptions {
  /** Between rounds. */
  readonly everyMs: number;
  /** One asked for sooner is done sooner if the last was so long ago. */
  readonly againMs: number;
  /** A piece of what can wait, done after each round until it returns false; each in a turn of its own, so that no message waits for more than one. */
  readonly rest: () => boolean;
}

/** The first round is at once. */
export function startRounds(work: () => void, {everyMs, againMs, rest}: RoundsOptions): Rounds {
  let lastMs = Number.NEGATIVE_INFINITY;
  let due: NodeJS.Immediate | undefined;
  let resting: NodeJS.Immediate | undefined;
  const restOn = (): void => {
    resting = rest() ? setImmediate(restOn) : undefined;
  };
  const round = (): void => {
    due = undefined;
    lastMs = performance.now();
    work();
    resting ??= setImmediate(restOn);
  };
  round();
  const timer = setInterval(round, everyMs);
  return {
    soon() {
      if (due === undefined && performance.now() - lastMs >= againMs) due = setImmediate(round);
    },
    end() {
      clearInterval(timer);
      clearImmediate(due);
      clearImmediate(resting);
    },
  };
}
