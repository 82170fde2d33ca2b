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
export const vuDamping = 0.8127;
export const vuRadians = 13.512;

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
  const needles = [createVuNeedle(sampleRate), createVuNeedle(sampleRate)] as const;
  return {
    push(left, right, frames) {
      const length = Math.min(frames, left.length, right.length);
      for (let frame = 0; frame < length; frame++) {
        needles[0].drive(Math.abs(left[frame] ?? 0), 1);
        needles[1].drive(Math.abs(right[frame] ?? 0), 1);
      }
    },
    reading: () => [dbFromFactor(needles[0].factor), dbFromFactor(needles[1].factor)],
    reset() {
      for (const needle of needles) needle.reset();
    },
  };
}
