/** Times of one kind, and what is told of them. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Percentiles by the nearest rank. */
export function spreadOf(times: Iterable<number>): Spread {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return {count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1)};
}
