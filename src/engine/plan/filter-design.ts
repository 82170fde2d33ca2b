import {type Factor, type Fit, fitMagnitude, fittedPower, type Point} from './magnitude-fit.ts';
import type {Biquad} from './plan.ts';
import {type AnaloguePart, analogueDb, analoguePower, highPass, type Prototype, type Quadratic} from './prototype.ts';

/** Up to here a filter follows its prototype, hertz; at low sample rates up to `highestShare` of the rate. */
const highestHz = 18_300;
const highestShare = 0.415;
/** Up to this error in dB a fit is left as it is; from the other on what is added to it works in full. */
const goodDb = 0.025;
const poorDb = 0.04;
const nepersPerDb = Math.LN10 / 10;

/**
 * Digital sections whose magnitude follows an analogue filter up to 18 kHz, near Nyquist too: one for each of its parts and, where a
 * filter of one part needs it, one more. All are stable and of minimum phase. Poles and zeros start where e^(s/fs) puts the analogue ones
 * ("matched z"), then they are fitted to the analogue magnitude, with up to two poles and zeros more where the error is too large.
 */
export function designSections(prototype: Prototype, sampleRate: number): readonly Biquad[] {
  const points = pointsOf(prototype, sampleRate);
  let fit = fitMagnitude(startOf(prototype, points, sampleRate), points, 5);
  for (const u of prototype.length === 1 ? [2, 6] : []) {
    const error = errorDb(fit, prototype, sampleRate);
    if (error > goodDb) fit = extended(fit, points, u, smoothStep((error - goodDb) / (poorDb - goodDb)));
  }
  return sectionsOf(fit);
}

/**
 * The fit with one more pole and zero, which begin together and so do nothing. It goes only a `share` of the way to the points, the rest
 * stays at what the fit gave: so that nothing jumps where a sweep comes to need it.
 */
function extended(fit: Fit, points: readonly Point[], u: number, share: number): Fit {
  const factors: readonly Factor[] = [
    ...fit.factors,
    {order: 1, side: 'numerator', u, t: 0},
    {order: 1, side: 'denominator', u: u * 1.01, t: 0},
  ];
  const targets = points.map((point) => {
    const reached = fittedPower(fit, point.s);
    return {...point, power: reached + share * (point.power - reached)};
  });
  return fitMagnitude({gain: fit.gain, factors}, targets, 6);
}

/** High-pass of 12 dB an octave for what a detector hears. */
export function designSidechain(hz: number, sampleRate: number): Biquad | undefined {
  return designSections(highPass(hz, 12), sampleRate)[0];
}

/** Largest difference to the prototype in dB up to the highest frequency that counts. */
function errorDb(fit: Fit, prototype: Prototype, sampleRate: number): number {
  const top = topHz(sampleRate);
  let largest = 0;
  for (let step = 0; step <= 64; step++) {
    const hz = Math.max(10, (top * step) / 64);
    const got = fittedPower(fit, Math.sin((Math.PI * hz) / sampleRate) ** 2) / nepersPerDb;
    largest = Math.max(largest, Math.abs(got - analogueDb(prototype, hz)));
  }
  return largest;
}

function topHz(sampleRate: number): number {
  return Math.min(highestHz, highestShare * sampleRate);
}

/** Where the fit looks: Chebyshev's points up to the top, some above it that count little, and a ladder about each root of the prototype. */
function pointsOf(prototype: Prototype, sampleRate: number): readonly Point[] {
  const top = topHz(sampleRate);
  const wanted: [hz: number, weight: number][] = [];
  const even = 28;
  for (let step = 0; step < even; step++) {
    wanted.push([(top / 2) * (1 - Math.cos((Math.PI * (step + 0.5)) / even)), 1]);
  }
  for (let step = 1; step <= 6; step++) wanted.push([top + ((0.49 * sampleRate - top) * step) / 6, 0.02]);
  for (const part of prototype) {
    for (const root of [part.numerator, part.denominator]) {
      const [c0, c1, c2] = root;
      if (c0 === 0 || c2 === 0) continue;
      const hz = part.hz * Math.sqrt(c0 / c2);
      const damping = c1 / Math.sqrt(c0 * c2);
      for (const rung of [0, 0.35, 1, 2.5, 6]) {
        const away = Math.exp(Math.asinh((rung * damping) / 2));
        for (const at of rung === 0 ? [hz] : [hz * away, hz / away]) wanted.push([at, fade(at, top)]);
      }
    }
  }
  return wanted
    .filter(([, weight]) => weight > 0)
    .map(([hz, weight]) => ({
      s: Math.sin((Math.PI * hz) / sampleRate) ** 2,
      power: Math.log(analoguePower(prototype, hz)),
      weight,
    }));
}

