import {kWeighting} from './k-weighting.ts';

/** Two channels K-weighted and squared, with their sample peaks. */
export interface PairFilter {
  /** Sums of the weighted squares since they were last taken. */
  readonly energies: Float64Array;
  /** Highest absolute samples since the start. */
  readonly peaks: Float64Array;
  /** Takes the frames `from` … `to`; false if a sample is NaN or infinite: then nothing was taken. */
  add(left: Float32Array, right: Float32Array, from: number, to: number): boolean;
  /** Sets the sums back to 0, and what rings on below −400 dBFS with them: denormal numbers are slow, and silence shall become silence. */
  rest(): void;
  /** Forgets everything. */
  reset(): void;
}

/** −400 dBFS. */
const faint = 1e-20;

/** A filter at rest. `sampleRate` in hertz. */
export function createPairFilter(sampleRate: number): PairFilter {
  const {shelf, highPass} = kWeighting(sampleRate);
  // The high-pass is scale · (1, −2, 1); its scale is worked into the shelf.
  const scale = highPass.b0;
  const factors = [shelf.b0 * scale, shelf.b1 * scale, shelf.b2 * scale, shelf.a1, shelf.a2, highPass.a1, highPass.a2];
  /** Two delays a section, two sections a channel. */
  const delays = new Float64Array(8);
  const energies = new Float64Array(2);
  const peaks = new Float64Array(2);
  return {
    energies,
    peaks,
    // Both channels in one loop, in direct form II: two chains of dependent steps that the processor works at the same time.
    add(left, right, from, to) {
      const b0 = factors[0] ?? 0;
      const b1 = factors[1] ?? 0;
      const b2 = factors[2] ?? 0;
      const a1 = factors[3] ?? 0;
      const a2 = factors[4] ?? 0;
      const c1 = factors[5] ?? 0;
      const c2 = factors[6] ?? 0;
      let u1 = delays[0] ?? 0;
      let u2 = delays[1] ?? 0;
      let v1 = delays[2] ?? 0;
      let v2 = delays[3] ?? 0;
      let w1 = delays[4] ?? 0;
      let w2 = delays[5] ?? 0;
      let z1 = delays[6] ?? 0;
      let z2 = delays[7] ?? 0;
      let leftEnergy = energies[0] ?? 0;
      let rightEnergy = energies[1] ?? 0;
      let leftPeak = peaks[0] ?? 0;
      let rightPeak = peaks[1] ?? 0;
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
      delays[0] = u1;
      delays[1] = u2;
      delays[2] = v1;
      delays[3] = v2;
      delays[4] = w1;
      delays[5] = w2;
      delays[6] = z1;
      delays[7] = z2;
      energies[0] = leftEnergy;
      energies[1] = rightEnergy;
      peaks[0] = leftPeak;
      peaks[1] = rightPeak;
      return true;
    },
    rest() {
      energies.fill(0);
      for (let index = 0; index < delays.length; index++) if (Math.abs(delays[index] ?? 0) < faint) delays[index] = 0;
    },
    reset() {
      delays.fill(0);
      energies.fill(0);
      peaks.fill(0);
    },
  };
}
