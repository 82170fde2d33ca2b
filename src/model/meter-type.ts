/** Kinds of level meters that the desk can show, in the order in which one steps through them. */
export const meterTypeNames = [
  'peak',
  'true-peak',
  'ppm1-din',
  'ppm1-nordic',
  'ppm2-bbc',
  'ppm2-ebu',
  'vu',
  'k20',
  'k14',
  'k12',
  'loudness',
] as const;
export type MeterTypeName = (typeof meterTypeNames)[number];

/** What a kind of meter measures: each is measured in dB of a full-scale sine, loudness in LUFS. */
export type MeterSource = 'peak' | 'truePeak' | 'quasiPeakI' | 'quasiPeakII' | 'average' | 'rms' | 'momentary';

/** A kind of meter: what it measures, and how it is read. */
export interface MeterType {
  readonly name: MeterTypeName;
  /** For people, with its standard. */
  readonly title: string;
  /** At most eight characters, for a title line. */
  readonly short: string;
  /** Written behind a number; empty where the scale has none. */
  readonly unit: string;
  readonly source: MeterSource;
  /** What the scale says of the line-up tone; undefined where the scale is full scale's own and line-up means nothing. */
  readonly lineUpMark: number | undefined;
  /** Added to what is measured where line-up means nothing. */
  readonly offset: number;
  /** How many dB one unit of the scale is. */
  readonly dbPerMark: number;
  /** The marks printed beside it, lowest first. */
  readonly marks: readonly number[];
  /**
   * Where each of twelve lamps lights, on its own scale: up to the seventh the sound is quiet, eighth and ninth are where it should be, the tenth is too much,
   * the eleventh little room, the twelfth none. Meters of other lengths, and the colours of drawn ones, are read off the same twelve.
   */
  readonly lamps: readonly number[];
}

const fullScale = [-60, -48, -36, -30, -24, -20, -16, -12, -9, -6, -3, -1];
const kLamps = [-40, -34, -28, -24, -20, -16, -12, -8, -4, 0, 4, 8];
const kMarks = [-40, -24, -16, -8, -4, 0, 4, 8];

function kSystem(number: 20 | 14 | 12): MeterType {
  return {
    name: `k${number}`,
    title: `K-${number} (RMS of 600 ms, sine-referenced)`,
    short: `K-${number}`,
    unit: 'dB',
    source: 'rms',
    lineUpMark: undefined,
    offset: number,
    dbPerMark: 1,
    marks: kMarks,
    lamps: kLamps,
  };
}

/**
 * All meters with their scales. Scales of programme meters from IEC 60268-10 (DIN: line-up at −9, permitted maximum 0; Nordic: line-up at 0, maximum +9; BBC: line-up
 * at 4, 4 dB a mark, peaks at 6; EBU: line-up at 0), VU from IEC 60268-17, K-System from Bob Katz (amber from 0, red from +4), loudness from EBU Tech 3341
 * (0 LU = −23 LUFS, scale to +9 LU).
 */
