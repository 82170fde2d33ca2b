import {factorFromDb} from '../../model/decibel.ts';
import {DeskError} from '../../model/problem.ts';
import {instantiateBuilt} from '../effects/web-assembly.ts';
import {peakFilters} from './peak-filters.ts';

/** What assembly/limiter.ts exports; formulas and ranges stand there. */
interface Exports {
  readonly memory: {readonly buffer: ArrayBuffer};
  readonly silenced: {readonly value: number};
  configure(window: number): number;
  filtersAt(): number;
  blockAt(side: number): number;
  stateAt(): number;
  stateBytes(): number;
  set(on: boolean, ceiling: number, rise: number): void;
  process(frames: number): number;
}

export interface LimiterSettings {
  readonly on: boolean;
  /** What the true peak never passes, −60…0 dB. */
  readonly ceilingDb: number;
  /** Time constant of the way back, 1…5,000 ms. */
  readonly releaseMs: number;
}

/** A look-ahead true-peak limiter of a stereo pair; both sides are turned down alike. Off when made. */
export interface Limiter {
  /** Always the same, on or off: 1.5 ms and 46 frames. */
  readonly latencyFrames: number;
  /** What the last block was turned down by at most, in dB, 0 and more. */
  readonly gainReductionDb: number;
  /** Samples since the beginning that were NaN, infinite or beyond 2³² and have been silenced; snapshots do not turn it back. */
  readonly silencedSamples: number;
  /**
   * Holds for every frame that enters from now on, so that switching, too, is smooth. Numbers out of range are clamped, what is
   * no number keeps what was.
   */
  set(settings: LimiterSettings): void;
  /**
   * Limits a block in place, of any length, both sides equally long. What comes out is what went in `latencyFrames` before, times a gain of
   * 0…1; without a peak above the ceiling, and off, that gain is 1 to the bit. The blocks' lengths make no difference.
   */
  process(left: Float32Array, right: Float32Array): void;
  /** All that outlives a block, settings included. */
  snapshot(): Uint8Array;
  /** Goes back to a snapshot of this limiter or one at the same rate, to the bit. Throws a DeskError for a foreign one. */
  restore(snapshot: Uint8Array): void;
}

const builtLimiter = new URL('../../../dist/limiter.wasm', import.meta.url);

/** Longest chunk that the compiled part takes. */
const chunkFrames = 256;
/** Look-ahead over which the gain is smoothed. */
const windowSeconds = 0.0015;
/** How far inside the ceiling the limiter aims: more than a meter of up to 16 phases of 32 taps was seen to read above its filters. */
const marginDb = 0.15;
/** Time constant with which the gain goes back to 1 when switched off. */
const offSeconds = 0.005;
/** Most that an interpolating filter may make of a sample; the compiled part relies on it. */
const filterBound = 2.65;

/** Makes a limiter. Rejects with a DeskError where it has not been built, or no memory is left. */
export async function createLimiter({sampleRate}: {readonly sampleRate: number}): Promise<Limiter> {
  const exports = await instantiateBuilt<Exports>(builtLimiter, {});
  const window = Math.round(windowSeconds * sampleRate);
  if (!exports.configure(window))
    throw new DeskError(
      'engine.failed',
      'There is no memory left for the limiter: close other programs and try again.',
    );
  const buffer = exports.memory.buffer;
  loadFilters(new Float32Array(buffer, exports.filtersAt(), 336));
  const blockLeft = new Float32Array(buffer, exports.blockAt(0), chunkFrames);
  const blockRight = new Float32Array(buffer, exports.blockAt(1), chunkFrames);
  const state = new Uint8Array(buffer, exports.stateAt(), exports.stateBytes());
  let settings: LimiterSettings = {on: false, ceilingDb: -1, releaseMs: 100};
  let lowest = 1;
  let silencedSamples = 0;

  const set = (next: LimiterSettings): void => {
    settings = {
      on: next.on,
      ceilingDb: clamped(next.ceilingDb, -60, 0, settings.ceilingDb),
      releaseMs: clamped(next.releaseMs, 1, 5000, settings.releaseMs),
    };
    const seconds = settings.on ? settings.releaseMs / 1000 : offSeconds;
    exports.set(settings.on, factorFromDb(settings.ceilingDb - marginDb), 1 - Math.exp(-1 / (seconds * sampleRate)));
  };
  set(settings);

  return {
    latencyFrames: window + 46,
    get gainReductionDb() {
      return lowest >= 1 ? 0 : -20 * Math.log10(Math.max(lowest, 1e-10));
    },
    get silencedSamples() {
      return silencedSamples;
    },
    set,
    process(left, right) {
      lowest = 1;
      for (let from = 0; from < left.length; from += chunkFrames) {
        const frames = Math.min(chunkFrames, left.length - from);
        blockLeft.set(left.subarray(from, from + frames));
        blockRight.set(right.subarray(from, from + frames));
        lowest = Math.min(lowest, exports.process(frames));
        silencedSamples += exports.silenced.value;
        left.set(blockLeft.subarray(0, frames), from);
        right.set(blockRight.subarray(0, frames), from);
      }
    },
    snapshot: () => state.slice(),
    restore(snapshot) {
      if (snapshot.length !== state.length)
        throw new DeskError('engine.failed', 'This snapshot is of another limiter: make a new one.');
      state.set(snapshot);
    },
  };
}

function loadFilters(to: Float32Array): void {
  let at = 0;
  for (const filter of peakFilters()) {
    const sum = Array.from(filter).reduce((total, tap) => total + Math.abs(tap), 0);
    if (!(sum < filterBound)) throw new DeskError('engine.failed', `A filter of the limiter has a gain of ${sum}.`);
    to.set(filter, at);
    at += filter.length;
  }
}

function clamped(value: number, low: number, high: number, otherwise: number): number {
  return Number.isNaN(value) ? otherwise : Math.min(high, Math.max(low, value));
}
