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

/** What a measure says of a channel at a moment; undefined where there is no valid input. `stale` says that meters have stopped. */
export function take(measure: Measure, channel: Channel, tap: Tap, moment: Moment, stale: boolean): Found | undefined {
  if (stale && !blind.has(measure)) return undefined;
  const found = takes[measure](channel, moment, tap);
  if (found === undefined || channel.batch.rolled || still.has(measure)) return found;
  return paused;
}
