/**
 * A classic meter of two sides. It takes samples one by one, so that blocks of any length give the same reading to the bit; samples that are no finite
 * numbers count as 0.
 */
export interface NeedleMeter {
  /** Takes the next frames; fewer if an array is shorter. */
  push(left: Float32Array, right: Float32Array, frames: number): void;
  /** Where the needles stand now. */
  reading(): NeedleReading;
  /** Both needles back to rest. */
  reset(): void;
}

/** Left and right in dB of full scale; what 0 dB is in each kind of meter stands at its maker. `-Infinity` for silence, never NaN. */
export type NeedleReading = readonly [leftDb: number, rightDb: number];

/** Needles at rest. */
export const atRest: NeedleReading = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** A sample that can be reckoned with. */
export function soundOf(sample: number | undefined): number {
  return sample !== undefined && Number.isFinite(sample) ? sample : 0;
}
