/**
 * Where time code is between its pieces: a filter over the moments at which they came (an alpha-beta filter, first a mean). What comes late by chance
 * pulls it little; it follows tapes that run a little fast or slow.
 */
export interface CodeClock {
  /** A piece of so many seconds of time code came at a time, in ms. */
  heard(seconds: number, atMs: number): void;
  /** Seconds of time code at a time; undefined before the first piece. */
  at(ms: number): number | undefined;
  /** Seconds of time code a second. */
  readonly speed: number;
  /** Pieces since it was reset. */
  readonly pieces: number;
  reset(): void;
}

const positionGain = 0.08;
const speedGain = 0.0035;
/** Speed is taken to be 1 until so many pieces came: few of them say little of it. */
const firstPieces = 24;
/** Tapes run so much off their speed at the most. */
const mostOff = 0.1;
/** A piece that is off by more than this counts as if it were off by no more, in seconds. */
const mostError = 0.012;

/** The shortest time between pieces that are in time, in seconds. */
const shortestSeconds = 0.008;

export function createCodeClock(): CodeClock {
  let known: {readonly seconds: number; readonly atMs: number} | undefined;
  let speed = 1;
  let pieces = 0;

  const at = (ms: number): number | undefined => known && known.seconds + ((ms - known.atMs) / 1000) * speed;
  return {
    heard(seconds, atMs) {
      const expected = at(atMs);
      pieces += 1;
      if (expected === undefined || known === undefined) {
        known = {seconds, atMs};
        return;
      }
      const off = seconds - expected;
      const isNew = pieces < firstPieces;
      const error = isNew ? off : Math.min(mostError, Math.max(-mostError, off));
      const sinceSeconds = (atMs - known.atMs) / 1000;
      known = {seconds: expected + Math.max(positionGain, 1 / pieces) * error, atMs};
      // Pieces that come together after a stall say no more of speed than those that come in time.
      if (!isNew)
        speed = Math.min(
          1 + mostOff,
          Math.max(1 - mostOff, speed + (speedGain * error) / Math.max(shortestSeconds, sinceSeconds)),
        );
    },
    at,
    get speed() {
      return speed;
    },
    get pieces() {
      return pieces;
    },
    reset() {
      known = undefined;
      speed = 1;
      pieces = 0;
    },
  };
}
