import {dbFromFactor, factorFromDb} from '../model/decibel.ts';
import {amplitude} from './ballistics.ts';

/**
 * The working peak: what a strip peaks at when it plays. It is the 95th percentile of the peaks of 400 ms blocks in the
 * last 20 s, of those above −50 dBFS (rests say nothing about a level). The block in progress counts as a block.
 */
export const blockMs = 400;
export const windowMs = 20_000;
/** Blocks at or below this are rests. */
export const activeAboveDb = -50;
/** So much playing must have been heard before a working peak is given. */
export const validAfterMs = 3000;

const blocks = windowMs / blockMs;

export interface WorkingPeak {
  /** Takes the peak (absolute amplitude) of a block of that many frames. */
  add(peak: number, frames: number): void;
  /** The gain before the tap changed: what was heard before is reckoned as if it had been heard with the new gain. */
  compensate(deltaDb: number): void;
  /** Drops the block in progress: what follows is from another place of the tape. */
  cut(): void;
  /** The working peak in dBFS; undefined before 3 s of playing were heard within the last 20 s. */
  level(): number | undefined;
  /**
   * The `rank`-th highest peak, in dBFS, of the blocks that lie at least partly in the last `withinMs`; rank 1 is the maximum.
   * Undefined if fewer than `rank` of these blocks were above −50 dBFS. Ranks 1 to 3.
   */
  highest(rank: 1 | 2 | 3, withinMs: number): number | undefined;
}

interface Survey {
  readonly withinFrames: number;
  readonly top: readonly [number, number, number];
  readonly active: number;
}

/** A window in which nothing was heard. `sampleRate` in frames a second. */
export function createWorkingPeak(sampleRate: number): WorkingPeak {
  const blockFrames = Math.round((sampleRate * blockMs) / 1000);
  const validFrames = Math.round((sampleRate * validAfterMs) / 1000);
  const ring = new Float64Array(blocks).fill(Number.NEGATIVE_INFINITY);
  let next = 0;
  let peak = 0;
  let frames = 0;
  let known: {readonly level: number | undefined} | undefined;
  /** What was surveyed last: several rules ask for the same time at every look. */
  let recent: Survey | undefined;

  /** The three highest active peaks within the time, and how many were active; the block in progress is the youngest. */
  function survey(withinFrames: number): Survey {
    let first = Number.NEGATIVE_INFINITY;
    let second = first;
    let third = first;
    let active = 0;
    for (let age = -1; age < blocks && (age < 0 || frames + age * blockFrames < withinFrames); age += 1) {
      const levelDb = age < 0 ? dbFromFactor(peak) : (ring[(next - 1 - age + 2 * blocks) % blocks] ?? activeAboveDb);
      if (!(levelDb > activeAboveDb)) continue;
      active += 1;
      if (levelDb > first) {
        third = second;
        second = first;
        first = levelDb;
      } else if (levelDb > second) {
        third = second;
        second = levelDb;
      } else if (levelDb > third) third = levelDb;
    }
    return {withinFrames, top: [first, second, third], active};
  }

  function measure(): number | undefined {
    const {top, active} = survey(Number.POSITIVE_INFINITY);
    const playing = dbFromFactor(peak) > activeAboveDb;
    const activeFrames = (playing ? active - 1 : active) * blockFrames + (playing ? frames : 0);
    if (activeFrames < validFrames) return undefined;
    // Nearest rank: n − ⌈0.95·n⌉ = ⌊n / 20⌋ blocks lie above the percentile, at most 2 of 51.
    return top[Math.floor(active / 20)];
  }

  return {
    add(added, addedFrames) {
      recent = undefined;
      // Within a block only a higher peak, or more playing where there was not enough, makes another level.
      const isSame = amplitude(added) <= peak && frames + addedFrames < blockFrames && known?.level !== undefined;
      if (!isSame) known = undefined;
      peak = Math.max(peak, amplitude(added));
      frames += addedFrames;
      while (frames >= blockFrames) {
        ring[next] = dbFromFactor(peak);
        next = (next + 1) % blocks;
        frames -= blockFrames;
        // What is longer than 400 ms fills several; the rest belongs to the next one, of which nothing is known.
        peak = frames < blockFrames ? 0 : amplitude(added);
      }
    },
    compensate(deltaDb) {
      if (!Number.isFinite(deltaDb)) return;
      known = recent = undefined;
      peak = amplitude(peak * factorFromDb(deltaDb));
      for (let index = 0; index < blocks; index += 1) ring[index] = (ring[index] ?? 0) + deltaDb;
    },
    cut() {
      known = recent = undefined;
      peak = 0;
      frames = 0;
    },
    level() {
      known ??= {level: measure()};
      return known.level;
    },
    highest(rank, withinMs) {
      const withinFrames = (sampleRate * withinMs) / 1000;
      if (recent?.withinFrames !== withinFrames) recent = survey(withinFrames);
      return recent.active < rank ? undefined : recent.top[rank - 1];
    },
  };
}
