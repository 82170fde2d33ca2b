import type {ReportField, ReportPlace} from '../../model/report-traits.ts';
import {type Conclusion, type HeardReport, nothingHeard} from './finding.ts';
import {fallsToTheRight, fallsUpward, isTravel, mostSteps} from './hand.ts';
import {rangeOf} from './range.ts';
import {allOf, type Lane, lanesOf, type Sense, takenBits} from './report-streams.ts';
import {isPartOf, isStill, type Travel, travelIn, wordsOf} from './report-travel.ts';

/** Who turns ten clicks makes reports of at least so many. */
const leastSteps = 3;
/** A knob that was moved so far, and never past an end, has ends. */
const leastKnobTravel = 100;

/** What a control that was moved from one end to the other and back is. */
export function concludeReportTravel(
  heard: readonly HeardReport[],
  known: readonly ReportPlace[],
  sense: Sense,
): Conclusion {
  const lanes = freeLanes(heard, known, sense);
  const travel = travelIn(lanes);
  if (travel === undefined) return noted(lanes, 'Move it slowly all the way, from one end to the other and back.');
  return position(travel, fallsUpward(allOf(travel.lane)));
}

/** What a control that was turned to the right, and then to the left, is: steps, a counter, or a knob with ends unless it must be endless. */
export function concludeReportTurn(
  right: readonly HeardReport[],
  left: readonly HeardReport[],
  known: readonly ReportPlace[],
  sense: Sense,
  mustBeEndless: boolean,
): Conclusion {
  const [there, back] = [freeLanes(right, known, sense), freeLanes(left, known, sense)];
  const both = freeLanes([...right, ...left], known, sense);
  const travel = travelIn(both);
  const words = wordsOf(both, (value) => value);
  const endless = there
    .flatMap((lane) => {
      const turn = turnOf(lane, sameIn(back, lane));
      return turn === undefined ? [] : [{lane, ...turn}];
    })
    .filter(({lane, field}) => {
      if (mustBeEndless || field.type === 'relative') return true;
      // A knob with ends that is turned slowly counts, too; yet it goes far, and stops there.
      if (words.some((word) => isPartOf(lane, word) && rangeOf(allOf(word)) >= leastKnobTravel)) return false;
      const whole = sameIn(both, lane);
      return whole === undefined || !hasEnds(whole.values);
    })
    .sort((one, other) => other.steps - one.steps);
  const [best] = endless;
  if (best !== undefined) return at(best.lane, best.field);
  if (mustBeEndless) return noted(both, 'That has an end. Turn a wheel ten clicks to the right, then ten to the left.');
  // A byte that moved a little, and past no end, is a quick hand on a wheel that counts.
  if (travel !== undefined && (travel.bytes === 2 || hasEnds(travel.lane.values))) {
    const [to = [], fro = []] = [there, back].map((lanes) => signalIn(lanes, travel.lane, travel.bytes));
    if (isTravel(to, fro)) return position(travel, fallsToTheRight(to, fro));
  }
  return noted(both, 'Turn it to the right, slowly, then as far to the left; a knob with ends all the way.');
}

/** What a ring is that was turned to the right and let go, and then to the left and let go. */
export function concludeReportSpring(
  right: readonly HeardReport[],
  left: readonly HeardReport[],
  known: readonly ReportPlace[],
  sense: Sense,
): Conclusion {
  const [there, back] = [freeLanes(right, known, sense), freeLanes(left, known, sense)];
  const both = freeLanes([...right, ...left], known, sense);
  const springs = (bytes: 1 | 2): readonly Conclusion[] => {
    const signals = bytes === 1 ? both : wordsOf(both, signed);
    return signals.flatMap((lane) => {
      const [to, fro] = [there, back].map((lanes) => signalIn(lanes, lane, bytes).map((value) => signed(value, bytes)));
      const [far, near] = [furthest(to ?? []), furthest(fro ?? [])];
      const rest = Math.max(Math.abs(to?.at(-1) ?? 0), Math.abs(fro?.at(-1) ?? 0));
      const span = Math.min(Math.abs(far), Math.abs(near));
      if (far * near >= 0 || span < 2 || rest * 4 > span) return [];
      const dead = Math.min(span - 1, rest + Math.min(span / 8, lane.restless?.arc ?? 0));
      return [at(lane, {type: 'spring', bytes, span, dead: Math.floor(dead), reverse: far < 0})];
    });
  };
  const [best] = [...springs(2), ...springs(1)];
  return best ?? noted(both, 'That did not come back by itself. Turn the ring as far as it goes, and let it go.');
}

