import type {Severity} from '../model/warning.ts';

/**
 * What a warning lamp tells, by rhythm before colour. All lamps of a desk share one clock of 50 ms ticks.
 * Rates keep apart what IEC 60073 keeps apart (slow, normal) and stay under three flashes a second (WCAG 2.3.1).
 */
export type LampState = 'alarm' | 'warning' | 'advice' | 'info' | 'fine' | 'stale';

/** Length of a tick in ms. */
export const tickMs = 50;

/** Runs of ticks, lit and dark in turn, beginning lit. */
const rhythms: Readonly<Record<LampState, readonly number[]>> = {
  /** 2 Hz. */
  alarm: [5, 5],
  /** 0.5 Hz. */
  warning: [20, 20],
  /** A double blip every 3 s. */
  advice: [2, 3, 2, 53],
  /** Speaks by text only. */
  info: [],
  fine: [],
  /** One short blip every 2 s: what is shown is not current, or nothing comes in. */
  stale: [1, 39],
};

/**
 * Whether a warning lights the lamp in that tick (any whole number). `fine` and `info` never do: the lamp then shows
 * whatever else it stands for. With reduced motion nothing blinks: an alarm is steady, all others speak by text.
 */
export function lampLit(state: LampState, tick: number, reducedMotion = false): boolean {
  if (reducedMotion) return state === 'alarm';
  const runs = rhythms[state];
  const period = runs.reduce((sum, run) => sum + run, 0);
  if (period === 0) return false;
  let place = ((tick % period) + period) % period;
  for (const [index, run] of runs.entries()) {
    if (place < run) return index % 2 === 0;
    place -= run;
  }
  return false;
}

/** The tick of the common clock at a time in ms. */
export function tickAt(nowMs: number): number {
  return Math.floor(nowMs / tickMs);
}

/** The rhythm of a severity. */
export function lampOfSeverity(severity: Severity): LampState {
  const states: Readonly<Record<Severity, LampState>> = {4: 'alarm', 3: 'warning', 2: 'advice', 1: 'info'};
  return states[severity];
}

/** The same as `lampLit`, asked by severity: what a surface's lamps ask for. */
export function rhythmLit(rhythm: Severity | 'stale', tick: number, reducedMotion = false): boolean {
  return lampLit(rhythm === 'stale' ? 'stale' : lampOfSeverity(rhythm), tick, reducedMotion);
}

/** For how many ticks all alarms are lit without a break when a new one is raised: 1 s. */
const alarmBeginsTicks = 20;

/** How the lamps of a desk speak now; the same for all of them. */
export interface LampSpeech {
  /** Nothing blinks: an alarm is steady, all others speak by text. */
  readonly reducedMotion?: boolean;
  /** When the newest alarm was raised. */
  readonly alarmTick?: number | undefined;
}

/**
 * Whether a rhythm is lit at a tick, for all lamps of all units alike. A new alarm is seen at once, in whichever part of the rhythm it falls: all alarms are then lit
 * for a second. That is as long as a window in which three flashes may fall, so that beginnings never add up to more.
 */
export function lampSpeech({
  reducedMotion = false,
  alarmTick,
}: LampSpeech): (rhythm: Severity | 'stale', tick: number) => boolean {
  return (rhythm, tick) => {
    const begins = alarmTick !== undefined && tick >= alarmTick && tick < alarmTick + alarmBeginsTicks;
    return (rhythm === 4 && begins) || rhythmLit(rhythm, tick, reducedMotion);
  };
}
