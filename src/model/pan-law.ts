import type {PanLawDb} from './mixer.ts';

/** What reaches each side. Factors are amplitudes, 0…1. */
export interface Sides {
  readonly left: number;
  readonly right: number;
}

/**
 * Pan of a mono strip, −1…+1, by a law that is 3, 4.5 or 6 dB down at the centre: `cos` and `sin` of (pan + 1)·π/4 to the power of
 * law / 3. At 3 dB the powers of both sides always add to 1 (centre −3.01 dB), at 6 dB their amplitudes (centre −6.02 dB), 4.5 dB
 * lies between (−4.52 dB). A side that is turned away is exactly silent, the other is at 0 dB.
 */
export function panSides(pan: number, lawDb: PanLawDb = 3): Sides {
  const angle = ((pan + 1) * Math.PI) / 4;
  const left = pan >= 1 ? 0 : Math.cos(angle);
  const right = pan <= -1 ? 0 : Math.sin(angle);
  return lawDb === 3 ? {left, right} : {left: left ** (lawDb / 3), right: right ** (lawDb / 3)};
}

/**
 * Balance of a stereo strip, −1…+1: the side it leans to stays at 0 dB, the other is turned down by
 * `cos`(|balance|·π/2). The centre is 0 dB on both sides; a side that is turned away is exactly silent.
 */
export function balanceSides(balance: number): Sides {
  const far = Math.abs(balance) >= 1 ? 0 : Math.cos((Math.abs(balance) * Math.PI) / 2);
  return balance > 0 ? {left: far, right: 1} : {left: 1, right: far};
}