/** The bytes that may be of a control that is not known yet. */
function freeLanes(heard: readonly HeardReport[], known: readonly ReportPlace[], sense: Sense): readonly Lane[] {
  return lanesOf(heard, sense).filter((lane) => takenBits(known, lane.start, lane.at) === 0);
}

/** Steps that go one way first and the other way then: as they are told, or as a byte that counts them. */
function turnOf(
  right: Lane,
  left: Lane | undefined,
): {readonly field: Extract<ReportField, {type: 'counter' | 'relative'}>; readonly steps: number} | undefined {
  if (left === undefined) return undefined;
  const told = [right, left].map(({values}) => values.map((value) => signed(value, 1)));
  const counted = [right, left].map((lane) => {
    const all = allOf(lane);
    return all.slice(1).map((value, index) => signed(value - (all[index] ?? 0), 1));
  });
  for (const [type, [to = [], back = []]] of [
    ['relative', told],
    ['counter', counted],
  ] as const) {
    const [way, wayBack] = [wayOf(to), wayOf(back)];
    if (way * wayBack >= 0) continue;
    return {field: {type, reverse: way < 0}, steps: Math.abs(way) + Math.abs(wayBack)};
  }
  return undefined;
}

/** The sum of steps that are small and go all one way; 0 if they do not, or are too few. */
function wayOf(steps: readonly number[]): number {
  const moved = steps.filter((step) => step !== 0);
  const [first = 0] = moved;
  const isOneWay = moved.every((step) => step * first > 0 && Math.abs(step) <= mostSteps);
  return moved.length >= leastSteps && isOneWay ? moved.reduce((sum, step) => sum + step, 0) : 0;
}

/** Whether a byte went far, and never past an end: from its lowest bit pattern to its highest, or most of the way. */
function hasEnds(values: readonly number[]): boolean {
  const wraps = values.some((value, index) => Math.abs(value - (values[index - 1] ?? value)) > 128);
  const isFull = Math.min(...values) === 0 && [31, 63].includes(Math.max(...values));
  return !wraps && (rangeOf(values) >= leastKnobTravel || isFull);
}

/** What a byte, or two of them, told in lanes of another part of the gesture. */
function signalIn(lanes: readonly Lane[], lane: Lane, bytes: 1 | 2): readonly number[] {
  const low = sameIn(lanes, lane)?.values ?? [];
  const high = bytes === 1 ? [] : (sameIn(lanes, {...lane, at: lane.at + 1})?.values ?? []);
  return low.map((value, index) => value + 256 * (high[index] ?? 0));
}

function sameIn(lanes: readonly Lane[], lane: Lane): Lane | undefined {
  return lanes.find(({start, at: byte}) => byte === lane.at && start.join() === lane.start.join());
}

function furthest(values: readonly number[]): number {
  return values.reduce((far, value) => (Math.abs(value) > Math.abs(far) ? value : far), 0);
}

function signed(value: number, bytes: 1 | 2): number {
  return bytes === 1 ? (value << 24) >> 24 : (value << 16) >> 16;
}

function position({lane, bytes, bottom, top}: Travel, reverse: boolean): Conclusion {
  return at(lane, {type: 'position', bytes, bottom, top, reverse});
}

function at({start, at: byte}: Lane, field: ReportField): Conclusion {
  return {state: 'found', finding: {type: 'field', place: {start, at: byte, field}}};
}

function noted(lanes: readonly Lane[], advice: string): Conclusion {
  return lanes.every(isStill) ? nothingHeard : {state: 'unclear', advice};
}
