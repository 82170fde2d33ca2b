import {dbFromFactor} from '../model/decibel.ts';
import type {Reading} from '../model/reading.ts';
import type {Channel} from './channel.ts';
import {validAfterMs} from './working-peak.ts';

/** What the meters of a channel say. Where nothing comes in any more (`stale`) they show nothing: an old level is not a level. */
export function readingOf(channel: Channel, stale: boolean): Reading {
  const {left, right, input, post} = channel.needles;
  const shown = (factor: number): number => (stale ? Number.NEGATIVE_INFINITY : dbFromFactor(factor));
  return {
    peakDb: shown(Math.max(left.factor, right.factor)),
    leftDb: shown(left.factor),
    rightDb: shown(right.factor),
    inPeakDb: shown(input.factor),
    postPeakDb: shown(post.factor),
    workingPeakDb: stale ? undefined : workingPeakOf(channel),
    clipped: channel.clipped,
    ...(channel.reductionDb === undefined || stale ? {} : {gainReductionDb: channel.reductionDb}),
    ...(channel.dynamicsDb === undefined || stale ? {} : {dynamicsReductionDb: channel.dynamicsDb}),
    ...(stale ? {stale} : {}),
  };
}

/** Of the bus: the highest peak of the last 10 s, since what it peaks at depends on every fader. */
function workingPeakOf({memory, maximum}: Channel): number | undefined {
  if (memory !== undefined) return memory.peak.level();
  if (maximum.heardMs() < validAfterMs) return undefined;
  const factor = maximum.factor();
  return factor === undefined ? undefined : dbFromFactor(factor);
}
