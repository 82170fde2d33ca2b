import {amplitude} from './ballistics.ts';

/** The highest peak of the last seconds, in cells of 100 ms. */
export interface WindowMaximum {
  /** Takes the peak (absolute amplitude) of a block of that many frames. */
  add(peak: number, frames: number): void;
  /** Forgets everything. */
  restart(): void;
  /** The maximum as an amplitude; undefined if nothing was heard. */
  factor(): number | undefined;
  /** How long it has listened since the start, in ms. */
  heardMs(): number;
}

const cellMs = 100;

/** A window over the last `windowMs` (a multiple of 100), at a rate in frames a second. */
export function createWindowMaximum(sampleRate: number, windowMs: number): WindowMaximum {
  const cellFrames = Math.round((sampleRate * cellMs) / 1000);
  const ring = new Float64Array(Math.round(windowMs / cellMs));
  let next = 0;
  let peak = 0;
  let frames = 0;
  let heardFrames = 0;

  return {
    add(added, addedFrames) {
      peak = Math.max(peak, amplitude(added));
      frames += addedFrames;
      heardFrames += addedFrames;
      while (frames >= cellFrames) {
        ring[next] = peak;
        next = (next + 1) % ring.length;
        frames -= cellFrames;
        peak = frames < cellFrames ? 0 : amplitude(added);
      }
    },
    restart() {
      ring.fill(0);
      peak = 0;
      frames = 0;
      heardFrames = 0;
    },
    factor() {
      if (heardFrames === 0) return undefined;
      let highest = peak;
      for (const cell of ring) if (cell > highest) highest = cell;
      return highest;
    },
    heardMs() {
      return (heardFrames * 1000) / sampleRate;
    },
  };
}
