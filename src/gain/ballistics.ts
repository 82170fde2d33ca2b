/**
 * Peak ballistics: at once up, held, then falling straight in dB. A sample peak needs no grid of its own: the maximum
 * over blocks of any length is the maximum over their samples, so blocks of 1 frame and of 4096 read alike, but for the
 * place of the peak inside its block, which nobody knows (the hold starts at the block's end).
 */
export interface Ballistics {
  readonly holdMs: number;
  readonly fallDbPerSecond: number;
}

/** The digital standard (IEC 60268-18): hold 1.0 s, fall 20 dB in 1.7 s. */
export const digitalPeak: Ballistics = {holdMs: 1000, fallDbPerSecond: 11.8};

/** +100 dBFS. Infinite peaks are read as this, so that every reading is a number one can print. */
const highestFactor = 1e5;

/** −120 dBFS. What has fallen below is silence. */
const lowestFactor = 1e-6;

/** An amplitude that can be reckoned with: NaN and negatives become 0, infinity +100 dBFS. */
export function amplitude(value: number): number {
  return value > 0 ? Math.min(value, highestFactor) : 0;
}

/** One needle. */
export interface PeakMeter {
  /** Takes the peak (absolute amplitude) of a block of that many frames. */
  add(peak: number, frames: number): void;
  /** What it shows now, as an amplitude: 0 for silence, never NaN, at most 100,000. */
  readonly factor: number;
}

/** A needle at rest. `sampleRate` in frames a second. */
export function createPeakMeter(sampleRate: number, ballistics: Ballistics = digitalPeak): PeakMeter {
  const holdFrames = Math.round((sampleRate * ballistics.holdMs) / 1000);
  const fallPerFrame = 10 ** (-ballistics.fallDbPerSecond / 20 / sampleRate);
  let factor = 0;
  let heldFrames = 0;
  // Blocks are nearly always of one length: the power is taken once.
  let fallFrames = 0;
  let fall = 1;

  function pass(frames: number): void {
    const falling = frames - heldFrames;
    heldFrames = Math.max(0, heldFrames - frames);
    if (factor === 0 || falling <= 0) return;
    if (falling !== fallFrames) {
      fallFrames = falling;
      fall = fallPerFrame ** falling;
    }
    factor *= fall;
    if (factor < lowestFactor) factor = 0;
  }

  return {
    add(peak, frames) {
      pass(frames);
      const measured = amplitude(peak);
      if (measured < factor || measured < lowestFactor) return;
      factor = measured;
      heldFrames = holdFrames;
    },
    get factor() {
      return factor;
    },
  };
}
