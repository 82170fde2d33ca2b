import type {Biquad} from '../plan/plan.ts';
import {type FittedCurve, fitCurve} from './curve-fit.ts';
import {curveLevelDb, type SpeakerCurve} from './speaker-curves.ts';

/** A stereo pair heard through a speaker; minimum phase, latency 0. */
export interface SpeakerFilter {
  /** The speaker's sound of `left` and `right`, into `toLeft` and `toRight`, for so many frames. */
  process(left: Float32Array, right: Float32Array, toLeft: Float64Array, toRight: Float64Array): void;
  /** Forgets what it has heard. */
  clear(): void;
  /** What it has heard; the way back to it is the function that comes. */
  mark(): () => void;
}

/** Fits are kept by curve and rate: a monitor is made anew with every engine, its speakers are always the same. */
const fits = new WeakMap<SpeakerCurve, Map<number, FittedCurve>>();

function fitted(curve: SpeakerCurve, sampleRate: number): FittedCurve {
  const known = fits.get(curve) ?? new Map<number, FittedCurve>();
  fits.set(curve, known);
  const fit = known.get(sampleRate) ?? fitCurve((hertz) => curveLevelDb(curve, hertz), sampleRate);
  known.set(sampleRate, fit);
  return fit;
}

/** What a filter is made of, and two numbers a section and side of what it has heard (transposed direct form II). */
interface Speaker {
  readonly sections: readonly Biquad[];
  readonly scale: number;
  readonly memory: Float64Array;
}

function speakerOf(curve: SpeakerCurve, sampleRate: number): Speaker {
  const {gain, sections} = fitted(curve, sampleRate);
  const scale = gain * 10 ** (-Math.max(...curve.points.map(([, levelDb]) => levelDb)) / 20);
  return {sections, scale, memory: new Float64Array(4 * sections.length)};
}

/**
 * Makes the filter of a curve, whose highest point becomes 0 dB: a check is never louder than the mix. The curve is fitted when something is first heard through it
 * (tens of milliseconds): an engine should not start later for speakers that nobody asks for.
 */
export function createSpeakerFilter(curve: SpeakerCurve, sampleRate: number): SpeakerFilter {
  let speaker: Speaker | undefined;
  return {
    process(left, right, toLeft, toRight) {
      speaker ??= speakerOf(curve, sampleRate);
      const {scale} = speaker;
      for (let frame = 0; frame < left.length; frame++) {
        const middle = ((left[frame] ?? 0) + (right[frame] ?? 0)) / 2;
        const side = (curve.width * ((left[frame] ?? 0) - (right[frame] ?? 0))) / 2;
        toLeft[frame] = scale * (middle + side);
        toRight[frame] = scale * (middle - side);
      }
      filter(speaker, toLeft, left.length, 0);
      if (curve.width > 0) filter(speaker, toRight, left.length, 1);
      else toRight.set(toLeft.subarray(0, left.length));
    },
    clear: () => {
      speaker?.memory.fill(0);
    },
    mark() {
      const was = speaker?.memory.slice();
      return () => {
        if (was === undefined) speaker?.memory.fill(0);
        else speaker?.memory.set(was);
      };
    },
  };
}

function filter({sections, memory}: Speaker, samples: Float64Array, frames: number, side: number): void {
  for (const [index, {b0, b1, b2, a1, a2}] of sections.entries()) {
    const at = 4 * index + 2 * side;
    let near = memory[at] ?? 0;
    let far = memory[at + 1] ?? 0;
    for (let frame = 0; frame < frames; frame++) {
      const x = samples[frame] ?? 0;
      const y = b0 * x + near;
      near = b1 * x - a1 * y + far;
      far = b2 * x - a2 * y;
      samples[frame] = y;
    }
    memory[at] = settled(near);
    memory[at + 1] = settled(far);
  }
}

/** Numbers too small to be heard become 0 before they become slow; what is no number becomes 0, too. */
function settled(value: number): number {
  return Math.abs(value) > 1e-30 && Number.isFinite(value) ? value : 0;
}
