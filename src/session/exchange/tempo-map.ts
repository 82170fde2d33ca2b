/** A tempo from a tick on. */
export interface TempoChange {
  readonly tick: number;
  /** 1…16,777,215 (MIDI file format, tempo event). */
  readonly microsecondsPerQuarter: number;
}

/** Turns ticks, counted from the start, into seconds. */
export type TickTime = (tick: number) => number;

/** The tempo of a MIDI file that says nothing of it: 120 quarters a minute. */
const standardTempo = 500_000;

/** Time of a file's ticks, by all its tempo changes. Of several at one tick the last counts. */
export function tickTime(ticksPerQuarter: number, changes: readonly TempoChange[]): TickTime {
  const sorted = [{tick: 0, microsecondsPerQuarter: standardTempo}, ...changes].sort(
    (one, other) => one.tick - other.tick,
  );
  let seconds = 0;
  const parts = sorted.map((change, index) => {
    const next = sorted[index + 1];
    const part = {...change, seconds};
    if (next !== undefined)
      seconds += secondsOf(next.tick - change.tick, change.microsecondsPerQuarter, ticksPerQuarter);
    return part;
  });
  return (tick) => {
    let low = 0;
    let high = parts.length - 1;
    while (low < high) {
      const between = (low + high + 1) >>> 1;
      if ((parts[between]?.tick ?? 0) <= tick) low = between;
      else high = between - 1;
    }
    const part = parts[low];
    return part === undefined
      ? 0
      : part.seconds + secondsOf(tick - part.tick, part.microsecondsPerQuarter, ticksPerQuarter);
  };
}

function secondsOf(ticks: number, microsecondsPerQuarter: number, ticksPerQuarter: number): number {
  return (ticks * microsecondsPerQuarter) / (ticksPerQuarter * 1e6);
}
