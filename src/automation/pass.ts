import type {Lane, LaneId} from '../model/lane.ts';

/** Where a hand had a parameter at a frame. Samples are a chain, so that a pass grows at no cost and every state of it stays as it was. */
export interface Sample {
  /** The frame that was heard, whole, 0 or more. */
  readonly frame: number;
  /** In the parameter's unit. */
  readonly value: number;
  readonly earlier: Sample | undefined;
}

/** What a hand did to a parameter from when it began: nothing between two samples means that it rested. */
export interface Pass {
  readonly lane: LaneId;
  readonly fromFrame: number;
  readonly last: Sample;
  /** Samples so far, the first included. */
  readonly count: number;
}

/** A pass that begins with the value that is heard where it begins. */
export function startPass(lane: LaneId, fromFrame: number, value: number): Pass {
  const frame = wholeFrame(fromFrame);
  return {lane, fromFrame: frame, last: {frame, value, earlier: undefined}, count: 1};
}

/**
 * The pass with where the hand is now. Of one frame the newest counts; what is said to be earlier than the last sample counts as of then, for clocks may jitter
 * but hands do not go back in time. An unchanged value and NaN add nothing.
 */
export function withSample(pass: Pass, frame: number, value: number): Pass {
  const {last, count} = pass;
  if (Number.isNaN(value) || Number.isNaN(frame) || value === last.value) return pass;
  const at = wholeFrame(frame);
  return at > last.frame
    ? {...pass, last: {frame: at, value, earlier: last}, count: count + 1}
    : {...pass, last: {...last, value}};
}

/** The samples of a pass from a frame on, all of them if none is given, as points. O of their number. */
export function samplesOf({last}: Pass, fromFrame = 0): Lane {
  const samples: Sample[] = [];
  for (let sample: Sample | undefined = last; sample !== undefined && sample.frame >= fromFrame; ) {
    samples.push(sample);
    sample = sample.earlier;
  }
  samples.reverse();
  return {
    frames: Int32Array.from(samples, ({frame}) => frame),
    values: Float64Array.from(samples, ({value}) => value),
  };
}

function wholeFrame(frame: number): number {
  return Math.max(0, Math.round(frame));
}
