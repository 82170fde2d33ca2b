import type {Group, StripKind} from '../model/mixer.ts';
import type {RuleId, Severity} from '../model/warning.ts';
import type {LampState} from './lamp-pattern.ts';

/** Where a rule listens: `in` before the trim, `pre` after processing and before the fader, `post`; `bus` and `out` of the mix bus. */
export type Tap = 'in' | 'pre' | 'post' | 'bus' | 'out';

/** What a rule measures; `measures.ts` and the files beside it say how. */
export type Measure =
  /** Peak of the output in dBFS; at least 0 if any sample was at or above full scale. */
  | 'overs'
  /** Longest run of full-scale samples at the input. */
  | 'clipRun'
  /** Samples that were no numbers and were silenced. */
  | 'broken'
  /** Sample peak in dBFS. */
  | 'samplePeak'
  /** Highest true peak of the last 3 s, in dB above the ceiling of what is delivered to (−1 dBTP if nothing is chosen). */
  | 'truePeakOver'
  /** True peak over sample peak of the last 3 s, in dB, while the true peak is above −3 dBTP. */
  | 'betweenSamples'
  /** Working peak in dBFS, as long as the last 5 s agree; clears by the maximum of the last 5 s. */
  | 'workingHigh'
  /** Working peak in dBFS while the strip plays; clears by the third highest block of the last 5 s. */
  | 'workingLow'
  /** Average level in VU, of the louder side. */
  | 'average'
  /** The same while the strip plays. */
  | 'averagePlaying'
  /** Highest sample peak of the last 10 s in dBFS. */
  | 'windowMaximum'
  /** What the bus would peak at if all audible strips played at once, in dBFS, while it peaks below the limit. */
  | 'prediction'
  /** Change of RMS level from before the trim to behind the processing, without the trim, in dB, either way. */
  | 'stageChange'
  /** Fader in dB while the working peak is above −9 dBFS. */
  | 'faderLow'
  /** Fader in dB while the working peak is below −15 dBFS. */
  | 'faderTop'
  /** Direct current over 3 s in dBFS. */
  | 'directCurrent'
  /** Level in the gaps in dBFS (10th percentile of RMS over 20 s), of a strip that has gaps and peaks above −30 dBFS. */
  | 'noiseFloor'
  /** Correlation of the sides, both above −40 dBFS and within 12 dB. */
  | 'correlation'
  /** What is left in mono over 3 s, in dB. */
  | 'monoFold'
  /** How much louder one side is over 3 s, in LU. */
  | 'balance'
  /** Peak of the quieter side over 1 s in dBFS, while the other is above −40 dBFS. */
  | 'quieterSide'
  /** Correlation of two sides that are equally loud. */
  | 'alike'
  /** Highest sample peak of the last 2 s in dBFS, of what should sound. */
  | 'silence'
  /** True peak of 3 s over short-term loudness, in dB. */
  | 'peakToLoudness'
  /** Mean gain reduction of the compressor over 3 s of playing, in dB. */
  | 'meanReduction'
  /** Loudness of all vocals against the whole mix over 3 s, in LU, told at the loudest vocal strip. */
  | 'vocalBalance'
  /** Share of the low end against the reference's, in dB. */
  | 'lowEnd'
  /** Loudness of the reference as it is heard against the mix, in LU. */
  | 'referenceMatch'
  /** Integrated loudness against the target, in LU; what a target tolerates beyond 1 LU is taken off. */
  | 'integratedError'
  /** Highest short-term loudness over the limit of a target for short forms, in LU. */
  | 'shortTermOver'
  /** Share of the last 10 s, in percent, in which another strip is as loud in three neighbouring third-octaves. */
  | 'masking'
  /** 1 if the name is one that a recorder gave. */
  | 'defaultName'
  /** Age of the newest meter frame in ms; clears by the number of frames that came after an outage. */
  | 'frameAge';

/** One side of a limit, in the measure's unit; or a range. */
export type Threshold =
  | {readonly above: number}
  | {readonly atLeast: number}
  | {readonly below: number}
  | {readonly atMost: number}
  | {readonly outside: readonly [low: number, high: number]}
  | {readonly within: readonly [low: number, high: number]};

/** What may differ from place to place, and what a session may change. */
export type RuleValues = Pick<Rule, 'on' | 'raise' | 'raiseAfterMs' | 'clear' | 'clearAfterMs' | 'severity' | 'steps'>;

/** A kind of channel that a rule watches: where it listens there, and what it advises. Placeholders: see `wording.ts`. */
export interface Place {
  readonly tap: Tap;
  readonly advice: string;
  /** Of strips only; all that make sound if absent. */
  readonly kinds?: readonly StripKind[];
  readonly groups?: readonly Group[];
  /** Strips with two channels only. */
  readonly stereo?: true;
  /** What is different here from the row. */
  readonly values?: Partial<RuleValues>;
}

/** From a value on, a rule speaks louder or differently. */
export type Step = ({readonly above: number} | {readonly below: number}) & {
  readonly severity: Severity;
  readonly advice?: string;
};

/** One row of the gain table. Between the raise and the clear threshold a verdict holds. */
export interface Rule {
  readonly id: RuleId;
  readonly on: boolean;
  /** Not sure enough yet to be on by itself. */
  readonly beta?: true;
  readonly places: {readonly strip?: Place; readonly master?: Place};
  readonly measure: Measure;
  readonly raise: Threshold;
  /** How long it must last before a warning is raised. */
  readonly raiseAfterMs: number;
  readonly clear: Threshold;
  /** How long it must be past the clear threshold; 0 also where the measure looks back by itself. */
  readonly clearAfterMs: number;
  readonly severity: Severity;
  /** From near to far; the furthest that applies wins, and is left `stepBack` before its edge. */
  readonly steps: readonly Step[];
  /** In the measure's unit; 1.5 if absent. */
  readonly stepBack?: number;
  /** Stays until a person has acknowledged it: something was lost. */
  readonly latched: boolean;
  /** The texts keep the highest value until it clears. */
  readonly keepsHighest?: true;
  /** What nobody has followed for so long is told more quietly. */
  readonly calms?: {readonly afterMs: number; readonly severity: Severity};
  /** The value moves with the trim, dB for dB: a trim that mends it clears it at once. */
  readonly followsTrim?: true;
  /** Lamp rhythm where it is not the severity's own. */
  readonly lamp?: LampState;
  /** At most six ASCII characters; a number is pushed to the right end. */
  readonly short: string;
  /** The texts are made anew when the value has moved by this much. */
  readonly restateStep: number;
}

/** How far before a step's edge it is left, in the measure's unit, where the row does not say. */
export const stepBack = 1.5;

/** Whether a value lies on the threshold's side. */
export function isPast(threshold: Threshold, value: number): boolean {
  if ('above' in threshold) return value > threshold.above;
  if ('atLeast' in threshold) return value >= threshold.atLeast;
  if ('below' in threshold) return value < threshold.below;
  if ('atMost' in threshold) return value <= threshold.atMost;
  if ('outside' in threshold) return value < threshold.outside[0] || value > threshold.outside[1];
  return value >= threshold.within[0] && value <= threshold.within[1];
}
