import {stringify} from 'csv-stringify/sync';
import {type LaneId, laneKind, laneTarget} from '../../model/lane.ts';
import type {Lanes} from '../../model/lane-change.ts';
import type {ExchangeStage, LaneExport} from './exchange.ts';

/** The columns of a table of automation, one row a point. */
export const csvColumns = ['strip', 'parameter', 'seconds', 'frame', 'value', 'unit'] as const;
/** Rows that are made into text at once. */
const rowsAtOnce = 20_000;

/**
 * Lanes as a table (RFC 4180: commas, lines ended by CR LF): strip id, parameter, time in seconds and in frames, value in the parameter's unit with all
 * its digits (−90 dB is silence), unit. In pieces, so that no table is too long for one string.
 */
export function lanesAsCsv(
  lanes: Lanes,
  {sampleRate}: Pick<ExchangeStage, 'sampleRate'>,
): LaneExport<readonly string[]> {
  const pieces: string[] = [text([csvColumns])];
  let points = 0;
  let written = 0;
  for (const id of lanes.keys()) {
    const count = addLane(pieces, lanes, id, sampleRate);
    points += count;
    if (count > 0) written++;
  }
  return {content: pieces, lanes: written, points, notes: []};
}

function addLane(pieces: string[], lanes: Lanes, id: LaneId, sampleRate: number): number {
  const lane = lanes.get(id);
  const target = laneTarget(id);
  if (lane === undefined || target === undefined) return 0;
  const {strip, parameter} = target;
  const {unit} = laneKind(parameter);
  for (let first = 0; first < lane.frames.length; first += rowsAtOnce) {
    const rows = Array.from(lane.frames.subarray(first, first + rowsAtOnce), (frame, index) => {
      const value = lane.values[first + index] ?? 0;
      return [strip, parameter, (frame / sampleRate).toFixed(6), String(frame), String(value), unit];
    });
    pieces.push(text(rows));
  }
  return lane.frames.length;
}

function text(rows: readonly (readonly string[])[]): string {
  return stringify([...rows.map((row) => [...row])], {record_delimiter: 'windows'});
}
