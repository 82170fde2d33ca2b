import type {LaneParameter} from '../../model/lane.ts';
import type {LaneReader} from './followed-lanes.ts';

/** A stretch of the tape: it moves through these frames, or stands at the first. */
export interface TapeSpan {
  readonly frame: number;
  readonly frames: number;
  readonly moves: boolean;
}

/** A value that a lane takes within a block. */
export interface LaterValue {
  /** Frame of the block. */
  readonly from: number;
  readonly place: number;
  readonly value: number;
}

/** What lanes say in a block. */
export interface LanePlan {
  /** Reads all lanes over spans that together are a block: writes their values at its first frame, in their order, and returns those that come later, in the order of their frames. */
  read(spans: readonly TapeSpan[], first: Float64Array): readonly LaterValue[];
}

/** Gains are set at most so many times a block. */
const partsABlock = 4;
/** Differences between the ends of a block that one straight line of amplitudes stands for: within 0.02 dB. Of dB; of all else, of sides. */
const straightDb = 1;
const straightSide = 0.1;
/** So far may the middle lie from the straight line between the ends, as a share of those. */
const bend = 0.02;

/**
 * Filters take long to design, so that moving ones go through few values, finer than any ear tells: their middles, for at 0 dB a band would go off.
 * Where a lane rests its value is exact.
 */
const gainStepDb = 0.05;
const stepsAnOctave = 96;
const filterNumber = /^(eq\d\.(hz|gainDb|q)|[hl]p\.hz)$/;

function onGrid({target, kind}: LaneReader, value: number): number {
  if (!filterNumber.test(target.parameter)) return value;
  if (kind.curve !== 'octaves') return (Math.floor(value / gainStepDb) + 0.5) * gainStepDb;
  return value > 0 ? 2 ** ((Math.floor(Math.log2(value) * stepsAnOctave) + 0.5) / stepsAnOctave) : value;
}

/** Reads lanes of gains as often as they need it, steps at their very frames, and what is set at block edges only at the middle of the block. */
export function createLanePlan(readers: readonly LaneReader[], blockFrames: number): LanePlan {
  const partFrames = blockFrames / partsABlock;
  const calm = readers.map(() => ({from: 0, to: 0, value: 0}));
  let later: LaterValue[] = [];

  /** Holds on to stretches in which a lane does not move: most do not, most of the time. */
  const isCalm = (place: number, {frame, frames, moves}: TapeSpan): number | undefined => {
    const stretch = calm[place];
    const cursor = readers[place]?.cursor;
    if (stretch === undefined || cursor === undefined) return undefined;
    const last = moves ? frame + frames - 1 : frame;
    if (frame >= stretch.from && last < stretch.to) return stretch.value;
    const value = cursor.valueAt(frame);
    const next = cursor.nextPointAfter(frame) ?? Number.POSITIVE_INFINITY;
    const isFlat = next === Number.POSITIVE_INFINITY || cursor.valueAt(next - 1) === value;
    stretch.from = frame;
    stretch.to = isFlat ? next : frame;
    stretch.value = value;
    return last < stretch.to ? value : undefined;
  };
  const put = (first: Float64Array, place: number, from: number, value: number): void => {
    if (from === 0) first[place] = value;
    else later.push({from, place, value});
  };

  const readSteps = (place: number, {cursor}: LaneReader, span: TapeSpan, from: number, first: Float64Array): void => {
    put(first, place, from, cursor.valueAt(span.frame));
    const end = span.frame + span.frames;
    for (let at = cursor.nextPointAfter(span.frame); at !== undefined && at < end; at = cursor.nextPointAfter(at)) {
      put(first, place, from + at - span.frame, cursor.valueAt(at));
    }
  };
  const readLine = (place: number, reader: LaneReader, span: TapeSpan, from: number, first: Float64Array): void => {
    const {cursor} = reader;
    if (isStraight(reader, span)) {
      put(first, place, from, cursor.valueAt(span.frame + span.frames / 2));
      return;
    }
    for (let at = from; at < from + span.frames; ) {
      const next = Math.min(from + span.frames, (Math.floor(at / partFrames) + 1) * partFrames);
      put(first, place, at, cursor.valueAt(span.frame + (at + next) / 2 - from));
      at = next;
    }
  };
  const readOnce = (place: number, reader: LaneReader, spans: readonly TapeSpan[], first: Float64Array): void => {
    let from = 0;
    for (const span of spans) {
      if (from + span.frames > blockFrames / 2) {
        const value = isCalm(place, span);
        const at = span.moves ? span.frame + blockFrames / 2 - from : span.frame;
        first[place] = value ?? (span.moves ? onGrid(reader, reader.cursor.valueAt(at)) : reader.cursor.valueAt(at));
        return;
      }
      from += span.frames;
    }
  };

  return {
    read(spans, first) {
      later = [];
      for (const [place, reader] of readers.entries()) {
        if (!isGain(reader.target.parameter)) {
          readOnce(place, reader, spans, first);
          continue;
        }
        let from = 0;
        for (const span of spans) {
          const value = isCalm(place, span);
          if (value !== undefined) put(first, place, from, value);
          else if (!span.moves) put(first, place, from, reader.cursor.valueAt(span.frame));
          else if (reader.kind.curve === 'steps') readSteps(place, reader, span, from, first);
          else readLine(place, reader, span, from, first);
          from += span.frames;
        }
      }
      return later.length < 2 ? later : later.sort((one, other) => one.from - other.from);
    },
  };
}

/** Whether a lane goes so evenly through a span that its middle stands for it. */
function isStraight({cursor, kind}: LaneReader, {frame, frames}: TapeSpan): boolean {
  const most = kind.unit === 'dB' ? straightDb : straightSide;
  const end = frame + frames;
  const [start, middle, last] = [cursor.valueAt(frame), cursor.valueAt(frame + frames / 2), cursor.valueAt(end)];
  if (Math.abs(last - start) > most || Math.abs(start + last - 2 * middle) > 2 * bend * most) return false;
  const next = cursor.nextPointAfter(frame);
  return next === undefined || next >= end || (cursor.nextPointAfter(next) ?? end) >= end;
}

/** Whether a parameter is set within blocks: faders, pans, trims and all of sends. The processing is set at block edges. */
export function isGain(parameter: LaneParameter): boolean {
  switch (parameter) {
    case 'level':
    case 'level.offset':
    case 'pan':
    case 'trim':
    case 'mute':
      return true;
    default:
      return parameter.startsWith('send');
  }
}
