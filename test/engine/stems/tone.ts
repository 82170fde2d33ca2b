import {samplesOf} from '../../samples.ts';

/** The fixtures' sound: `side` 0 is 997 Hz at half, 1 is 499 Hz at a quarter of full scale. */
export function tone(side: number, frame: number, sampleRate = 44_100): number {
  return side === 0
    ? 0.5 * Math.sin((2 * Math.PI * 997 * frame) / sampleRate)
    : 0.25 * Math.sin((2 * Math.PI * 499 * frame) / sampleRate);
}

/** So many frames of it. */
export function toneSamples(side: number, frames: number, sampleRate = 44_100): Float32Array {
  return samplesOf(frames, (frame) => tone(side, frame, sampleRate));
}

/** Reproducible noise, full scale. */
export function noise(frames: number, seed = 1): Float32Array {
  let state = seed;
  return samplesOf(frames, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.fround(state / 2 ** 31 - 1);
  });
}

/** Difference of two signals against the level of the second, in dB, over `from`…`to`. */
export function errorDb(got: Float32Array, wanted: (frame: number) => number, from: number, to: number): number {
  let error = 0;
  let level = 0;
  for (let frame = from; frame < to; frame++) {
    error += ((got[frame] ?? 0) - wanted(frame)) ** 2;
    level += wanted(frame) ** 2;
  }
  return 10 * Math.log10(error / level);
}
