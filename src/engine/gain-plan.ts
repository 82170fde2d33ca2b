import {factorFromDb} from '../model/decibel.ts';
import type {Mixer, Strip} from '../model/mixer.ts';
import {highestLevelDb, lowestLevelDb} from '../model/taper.ts';
import {balanceSides, panSides} from './pan-law.ts';

/** The three factors a strip works with. */
export interface StripGains {
  /** Trim and polarity, before the `pre` tap; negative where polarity is inverted. */
  readonly pre: number;
  /** Fader, pan or balance, mute and solo, after it. */
  readonly left: number;
  readonly right: number;
}

/**
 * Factors of a strip. `audible` is what mute and solo leave of it. Whatever numbers the strip holds, the factors are
 * finite and within the ranges of the model: what is no number is silence (fader), 0 dB (trim) or the centre (pan).
 */
export function stripGains(strip: Strip, audible: boolean): StripGains {
  const trimDb = Number.isNaN(strip.trimDb) ? 0 : clamp(strip.trimDb, -24, 24);
  const pan = Number.isNaN(strip.pan) ? 0 : clamp(strip.pan, -1, 1);
  const fader = audible ? levelFactor(strip.levelDb) : 0;
  const sides = strip.channels === 1 ? panSides(pan) : balanceSides(pan);
  return {
    pre: factorFromDb(trimDb) * (strip.polarityInverted ? -1 : 1),
    left: fader * sides.left,
    right: fader * sides.right,
  };
}

/** Factor of a fader: 0 below its lowest level and for NaN, never above its highest. */
export function levelFactor(levelDb: number): number {
  return levelDb >= lowestLevelDb ? factorFromDb(Math.min(levelDb, highestLevelDb)) : 0;
}

/** Whether any strip is soloed: then strips that are neither soloed nor safe fall silent. */
export function anySoloed(mixer: Mixer): boolean {
  return mixer.strips.some((strip) => strip.soloed);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
