/**
 * How a gain travels from one value to another: the step response of a moving average over one block, smoothed by a Hann
 * window. The average turns a fader that is moved in every block into a straight line (its spectrum is zero at the block rate, where
 * a staircase would sing); the window leaves no corner. Energy that a step from 0 to −20 dB spreads beyond ±200 Hz
 * of a tone lies 98 dB (44.1 kHz) and 105 dB (48 kHz) under one second of it.
 */

/** Length of a ramp in seconds, at rates where it is longer than two blocks. */
export const rampSeconds = 0.024;

/** Length of a ramp in frames: 24 ms, at low rates as much as the average over a block and 8 ms of window need. */
export function rampFrames(sampleRate: number, blockFrames: number): number {
  return blockFrames + windowFrames(sampleRate, blockFrames) - 1;
}

function windowFrames(sampleRate: number, blockFrames: number): number {
  return Math.max(Math.round(rampSeconds * sampleRate) - blockFrames + 1, Math.round(0.008 * sampleRate));
}

/**
 * S(n) for n = 0 … `rampFrames` − 1: the share of the way that is done in frame n after the change; rises
 * from just above 0 to 1 and is symmetric about its middle. Computed as two running sums of the Hann window sin²(π(i + ½)/w).
 */
export function rampCurve(sampleRate: number, blockFrames: number): Float64Array {
  const width = windowFrames(sampleRate, blockFrames);
  const length = rampFrames(sampleRate, blockFrames);
  const curve = new Float64Array(length);
  // The sum of the window is w/2, that of the average 1.
  const weight = (index: number): number =>
    index < 0 || index >= width ? 0 : (2 / width) * Math.sin((Math.PI * (index + 0.5)) / width) ** 2;
  let average = 0;
  let done = 0;
  for (let frame = 0; frame < length; frame++) {
    average += (weight(frame) - weight(frame - blockFrames)) / blockFrames;
    done += average;
    curve[frame] = done;
  }
  return curve;
}

/** A raised cosine rising from 0 to 1 over `frames` frames, for starts and stops of the tape: ½ − ½·cos(π(n + ½)/N). */
export function fadeCurve(frames: number): Float64Array {
  return Float64Array.from({length: frames}, (_, frame) => 0.5 - 0.5 * Math.cos((Math.PI * (frame + 0.5)) / frames));
}
