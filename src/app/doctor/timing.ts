import type {Row} from './report.ts';

const samples = 60;
const sleepMs = 4;

/** Lateness above which a moved fader is felt, in milliseconds. */
const lateMs = 10;

/** How late timers come while nothing else is asked of this process. Takes about a third of a second. */
export async function checkTiming(): Promise<readonly Row[]> {
  const late: number[] = [];
  for (let count = 0; count < samples; count += 1) {
    const start = performance.now();
    await new Promise((resolve) => setTimeout(resolve, sleepMs));
    late.push(performance.now() - start - sleepMs);
  }
  return [timingRow(late)];
}

/** What a series of latenesses in milliseconds says. */
export function timingRow(late: readonly number[]): Row {
  const sorted = [...late].sort((a, b) => a - b);
  const at = (share: number): number => Math.max(0, sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  const found = `timers come ${at(0.5).toFixed(1)} ms late as a rule, ${at(1).toFixed(1)} ms at worst`;
  if (at(0.95) <= lateMs) return {area: 'time', check: 'event loop', found, state: 'ok'};
  return {
    area: 'time',
    check: 'event loop',
    found,
    state: 'warning',
    cure: 'close programs that keep the processor busy; a longer --look-ahead keeps the sound whole',
  };
}
