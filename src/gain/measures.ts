import {dbFromFactor} from '../model/decibel.ts';
import {type Channel, restMs} from './channel.ts';
import {levelMeasures} from './measures-level.ts';
import {mixMeasures} from './measures-mix.ts';
import {stereoMeasures} from './measures-stereo.ts';
import {type Found, type Moment, paused, same} from './moment.ts';
import type {Measure, Tap} from './rule.ts';

/** What can be found while the tape stands still: what is set, what is missing, and what was heard before. */
const still: ReadonlySet<Measure> = new Set([
  'broken',
  'workingHigh',
  'workingLow',
  'windowMaximum',
  'prediction',
  'faderLow',
  'faderTop',
  'silence',
  'defaultName',
  'referenceMatch',
  'frameAge',
]);

/** What needs no meter frames. */
const blind: ReadonlySet<Measure> = new Set(['defaultName', 'frameAge']);

/** How each measure is taken; undefined means that there is no valid input. */
const takes: Readonly<Record<Measure, (channel: Channel, moment: Moment, tap: Tap) => Found | undefined>> = {
  ...levelMeasures,
  ...stereoMeasures,
  ...mixMeasures,

  overs: ({batch}, _moment, tap) => same(dbFromFactor(batch.peaks[tap])),

  clipRun: ({batch}) => same(batch.clipRun),

  // What broke is broken whether the tape moves or not: an effect rings on.
  broken: ({batch}) => same(batch.broken),

  samplePeak: ({batch}, _moment, tap) => (batch.settled ? same(dbFromFactor(batch.peaks[tap])) : paused),

  silence: (channel, moment) => {
    const {batch, maximum, muted, output, place} = channel;
    const heard = place === 'master' ? output : maximum;
    const factor = heard.factor();
    if (factor === undefined || heard.heardMs() < restMs) return undefined;
    const isExpected = place === 'master' ? moment.mixPlays() : !muted && moment.expected(channel);
    if (!isExpected) return undefined;
    return batch.rolled ? same(dbFromFactor(factor)) : paused;
  },

  frameAge: (_channel, {ageMs, goodFrames}) =>
    ageMs === undefined ? undefined : {toRaise: ageMs, toClear: goodFrames, value: ageMs},
};

/** What moves so slowly that ten looks a second are enough. */
const slow: ReadonlySet<Measure> = new Set([
  'workingHigh',
  'workingLow',
  'faderLow',
  'faderTop',
  'silence',
  'defaultName',
  'average',
  'averagePlaying',
  'stageChange',
  'directCurrent',
  'noiseFloor',
  'meanReduction',
  'correlation',
  'monoFold',
  'balance',
  'quieterSide',
  'alike',
  'vocalBalance',
  'masking',
  'lowEnd',
  'peakToLoudness',
  'integratedError',
]);

/** A measure at a tap, ready to be taken. */
export interface Probe {
  /** Ten looks a second are enough. */
  readonly isSlow: boolean;
  /** It needs no meter frames. */
  readonly isBlind: boolean;
  /** What it says of a channel at a moment; undefined where there is no valid input. `stale` says that meters have stopped. */
  take(channel: Channel, moment: Moment, stale: boolean): Found | undefined;
}

/** The probe of a measure at a tap. */
export function probeOf(measure: Measure, tap: Tap): Probe {
  const taken = takes[measure];
  const [isStill, isBlind] = [still.has(measure), blind.has(measure)];
  return {
    isSlow: slow.has(measure),
    isBlind,
    take(channel, moment, stale) {
      if (stale && !isBlind) return undefined;
      if (isStill || channel.batch.rolled) return taken(channel, moment, tap);
      const found = taken(channel, moment, tap);
      // What a hand has done is done while the tape stands, too.
      return found === undefined || found.byHand === true ? found : paused;
    },
  };
}
