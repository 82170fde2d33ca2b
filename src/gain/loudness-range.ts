import {rangeOfSorted, silencePower} from './loudness-gate.ts';

/** The loudness range of a list of short-term powers that grows (EBU Tech 3342), to be asked at any time. */
export interface RangeList {
  /** Takes the next power. */
  push(power: number): void;
  clear(): void;
  /** The range so far, in LU; 0 where nothing was heard. */
  rangeLu(): number;
}

const firstRoom = 1024;

/**
 * A list at rest. Powers that came since it was last asked are sorted and merged into those before: so a meter that is read ten times a second for a day
 * does not sort a day's powers ten times a second.
 */
export function createRangeList(): RangeList {
  let sorted = new Float64Array(firstRoom);
  let count = 0;
  let fresh = new Float64Array(firstRoom);
  let freshCount = 0;
  /** Of all powers that were heard, in the order in which they came. */
  let sum = 0;

  function merge(): void {
    if (freshCount === 0) return;
    const news = fresh.subarray(0, freshCount).sort();
    if (count + freshCount > sorted.length) sorted = grown(sorted, 2 * (count + freshCount));
    let from = count - 1;
    let to = count + freshCount - 1;
    for (let next = freshCount - 1; next >= 0; to--) {
      const power = news[next] ?? 0;
      const known = from >= 0 ? (sorted[from] ?? 0) : Number.NEGATIVE_INFINITY;
      if (known > power) {
        sorted[to] = known;
        from--;
      } else {
        sorted[to] = power;
        next--;
      }
    }
    count += freshCount;
    freshCount = 0;
  }

  return {
    push(power) {
      if (!(power >= silencePower)) return;
      if (freshCount === fresh.length) fresh = grown(fresh, 2 * freshCount);
      fresh[freshCount++] = power;
      sum += power;
    },
    clear() {
      count = freshCount = sum = 0;
    },
    rangeLu() {
      merge();
      return rangeOfSorted(sorted.subarray(0, count), sum);
    },
  };
}

function grown(values: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(length);
  longer.set(values);
  return longer;
}
