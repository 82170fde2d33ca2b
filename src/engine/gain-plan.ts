import {heardLevelDb, isAudible, isSoloed} from '../model/audibility.ts';
import {factorFromDb} from '../model/decibel.ts';
import type {Mixer, Strip} from '../model/mixer.ts';
import {balanceSides, panSides, type Sides} from '../model/pan-law.ts';
import {highestLevelDb, lowestLevelDb} from '../model/taper.ts';

/** The three factors a strip works with. */
export interface StripGains {
  /** Trim and polarity, before the processing; negative where polarity is inverted. */
  readonly pre: number;
  /** Fader with its VCAs, pan or balance, mute and solo, after it. */
  readonly left: number;
  readonly right: number;
}

const silent: Sides = {left: 0, right: 0};
const asItIs: Sides = {left: 1, right: 1};

/**
 * Factors of a strip as VCAs, mutes and solo leave them. Whatever numbers the strip holds, the factors are finite and within the
 * ranges of the model: what is no number is silence (fader), 0 dB (trim) or the centre (pan).
 */
export function stripGains(mixer: Mixer, strip: Strip): StripGains {
  const trimDb = Number.isNaN(strip.trimDb) ? 0 : clamp(strip.trimDb, -24, 24);
  const pan = Number.isNaN(strip.pan) ? 0 : clamp(strip.pan, -1, 1);
  const fader = isAudible(mixer, strip) ? levelFactor(heardLevelDb(mixer, strip)) : 0;
  const sides = strip.channels === 1 ? panSides(pan, mixer.panLawDb) : balanceSides(pan);
  return {
    pre: factorFromDb(trimDb) * (strip.polarityInverted ? -1 : 1),
    left: fader * sides.left,
    right: fader * sides.right,
  };
}

/**
 * Factors from behind a strip's processing to the solo bus: after the fader it is heard as in the mix, before it as it comes out of its processing,
 * muted or not. 0 while it is not soloed, or solo works in place.
 */
export function soloGains(mixer: Mixer, strip: Strip, {left, right}: Sides): Sides {
  if (mixer.soloMode === 'in-place' || !isSoloed(mixer, strip)) return silent;
  return mixer.soloMode === 'after-fader' ? {left, right} : asItIs;
}

/** Factor of a fader: 0 below its lowest level and for NaN, never above its highest. */
export function levelFactor(levelDb: number): number {
  return levelDb >= lowestLevelDb ? factorFromDb(Math.min(levelDb, highestLevelDb)) : 0;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