export const meterTypes: Readonly<Record<MeterTypeName, MeterType>> = {
  peak: {
    name: 'peak',
    title: 'Digital peak (IEC 60268-18)',
    short: 'PEAK',
    unit: 'dBFS',
    source: 'peak',
    lineUpMark: undefined,
    offset: 0,
    dbPerMark: 1,
    marks: [-60, -36, -20, -12, -9, -6, -3, 0],
    lamps: fullScale,
  },
  'true-peak': {
    name: 'true-peak',
    title: 'True peak (BS.1770-5)',
    short: 'TP',
    unit: 'dBTP',
    source: 'truePeak',
    lineUpMark: undefined,
    offset: 0,
    dbPerMark: 1,
    marks: [-60, -36, -20, -12, -9, -6, -3, 0],
    lamps: fullScale,
  },
  'ppm1-din': {
    name: 'ppm1-din',
    title: 'PPM type I, DIN scale (IEC 60268-10)',
    short: 'PPM DIN',
    unit: 'dB',
    source: 'quasiPeakI',
    lineUpMark: -9,
    offset: 0,
    dbPerMark: 1,
    marks: [-50, -40, -30, -20, -15, -9, -5, 0, 5],
    lamps: [-50, -40, -33, -29, -25, -21, -15, -9, -3, 0.5, 3, 5],
  },
  'ppm1-nordic': {
    name: 'ppm1-nordic',
    title: 'PPM type I, Nordic scale (IEC 60268-10)',
    short: 'PPM NOR',
    unit: 'dB',
    source: 'quasiPeakI',
    lineUpMark: 0,
    offset: 0,
    dbPerMark: 1,
    marks: [-36, -30, -24, -18, -12, -6, 0, 6, 9],
    lamps: [-41, -31, -24, -20, -16, -12, -6, 0, 6, 9.5, 12, 14],
  },
  'ppm2-bbc': {
    name: 'ppm2-bbc',
    title: 'PPM type IIa, BBC scale (IEC 60268-10)',
    short: 'PPM BBC',
    unit: '',
    source: 'quasiPeakII',
    lineUpMark: 4,
    offset: 0,
    dbPerMark: 4,
    marks: [1, 2, 3, 4, 5, 6, 7],
    lamps: [1, 1.5, 2, 2.5, 3, 3.25, 3.625, 4, 5, 6.25, 6.5, 7],
  },
  'ppm2-ebu': {
    name: 'ppm2-ebu',
    title: 'PPM type IIb, EBU scale (IEC 60268-10)',
    short: 'PPM EBU',
    unit: 'dB',
    source: 'quasiPeakII',
    lineUpMark: 0,
    offset: 0,
    dbPerMark: 1,
    marks: [-12, -8, -4, 0, 4, 8, 12],
    lamps: [-12, -10, -8, -6, -4, -3, -1.5, 0, 4, 9, 10, 12],
  },
  vu: {
    name: 'vu',
    title: 'VU (IEC 60268-17; average, sine-referenced)',
    short: 'VU',
    unit: 'VU',
    source: 'average',
    lineUpMark: 0,
    offset: 0,
    dbPerMark: 1,
    marks: [-20, -10, -7, -5, -3, 0, 3],
    lamps: [-20, -15, -10, -8, -7, -6, -5, -3, -1, 1, 2, 3],
  },
  k20: kSystem(20),
  k14: kSystem(14),
  k12: kSystem(12),
  loudness: {
    name: 'loudness',
    title: 'Momentary loudness (EBU Tech 3341)',
    short: 'M LUFS',
    unit: 'LUFS',
    source: 'momentary',
    lineUpMark: undefined,
    offset: 0,
    dbPerMark: 1,
    marks: [-41, -35, -29, -23, -20, -14],
    lamps: [-41, -38, -36, -34, -32, -30, -28, -26, -23, -20, -17, -14],
  },
};

/** What the scale says of a level in dBFS (loudness: LUFS), with line-up tone at `lineUpDb`; `-Infinity` for silence. */
export function markOf({lineUpMark, offset, dbPerMark}: MeterType, levelDb: number, lineUpDb: number): number {
  return lineUpMark === undefined ? levelDb + offset : lineUpMark + (levelDb - lineUpDb) / dbPerMark;
}

/**
 * Where a mark stands on the scale of headroom, in dBFS of a digital peak meter: the level at which that meter lights as many lamps as this one does. Lamps, bars
 * and colours made for headroom so show any meter. Straight between lamps; below the first 12 dB to a lamp, above the last 1 dB to a dB.
 */
export function deflectionDb({lamps, dbPerMark}: MeterType, mark: number): number {
  if (!(mark > Number.NEGATIVE_INFINITY)) return Number.NEGATIVE_INFINITY;
  const first = lamps[0] ?? 0;
  if (mark < first) return (fullScale[0] ?? 0) + (mark - first) * dbPerMark;
  for (let lamp = 1; lamp < lamps.length; lamp++) {
    const to = lamps[lamp] ?? 0;
    if (mark >= to) continue;
    const from = lamps[lamp - 1] ?? 0;
    const low = fullScale[lamp - 1] ?? 0;
    const high = fullScale[lamp] ?? 0;
    return low + ((mark - from) / (to - from)) * (high - low);
  }
  return (fullScale.at(-1) ?? 0) + (mark - (lamps.at(-1) ?? 0)) * dbPerMark;
}
