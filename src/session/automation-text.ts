import {type Lane, type LaneId, laneKind, laneTarget} from '../model/lane.ts';

/** Room a point may need: ten digits of frames, a space, 24 characters of a number, a newline. */
const longestPoint = 40;
const space = 32;
const minus = 45;
const dot = 46;
const zero = 48;
const newline = 10;

/** Whether a lane's name can stand in the file: what strips and parameters are named, and nothing else. */
export function isLaneText(id: LaneId): boolean {
  return /^[\x21-\x7e]+ [\x21-\x7e]+$/.test(id) && laneTarget(id) !== undefined;
}

/** One lane as it stands in an automation file: its head, and a line a point. */
export function laneText(id: LaneId, lane: Lane): Uint8Array {
  const target = laneTarget(id);
  const {low, high, standard} = laneKind(target?.parameter ?? 'level');
  let points = Buffer.allocUnsafe(Math.max(64, lane.frames.length * 12));
  let end = 0;
  let count = 0;
  let before = 0;
  for (let index = 0; index < lane.frames.length; index++) {
    const frame = lane.frames[index] ?? 0;
    if (count > 0 ? frame <= before : frame < 0) continue;
    if (end + longestPoint > points.length) {
      const larger = Buffer.allocUnsafe(points.length * 2);
      points.copy(larger, 0, 0, end);
      points = larger;
    }
    const given = lane.values[index] ?? standard;
    const value = Number.isFinite(given) ? given : Number.isNaN(given) ? standard : given < 0 ? low : high;
    end = writeInteger(points, end, frame - before);
    points[end++] = space;
    end = writeValue(points, end, value);
    points[end++] = newline;
    before = frame;
    count++;
  }
  return Buffer.concat([Buffer.from(`lane ${id} ${count}\n`, 'latin1'), points.subarray(0, end)]);
}

/** Two decimals or four where that is the very number; else as many as it takes. */
function writeValue(into: Uint8Array, at: number, value: number): number {
  const size = Math.abs(value);
  const hundredths = Math.round(size * 100);
  const isShort = hundredths / 100 === size;
  const scaled = isShort ? hundredths : Math.round(size * 10_000);
  if ((!isShort && scaled / 10_000 !== size) || scaled > 2 ** 31) {
    const text = String(value);
    for (let index = 0; index < text.length; index++) into[at + index] = text.charCodeAt(index);
    return at + text.length;
  }
  const unit = isShort ? 100 : 10_000;
  const whole = Math.floor(scaled / unit);
  let rest = scaled - whole * unit;
  let next = at;
  if (value < 0) into[next++] = minus;
  next = writeInteger(into, next, whole);
  if (rest === 0) return next;
  into[next++] = dot;
  for (let place = unit / 10; rest > 0; place /= 10) {
    const digit = Math.floor(rest / place);
    into[next++] = zero + digit;
    rest -= digit * place;
  }
  return next;
}

function writeInteger(into: Uint8Array, at: number, value: number): number {
  let length = 1;
  for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) length++;
  let rest = value;
  for (let index = at + length - 1; index >= at; index--) {
    const next = Math.floor(rest / 10);
    into[index] = zero + rest - next * 10;
    rest = next;
  }
  return at + length;
}
