import {formatDb} from '../model/decibel.ts';
import type {Reading} from '../model/reading.ts';

/** Where a strip should peak before its processing and fader, dBFS: loud enough to work with, far enough from the top. */
export const targetWindow = {lowDb: -12, centreDb: -9, highDb: -6} as const;

/** Below this a strip counts as silent, dBFS. */
export const silentBelowDb = -60;

/** Zones of level from below to above, as people are told them. */
export const zones = ['silent', 'quiet', 'below', 'window', 'over', 'low headroom', 'clipped'] as const;
export type Zone = (typeof zones)[number];

/** The zone of a level in dBFS; the ends of the window belong to it. Never `clipped`: a level alone does not tell. */
export function zoneOfLevel(levelDb: number): Exclude<Zone, 'clipped'> {
  if (!(levelDb >= silentBelowDb)) return 'silent';
  if (levelDb < -24) return 'quiet';
  if (levelDb < targetWindow.lowDb) return 'below';
  if (levelDb <= targetWindow.highDb) return 'window';
  return levelDb <= -3 ? 'over' : 'low headroom';
}

/** The zone of what the meter shows now; `clipped` until that was acknowledged. */
export function zoneOf(reading: Reading): Zone {
  return reading.clipped ? 'clipped' : zoneOfLevel(reading.peakDb);
}

/** The zone of what the strip peaks at when it plays; undefined while that is unknown. */
export function workingZoneOf(reading: Reading): Zone | undefined {
  if (reading.clipped) return 'clipped';
  return reading.workingPeakDb === undefined ? undefined : zoneOfLevel(reading.workingPeakDb);
}

/** Headroom of a level: dB up to full scale, negative above it, `Infinity` for silence. */
export function headroomDb(levelDb: number): number {
  return -levelDb + 0;
}

/** Headroom in words: `6.0 dB free`, `1.2 dB over`, `silent`. */
export function describeHeadroom(levelDb: number): string {
  if (zoneOfLevel(levelDb) === 'silent') return 'silent';
  const magnitude = formatDb(Math.abs(levelDb)).replace('+', '');
  return levelDb > 0 ? `${magnitude} dB over` : `${magnitude} dB free`;
}
