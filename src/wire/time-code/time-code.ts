/**
 * Time code as frames of film and television are counted (SMPTE 12M). Drop-frame leaves out the numbers 00 and 01 at the start of each minute that
 * is no tenth, so that 30 numbers a second keep step with 30000/1001 frames a second.
 */
export const timeCodeRates = ['24', '25', '29.97df', '30'] as const;
export type TimeCodeRate = (typeof timeCodeRates)[number];

export interface TimeCode {
  readonly rate: TimeCodeRate;
  /** 0…23. */
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  /** 0…23, 24 or 29 by the rate. */
  readonly frames: number;
}

const numbersASecond: Readonly<Record<TimeCodeRate, number>> = {'24': 24, '25': 25, '29.97df': 30, '30': 30};
const dropped = 2;
const framesOfDroppedMinute = 60 * 30 - dropped;
const framesOfTenMinutes = 10 * 60 * 30 - 9 * dropped;

/** Frames a second as they really pass. */
export function framesASecond(rate: TimeCodeRate): number {
  return rate === '29.97df' ? 30_000 / 1001 : numbersASecond[rate];
}

/** Frames of 24 hours of numbers. */
export function framesADay(rate: TimeCodeRate): number {
  return rate === '29.97df' ? 6 * 24 * framesOfTenMinutes : 86_400 * numbersASecond[rate];
}

/** Whether there is a frame of that number. */
export function isTimeCode({rate, hours, minutes, seconds, frames}: TimeCode): boolean {
  const within = (value: number, end: number): boolean => Number.isInteger(value) && value >= 0 && value < end;
  if (!(within(hours, 24) && within(minutes, 60) && within(seconds, 60) && within(frames, numbersASecond[rate])))
    return false;
  return !(rate === '29.97df' && seconds === 0 && frames < dropped && minutes % 10 !== 0);
}

/** How many frames lie between 00:00:00:00 and a code. */
export function frameNumberOf({rate, hours, minutes, seconds, frames}: TimeCode): number {
  const allMinutes = 60 * hours + minutes;
  const number = (60 * allMinutes + seconds) * numbersASecond[rate] + frames;
  return rate === '29.97df' ? number - dropped * (allMinutes - Math.floor(allMinutes / 10)) : number;
}

/** The code of a frame, counted from 00:00:00:00; it begins anew after 24 hours, in both directions. */
export function timeCodeAt(frameNumber: number, rate: TimeCodeRate): TimeCode {
  const day = framesADay(rate);
  const frame = ((Math.floor(frameNumber) % day) + day) % day;
  const number = rate === '29.97df' ? frame + droppedBefore(frame) : frame;
  const aSecond = numbersASecond[rate];
  const allSeconds = Math.floor(number / aSecond);
  return {
    rate,
    hours: Math.floor(allSeconds / 3600),
    minutes: Math.floor(allSeconds / 60) % 60,
    seconds: allSeconds % 60,
    frames: number % aSecond,
  };
}

/** Numbers that were left out before a frame. */
function droppedBefore(frame: number): number {
  const tens = Math.floor(frame / framesOfTenMinutes);
  const rest = frame % framesOfTenMinutes;
  // The first minute of ten is whole.
  const minutes = rest < 60 * 30 ? 0 : 1 + Math.floor((rest - 60 * 30) / framesOfDroppedMinute);
  return dropped * (9 * tens + minutes);
}

/** Seconds from 00:00:00:00 to the start of a frame. */
export function secondsOfCode(code: TimeCode): number {
  return frameNumberOf(code) / framesASecond(code.rate);
}

/** `01:02:03:04`, with a semicolon before the frames where numbers are dropped. */
export function formatTimeCode({rate, hours, minutes, seconds, frames}: TimeCode): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(hours)}:${two(minutes)}:${two(seconds)}${rate === '29.97df' ? ';' : ':'}${two(frames)}`;
}

/** A code as people write it; undefined if there is no such frame. */
export function parseTimeCode(text: string, rate: TimeCodeRate): TimeCode | undefined {
  const found = /^\s*(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[:;.](\d{1,2}))?\s*$/.exec(text);
  if (found === null) return undefined;
  const [hours = 0, minutes = 0, seconds = 0, frames = 0] = found.slice(1).map((part) => Number(part ?? 0));
  const code = {rate, hours, minutes, seconds, frames};
  return isTimeCode(code) ? code : undefined;
}

/** The two bits by which the wire names a rate. */
export function rateBits(rate: TimeCodeRate): number {
  return timeCodeRates.indexOf(rate);
}

/** The rate of two bits. */
export function rateOfBits(bits: number): TimeCodeRate {
  return timeCodeRates[bits & 3] ?? '30';
}
