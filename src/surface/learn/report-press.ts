import type {ReportField, ReportPlace} from '../../model/report-traits.ts';
import {type Conclusion, type HeardReport, nothingHeard} from './finding.ts';
import {type Lane, lanesOf, type Sense, takenBits} from './report-streams.ts';

/** What a key is that was pressed `times` times: a bit that is set while it is down, or a byte that has one value then. */
export function concludeReportPress(
  heard: readonly HeardReport[],
  known: readonly ReportPlace[],
  sense: Sense,
  times: number,
): Conclusion {
  const lanes = lanesOf(heard, sense);
  const pressed = lanes.flatMap((lane): readonly ReportPlace[] => {
    const {start, at} = lane;
    const there = known.filter((place) => takenBits([place], start, at) !== 0);
    if (isNumbering(lane.values) || there.some(({field}) => field.type !== 'bit' && field.type !== 'code')) return [];
    const field = keyIn(quiet(lane), there, times);
    return field === undefined ? [] : [{start, at, field}];
  });
  // A key may be told twice, by a bit of its own and by a number: the bit lets others be held with it.
  const place = pressed.find(({field}) => field.type === 'bit') ?? pressed[0];
  if (place !== undefined) return {state: 'found', finding: {type: 'field', place}};
  const changed = lanes.some(
    (lane) =>
      (changedIn(quiet(lane)) & ~takenBits(known, lane.start, lane.at) & 0xff) !== 0 && !isNumbering(lane.values),
  );
  if (!changed) return nothingHeard;
  const asked = times === 1 ? 'Press one key once' : `Press one key ${times} times`;
  return {state: 'unclear', advice: `That was no key, or more than one. ${asked}, and let it go each time.`};
}

/** What a byte is for one key: a bit of it, or one value of it where several bits change together; `there` are other keys of the byte. */
function keyIn(
  values: readonly number[],
  there: readonly ReportPlace[],
  times: number,
): Extract<ReportField, {type: 'bit' | 'code'}> | undefined {
  const [rest = 0] = values;
  const others = [...new Set(values)].filter((value) => value !== rest);
  const [code] = others;
  const isNumber = others.length === 1 && rest === 0 && code !== undefined;
  if (isNumber && (bitCount(code) > 1 || there.some(({field}) => field.type === 'code'))) {
    const isKnown = there.some(({field}) => field.type === 'code' && field.code === code);
    const down = values.map((value) => value === code);
    return isKnown || !isPressed(down, times) ? undefined : {type: 'code', code};
  }
  const taken = there.reduce((bits, {field}) => (field.type === 'bit' ? bits | (1 << (field.bit % 8)) : 0xff), 0);
  return bitIn(values, 0xff & ~taken, times);
}

/** The one bit that was set as often as the key was pressed. */
function bitIn(values: readonly number[], free: number, times: number): {type: 'bit'; bit: number} | undefined {
  const bits = [0, 1, 2, 3, 4, 5, 6, 7].filter(
    (bit) =>
      ((free >> bit) & 1) === 1 &&
      isPressed(
        values.map((value) => ((value >> bit) & 1) === 1),
        times,
      ),
  );
  const [bit] = bits;
  return bit === undefined || bits.length > 1 ? undefined : {type: 'bit', bit};
}

/** Up at first and in the end, and down in between: so often, or of several times at least twice. */
function isPressed(down: readonly boolean[], times: number): boolean {
  const presses = down.filter((is, index) => is && down[index - 1] === false).length;
  return down[0] === false && down.at(-1) === false && (times === 1 ? presses === 1 : presses >= 2);
}

/** The bits of a byte that do not change by themselves; before the first report it was as in the last one. */
function quiet({values, before, restless}: Lane): readonly number[] {
  const mask = 0xff & ~(restless?.mask ?? 0);
  return [before ?? values.at(-1) ?? 0, ...values].map((value) => value & mask);
}

function changedIn(values: readonly number[]): number {
  const [first = 0] = values;
  return values.reduce((bits, value) => bits | (value ^ first), 0);
}

/** Whether a byte counts the reports. */
function isNumbering(values: readonly number[]): boolean {
  const steps = values.slice(1).map((value, index) => (value - (values[index] ?? 0)) & 0xff);
  return new Set(values).size > 2 && steps.length > 2 && new Set(steps).size === 1;
}

function bitCount(value: number): number {
  return [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => ((value >> bit) & 1) === 1).length;
}
