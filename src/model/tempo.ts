/** Range of the tempo in quarter notes a minute. */
export const lowestTempoBpm = 20;
export const highestTempoBpm = 400;
export const standardTempoBpm = 120;

/** Note lengths as shares of a whole note, shortest first; D is dotted (half as long again), T a triplet (two thirds). */
const shares: Readonly<Record<string, number>> = {
  '1/32T': 1 / 48,
  '1/32': 1 / 32,
  '1/16T': 1 / 24,
  '1/32D': 3 / 64,
  '1/16': 1 / 16,
  '1/8T': 1 / 12,
  '1/16D': 3 / 32,
  '1/8': 1 / 8,
  '1/4T': 1 / 6,
  '1/8D': 3 / 16,
  '1/4': 1 / 4,
  '1/2T': 1 / 3,
  '1/4D': 3 / 8,
  '1/2': 1 / 2,
  '1/1T': 2 / 3,
  '1/2D': 3 / 4,
  '1/1': 1,
  '1/1D': 3 / 2,
};

/** What a time can follow: its own milliseconds (0), or a note. */
export const noteNames: readonly string[] = ['ms', ...Object.keys(shares)];

/** Length in ms of a note, by its place in `noteNames`, at a tempo in quarter notes a minute; undefined where it is none. */
export function noteMs(note: number, tempoBpm: number): number | undefined {
  const share = shares[noteNames[note] ?? ''];
  return share === undefined ? undefined : (240_000 / tempoBpm) * share;
}

/** A tempo within its range; undefined for what is no number. */
export function tempoWithin(tempoBpm: number): number | undefined {
  return Number.isNaN(tempoBpm) ? undefined : Math.min(highestTempoBpm, Math.max(lowestTempoBpm, tempoBpm));
}

/** Taps that count, and the pause in ms after which they are counted anew: a little more than a beat of the slowest tempo. */
const mostTaps = 9;
const longestGapMs = 60_000 / lowestTempoBpm + 250;

/** The times of the taps that count, with one at `atMs` (a clock that never falls). */
export function tapped(tapsMs: readonly number[], atMs: number): readonly number[] {
  const last = tapsMs.at(-1);
  const goesOn = last !== undefined && atMs - last <= longestGapMs;
  return goesOn ? [...tapsMs, atMs].slice(-mostTaps) : [atMs];
}

/** The tempo of taps in quarter notes a minute, to a tenth: by the median of their distances, so that one clumsy tap does not count. Undefined before the second. */
export function tempoOfTaps(tapsMs: readonly number[]): number | undefined {
  const gaps = tapsMs.slice(1).map((atMs, index) => atMs - (tapsMs[index] ?? 0));
  const sorted = gaps.filter((gapMs) => gapMs > 0).sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1];
  const high = sorted[Math.floor(middle)];
  if (low === undefined || high === undefined) return undefined;
  return tempoWithin(Math.round(1_200_000 / (low + high)) / 10);
}

/** A tempo in words: `120 BPM`, `98.5 BPM`. */
export function tempoText(tempoBpm: number): string {
  return `${Math.round(tempoBpm * 10) / 10} BPM`;
}
