import {edgesOf} from './range.ts';

/** A hand that turns slowly makes no more steps at once. */
export const mostSteps = 12;

/** An end of a travel. */
type End = 'low' | 'high';

/** So near to an end, as a part of the whole travel, a hand means the end. */
const nearEnd = 1 / 8;

/**
 * Whether the values of a fader fall as it goes up. The hand was asked to begin at the bottom, to go to the top, and to come back: one that went one way
 * only has begun at the bottom, any other has ended there, wherever the fader stood before. The values must not all be the same.
 */
export function fallsUpward(values: readonly number[]): boolean {
  const ends = endsIn(values, edgesOf(values));
  return (ends.length === 2 ? ends[0] : ends.at(-1)) === 'high';
}

/** Whether the values of a knob fall as it is turned to the right, of what it told on the way there and on the way back. */
export function fallsToTheRight(right: readonly number[], left: readonly number[]): boolean {
  const edges = edgesOf([...right, ...left]);
  const [there, back] = [endsIn(right, edges), endsIn(left, edges)];
  if (isOneWay(there)) return there.at(-1) === 'low';
  // A hand that went to and fro on the way to the right tells it on the way back, unless it does the same there: then it came back to the left.
  return (isOneWay(back) ? back : there).at(-1) === 'high';
}

/**
 * Whether what was told on the way to the right and on the way back is a travel: the right part stops at an end, and the left part goes on from there. Steps of
 * a quick hand may have all values that a travel has, and yet either stop in their middle or leap then.
 */
export function isTravel(right: readonly number[], left: readonly number[]): boolean {
  const [low, high] = edgesOf([...right, ...left]);
  const [stopped, next] = [right.at(-1), left[0]];
  if (stopped === undefined || next === undefined) return false;
  const near = (high - low) / 4;
  return Math.abs(stopped - next) < near && (stopped - low < near || high - stopped < near);
}

function isOneWay(ends: readonly End[]): boolean {
  return ends.length === 1 || ends.length === 2;
}

/** The ends that were reached, one after the other. */
function endsIn(values: readonly number[], [low, high]: readonly [low: number, high: number]): readonly End[] {
  const margin = (high - low) * nearEnd;
  const ends: End[] = [];
  for (const value of values) {
    const end = value <= low + margin ? 'low' : value >= high - margin ? 'high' : undefined;
    if (end !== undefined && end !== ends.at(-1)) ends.push(end);
  }
  return ends;
}
