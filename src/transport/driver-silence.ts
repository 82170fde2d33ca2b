/** How a process fares at one moment, as the system tells it. */
export interface ProcessLook {
  /** `ready`: it goes on, or would if the machine had time for it. `disk`: it waits for memory or a file. `waiting`: for anything else, or it is stopped. */
  readonly condition: 'ready' | 'disk' | 'waiting';
  /** Processor time it has had since its start, in ms. */
  readonly usedMs: number;
}

/**
 * A silence of a driver's process so far. On a machine that is short of time one that says nothing is not one that hangs: only the time counts in which it
 * could have spoken.
 */
export interface Silence {
  /** How long it waited for something though nobody held it up. */
  readonly waitedMs: number;
  /** Processor time it had had at the first look; undefined before that. */
  readonly fromUsedMs: number | undefined;
  /** And since then. */
  readonly usedMs: number;
}

/** What a silence may come to before it is taken for hanging. */
export interface Patience {
  readonly waitedMs: number;
  readonly usedMs: number;
  /** However it came about. */
  readonly lastedMs: number;
}

/** One that waits so long, or is at work so long without a word, is stopped, blocked in a call, or turns in a circle. */
const running: Patience = {waitedMs: 900, usedMs: 4000, lastedMs: 30_000};
/** How long loading its code may take: longer on a machine that is busy. */
const starting: Patience = {waitedMs: 10_000, usedMs: 60_000, lastedMs: 300_000};

/** With one that runs; `loadMs` is the processor time in which it was loaded: a slow machine takes as long for what is done in no time elsewhere. */
export function runningPatience(loadMs: number): Patience {
  return {...running, usedMs: Math.max(running.usedMs, loadMs)};
}

/** With one that is being loaded: twice as long after each one in a row that failed at once. */
export function startingPatience(shortLives: number): Patience {
  return {...starting, waitedMs: Math.min(starting.usedMs, starting.waitedMs * 2 ** shortLives)};
}

/** A look costs something: it is worth that only after so much silence; what came before counts as waiting. */
export const lookAfterMs = 300;
/** A slow disk holds a process up, a driver of the system that hangs looks the same: so much of its time counts. */
const diskShare = 0.25;

export const noSilence: Silence = {waitedMs: 0, fromUsedMs: undefined, usedMs: 0};

/** The silence after so many ms more. Without a look the system does not tell, or was not asked: then they count in full. */
export function lengthen({waitedMs, fromUsedMs, usedMs}: Silence, spanMs: number, look?: ProcessLook): Silence {
  if (look === undefined) return {waitedMs: waitedMs + spanMs, fromUsedMs, usedMs};
  const share = look.condition === 'waiting' ? 1 : look.condition === 'disk' ? diskShare : 0;
  const from = fromUsedMs ?? look.usedMs;
  return {waitedMs: waitedMs + share * spanMs, fromUsedMs: from, usedMs: look.usedMs - from};
}

/** Whether a process that has said nothing for `lastedMs` hangs: it waits for what does not come, or turns in a circle. */
export function isHanging(silence: Silence, lastedMs: number, patience: Patience): boolean {
  return silence.waitedMs > patience.waitedMs || silence.usedMs > patience.usedMs || lastedMs > patience.lastedMs;
}
