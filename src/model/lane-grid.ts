import {type LaneParameter, laneKind} from './lane.ts';
import type {ParameterRange} from './parameter.ts';

/** Steps in one unit that lanes are written in: finer than any hand, ear or meter, and short when written as decimals. */
const stepsPerUnit: Readonly<Record<ParameterRange['unit'], number>> = {
  dB: 100,
  Hz: 100,
  ms: 1000,
  seconds: 1000,
  ratio: 100,
  q: 1000,
  percent: 100,
  side: 1000,
  switch: 1,
  choice: 1,
};

/**
 * The value on the grid of its parameter (levels: 0.01 dB; where lanes run in octaves: five digits, since there the same step is coarse below and fine above)
 * that is nearest. What a hand writes is put on it when its pass ends, so that a lane's text has a few decimals and not seventeen; text of any value reads
 * back as the same number.
 */
export function onLaneGrid(parameter: LaneParameter, value: number): number {
  const {unit, curve} = laneKind(parameter);
  if (curve === 'octaves') return Number(value.toPrecision(5));
  const steps = stepsPerUnit[unit];
  return Math.round(value * steps) / steps + 0;
}
