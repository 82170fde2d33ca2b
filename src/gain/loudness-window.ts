/** The sum of the last values. */
export interface WindowSum {
  /** Takes a value and returns the sum of the last `length`, missing ones as 0. */
  push(value: number): number;
  reset(): void;
}

/**
 * A sliding sum that only ever adds: taking old values away again would leave their rounding behind, and silence after a loud passage
 * would never become silent. The values of the last full turn are kept as sums to its end, those of this turn as one growing sum;
 * both together are the window.
 */
export function createWindowSum(length: number): WindowSum {
  const values = new Float64Array(length);
  /** `toEnd[i]` is the sum of the last turn's values from `i` on. */
  const toEnd = new Float64Array(length + 1);
  let next = 0;
  let turn = 0;
  return {
    push(value) {
      values[next] = value;
      turn += value;
      next++;
      const sum = turn + (toEnd[next] ?? 0);
      if (next === length) {
        for (let index = length - 1; index >= 0; index--) toEnd[index] = (toEnd[index + 1] ?? 0) + (values[index] ?? 0);
        next = 0;
        turn = 0;
      }
      return sum;
    },
    reset() {
      values.fill(0);
      toEnd.fill(0);
      next = 0;
      turn = 0;
    },
  };
}
