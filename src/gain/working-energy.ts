import {dbFromFactor} from '../model/decibel.ts';
import {rmsDb} from './level-convention.ts';
import {activeAboveDb, blockMs, validAfterMs, windowMs} from './working-peak.ts';

/** How loud a strip is when it plays, and what is left when it does not: from the energy of 400 ms blocks in the last 20 s. */
export interface WorkingEnergy {
  /** Takes a block's sums of squares and its highest amplitude. */
  add(left: number, right: number, peak: number, frames: number): void;
  /** The gain before the tap changed: what was heard before is reckoned as if it had been heard with the new gain. */
  compensate(deltaDb: number): void;
  /** Drops the block in progress: what follows is from another place of the tape. */
  cut(): void;
  /** Mean square of each side while it plays (blocks that peak above −50 dBFS); undefined before 3 s of playing were heard. */
  playing(): {readonly left: number; readonly right: number} | undefined;
  /**
   * Level of the gaps in dBFS (RMS referenced to a sine): the 10th percentile of all blocks. Undefined before 20 s were heard, and where there are no
   * gaps: they are at least 20 dB under what is played, and lie at one level. What dies away is no noise.
   */
  floorDb(): number | undefined;
}

const blocks = windowMs / blockMs;
/** How far under the loud blocks a gap lies, in dB, and how even gaps are. */
const gapDb = 20;
const evenDb = 3;
/** What is quieter is silence, of which no level is higher than another. */
const silenceDb = -100;

/** A window in which nothing was heard. `sampleRate` in frames a second. */
export function createWorkingEnergy(sampleRate: number): WorkingEnergy {
  const blockFrames = Math.round((sampleRate * blockMs) / 1000);
  const validBlocks = Math.ceil(validAfterMs / blockMs);
  const lefts = new Float64Array(blocks);
  const rights = new Float64Array(blocks);
  const peaks = new Float64Array(blocks);
  let filled = 0;
  let next = 0;
  let left = 0;
  let right = 0;
  let peak = 0;
  let frames = 0;
  let known: {readonly playing: ReturnType<WorkingEnergy['playing']>; readonly floorDb: number | undefined} | undefined;

  function measurePlaying(): ReturnType<WorkingEnergy['playing']> {
    let active = 0;
    let sumLeft = 0;
    let sumRight = 0;
    for (let at = 0; at < filled; at++) {
      if (!(dbFromFactor(peaks[at] ?? 0) > activeAboveDb)) continue;
      active += 1;
      sumLeft += lefts[at] ?? 0;
      sumRight += rights[at] ?? 0;
    }
    return active < validBlocks ? undefined : {left: sumLeft / active, right: sumRight / active};
  }

  function measureFloor(): number | undefined {
    if (filled < blocks) return undefined;
    const levels = Array.from({length: blocks}, (_, at) =>
      Math.max(silenceDb, rmsDb(Math.max(lefts[at] ?? 0, rights[at] ?? 0))),
    );
    levels.sort((one, other) => one - other);
    const at = (part: number): number => levels[Math.floor(part * (blocks - 1))] ?? Number.NEGATIVE_INFINITY;
    const isGap = at(0.8) - at(0.1) >= gapDb && at(0.15) - at(0.04) <= evenDb;
    return isGap ? at(0.1) : undefined;
  }

  function measure(): NonNullable<typeof known> {
    known ??= {playing: measurePlaying(), floorDb: measureFloor()};
    return known;
  }

  function finish(): void {
    lefts[next] = left / frames;
    rights[next] = right / frames;
    peaks[next] = peak;
    next = (next + 1) % blocks;
    filled = Math.min(blocks, filled + 1);
    left = right = peak = frames = 0;
    known = undefined;
  }

  return {
    add(addedLeft, addedRight, addedPeak, addedFrames) {
      if (!Number.isFinite(addedLeft + addedRight)) return;
      left += addedLeft;
      right += addedRight;
      peak = Math.max(peak, addedPeak);
      frames += addedFrames;
      if (frames >= blockFrames) finish();
    },
    compensate(deltaDb) {
      if (!Number.isFinite(deltaDb)) return;
      const power = 10 ** (deltaDb / 10);
      known = undefined;
      left *= power;
      right *= power;
      peak *= Math.sqrt(power);
      for (let at = 0; at < blocks; at++) {
        lefts[at] = (lefts[at] ?? 0) * power;
        rights[at] = (rights[at] ?? 0) * power;
        peaks[at] = (peaks[at] ?? 0) * Math.sqrt(power);
      }
    },
    cut() {
      left = right = peak = frames = 0;
    },
    playing: () => measure().playing,
    floorDb: () => measure().floorDb,
  };
}
