import type {Clock} from './clock.ts';

/** Pictures are drawn so often at most, but for a few at once: motors and eyes follow no faster, and moves must not wait for drawing. */
const paintEveryMs = 10;
const paintsAtOnce = 3;

/** When pictures are drawn. */
export interface PaintPace {
  /** After what happens now, or a little later if the last pictures are fresh: all that changes until then is one picture. */
  soon(): void;
  /** What was to come will not. */
  end(): void;
}

/** Draws what was asked for; `paint` asks for nothing itself. */
export function createPaintPace(clock: Clock, paint: () => void): PaintPace {
  let asked = false;
  let ended = false;
  let mayPaintMs = Number.NEGATIVE_INFINITY;
  const draw = (): void => {
    asked = false;
    if (!ended) paint();
  };
  return {
    soon() {
      if (asked || ended) return;
      asked = true;
      const atMs = clock.now();
      mayPaintMs = Math.max(mayPaintMs, atMs - paintsAtOnce * paintEveryMs) + paintEveryMs;
      if (mayPaintMs > atMs) clock.after(mayPaintMs - atMs, draw);
      else clock.soon(draw);
    },
    end() {
      ended = true;
    },
  };
}
