import {dbFromFactor} from '../model/decibel.ts';
import {type Channel, restMs} from './channel.ts';
import type {Measure, Tap} from './rule.ts';

/** What a measure says of a channel now. A side that is undefined cannot be crossed; the value is what the texts tell. */
export interface Found {
  readonly toRaise: number | undefined;
  readonly toClear: number | undefined;
  readonly value: number | undefined;
}

/** What measures need besides the channel. */
export interface Moment {
  /** Age of the newest meter frame, ms; undefined while the first is still awaited. */
  readonly ageMs: number | undefined;
  /** Frames that came since the last outage. */
  readonly goodFrames: number;
  /** Whether a clip of the strip lies under the playhead. */
  readonly expected: (channel: Channel) => boolean;
}

/** How far `hot` and `low` look back to see whether the level has been mended. */
const recentMs = 5000;

/** While the tape stands still nothing is found, and nothing is over. */
const paused: Found = {toRaise: undefined, toClear: undefined, value: undefined};

/** How each measure is taken; undefined means that there is no valid input. */
export const measures: Readonly<Record<Measure, (channel: Channel, tap: Tap, moment: Moment) => Found | undefined>> = {
  overs: ({batch}, tap) => (batch.rolled ? same(dbFromFactor(batch.peaks[tap])) : paused),

  clipRun: ({batch}) => (batch.rolled ? same(batch.clipRun) : paused),

  // What broke is broken whether the tape moves or not: an effect rings on.
  broken: ({batch}) => same(batch.broken),

  samplePeak: ({batch}, tap) => (batch.rolled ? same(dbFromFactor(batch.peaks[tap])) : paused),

  // The 20 s percentile still remembers what a hand has mended in the source: the last 5 s must agree.
  workingHigh: ({batch, working}) => {
    const levelDb = working?.level();
    if (working === undefined || levelDb === undefined) return undefined;
    const recentDb = working.highest(1, recentMs);
    const found = batch.rolled && recentDb !== undefined;
    return {toRaise: found ? Math.min(levelDb, recentDb) : undefined, toClear: recentDb, value: levelDb};
  },

  workingLow: ({batch, working}) => {
    const levelDb = working?.level();
    if (working === undefined || levelDb === undefined) return undefined;
    const playing = batch.rolled && working.highest(1, recentMs) !== undefined;
    return {toRaise: playing ? levelDb : undefined, toClear: working.highest(3, recentMs), value: levelDb};
  },

  windowMaximum: ({batch, maximum}) => {
    const factor = maximum.factor();
    if (factor === undefined) return undefined;
    return batch.rolled ? same(dbFromFactor(factor)) : {...paused, value: dbFromFactor(factor)};
  },

  silence: (channel, _tap, {expected}) => {
    const factor = channel.maximum.factor();
    if (factor === undefined || channel.maximum.heardMs() < restMs || channel.muted || !expected(channel))
      return undefined;
    return channel.batch.rolled ? same(dbFromFactor(factor)) : paused;
  },

  frameAge: (_channel, _tap, {ageMs, goodFrames}) =>
    ageMs === undefined ? undefined : {toRaise: ageMs, toClear: goodFrames, value: ageMs},
};

function same(value: number): Found {
  return {toRaise: value, toClear: value, value};
}
