/**
 * The fader law: where on its travel (position 0…1) a fader stands for a level in dB.
 * A taper is a list of printed marks, straight in dB between them; below the lowest finite mark it falls to silence at 0.
 */
export interface Mark {
  readonly position: number;
  /** `-Infinity` only at position 0. */
  readonly levelDb: number;
}

/** Marks with rising positions from 0 to 1 and rising levels; the first is silence. */
export type Taper = readonly Mark[];

/** The lowest level a fader can be set to before silence. */
export const lowestLevelDb = -90;

/**
 * The desk's own law, four straight pieces as on well-known digital consoles: 0 dB at three quarters of the travel,
 * +10 dB at the top, half the travel for the upper 20 dB.
 */
export const deskTaper: Taper = [
  {position: 0, levelDb: Number.NEGATIVE_INFINITY},
  {position: 0.0625, levelDb: -60},
  {position: 0.25, levelDb: -30},
  {position: 0.5, levelDb: -10},
  {position: 0.75, levelDb: 0},
  {position: 1, levelDb: 10},
];

/** The highest level any fader reaches. */
export const highestLevelDb = 10;

/** Level at a position; positions outside 0…1 are clamped, NaN is silence. */
export function levelAt(taper: Taper, position: number): number {
  if (!(position > 0)) return Number.NEGATIVE_INFINITY;
  let lower: Mark = {position: 0, levelDb: lowestLevelDb};
  for (const mark of taper) {
    if (mark.levelDb === Number.NEGATIVE_INFINITY) continue;
    if (position <= mark.position) {
      const share = (position - lower.position) / (mark.position - lower.position);
      return lower.levelDb + share * (mark.levelDb - lower.levelDb);
    }
    lower = mark;
  }
  return lower.levelDb;
}

/** Position of a level: the inverse of `levelAt`, clamped to 0…1. */
export function positionOf(taper: Taper, levelDb: number): number {
  if (!(levelDb > lowestLevelDb)) return 0;
  let lower: Mark = {position: 0, levelDb: lowestLevelDb};
  for (const mark of taper) {
    if (mark.levelDb === Number.NEGATIVE_INFINITY) continue;
    if (levelDb <= mark.levelDb) {
      const share = (levelDb - lower.levelDb) / (mark.levelDb - lower.levelDb);
      return lower.position + share * (mark.position - lower.position);
    }
    lower = mark;
  }
  return 1;
}
