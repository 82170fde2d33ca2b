import {factorFromDb} from '../../model/decibel.ts';
import type {Stem} from '../stem.ts';
import {createGlide} from './glide.ts';

/**
 * A finished track to compare the mix with, equally loud. Only the louder of the two is turned down, so that comparing never clips; the mix stays turned
 * down while the reference is there, heard or not, or the comparison would not be fair.
 */
export interface Reference {
  /** What the mix is turned down by, and what the reference is, in dB, 0 and less; at most one of them is not 0. */
  readonly mixGainDb: number;
  readonly referenceGainDb: number;
  /** How much louder the reference is than the mix in dB, as `createReference` takes it; glides over 10 ms. */
  setOffset(offsetDb: number): void;
  /** Whether it is heard instead of the mix; cross-faded over 10 ms with gains that add up to 1. */
  setHeard(heard: boolean): void;
  /** Brings its frames into memory, as for any stem. */
  prepare(atFrame: number, frames: number): Promise<void>;
  /**
   * Puts the reference in the place of the mix as far as it is heard, in place; `atFrame` is where the reference plays. False if frames of it were
   * not prepared: these are silence then. Unheard, with a mix that is not the louder one, no bit is changed.
   */
  process(atFrame: number, left: Float32Array, right: Float32Array): boolean;
  /** Gives the file back. Idempotent. */
  close(): Promise<void>;
}

const changeSeconds = 0.01;

/**
 * How much louder the reference is than the mix, in dB, from the integrated loudness of both in LUFS (BS.1770); 0 where either is
 * unknown: no number, or silence.
 */
export function loudnessOffsetDb(mixLufs: number, referenceLufs: number): number {
  const offset = referenceLufs - mixLufs;
  return Number.isFinite(offset) ? offset : 0;
}

/** Makes a reference of a stem at the session's rate; `offsetDb` (taken within ±40) is how much louder it is than the mix. */
export function createReference(stem: Stem, offsetDb: number, sampleRate: number): Reference {
  const frames = Math.max(2, Math.round(changeSeconds * sampleRate));
  let offset = cleanOffset(offsetDb);
  const share = createGlide(0, frames);
  const mixGain = createGlide(factorFromDb(Math.min(0, offset)), frames);
  const referenceGain = createGlide(factorFromDb(-Math.max(0, offset)), frames);
  let otherLeft = new Float32Array(0);
  let otherRight = new Float32Array(0);
  return {
    get mixGainDb() {
      return Math.min(0, offset) + 0;
    },
    get referenceGainDb() {
      return -Math.max(0, offset) + 0;
    },
    setOffset(next) {
      offset = cleanOffset(next);
      mixGain.send(factorFromDb(Math.min(0, offset)));
      referenceGain.send(factorFromDb(-Math.max(0, offset)));
    },
    setHeard(heard) {
      share.send(heard ? 1 : 0);
    },
    prepare: (atFrame, count) => stem.prepare(atFrame, count),
    process(atFrame, left, right) {
      const silent = share.settled && share.target === 0;
      if (silent && mixGain.settled && mixGain.target === 1) return true;
      if (otherLeft.length !== left.length) {
        otherLeft = new Float32Array(left.length);
        otherRight = new Float32Array(left.length);
      }
      const ready = silent || stem.read(atFrame, otherLeft, otherRight);
      if (silent) {
        otherLeft.fill(0);
        otherRight.fill(0);
      }
      for (let frame = 0; frame < left.length; frame++) {
        const heard = share.next();
        const mix = (1 - heard) * mixGain.next();
        const other = heard * referenceGain.next();
        left[frame] = mix * (left[frame] ?? 0) + other * (otherLeft[frame] ?? 0);
        right[frame] = mix * (right[frame] ?? 0) + other * (otherRight[frame] ?? 0);
      }
      return ready;
    },
    close: () => stem.close(),
  };
}

function cleanOffset(offsetDb: number): number {
  return Number.isNaN(offsetDb) ? 0 : Math.max(-40, Math.min(40, offsetDb));
}
