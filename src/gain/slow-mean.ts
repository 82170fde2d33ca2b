/** The mean of something over the last seconds, of which the newest counts most. */
export interface SlowMean {
  /** Takes what was measured over so many frames; what is no finite number is passed over. */
  add(value: number, frames: number): void;
  /** The mean; undefined until as many seconds were heard as it looks back. */
  value(): number | undefined;
  restart(): void;
}

/** A mean with a time constant of a third of `seconds`, so that what is older than these hardly counts (5 %). */
export function createSlowMean(sampleRate: number, seconds: number): SlowMean {
  const frameLimit = seconds * sampleRate;
  let sum = 0;
  let weight = 0;
  let heardFrames = 0;
  // Blocks are nearly always of one length: the power is taken once.
  let lastFrames = 0;
  let kept = 1;

  return {
    add(value, frames) {
      if (!Number.isFinite(value) || !(frames > 0)) return;
      if (frames !== lastFrames) {
        lastFrames = frames;
        kept = Math.exp((-3 * frames) / frameLimit);
      }
      sum = sum * kept + value * frames;
      weight = weight * kept + frames;
      heardFrames = Math.min(frameLimit, heardFrames + frames);
    },
    value: () => (heardFrames >= frameLimit ? sum / weight : undefined),
    restart() {
      sum = weight = heardFrames = 0;
    },
  };
}
