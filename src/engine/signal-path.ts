/** One group or return that is heard in another; numbers are those of the bus strips, counted from 0. */
export interface Feed {
  readonly from: number;
  readonly to: number;
}

/** The feeds that may sound beside those that stand: in their order each that closes no circle with what stands and with those before it. */
export function withoutCircles(wanted: readonly Feed[], standing: readonly Feed[]): readonly Feed[] {
  const allowed: Feed[] = [];
  for (const feed of wanted) {
    if (!leadsTo(feed.to, feed.from, [...standing, ...allowed])) allowed.push(feed);
  }
  return allowed;
}

function leadsTo(from: number, to: number, feeds: readonly Feed[]): boolean {
  const seen = new Set([from]);
  for (const place of seen) {
    if (place === to) return true;
    for (const feed of feeds) if (feed.from === place) seen.add(feed.to);
  }
  return false;
}

/** An order in which each of `count` bus strips comes after all that feed it; those that are free stay as they are counted. */
export function orderOf(count: number, feeds: readonly Feed[]): readonly number[] {
  const order: number[] = [];
  const left = new Set(Array.from({length: count}, (_, index) => index));
  while (left.size > 0) {
    const ready = [...left].find((place) => !feeds.some(({from, to}) => to === place && left.has(from)));
    // Without circles there is always one.
    const next = ready ?? [...left][0] ?? 0;
    left.delete(next);
    order.push(next);
  }
  return order;
}
