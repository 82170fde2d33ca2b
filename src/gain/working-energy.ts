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
  /** Mean square of each side in the last 20 s in which it played (blocks that peak above −50 dBFS), however long ago; undefined before 3 s of playing were heard. */
  playing(): {readonly left: number; readonly right: number} | undefined;
  /**
   * Level of the gaps in dBFS (RMS referenced to a sine): the 10th percentile of all blocks. Undefined before 20 s were heard, and where there are no
   * gaps: they are at least 20 dB under what is played, and the lowest tenth lies at one level,
   * with little just above it. What dies away is no noise.
   */
  floorDb(): number | undefined;
}

const blocks = windowMs / blockMs;
/** How far under the loud blocks a gap lies, in dB, and how even gaps are. */
const gapDb = 20;
const evenDb = 3;
/** A note that dies away passes through the levels from the gap to here. */
const dyingDb = 12;
/** What is quieter is silence, of which no level is higher than another. */
const silenceDb = -100;

/** A window in which nothing was heard. `sampleRate` in frames a second. */
export function createWorkingEnergy(sampleRate: number): WorkingEnergy {
  const blockFrames = Math.round((sampleRate * blockMs) / 1000);
  const validBlocks = Math.ceil(validAfterMs / blockMs);
  const lefts = new Float64Array(blocks);
  const rights = new Float64Array(blocks);
  const playedLefts = new Float64Array(blocks);
  const playedRights = new Float64Array(blocks);
  let filled = 0;
  let next = 0;
  let played = 0;
  let left = 0;
  let right = 0;
  let peak = 0;
  let frames = 0;
  let known: {readonly playing: ReturnType<WorkingEnergy['playing']>; readonly floorDb: number | undefined} | undefined;

  function measurePlaying(): ReturnType<WorkingEnergy['playing']> {
    const count = Math.min(played, blocks);
    if (count < validBlocks) return undefined;
    let sumLeft = 0;
    let sumRight = 0;
    for (let at = 0; at < count; at++) {
      sumLeft += playedLefts[at] ?? 0;
      sumRight += playedRights[at] ?? 0;
    }
    return {left: sumLeft / count, right: sumRight / count};
  }

  function measureFloor(): number | undefined {
    if (filled < blocks) return undefined;
    const levels = Array.from({length: blocks}, (_, at) =>
      Math.max(silenceDb, rmsDb(Math.max(lefts[at] ?? 0, rights[at] ?? 0))),
    );
    levels.sort((one, other) => one - other);
    const at = (part: number): number => levels[Math.floor(part * (blocks - 1))] ?? Number.NEGATIVE_INFINITY;
    const floorDb = at(0.1);
    const within = (fromDb: number, toDb: number): number =>
      levels.filter((levelDb) => levelDb > floorDb + fromDb && levelDb <= floorDb + toDb).length;
    const isEven = floorDb - at(0.04) <= evenDb && within(evenDb, dyingDb) <= within(-evenDb, evenDb) / 2;
    return isEven && at(0.8) - floorDb >= gapDb ? floorDb : undefined;
  }

  function measure(): NonNullable<typeof known> {
    known ??= {playing: measurePlaying(), floorDb: measureFloor()};
    return known;
  }

  function finish(): void {
    lefts[next] = left / frames;
    rights[next] = right / frames;
    if (dbFromFactor(peak) > activeAboveDb) {
      playedLefts[played % blocks] = left / frames;
      playedRights[played % blocks] = right / frames;
      played += 1;
    }
    next = (next + 1) % blocks;
    filled = Math.min(blocks, filled + 1);
    left = right = peak = frames = 0;
    known = undefined;
  }

  return {
    add(addedLeft, addedRight, addedPeak, addedFrames) {
      if (!Number.isFinite(addedLeft + addedRight) || !(addedFrames > 0)) return;
      // What reaches over the end of a block is shared out by time.
      for (let rest = addedFrames; rest > 0; ) {
        const taken = Math.min(rest, blockFrames - frames);
        left += (addedLeft * taken) / addedFrames;
        right += (addedRight * taken) / addedFrames;
        peak = Math.max(peak, addedPeak);
        frames += taken;
        rest -= taken;
        if (frames >= blockFrames) finish();
      }
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
        playedLefts[at] = (playedLefts[at] ?? 0) * power;
        playedRights[at] = (playedRights[at] ?? 0) * power;
      }
    },
    cut() {
      left = right = peak = frames = 0;
    },
    playing: () => measure().playing,
    floorDb: () => measure().floorDb,
  };
}
