/** A list of numbers that grows, eight bytes each. */
export interface NumberList {
  readonly length: number;
  push(value: number): void;
  /** What was pushed so far; valid until the next push. */
  all(): Float64Array;
}

export function createNumberList(): NumberList {
  let values = new Float64Array(1024);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(value) {
      if (length === values.length) {
        const longer = new Float64Array(2 * length);
        longer.set(values);
        values = longer;
      }
      values[length++] = value;
    },
    all: () => values.subarray(0, length),
  };
}

/** The value that a share of all lie below (nearest rank); undefined for none. `share` 0…1. */
export function percentile(values: Float64Array | readonly number[], share: number): number | undefined {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))];
}
