/**
 * Interpolating filters for true peaks: sinc functions under a Kaiser window (β 9 over 48 taps, 7 over 24, 5 over 12), each scaled to a gain of 1 at
 * zero frequency, and the example filter of ITU-R BS.1770-5, Annex 2. The longest sees what lies close to half the sampling rate, the others
 * are what common meters read with.
 */

/** Phases 0 and 1 of the example in BS.1770-5, Annex 2; phases 3 and 2 are the same backwards. */
const annexPhases: readonly (readonly number[])[] = [
  [
    0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625, 0.97216796875,
    -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
  ],
  [
    -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625, 0.77978515625,
    -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
  ],
];

/** Taps that give the signal `fraction` (0…1) after the sample at index taps/2 − 1. */
export function interpolator(taps: number, fraction: number, beta: number): Float64Array {
  const half = taps / 2;
  const filter = Float64Array.from({length: taps}, (_, index) => {
    const distance = index - (half - 1) - fraction;
    const edge = Math.max(0, 1 - (distance / half) ** 2);
    return (sinc(distance) * bessel(beta * Math.sqrt(edge))) / bessel(beta);
  });
  const sum = filter.reduce((total, tap) => total + tap, 0);
  return filter.map((tap) => tap / sum);
}

/** All filters in the order in which the limiter reads them: 48 and 24 taps at 1/8, 2/8, 3/8, 4/8, then 12 taps at 1/4, 1/2 and the two of the standard. */
export function peakFilters(): readonly ArrayLike<number>[] {
  return [
    ...[1, 2, 3, 4].map((eighth) => interpolator(48, eighth / 8, 9)),
    ...[1, 2, 3, 4].map((eighth) => interpolator(24, eighth / 8, 7)),
    ...[1, 2].map((quarter) => interpolator(12, quarter / 4, 5)),
    ...annexPhases,
  ];
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Modified Bessel function of the first kind and order 0, by its power series; within 1e-15 up to x = 20. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let index = 1; index < 60; index++) {
    term *= (x / (2 * index)) ** 2;
    sum += term;
  }
  return sum;
}
