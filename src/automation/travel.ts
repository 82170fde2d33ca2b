/**
 * How far a control travels for a value, and how far a drawn line may lie from a recorded one. Both are told in the unit in which a lane runs straight:
 * its own, or octaves.
 */
import type {LaneKind} from '../model/lane.ts';
import {deskTaper, levelAt, lowestLevelDb, positionOf} from '../model/taper.ts';

/** Thinning's tolerance if none is asked for: 0.2 % of a control's travel. */
export const standardTolerance = 0.002;
/** What the standard tolerance is worth of a level or gain at least, in dB. */
const leastDb = 0.1;

/** Whether a lane's values are levels as faders have them: their travel is the desk's taper and their lowest value is silence. */
export function isLevelKind({unit, low}: LaneKind): boolean {
  return unit === 'dB' && low === lowestLevelDb;
}

/** A value in the kind's range; whole where it is a switch or a choice, and the standard value for what is no number. */
export function valueOfKind({low, high, unit, standard}: LaneKind, value: number): number {
  if (Number.isNaN(value)) return standard;
  const within = Math.min(high, Math.max(low, value)) + 0;
  return unit === 'switch' || unit === 'choice' ? Math.round(within) : within;
}

/** A value with five digits: what a hand writes is no finer (0.001 dB, a tenth of a hertz in a thousand), and files stay short. */
export function plainValue(value: number): number {
  return Number(value.toPrecision(5)) + 0;
}

/** By how much a plain value may differ from what it was made of, where the lane is straight. */
export function plainError(kind: LaneKind): number {
  if (kind.curve === 'octaves') return Math.log2(1 + 0.5e-4);
  return 0.5 * 10 ** (Math.floor(Math.log10(Math.max(Math.abs(kind.low), Math.abs(kind.high)))) - 4);
}

/** Where a control stands for a value, 0…1: levels by the desk's taper, all else evenly as the lane runs. */
export function travelOf(kind: LaneKind, value: number): number {
  if (isLevelKind(kind)) return positionOf(deskTaper, value);
  const [low, high] = [straightOf(kind, kind.low), straightOf(kind, kind.high)];
  return Math.min(1, Math.max(0, (straightOf(kind, value) - low) / (high - low)));
}

/** A value where its lane is straight: log2 of it for octaves, else itself. */
export function straightOf({curve, low}: LaneKind, value: number): number {
  return curve === 'octaves' ? Math.log2(Math.max(low, value)) : value;
}

/** The value of what `straightOf` made of it. */
export function fromStraight({curve}: LaneKind, straight: number): number {
  return curve === 'octaves' ? 2 ** straight : straight;
}

/**
 * How far from a value a drawn line may lie, up or down, where it is straight. Of the standard tolerance: levels (faders and sends) 0.1 dB or 0.2 % of a
 * fader's travel, whichever is more, that is 0.1 dB above −10 dB, 0.16 dB down to −30 dB, 0.32 dB down to −60 dB, and 0.96 dB below; silence is exact. Other
 * gains 0.1 dB; all else 0.2 % of the range, in octaves where the lane runs in octaves. Other tolerances in proportion. Never rises with a rising level.
 */
export function toleranceAt(kind: LaneKind, value: number, tolerance = standardTolerance): number {
  const gainDb = (leastDb * tolerance) / standardTolerance;
  if (!isLevelKind(kind)) {
    return kind.unit === 'dB' ? gainDb : tolerance * (straightOf(kind, kind.high) - straightOf(kind, kind.low));
  }
  if (value <= lowestLevelDb) return 0;
  const position = positionOf(deskTaper, value);
  const above = levelAt(deskTaper, Math.min(1, position + tolerance)) - value;
  const below = value - levelAt(deskTaper, position - tolerance);
  return Math.max(gainDb, Math.min(above, below));
}
