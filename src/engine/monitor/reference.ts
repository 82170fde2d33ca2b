import {factorFromDb} from '../../model/decibel.ts';
import type {Stem} from '../stem.ts';
import {createGlide} from './glide.ts';

/** How loud a reference is, as a whole. */
export interface ReferenceLoudness {
  /** In LUFS (BS.1770), `-Infinity` for silence. */
  readonly integratedLufs: number;
  /** Its highest peak between the samples, in dBTP. */
  readonly truePeakDb: number;
  /** Share of the energy below 120 Hz in all of it, in dB; undefined where less than 3 s are louder than −60 dBFS RMS. */
  readonly lowShareDb?: number | undefined;
}

/** A finished track to compare the mix with, running on in a loop of its own. Never waits. */
export interface Reference {
  /** Whether it is silent and stays so: nothing of it is read then. */
  readonly silent: boolean;
  /** What it is turned by, −40…+40 dB; glides over 10 ms while it sounds. NaN is 0. */
  setGain(gainDb: number): void;
  /** Whether it is heard; takes 10 ms, alike for all references, so that what comes and what goes always add up to 1. */
  setHeard(heard: boolean): void;
  /**
   * Adds what of it is heard. `atFrame` counts what has run since the start and is taken round at its end; `running` is a factor a frame, with which it starts and
   * stops, 0 throughout if `still`. False if frames of it were not prepared: these are silence then.
   */
  add(atFrame: number, running: Float64Array, still: boolean, left: Float32Array, right: Float32Array): boolean;
  /** Silent at once, as before it was ever heard. */
  silence(): void;
  /** Brings so many frames into memory, as for any stem, round its end. */
  prepare(atFrame: number, frames: number): Promise<void>;
  /** All that it is now; the way back to it is the function that comes. */
  mark(): () => void;
  /** Gives the file back. Idempotent. */
  close(): Promise<void>;
}

/** How long a change from A to B takes, in seconds. */
export const switchSeconds = 0.01;
/** A reference is turned up only as long as its highest peak stays under this, in dBTP. */
const highestPeakDb = -1;
/** It is turned by so many dB at most. */
const mostGainDb = 40;

/** By how much a reference is turned to be as loud as the mix, and what is missing for it, in dB. */
export interface Match {
  readonly gainDb: number;
  /** How much quieter than the mix it stays, 0 and more. */
  readonly missingDb: number;
}

/**
 * The gain that makes a reference as loud as the mix (integrated loudness of both, BS.1770): down as far as need be, up only until its highest true peak
 * is at −1 dBTP, so that it never clips. 0 where a loudness is unknown: no number, or silence.
 */
export function matchOf(mixLufs: number, {integratedLufs, truePeakDb}: ReferenceLoudness): Match {
  const wanted = mixLufs - integratedLufs;
  if (!Number.isFinite(wanted)) return {gainDb: 0, missingDb: 0};
  const most = Number.isFinite(truePeakDb) ? Math.max(0, highestPeakDb - truePeakDb) : 0;
  const gainDb = Math.max(-mostGainDb, Math.min(wanted, most, mostGainDb));
  return {gainDb, missingDb: Math.max(0, wanted - gainDb)};
}

/** Makes a reference of a stem at the session's rate that has at least one frame. Its end and its start are faded over 10 ms each, so that the loop makes no click. */
export function createReference(stem: Stem, sampleRate: number): Reference {
  const glideFrames = Math.max(2, Math.round(switchSeconds * sampleRate));
  const fadeFrames = Math.max(1, Math.min(glideFrames, Math.floor(stem.lengthFrames / 2)));
  const length = Math.max(1, stem.lengthFrames);
  let share = createGlide(0, glideFrames);
  let gain = createGlide(1, glideFrames);
  let otherLeft = new Float32Array(0);
  let otherRight = new Float32Array(0);
  let broken = false;
  const isSilent = (): boolean => share.settled && share.target === 0;

  const read = (atFrame: number, frames: number): boolean => {
    let ready = true;
    for (let done = 0, place = atFrame % length; done < frames; place = 0) {
      const until = Math.min(frames, done + length - place);
      ready = stem.read(place, otherLeft.subarray(done, until), otherRight.subarray(done, until)) && ready;
      done = until;
    }
    return ready;
  };

  return {
    get silent() {
      return isSilent();
    },
    setGain(gainDb) {
      const factor = factorFromDb(Number.isNaN(gainDb) ? 0 : Math.max(-mostGainDb, Math.min(mostGainDb, gainDb)));
      if (isSilent()) gain = createGlide(factor, glideFrames);
      else gain.send(factor);
    },
    setHeard(heard) {
      share.send(heard ? 1 : 0);
    },
    add(atFrame, running, still, left, right) {
      if (isSilent()) return true;
      const frames = left.length;
      if (otherLeft.length !== frames) {
        otherLeft = new Float32Array(frames);
        otherRight = new Float32Array(frames);
      }
      const ready = still || read(atFrame, frames);
      let place = atFrame % length;
      for (let frame = 0; frame < frames; frame++) {
        const edge = Math.min(1, (place + 1) / fadeFrames, (length - place) / fadeFrames);
        const factor = share.next() * gain.next() * edge * (running[frame] ?? 0);
        if (factor !== 0) {
          left[frame] = (left[frame] ?? 0) + factor * (otherLeft[frame] ?? 0);
          right[frame] = (right[frame] ?? 0) + factor * (otherRight[frame] ?? 0);
        }
        place = place + 1 === length ? 0 : place + 1;
      }
      // Nobody waits for a file that is gone.
      return ready || broken;
    },
    silence() {
      share = createGlide(0, glideFrames);
    },
    async prepare(atFrame, frames) {
      const place = atFrame % length;
      try {
        await stem.prepare(place, frames);
        if (place + frames > length) await stem.prepare(0, place + frames - length);
      } catch (error) {
        broken = true;
        throw error;
      }
    },
    mark() {
      const was = {gain, share};
      const back = [share.mark(), gain.mark()];
      return () => {
        ({gain, share} = was);
        for (const goBack of back) goBack();
      };
    },
    close: () => stem.close(),
  };
}
