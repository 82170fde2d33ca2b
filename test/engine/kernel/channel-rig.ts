import type {Biquad, ChannelPlan} from '../../../src/engine/plan/plan.ts';
import {blockFrames, feed, openKernel, taken} from './kernel-rig.ts';

/** A channel without any processing. */
export const noProcessing: ChannelPlan = {
  sections: [],
  gate: undefined,
  compressor: undefined,
  saturator: undefined,
  width: 1,
};

export interface Rendered {
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** The meters of each block. */
  readonly meters: readonly Float32Array[];
}

/** Fader under which nothing comes to the ceiling; a power of two, so that it changes no bit. */
const fader = 2 ** -8;

/** What a channel makes of a signal, however loud: the output of a kernel of one strip; `planAt` may give a new plan before each block. */
export async function rendered(
  planAt: ChannelPlan | ((block: number) => ChannelPlan),
  left: Float32Array,
  right: Float32Array = left,
  sampleRate = 48_000,
): Promise<Rendered> {
  const kernel = await openKernel(1, sampleRate);
  const plans = typeof planAt === 'function' ? planAt : () => planAt;
  kernel.setStrip(0, {pre: 1, left: fader, right: fader});
  kernel.setChannel(0, plans(0));
  kernel.settle();
  const out = {left: new Float32Array(left.length), right: new Float32Array(left.length)};
  const meters: Float32Array[] = [];
  for (let at = 0; at < left.length; at += blockFrames) {
    if (at > 0) kernel.setChannel(0, plans(at / blockFrames));
    feed(kernel, 0, left.subarray(at, at + blockFrames), right.subarray(at, at + blockFrames));
    kernel.render(blockFrames);
    const part = taken(kernel.output, Math.min(blockFrames, left.length - at));
    out.left.set(
      part.left.map((value) => value / fader),
      at,
    );
    out.right.set(
      part.right.map((value) => value / fader),
      at,
    );
    meters.push(kernel.meters.slice());
  }
  return {...out, meters};
}

/** Amplitude of a tone in the frames `from` … `to` of a signal, by the Fourier integral; a whole number of periods. */
export function amplitudeAt(
  signal: ArrayLike<number>,
  hertz: number,
  sampleRate: number,
  from: number,
  to: number,
): number {
  let re = 0;
  let im = 0;
  for (let n = from; n < to; n++) {
    const phase = (2 * Math.PI * hertz * n) / sampleRate;
    re += (signal[n] ?? 0) * Math.cos(phase);
    im += (signal[n] ?? 0) * Math.sin(phase);
  }
  return (2 * Math.hypot(re, im)) / (to - from);
}

/** A bell of the kind that everyone knows (R. Bristow-Johnson, "Audio EQ cookbook"). */
export function bell(hertz: number, gainDb: number, q: number, sampleRate: number): Biquad {
  const a = 10 ** (gainDb / 40);
  const w = (2 * Math.PI * hertz) / sampleRate;
  const alpha = Math.sin(w) / (2 * q);
  const a0 = 1 + alpha / a;
  return {
    b0: (1 + alpha * a) / a0,
    b1: (-2 * Math.cos(w)) / a0,
    b2: (1 - alpha * a) / a0,
    a1: (-2 * Math.cos(w)) / a0,
    a2: (1 - alpha / a) / a0,
  };
}

/** A high-pass of second order from the same source. */
export function highPass(hertz: number, q: number, sampleRate: number): Biquad {
  const w = (2 * Math.PI * hertz) / sampleRate;
  const alpha = Math.sin(w) / (2 * q);
  const a0 = 1 + alpha;
  const b = (1 + Math.cos(w)) / 2 / a0;
  return {b0: b, b1: -2 * b, b2: b, a1: (-2 * Math.cos(w)) / a0, a2: (1 - alpha) / a0};
}
