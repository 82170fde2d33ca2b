import type {StripId} from '../model/mixer.ts';

/** Which strips stand in each other's way, from how loud they are in the third-octaves of 200 Hz to 5 kHz. A first attempt: no threshold is agreed on. */
export interface Masking {
  /** Takes a look at the desk, at most ten times a second; strips without known bands are left out. */
  look(strips: readonly StripId[], bandsOf: (strip: StripId) => readonly number[] | undefined, nowMs: number): void;
  /** What shares most with this strip, told at the first of the two in desk order; undefined before 10 s were seen. */
  of(strip: StripId): Shared | undefined;
}

export interface Shared {
  readonly partner: StripId;
  /** Of the last 10 s, in percent. */
  readonly percent: number;
  /** The range in which they met last, in Hz. */
  readonly lowHz: number;
  readonly highHz: number;
}

const maskedBandsHz: readonly number[] = [
  200, 250, 315, 400, 500, 630, 800, 1000, 1250, 1600, 2000, 2500, 3150, 4000, 5000,
];
/** As loud as each other, in dB; so many bands in a row; and what is quieter than this masks nothing. */
const alikeDb = 6;
const leastBands = 3;
const heardDb = -60;
const lookEveryMs = 100;
const looks = 100;

interface Pair {
  readonly one: StripId;
  readonly other: StripId;
  readonly met: Uint8Array;
  count: number;
  from: number;
  to: number;
}

/** Nothing was seen yet. */
export function createMasking(): Masking {
  const pairs = new Map<string, Pair>();
  let seen = 0;
  let place = 0;
  let nextMs = Number.NEGATIVE_INFINITY;

  return {
    look(strips, bandsOf, nowMs) {
      if (nowMs < nextMs) return;
      nextMs = nowMs + lookEveryMs;
      const heard = strips.flatMap((strip) => {
        const bands = bandsOf(strip);
        return bands === undefined || !bands.some((levelDb) => levelDb > heardDb) ? [] : [{strip, bands}];
      });
      for (const pair of pairs.values()) put(pair, place, 0);
      for (const [index, one] of heard.entries())
        for (const other of heard.slice(index + 1)) {
          const run = longestRun(one.bands, other.bands);
          if (run.length < leastBands) continue;
          const key = `${one.strip} ${other.strip}`;
          const pair = pairs.get(key) ?? {
            one: one.strip,
            other: other.strip,
            met: new Uint8Array(looks),
            count: 0,
            from: 0,
            to: 0,
          };
          pairs.set(key, pair);
          put(pair, place, 1);
          pair.from = run.from;
          pair.to = run.from + run.length - 1;
        }
      for (const [key, pair] of pairs) if (pair.count === 0) pairs.delete(key);
      place = (place + 1) % looks;
      seen = Math.min(looks, seen + 1);
    },
    of(strip) {
      if (seen < looks) return undefined;
      let most: Pair | undefined;
      for (const pair of pairs.values()) if (pair.one === strip && pair.count > (most?.count ?? 0)) most = pair;
      if (most === undefined) return {partner: strip, percent: 0, lowHz: 0, highHz: 0};
      const [lowHz = 0, highHz = 0] = [maskedBandsHz[most.from], maskedBandsHz[most.to]];
      return {partner: most.other, percent: (most.count * 100) / looks, lowHz, highHz};
    },
  };
}

function put(pair: Pair, place: number, met: 0 | 1): void {
  pair.count += met - (pair.met[place] ?? 0);
  pair.met[place] = met;
}

function longestRun(
  one: readonly number[],
  other: readonly number[],
): {readonly from: number; readonly length: number} {
  let best = {from: 0, length: 0};
  let length = 0;
  for (let band = 0; band < maskedBandsHz.length; band++) {
    const [a = Number.NEGATIVE_INFINITY, b = Number.NEGATIVE_INFINITY] = [one[band], other[band]];
    length = a > heardDb && b > heardDb && Math.abs(a - b) <= alikeDb ? length + 1 : 0;
    if (length > best.length) best = {from: band - length + 1, length};
  }
  return best;
}
