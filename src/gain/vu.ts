import {dbFromFactor} from '../model/decibel.ts';
import {sineAverage} from './level-convention.ts';
import {type NeedleMeter, soundOf} from './needle.ts';

/**
 * The VU meter of IEC 60268-17: a needle of the second order that shows the average of the rectified sound, referenced to a sine. A steady tone is shown to 99 %
 * after 300 ms and overshot by 1 to 1.5 %; both give damping and frequency:
 *
 *   overshoot e^(−πζ/√(1−ζ²)) = 1.25 %  →  ζ = 0.8127        first 99 % at 300 ms  →  ω₀ = 13.512 rad/s (2.15 Hz)
 *
 * Between two samples the needle moves as the differential equation says with what it is driven by standing still: so it is the same needle at any
 * rate, and may be driven by the average of a whole block where samples are gone.
 */
const vuDamping = 0.8127;
const vuRadians = 13.512;

/** One needle; mutable. */
export interface VuNeedle {
  /** Takes the mean of the absolute samples of so many frames. */
  drive(average: number, frames: number): void;
  /** Where it stands: the amplitude of the steady sine that it would show, 0 and more. */
  readonly factor: number;
  reset(): void;
}

/** Below this it stands still, so that silence becomes silence. */
const faint = 1e-9;

interface Step {
  readonly stay: number;
  readonly run: number;
  readonly pull: number;
  readonly keep: number;
}

/** What becomes of deviation and speed in so many seconds: [deviation, speed] → [stay·d + run·v, pull·d + keep·v]. */
function stepOf(seconds: number): Step {
  const damping = vuDamping * vuRadians;
  const turn = vuRadians * Math.sqrt(1 - vuDamping ** 2);
  const decay = Math.exp(-damping * seconds);
  const cosine = decay * Math.cos(turn * seconds);
  const sine = (decay * Math.sin(turn * seconds)) / turn;
  return {stay: cosine + damping * sine, run: sine, pull: -(vuRadians ** 2) * sine, keep: cosine - damping * sine};
}

/** A needle at rest. `sampleRate` in frames a second. */
export function createVuNeedle(sampleRate: number): VuNeedle {
  let at = 0;
  let speed = 0;
  // Blocks are nearly always of one length.
  let stepFrames = 1;
  let step = stepOf(1 / sampleRate);
  return {
    drive(average, frames) {
      if (frames !== stepFrames) {
        stepFrames = frames;
        step = stepOf(frames / sampleRate);
      }
      const to = sineAverage * soundOf(average);
      const deviation = at - to;
      at = to + step.stay * deviation + step.run * speed;
      speed = step.pull * deviation + step.keep * speed;
      if (to === 0 && Math.abs(at) < faint && Math.abs(speed) < faint) at = speed = 0;
    },
    get factor() {
      return Math.max(0, at);
    },
    reset() {
      at = speed = 0;
    },
  };
}

/** Both needles at rest; the reading is in dB of a full-scale sine, so a sine that peaks at −18 dBFS reads −18. */
export function createVuMeter(sampleRate: number): NeedleMeter {
  const step = stepOf(1 / sampleRate);
  /** Where each needle stands, and its speed: numbers in a closure would be made anew at every sample. */
  const needles = [new Float64Array(2), new Float64Array(2)] as const;
  const read = (needle: Float64Array): number => dbFromFactor(Math.max(0, needle[0] ?? 0));
  return {
    push(left, right, frames) {
      const length = Math.min(frames, left.length, right.length);
      driveBySamples(needles[0], step, left, length);
      driveBySamples(needles[1], step, right, length);
    },
    reading: () => [read(needles[0]), read(needles[1])],
    reset() {
      for (const needle of needles) needle.fill(0);
    },
  };
}

/** What `VuNeedle.drive` does, for one sample after the other. */
function driveBySamples(needle: Float64Array, step: Step, samples: Float32Array, frames: number): void {
  const {stay, run, pull, keep} = step;
  let at = needle[0] ?? 0;
  let speed = needle[1] ?? 0;
  for (let frame = 0; frame < frames; frame++) {
    const to = sineAverage * soundOf(Math.abs(samples[frame] ?? 0));
    const deviation = at - to;
    at = to + stay * deviation + run * speed;
    speed = pull * deviation + keep * speed;
    if (to === 0 && Math.abs(at) < faint && Math.abs(speed) < faint) at = speed = 0;
  }
  needle[0] = at;
  needle[1] = speed;
}
