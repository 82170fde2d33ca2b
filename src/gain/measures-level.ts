import {dbFromFactor} from '../model/decibel.ts';
import type {Channel} from './channel.ts';
import type {Found, Take} from './moment.ts';
import {paused, same} from './moment.ts';

/** How far `hot` and `low` look back to see whether the level has been mended. */
const recentMs = 5000;
/** A fader that is pulled down further than this is off, not low. */
const offDb = -60;
/** What the trim is to bring a strip to that is pulled down far: the lower end of the window. */
const lowestWorkingDb = -12;
const targetDb = -9;

/** Measures of what a strip plays at. */
export const levelMeasures = {
  // The 20 s percentile still remembers what a hand has mended in the source: the last 5 s must agree.
  workingHigh: ({batch, memory}) => {
    const levelDb = memory?.peak.level();
    if (memory === undefined || levelDb === undefined) return undefined;
    const recentDb = memory.peak.highest(1, recentMs);
    const found = batch.rolled && recentDb !== undefined;
    return {toRaise: found ? Math.min(levelDb, recentDb) : undefined, toClear: recentDb, value: levelDb};
  },

  workingLow: ({batch, memory}) => {
    const levelDb = memory?.peak.level();
    if (memory === undefined || levelDb === undefined) return undefined;
    const playing = batch.rolled && memory.peak.highest(1, recentMs) !== undefined;
    return {toRaise: playing ? levelDb : undefined, toClear: memory.peak.highest(3, recentMs), value: levelDb};
  },

  average: (channel, {lineUpDb}) => {
    const vu = vuOf(channel, lineUpDb);
    return vu === undefined ? undefined : same(vu);
  },

  averagePlaying: (channel, {lineUpDb}) => {
    const vu = vuOf(channel, lineUpDb);
    if (vu === undefined || channel.memory?.peak.level() === undefined) return undefined;
    return channel.memory.peak.highest(1, recentMs) === undefined ? paused : same(vu);
  },

  stageChange: ({inserts, memory, trimDb}) => {
    const before = memory?.before.value();
    const behind = memory?.behind.value();
    if (inserts === undefined || before === undefined || behind === undefined || before <= 0 || behind <= 0)
      return undefined;
    const change = 10 * Math.log10(behind / before) - trimDb;
    return same(Math.abs(change), {change, insert: inserts, way: change > 0 ? 'louder' : 'quieter'});
  },

  faderLow: ({faderDb, audible, memory}) => {
    const levelDb = memory?.peak.level();
    if (levelDb === undefined || !audible) return undefined;
    const found = levelDb > targetDb && faderDb > offDb;
    return {
      toRaise: found ? faderDb : undefined,
      toClear: faderDb,
      value: faderDb,
      words: {trim: Math.max(1, levelDb - lowestWorkingDb)},
    };
  },

  faderTop: ({faderDb, audible, memory}) => {
    const levelDb = memory?.peak.level();
    if (levelDb === undefined || !audible) return undefined;
    const found = levelDb < -15;
    return {
      toRaise: found ? faderDb : undefined,
      toClear: found ? faderDb : Number.NEGATIVE_INFINITY,
      value: faderDb,
      words: {trim: Math.max(1, targetDb - levelDb)},
    };
  },

  directCurrent: ({image}) => {
    const {dcDb} = image.reading();
    if (dcDb === undefined) return undefined;
    const rest = 1 - 10 ** (Math.min(dcDb, -1) / 20);
    return same(dcDb, {loss: -dbFromFactor(rest)});
  },

  noiseFloor: ({memory}) => {
    const floorDb = memory?.energy.floorDb();
    const levelDb = memory?.peak.level();
    if (floorDb === undefined || levelDb === undefined) return undefined;
    return {toRaise: levelDb > -30 ? floorDb : undefined, toClear: floorDb, value: floorDb};
  },

  meanReduction: ({hasCompressor, memory}) => {
    const meanDb = memory?.reduction.value();
    if (!hasCompressor || meanDb === undefined) return undefined;
    return same(meanDb, {ease: Math.max(1, meanDb - 3)});
  },

  defaultName: ({hasDefaultName}): Found => (hasDefaultName ? aDefaultName : aName),
} as const satisfies Record<string, Take>;

const [aName, aDefaultName] = [same(0), same(1)];

/** The louder needle in VU; undefined where the frames carry no averages. */
function vuOf({memory, batch}: Channel, lineUpDb: number): number | undefined {
  if (memory === undefined) return undefined;
  const factor = Math.max(memory.vu[0].factor, memory.vu[1].factor);
  // A needle at rest while there is sound has not been driven at all, or was not yet after a new trim.
  if (factor === 0 && (batch.peaks.pre > 0 || !batch.settled)) return undefined;
  return dbFromFactor(factor) - lineUpDb;
}
