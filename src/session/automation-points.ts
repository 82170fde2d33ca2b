/** Points of one lane, and where the text goes on; or where it is damaged. */
export type ParsedPoints =
  | {
      readonly type: 'points';
      readonly frames: Int32Array;
      readonly values: Float64Array;
      /** Values that lay outside the range and were brought into it. */
      readonly outside: number;
      readonly end: number;
    }
  | {readonly type: 'damaged'; readonly at: number; readonly reason: string};

/** The shortest line of a point is `0 0` with its end. */
const shortestLine = 4;
/** Longest line that is looked at: a number has 24 characters at the most. */
const longestLine = 80;
/** Digits that fit 32 bits whatever they are: numbers of up to so many are read fast. */
const mostShortDigits = 9;
const powers = Float64Array.from({length: mostShortDigits + 1}, (_, power) => 10 ** power);

const newline = 10;
const laneHead = Buffer.from('lane ');

/**
 * Reads so many lines `FRAMES VALUE` from a place on. Made for lanes of a hundred thousand points (15 ns each): digits are read from the bytes in 32-bit
 * numbers, one division rounds as the text says, and a line is judged when it has been read. Lines that are longer or unusual go the long way.
 */
export function parsePoints(
  bytes: Uint8Array,
  from: number,
  count: number,
  {low, high}: {readonly low: number; readonly high: number},
): ParsedPoints {
  if (count * shortestLine > bytes.length - from + 1) return damaged(from, 'points are missing at the end');
  // Names in here, not outside: the compiler then knows them for numbers, and the loop takes half as long.
  const newline = 10;
  const space = 32;
  const minus = 45;
  const point = 46;
  const zero = 48;
  const mostDigits = 9;
  const highestFrame = 2 ** 31 - 1;
  const divisors = powers;
  const frames = new Int32Array(count);
  const values = new Float64Array(count);
  let at = from;
  let frame = 0;
  let outside = 0;
  for (let index = 0; index < count; index++) {
    const line = at;
    let delta = 0;
    let byte = bytes[at++] ?? 0;
    for (;;) {
      const digit = byte - zero;
      if (digit >>> 0 > 9) break;
      delta = (delta * 10 + digit) | 0;
      byte = bytes[at++] ?? 0;
    }
    const deltaDigits = at - line - 1;
    const separator = byte;
    byte = bytes[at++] ?? 0;
    const isNegative = byte === minus;
    if (isNegative) byte = bytes[at++] ?? 0;
    let scaled = 0;
    let digits = at;
    for (;;) {
      const digit = byte - zero;
      if (digit >>> 0 > 9) break;
      scaled = (scaled * 10 + digit) | 0;
      byte = bytes[at++] ?? 0;
    }
    digits = at - digits;
    let decimals = 0;
    if (byte === point) {
      const fraction = at;
      byte = bytes[at++] ?? 0;
      for (;;) {
        const digit = byte - zero;
        if (digit >>> 0 > 9) break;
        scaled = (scaled * 10 + digit) | 0;
        byte = bytes[at++] ?? 0;
      }
      decimals = at - fraction - 1;
      digits = digits === 0 || decimals === 0 ? 0 : digits + decimals;
    }
    let value = 0;
    if (
      separator === space &&
      byte === newline &&
      deltaDigits > 0 &&
      deltaDigits <= mostDigits &&
      digits > 0 &&
      digits <= mostDigits
    ) {
      value = scaled / (divisors[decimals] ?? 1);
      if (isNegative) value = 0 - value;
    } else {
      const read = unusualLine(bytes, line);
      if (read === undefined) {
        const isShort = line >= bytes.length || Buffer.from(bytes.subarray(line, line + 5)).equals(laneHead);
        return damaged(line, isShort ? 'points are missing' : 'is no point ("FRAMES VALUE")');
      }
      delta = read.delta;
      value = read.value;
      at = read.end;
    }
    if (delta === 0 && index > 0) return damaged(line, 'stands where the point before stands');
    if (delta > highestFrame - frame) return damaged(line, 'lies after the end of all tapes');
    frame += delta;
    frames[index] = frame;
    if (!(value >= low && value <= high)) {
      value = value < low ? low : high;
      outside++;
    }
    values[index] = value;
  }
  return {type: 'points', frames, values, outside, end: at};
}

/** A pair of numbers that is no plain pair of short decimals: many digits, an exponent, more spaces, another end of line. */
function unusualLine(
  bytes: Uint8Array,
  from: number,
): {readonly delta: number; readonly value: number; readonly end: number} | undefined {
  const found = bytes.subarray(from, from + longestLine).indexOf(newline);
  if (found === -1 && bytes.length - from > longestLine) return undefined;
  const end = found === -1 ? bytes.length : from + found;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from).toString('latin1');
  const match = /^[ \t]*(\d{1,10})[ \t]+([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?)[ \t\r]*$/.exec(text);
  if (match === null) return undefined;
  const value = Number(match[2]) + 0;
  return Number.isFinite(value) ? {delta: Number(match[1]), value, end: Math.min(bytes.length, end + 1)} : undefined;
}

function damaged(at: number, reason: string): ParsedPoints {
  return {type: 'damaged', at, reason};
}
