/** What reaches each side. Factors are amplitudes, 0…1. */
export interface Sides {
  readonly left: number;
  readonly right: number;
}

/**
 * Pan of a mono strip, −1…+1: constant power, `cos` and `sin` of (pan + 1)·π/4. Left² + right² is always 1;
 * the centre is −3.01 dB a side. A side that is turned away is exactly silent.
 */
export function panSides(pan: number): Sides {
  const angle = ((pan + 1) * Math.PI) / 4;
  return {left: pan >= 1 ? 0 : Math.cos(angle), right: pan <= -1 ? 0 : Math.sin(angle)};
}

/**
 * Balance of a stereo strip, −1…+1: the side it leans to stays at 0 dB, the other is turned down by
 * `cos`(|balance|·π/2). The centre is 0 dB on both sides; a side that is turned away is exactly silent.
 */
export function balanceSides(balance: number): Sides {
  const far = Math.abs(balance) >= 1 ? 0 : Math.cos((Math.abs(balance) * Math.PI) / 2);
  return balance > 0 ? {left: far, right: 1} : {left: 1, right: far};
}