/** 1 below the top, smoothly 0 just over it. */
function fade(hz: number, top: number): number {
  return smoothStep((top * 1.05 - hz) / (0.1 * top));
}

/** 3x² − 2x³, from 0 to 1. */
function smoothStep(share: number): number {
  const x = Math.min(1, Math.max(0, share));
  return x * x * (3 - 2 * x);
}

function startOf(prototype: Prototype, points: readonly Point[], sampleRate: number): Fit {
  const factors = prototype.flatMap((part, index) => [
    factorOf(part, part.numerator, 'numerator', index, sampleRate),
    factorOf(part, part.denominator, 'denominator', index, sampleRate),
  ]);
  const middle = points.reduce(
    (sum, point) => sum + point.weight * (point.power - fittedPower({gain: 0, factors}, point.s)),
    0,
  );
  return {gain: middle / points.reduce((sum, point) => sum + point.weight, 0), factors};
}

function factorOf(
  {hz}: AnaloguePart,
  [c0, c1, c2]: Quadratic,
  side: Factor['side'],
  index: number,
  sampleRate: number,
): Factor {
  if (c0 === 0) return {order: 0, side, u: 0, t: 1};
  // A low-pass has no zeros; those that stand for the steeper fall towards Nyquist begin here, each part's elsewhere.
  if (c2 === 0) return {order: 2, side, ...(index === 0 ? {u: 1.5, t: 1.25} : {u: 8, t: 3})};
  const angle = Math.min(0.9 * Math.PI, (2 * Math.PI * hz * Math.sqrt(c0 / c2)) / sampleRate);
  const damping = c1 / (2 * Math.sqrt(c0 * c2));
  const [sum, product] = matchedRoots(angle, damping);
  const nyquist = 1 + sum + product;
  return {order: 2, side, u: (1 - sum + product) / nyquist, t: (1 - product) / nyquist};
}

/** Sum and product of the roots e^(angle·(−damping ± √(damping² − 1))). */
function matchedRoots(angle: number, damping: number): readonly [sum: number, product: number] {
  const decay = Math.exp(-angle * damping);
  if (damping < 1) return [2 * decay * Math.cos(angle * Math.sqrt(1 - damping * damping)), decay * decay];
  const spread = Math.sqrt(damping * damping - 1);
  const slow = Math.exp(-angle / (damping + spread));
  const fast = Math.exp(-angle * (damping + spread));
  return [slow + fast, slow * fast];
}

/** One biquad for each pair of second-order factors, one for all of first order together. */
function sectionsOf({gain, factors}: Fit): readonly Biquad[] {
  const [numerators, denominators] = (['numerator', 'denominator'] as const).map((side) => polynomials(factors, side));
  let rest = Math.exp(gain / 2);
  const sections = (numerators ?? []).map((numerator, index) => {
    const denominator = denominators?.[index] ?? [1, 0, 0];
    const scale = valueAt(denominator, numerator) / valueAt(numerator, numerator);
    rest /= scale;
    return biquadOf(numerator, denominator, scale);
  });
  return sections.map(({b0, b1, b2, a1, a2}, index) =>
    index === 0 ? {b0: b0 * rest, b1: b1 * rest, b2: b2 * rest, a1, a2} : {b0, b1, b2, a1, a2},
  );
}

function polynomials(factors: readonly Factor[], side: Factor['side']): readonly Quadratic[] {
  const own = factors.filter((factor) => factor.side === side);
  const whole = own.filter((factor) => factor.order !== 1).map(coefficientsOf);
  const [one, other] = own.filter((factor) => factor.order === 1).map(({u}) => [(u + 1) / 2, (u - 1) / 2] as const);
  if (one === undefined) return whole;
  const [d0, d1] = other ?? [1, 0];
  return [...whole, [one[0] * d0, one[0] * d1 + one[1] * d0, one[1] * d1]];
}

/** Value at DC; at Nyquist where the numerator is 0 at DC. */
function valueAt([c0, c1, c2]: Quadratic, numerator: Quadratic): number {
  return numerator[0] + numerator[1] + numerator[2] === 0 ? c0 - c1 + c2 : c0 + c1 + c2;
}

function biquadOf([b0, b1, b2]: Quadratic, [a0, a1, a2]: Quadratic, scale: number): Biquad {
  const over = scale / a0;
  return {b0: b0 * over, b1: b1 * over, b2: b2 * over, a1: a1 / a0, a2: a2 / a0};
}

function coefficientsOf({order, u, t}: Factor): Quadratic {
  return order === 0 ? [1, -2, 1] : [(u + 1) / 4 + t / 2, (u - 1) / 2, (u + 1) / 4 - t / 2];
}
