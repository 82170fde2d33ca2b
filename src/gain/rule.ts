import type {RuleId, Severity} from '../model/warning.ts';
import type {LampState} from './lamp-pattern.ts';

/** Where a rule listens: `in` before the trim, `pre` after processing and before the fader, `post`; `bus` and `out` of the mix bus. */
export type Tap = 'in' | 'pre' | 'post' | 'bus' | 'out';

/** What a rule measures; `measures.ts` says how. */
export type Measure =
  /** Peak of the output in dBFS; at least 0 if any sample was at or above full scale. */
  | 'overs'
  /** Longest run of full-scale samples at the input. */
  | 'clipRun'
  /** Samples that were no numbers and were silenced. */
  | 'broken'
  /** Sample peak in dBFS. */
  | 'samplePeak'
  /** Working peak in dBFS, as long as the last 5 s agree; clears by the maximum of the last 5 s. */
  | 'workingHigh'
  /** Working peak in dBFS while the strip plays; clears by the third highest block of the last 5 s. */
  | 'workingLow'
  /** Highest sample peak of the last 10 s in dBFS. */
  | 'windowMaximum'
  /** Highest sample peak of the last 2 s in dBFS, of a strip that should sound. */
  | 'silence'
  /** Age of the newest meter frame in ms; clears by the number of frames that came after an outage. */
  | 'frameAge';

/** One side of a limit, in the measure's unit. */
export type Threshold =
  | {readonly above: number}
  | {readonly atLeast: number}
  | {readonly below: number}
  | {readonly atMost: number};

/** A kind of channel that a rule watches: where it listens there, and what it advises. Placeholders: see `wording.ts`. */
export interface Place {
  readonly tap: Tap;
  readonly advice: string;
}

/** From a higher value on, a rule speaks louder or differently. */
export interface Step {
  readonly above: number;
  readonly severity: Severity;
  readonly advice?: string;
}

/** One row of the gain table. Between the raise and the clear threshold a verdict holds. */
export interface Rule {
  readonly id: RuleId;
  readonly on: boolean;
  readonly places: {readonly strip?: Place; readonly master?: Place};
  readonly measure: Measure;
  readonly raise: Threshold;
  /** How long it must last before a warning is raised. */
  readonly raiseAfterMs: number;
  readonly clear: Threshold;
  /** How long it must be past the clear threshold; 0 also where the measure looks back by itself. */
  readonly clearAfterMs: number;
  readonly severity: Severity;
  /** With rising `above`; the highest that applies wins, and is left 1.5 below. */
  readonly steps: readonly Step[];
  /** Stays until a person has acknowledged it: something was lost. */
  readonly latched: boolean;
  /** Lamp rhythm where it is not the severity's own. */
  readonly lamp?: LampState;
  /** At most six ASCII characters; a number is pushed to the right end. */
  readonly short: string;
  /** The texts are made anew when the value has moved by this much. */
  readonly restateStep: number;
}

/** How far below a step's `above` the value must fall to leave it, in the measure's unit. */
export const stepBack = 1.5;

/** Whether a value lies on the threshold's side. */
export function isPast(threshold: Threshold, value: number): boolean {
  if ('above' in threshold) return value > threshold.above;
  if ('atLeast' in threshold) return value >= threshold.atLeast;
  if ('below' in threshold) return value < threshold.below;
  return value <= threshold.atMost;
}
