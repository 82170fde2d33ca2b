import {createEffect, type EffectUnit} from '../../../src/engine/effects/effect-unit.ts';
import type {EffectKind} from '../../../src/model/effect.ts';
import {samplesOf} from '../../samples.ts';

export interface Sound {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** An effect with these values. */
export function effectOf(
  kind: EffectKind,
  values: Readonly<Record<string, number>> = {},
  sampleRate = 48_000,
): Promise<EffectUnit> {
  return createEffect({kind, values}, sampleRate);
}

/** A stereo sound with single samples at 1, or silence. */
export function impulse(
  frames: number,
  at: {readonly left?: number; readonly right?: number} = {left: 0, right: 0},
): Sound {
  const sound = {left: new Float32Array(frames), right: new Float32Array(frames)};
  if (at.left !== undefined) sound.left[at.left] = 1;
  if (at.right !== undefined) sound.right[at.right] = 1;
  return sound;
}

/** Noise on both sides, the same for the same seed. */
export function noise(frames: number, gain = 1, seed = 1): Sound {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return gain * (state / 2 ** 31 - 1);
  };
  return {left: samplesOf(frames, next), right: samplesOf(frames, next)};
}

/** What the effect makes of a sound, block by block. */
export function sent(unit: EffectUnit, {left, right}: Sound, block = 512): Sound {
  const wet = {left: left.slice(), right: right.slice()};
  for (let from = 0; from < left.length; from += block)
    unit.process(wet.left.subarray(from, from + block), wet.right.subarray(from, from + block));
  return wet;
}

/** Equal to the bit; long arrays are not printed. */
export function same(one: Sound, other: Sound): boolean {
  const equal = (a: Float32Array, b: Float32Array): boolean =>
    a.length === b.length && a.every((sample, frame) => Object.is(sample, b[frame]));
  return equal(one.left, other.left) && equal(one.right, other.right);
}

export function peak(signal: ArrayLike<number>): number {
  return Array.from(signal).reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
}

export function energy(signal: ArrayLike<number>): number {
  return Array.from(signal).reduce((sum, sample) => sum + sample * sample, 0);
}

/** Magnitude of a signal's spectrum at one frequency, by the definition. */
export function magnitudeAt(signal: ArrayLike<number>, hertz: number, sampleRate: number): number {
  const turn = (2 * Math.PI * hertz) / sampleRate;
  const samples = Array.from(signal);
  const real = samples.reduce((sum, sample, frame) => sum + sample * Math.cos(turn * frame), 0);
  const imaginary = samples.reduce((sum, sample, frame) => sum + sample * Math.sin(turn * frame), 0);
  return Math.hypot(real, imaginary);
}
