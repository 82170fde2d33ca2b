/** Powers, gates and what is left after them (BS.1770-5 and EBU Tech 3342). Powers are weighted mean squares. */

const offsetDb = -0.691;

/** Loudness of a power in LUFS; `-Infinity` for none. */
export function lufsOfPower(power: number): number {
  return power > 0 ? offsetDb + 10 * Math.log10(power) : Number.NEGATIVE_INFINITY;
}

/** The power of a loudness in LUFS. */
export function powerOfLufs(lufs: number): number {
  return 10 ** ((lufs - offsetDb) / 10);
}

/** The absolute gate: what is quieter counts as silence. */
export const silencePower = powerOfLufs(-70);

/** A list of powers that grows: 8 bytes each, 10 a second, half a megabyte in two hours. */
export interface PowerList {
  push(power: number): void;
  clear(): void;
  /** The powers so far, valid until the next `push`. */
  all(): Float64Array;
}

export function createPowerList(): PowerList {
  let powers = new Float64Array(1024);
  let count = 0;
  return {
    push(power) {
      if (count === powers.length) {
        const longer = new Float64Array(2 * count);
        longer.set(powers);
        powers = longer;
      }
      powers[count++] = power;
    },
    clear() {
      count = 0;
    },
    all: () => powers.subarray(0, count),
  };
}

/**
 * Integrated power of gating blocks of 400 ms (BS.1770-5): the mean of those louder than −70 LUFS and louder than 10 LU
 * under the mean of these. 0 where none is.
 */
export function integratedPower(blocks: Float64Array): number {
  return meanAbove(blocks, Math.max(silencePower, meanAbove(blocks, silencePower) / 10));
}

function meanAbove(powers: Float64Array, gate: number): number {
  let sum = 0;
  let count = 0;
  for (const power of powers) {
    if (power <= gate) continue;
    sum += power;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/**
 * Loudness range in LU of short-term powers (EBU Tech 3342): of those from −70 LUFS on and no more than 20 LU under the mean of these,
 * the step from the 10th to the 95th percentile. 0 where none is.
 */
export function rangeLu(shortTerm: Float64Array): number {
  const heard = shortTerm.filter((power) => power >= silencePower);
  const sum = heard.reduce((all, power) => all + power, 0);
  return rangeOfSorted(heard.sort(), sum);
}

/** The same of powers that are sorted and all heard; `sum` is theirs. */
export function rangeOfSorted(heard: Float64Array, sum: number): number {
  const gate = sum / heard.length / 100;
  const from = firstFrom(heard, gate);
  const left = heard.length - from;
  const at = (share: number): number => lufsOfPower(heard[from + Math.round((left - 1) * share)] ?? 0);
  return left <= 0 ? 0 : at(0.95) - at(0.1);
}

/** Index of the first of sorted powers that reaches the gate. */
function firstFrom(sorted: Float64Array, gate: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) >= gate) high = middle;
    else low = middle + 1;
  }
  return low;
}
