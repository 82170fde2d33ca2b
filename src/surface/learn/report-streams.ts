import type {ReportField, ReportPlace} from '../../model/report-traits.ts';
import type {HeardReport} from './finding.ts';

/**
 * What is kept of the reports of a device while it is learned. A report tells how all controls stand, so what a hand did is what differs from
 * the report before it; of numbered reports (the number is their first byte) each number is a stream of its own.
 */
export interface ReportStreams {
  /** The last report of each number. */
  readonly last: ReadonlyMap<number, Uint8Array>;
  readonly lastOfAll: Uint8Array | undefined;
  /** First bytes that were seen; more than a few are not numbers of reports. */
  readonly firsts: ReadonlySet<number>;
  /** What moved while no hand was at the device. */
  readonly restless: ReadonlyMap<string, Restless>;
}

/** How a byte moves by itself. */
export interface Restless {
  /** Bits that change. */
  readonly mask: number;
  /** The shortest way round the circle of 256 values that has all of its values on it. */
  readonly arc: number;
}

/** How reports are to be understood. */
export interface Sense {
  readonly numbered: boolean;
  readonly restless: ReadonlyMap<string, Restless>;
}

/** One byte through a gesture, in streams of reports that have it. */
export interface Lane {
  readonly start: readonly number[];
  readonly at: number;
  /** What it was in each report of the gesture. */
  readonly values: readonly number[];
  /** What it was before; undefined if nothing was heard before. */
  readonly before: number | undefined;
  readonly restless: Restless | undefined;
}

/** Nothing was heard yet. */
export const silentStreams: ReportStreams = {
  last: new Map(),
  lastOfAll: undefined,
  firsts: new Set(),
  restless: new Map(),
};

const mostNumbers = 8;
/** A byte that moves so much by itself is a clock or a counter, and no control. */
const freeRunning = 24;

/** Whether reports begin with a number: as the system says, else if the first byte is one of a few and never 0. */
export function isNumbered({firsts}: ReportStreams, told: boolean | undefined): boolean {
  return told ?? (firsts.size > 0 && firsts.size <= mostNumbers && !firsts.has(0));
}

/** The streams after a report, and the report with the one before it. */
export function heardReport(
  streams: ReportStreams,
  told: boolean | undefined,
  bytes: Uint8Array,
): {readonly streams: ReportStreams; readonly heard: HeardReport} {
  const [first = 0] = bytes;
  const {last, firsts} = streams;
  const next: ReportStreams = {
    ...streams,
    last: last.size < 256 ? new Map([...last, [first, bytes]]) : last,
    lastOfAll: bytes,
    firsts: firsts.has(first) || firsts.size > mostNumbers ? firsts : new Set([...firsts, first]),
  };
  const before = isNumbered(next, told) ? last.get(first) : streams.lastOfAll;
  return {streams: next, heard: {type: 'report', bytes, before}};
}

/** The bytes of all streams in what was heard; numbers of reports are none, nor is what runs by itself. */
export function lanesOf(heard: readonly HeardReport[], {numbered, restless}: Sense): readonly Lane[] {
  const byNumber = new Map<number, HeardReport[]>();
  for (const report of heard) {
    const number = numbered ? (report.bytes[0] ?? 0) : -1;
    byNumber.set(number, [...(byNumber.get(number) ?? []), report]);
  }
  return [...byNumber].flatMap(([number, reports]) => {
    const start = numbered ? [number] : [];
    const length = reports.reduce((shortest, {bytes}) => Math.min(shortest, bytes.length), Number.POSITIVE_INFINITY);
    const [first] = reports;
    return Array.from({length: length - start.length}, (_, index): Lane => {
      const at = index + start.length;
      return {
        start,
        at,
        values: reports.map(({bytes}) => bytes[at] ?? 0),
        before: first?.before?.[at],
        restless: restless.get(laneKey(start, at)),
      };
    }).filter((lane) => (lane.restless?.arc ?? 0) < freeRunning);
  });
}

/** What moves by itself in what was heard while nobody touched anything. */
export function restlessIn(heard: readonly HeardReport[], numbered: boolean): ReadonlyMap<string, Restless> {
  const lanes = lanesOf(heard, {numbered, restless: new Map()});
  return new Map(
    lanes.flatMap((lane): readonly (readonly [string, Restless])[] => {
      const all = allOf(lane);
      const [first = 0] = all;
      const mask = all.reduce((bits, value) => bits | (value ^ first), 0);
      return mask === 0 ? [] : [[laneKey(lane.start, lane.at), {mask, arc: arcOf(all)}]];
    }),
  );
}

/** Whether something moved in a report that is of no control known already, and does not move by itself. */
export function isNews(
  {bytes, before}: HeardReport,
  known: readonly ReportPlace[],
  {numbered, restless}: Sense,
): boolean {
  const start = numbered ? [bytes[0] ?? 0] : [];
  return bytes.some((value, at) => {
    if (at < start.length) return false;
    const changed = value ^ (before?.[at] ?? 0);
    const isStep = changed === 0 && value !== 0;
    const free = 0xff & ~takenBits(known, start, at) & ~(restless.get(laneKey(start, at))?.mask ?? 0);
    // Steps may be told by the same report again and again.
    return isStep ? before !== undefined && free === 0xff : (changed & free) !== 0;
  });
}

/** The bits of a byte that belong to controls; all of them where one takes the byte whole. */
export function takenBits(known: readonly ReportPlace[], start: readonly number[], at: number): number {
  return known.reduce((bits, place) => {
    if (place.start.join() !== start.join()) return bits;
    if (place.field.type === 'bit') {
      return place.at + Math.floor(place.field.bit / 8) === at ? bits | (1 << (place.field.bit % 8)) : bits;
    }
    return place.at <= at && at < place.at + bytesOf(place.field) ? 0xff : bits;
  }, 0);
}

/** What a byte was before a gesture and all through it. */
export function allOf({before, values}: Lane): readonly number[] {
  return before === undefined ? values : [before, ...values];
}

function bytesOf(field: ReportField): number {
  return field.type === 'position' || field.type === 'spring' ? field.bytes : 1;
}

function laneKey(start: readonly number[], at: number): string {
  return `${start.join()} ${at}`;
}

function arcOf(values: readonly number[]): number {
  const sorted = [...new Set(values)].sort((one, other) => one - other);
  const [lowest = 0] = sorted;
  const gaps = sorted.map((value, index) => (sorted[index + 1] ?? lowest + 256) - value);
  return 256 - Math.max(...gaps);
}
