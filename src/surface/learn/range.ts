/** The lowest and the highest of values; infinite if there are none. */
export function edgesOf(values: readonly number[]): readonly [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

/** How far values lie apart; 0 if there are none. */
export function rangeOf(values: readonly number[]): number {
  const [low, high] = edgesOf(values);
  return Math.max(0, high - low);
}
