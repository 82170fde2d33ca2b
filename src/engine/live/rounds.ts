/** Work that is done again and again, and sooner when something happened. */
export interface Rounds {
  /** Does it as soon as this turn of the event loop is over, unless it was done just now. */
  soon(): void;
  end(): void;
}

/** The first round is at once. `everyMs` between rounds; one asked for sooner is done sooner if the last was `againMs` ago. */
export function startRounds(
  work: () => void,
  {everyMs, againMs}: {readonly everyMs: number; readonly againMs: number},
): Rounds {
  let lastMs = Number.NEGATIVE_INFINITY;
  let due: NodeJS.Immediate | undefined;
  const round = (): void => {
    due = undefined;
    lastMs = performance.now();
    work();
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
    },
  };
}
