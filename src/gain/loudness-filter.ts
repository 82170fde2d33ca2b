import {kWeighting} from './k-weighting.ts';

/**
 * Two channels K-weighted and squared, with their sample peaks, as one row of numbers:
 *
 *   0 b0 b1 b2 a1 a2 of the shelf, a1 a2 of the high-pass (its b is a scale times 1, −2, 1, worked into the shelf)
 *   8 delays: shelf, high-pass of the left, then of the right, two each
 *  16 sums of the weighted squares, left and right, since they were last taken   18 highest absolute samples since the start
 *
 * One array, because the loop over it is what all loudness costs: with objects around its numbers, compiled code was thrown away at the first collection
 * of garbage and the loop ran at a third of its speed ever after (Node 20).
 */
export type PairFilter = Float64Array;

/** Where the sums and the peaks stand. */
export const energyAt = 16;
export const peakAt = 18;
const delaysAt = 8;

/** −400 dBFS. */
const faint = 1e-20;

/** A filter at rest. `sampleRate` in hertz. */
export function createPairFilter(sampleRate: number): PairFilter {
  const {shelf, highPass} = kWeighting(sampleRate);
  const scale = highPass.b0;
  const filter = new Float64Array(20);
  filter.set([shelf.b0 * scale, shelf.b1 * scale, shelf.b2 * scale, shelf.a1, shelf.a2, highPass.a1, highPass.a2]);
  return filter;
}

/**
 * Takes the frames `from` … `to`; false if a sample is NaN or infinite: then nothing was taken. Both channels go through one loop in direct form II: two
 * chains of dependent steps that the processor works at the same time.
 */
export function addFrames(
  filter: PairFilter,
  left: Float32Array,
  right: Float32Array,
  from: number,
  to: number,
): boolean {
  const b0 = filter[0] ?? 0;
  const b1 = filter[1] ?? 0;
  const b2 = filter[2] ?? 0;
  const a1 = filter[3] ?? 0;
  const a2 = filter[4] ?? 0;
  const c1 = filter[5] ?? 0;
  const c2 = filter[6] ?? 0;
  let u1 = filter[8] ?? 0;
  let u2 = filter[9] ?? 0;
  let v1 = filter[10] ?? 0;
  let v2 = filter[11] ?? 0;
  let w1 = filter[12] ?? 0;
  let w2 = filter[13] ?? 0;
  let z1 = filter[14] ?? 0;
  let z2 = filter[15] ?? 0;
  let leftEnergy = filter[16] ?? 0;
  let rightEnergy = filter[17] ?? 0;
  let leftPeak = filter[18] ?? 0;
  let rightPeak = filter[19] ?? 0;
  for (let frame = from; frame < to; frame++) {
    const x = left[frame] ?? 0;
    const y = right[frame] ?? 0;
    leftPeak = Math.max(leftPeak, Math.abs(x));
    rightPeak = Math.max(rightPeak, Math.abs(y));
    const u = x - a2 * u2 - a1 * u1;
    const w = y - a2 * w2 - a1 * w1;
    const v = b0 * u + b1 * u1 + b2 * u2 - c2 * v2 - c1 * v1;
    const z = b0 * w + b1 * w1 + b2 * w2 - c2 * z2 - c1 * z1;
    const leftOut = v - 2 * v1 + v2;
    const rightOut = z - 2 * z1 + z2;
    leftEnergy += leftOut * leftOut;
    rightEnergy += rightOut * rightOut;
    u2 = u1;
    u1 = u;
    v2 = v1;
    v1 = v;
    w2 = w1;
    w1 = w;
    z2 = z1;
    z1 = z;
  }
  // One sample that is no number, and all sums after it are none: looked at once a call, not at every sample.
  if (!(leftEnergy + rightEnergy < Number.POSITIVE_INFINITY)) return false;
  filter[8] = u1;
  filter[9] = u2;
  filter[10] = v1;
  filter[11] = v2;
  filter[12] = w1;
  filter[13] = w2;
  filter[14] = z1;
  filter[15] = z2;
  filter[16] = leftEnergy;
  filter[17] = rightEnergy;
  filter[18] = leftPeak;
  filter[19] = rightPeak;
  return true;
}

/** Sets the sums back to 0, and what rings on below −400 dBFS with them: denormal numbers are slow, and silence shall become silence. */
export function restFilter(filter: PairFilter): void {
  filter.fill(0, energyAt, peakAt);
  for (let at = delaysAt; at < energyAt; at++) if (Math.abs(filter[at] ?? 0) < faint) filter[at] = 0;
}

/** Forgets everything but its factors. */
export function resetFilter(filter: PairFilter): void {
  filter.fill(0, delaysAt);
}
