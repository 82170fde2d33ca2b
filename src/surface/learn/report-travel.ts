import {edgesOf, rangeOf} from './range.ts';
import {allOf, type Lane} from './report-streams.ts';

/** A fader moved all the way makes at least so many different values. */
const leastValues = 8;
const leastTravel = 30;
/** Up and down again is twice the way; what goes further has the wrong bytes put together. */
const mostWay = 3;

/** A position that was moved: one byte, or two with the low one first. */
export interface Travel {
  readonly lane: Lane;
  readonly bytes: 1 | 2;
  readonly bottom: number;
  readonly top: number;
}

/** The control that was moved from one end to the other, if one was: the bytes that tell of it most finely. */
export function travelIn(lanes: readonly Lane[]): Travel | undefined {
  const words = wordsOf(lanes, (value) => value).filter(moves);
  const single = lanes.filter((lane) => moves(lane) && !words.some((word) => isPartOf(lane, word)));
  const [word] = widest(words);
  const [byte] = widest(single);
  const lane = word ?? byte;
  return lane && {lane, bytes: lane === word ? 2 : 1, ...endsOf(allOf(lane))};
}

/**
 * Neighbouring bytes as one value, where they are one: both move, and together they go smoothly, while the low one alone leaps. `read` makes
 * a number of a value.
 */
export function wordsOf(lanes: readonly Lane[], read: (value: number, bytes: 1 | 2) => number): readonly Lane[] {
  return lanes.flatMap((low) => {
    const high = lanes.find(({start, at}) => at === low.at + 1 && start.join() === low.start.join());
    if (high === undefined || isStill(low) || isStill(high)) return [];
    const before = low.before === undefined || high.before === undefined ? undefined : low.before + 256 * high.before;
    const word = {...low, before, values: low.values.map((value, index) => value + 256 * (high.values[index] ?? 0))};
    const alone = isSmooth(allOf(low).map((value) => read(value, 1)));
    return isSmooth(allOf(word).map((value) => read(value, 2))) && !alone ? [word] : [];
  });
}

/** Whether a lane is a byte of a word. */
export function isPartOf({start, at}: Lane, word: Lane): boolean {
  return start.join() === word.start.join() && (at === word.at || at === word.at + 1);
}

/** Whether nothing moved there but what moves by itself. */
export function isStill(lane: Lane): boolean {
  const [first = 0, ...rest] = allOf(lane);
  const trembling = lane.restless?.mask ?? 0;
  return rest.every((value) => ((value ^ first) & ~trembling) === 0);
}

/** Whether values go up and down no further than a hand does, but for trembling. */
function isSmooth(values: readonly number[]): boolean {
  const range = rangeOf(values);
  let way = 0;
  for (const [index, value] of values.entries()) {
    const step = Math.abs(value - (values[index - 1] ?? value));
    if (step > range / 64) way += step;
  }
  return way <= range * mostWay;
}

function moves(lane: Lane): boolean {
  const values = allOf(lane);
  return new Set(values).size >= leastValues && rangeOf(values) >= leastTravel && isSmooth(values);
}

function widest(lanes: readonly Lane[]): readonly Lane[] {
  return [...lanes].sort((one, other) => rangeOf(allOf(other)) - rangeOf(allOf(one)));
}

/** Where the travel ends. What trembles does not stop at the same value each time: a little before the ends is the end. */
function endsOf(values: readonly number[]): {readonly bottom: number; readonly top: number} {
  const [low, high] = edgesOf(values);
  const margin = Math.max(1, Math.round((high - low) / 256));
  const isFull = ((high + 1) & high) === 0;
  return {bottom: low === 0 ? 0 : low + margin, top: isFull ? high : high - margin};
}
