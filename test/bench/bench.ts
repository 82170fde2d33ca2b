/** What a bench is and what it says. */

export interface Figure {
  readonly name: string;
  /** Undefined where it could not be measured; `note` says why then. */
  readonly value: number | undefined;
  readonly unit: string;
  /** What was promised of it. */
  readonly bar?: {readonly atMost: number} | {readonly atLeast: number};
  readonly note?: string;
}

export interface Result {
  readonly figures: readonly Figure[];
}

export interface Bench {
  readonly name: string;
  /** What is measured and against what, in a sentence. */
  readonly about: string;
  run(): Promise<Result>;
}

/** Whether a figure keeps its bar; what has no bar or could not be measured breaks none. */
export function isOk({value, bar}: Figure): boolean {
  if (value === undefined || bar === undefined) return true;
  return 'atMost' in bar ? value <= bar.atMost : value >= bar.atLeast;
}

export interface Cost {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

/**
 * Processor and wall time of the cheapest of several runs, after one that is not counted. Processor time counts all threads
 * of this process, and stays honest on a machine that is busy with other things.
 */
export async function cheapestOf(runs: number, work: () => void | Promise<void>): Promise<Cost> {
  await work();
  let best: Cost = {cpuSeconds: Number.POSITIVE_INFINITY, wallSeconds: Number.POSITIVE_INFINITY};
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    const startedMs = performance.now();
    await work();
    const wallSeconds = (performance.now() - startedMs) / 1000;
    const {user, system} = process.cpuUsage(before);
    const cpuSeconds = (user + system) / 1e6;
    if (cpuSeconds < best.cpuSeconds) best = {cpuSeconds, wallSeconds};
  }
  return best;
}
