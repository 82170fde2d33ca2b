import {framesASecond, type TimeCode, type TimeCodeRate, timeCodeAt} from '../../wire/time-code/time-code.ts';

/** How a tape's own time is told as time code. */
export interface TapeCode {
  readonly rate: TimeCodeRate;
  /** Seconds of time code at the start of the tape. */
  readonly startSeconds: number;
}

/** A little more than the error of a division, so that the start of a frame is in it. */
const grain = 1e-6;

/** The code of a place on the tape. */
export function codeOfFrame({rate, startSeconds}: TapeCode, frame: number, sampleRate: number): TimeCode {
  return timeCodeAt((startSeconds + frame / sampleRate) * framesASecond(rate) + grain, rate);
}

/** Quarter frames of time code from 00:00:00:00 to a place on the tape; fractions count. */
export function quartersAt({rate, startSeconds}: TapeCode, frame: number, sampleRate: number): number {
  return (startSeconds + frame / sampleRate) * 4 * framesASecond(rate);
}
