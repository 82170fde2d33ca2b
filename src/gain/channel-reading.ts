import {dbFromFactor} from '../model/decibel.ts';
import type {Reading} from '../model/reading.ts';
import type {Channel} from './channel.ts';
import {validAfterMs} from './working-peak.ts';

/** What the meters of a channel say. Where nothing comes in any more (`stale`) they show nothing: an old level is not a level. */
export function readingOf(channel: Channel, stale: boolean): Reading {
  if (stale) return {...silent, clipped: channel.clipped, stale};
  const {left, right, input, post} = channel.needles;
  const [leftDb, rightDb] = [dbFromFactor(left.factor), dbFromFactor(right.factor)];
  const {reductionDb, dynamicsDb} = channel;
  return {
    peakDb: Math.max(leftDb, rightDb),
    leftDb,
    rightDb,
    inPeakDb: dbFromFactor(input.factor),
    postPeakDb: dbFromFactor(post.factor),
    workingPeakDb: workingPeakOf(channel),
    clipped: channel.clipped,
    ...(reductionDb !== undefined && {gainReductionDb: reductionDb}),
    ...(dynamicsDb !== undefined && {dynamicsReductionDb: dynamicsDb}),
  };
}

const silent = {
  peakDb: Number.NEGATIVE_INFINITY,
  leftDb: Number.NEGATIVE_INFINITY,
  rightDb: Number.NEGATIVE_INFINITY,
  inPeakDb: Number.NEGATIVE_INFINITY,
  postPeakDb: Number.NEGATIVE_INFINITY,
  workingPeakDb: undefined,
} as const;

/** Of the bus: the highest peak of the last 10 s, since what it peaks at depends on every fader. */
function workingPeakOf({memory, maximum}: Channel): number | undefined {
  if (memory !== undefined) return memory.peak.level();
  if (maximum.heardMs() < validAfterMs) return undefined;
  const factor = maximum.factor();
  return factor === undefined ? undefined : dbFromFactor(factor);
}
