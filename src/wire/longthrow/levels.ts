import {readCounted} from './counted.ts';

/**
 * METER, host to device: 21, STATE, and LED, host to device: 22, STATE
 *   0 first   1 count   2 u8 × count
 *   a meter's: 00 silence   01–FC level, dBFS = (level − F0) / 2   FE unknown   FF clipping;    a lamp's: 00 dark … FF bright
 */
export interface Levels {
  readonly type: 'meters' | 'lamps';
  readonly first: number;
  readonly levels: readonly number[];
}

/** Levels of a meter that are no decibels. */
export const meterLevels = {silence: 0x00, unknown: 0xfe, clipping: 0xff} as const;
const fullScale = 0xf0;
const lowest = 0x01;
const highest = 0xfc;

/** Reads either; undefined where it is malformed. */
export function readLevels(type: Levels['type'], payload: Uint8Array): Levels | undefined {
  const row = readCounted(payload, 1);
  return row && {type, first: row.first, levels: row.values};
}

/** Writes either. */
export function writeLevels({first, levels}: Levels): readonly number[] {
  return [first, levels.length, ...levels];
}

/** The level of a meter: −119.5…+6 dBFS in steps of 0.5; below is silence, NaN unknown. What clips is `meterLevels.clipping`, and not known from here. */
export function meterLevel(levelDb: number): number {
  if (Number.isNaN(levelDb)) return meterLevels.unknown;
  const level = Math.round(Math.max(-1000, levelDb) * 2) + fullScale;
  return level < lowest ? meterLevels.silence : Math.min(highest, level);
}

/** The level in dBFS that a meter shows; `-Infinity` for silence, NaN for unknown, +6 for clipping. */
export function meterLevelDb(level: number): number {
  if (level === meterLevels.silence) return Number.NEGATIVE_INFINITY;
  if (level === meterLevels.unknown) return Number.NaN;
  return (Math.min(highest, level) - fullScale) / 2;
}
