import type {QuasiPeakBallistics} from '../../gain/quasi-peak.ts';

/** What the kernel's quasi-peak meters go by, in the order of its `setQuasiPeak`. */
export type QuasiPeakNumbers = readonly [slow: number, fast: number, fall: number, drift: number, factor: number];

/**
 * Numbers of a meter at a rate in hertz; all 0 turns it off. A frame takes so little of a charge that a float cannot say how much to better than
 * 0.1 % at 48 kHz, so what rounding lost goes with it as `drift`.
 */
export function quasiPeakNumbers(sampleRate: number, ballistics: QuasiPeakBallistics | undefined): QuasiPeakNumbers {
  if (ballistics === undefined) return [0, 0, 0, 0, 0];
  const {slowRate, fastRate, fallRate, gain} = ballistics;
  const fall = Math.exp(-fallRate / sampleRate);
  const drift = fall / Math.fround(fall) - 1;
  return [1 - Math.exp(-slowRate / sampleRate), 1 - Math.exp(-fastRate / sampleRate), fall, drift, gain];
}
