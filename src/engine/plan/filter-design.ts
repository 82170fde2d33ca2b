import {type Factor, type Fit, fitMagnitude, fittedPower, type Point} from './magnitude-fit.ts';
import type {Biquad} from './plan.ts';
import {type AnaloguePart, analogueDb, analoguePower, highPass, type Prototype, type Quadratic} from './prototype.ts';

/** Up to here a filter follows its prototype, hertz; at low sample rates up to `highestShare` of the rate. */
const highestHz = 18_300;
const highestShare = 0.415;
/** A fit that is this good, dB, needs no further section. */
const goodDb = 0.025;
const nepersPerDb = Math.LN10 / 10;

/**
 * Digital sections whose magnitude follows an analogue filter up to 18 kHz, near Nyquist too: one for each of its parts, and one more at the end
 * where these alone cannot. All are stable and of minimum phase. Poles and zeros start at e^(s/fs) of the analogue ones ("matched z"),
 * then they are fitted. A few hundred microseconds.
 */
export function designSections(prototype: Prototype, sampleRate: number): readonly Biquad[] {
  const points = pointsOf(prototype, sampleRate);
  const start = startOf(prototype, points, sampleRate);
  let best = fitMagnitude(start, points, 6);
  let error = errorDb(best, prototype, sampleRate);
  for (const order of [1, 2] as const) {
    if (error <= goodDb) break;
    const factors = [...best.factors, ...corrections(order)];
    const next = fitMagnitude({gain: best.gain, factors}, points, 8);
    const nextError = errorDb(next, prototype, sampleRate);
    if (nextError < error) {
      best = next;
      error = nextError;
    }
  }
  return sectionsOf(best);
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
  const share = Math.min(1, Math.max(0, (top * 1.05 - hz) / (0.1 * top)));
  return share * share * (3 - 2 * share);
}

function startOf(prototype: Prototype, points: readonly Point[], sampleRate: number): Fit {
  const factors = prototype.flatMap((part) => [
    factorOf(part, part.numerator, 'numerator', sampleRate),
    factorOf(part, part.denominator, 'denominator', sampleRate),
  ]);
  const middle = points.reduce(
    (sum, point) => sum + point.weight * (point.power - fittedPower({gain: 0, factors}, point.s)),
    0,
  );
  return {gain: middle / points.reduce((sum, point) => sum + point.weight, 0), factors};
}

function factorOf({hz}: AnaloguePart, [c0, c1, c2]: Quadratic, side: Factor['side'], sampleRate: number): Factor {
  if (c0 === 0) return {order: 0, side, u: 0, t: 1};
  // A low-pass has no zeros; those that stand for the steeper fall towards Nyquist begin here.
  if (c2 === 0) return {order: 2, side, u: 2.5, t: 1.5};
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

/** A pole and a zero (or a pair of each) that begin at the same place, where they do nothing. */
function corrections(order: 1 | 2): readonly Factor[] {
  return [
    {order, side: 'numerator', u: 2, t: 1.5},
    {order, side: 'denominator', u: 2.02, t: 1.5},
  ];
}

function sectionsOf({gain, factors}: Fit): readonly Biquad[] {
  const pairs = Array.from({length: factors.length / 2}, (_, index) => factors.slice(2 * index, 2 * index + 2));
  let rest = Math.exp(gain / 2);
  const later = pairs.slice(1).map(([numerator, denominator]) => {
    const scale = factorAt(denominator) / factorAt(numerator);
    rest /= scale;
    return biquadOf(numerator, denominator, scale);
  });
  return [biquadOf(pairs[0]?.[0], pairs[0]?.[1], rest), ...later];
}

/** The factor at DC, at Nyquist if it is 0 there. */
function factorAt(factor: Factor | undefined): number {
  if (factor === undefined) return 1;
  return factor.order === 0 ? 4 : factor.u;
}

function biquadOf(numerator: Factor | undefined, denominator: Factor | undefined, scale: number): Biquad {
  const [b0, b1, b2] = coefficientsOf(numerator);
  const [a0, a1, a2] = coefficientsOf(denominator);
  const over = scale / a0;
  return {b0: b0 * over, b1: b1 * over, b2: b2 * over, a1: a1 / a0, a2: a2 / a0};
}

function coefficientsOf(factor: Factor | undefined): Quadratic {
  if (factor === undefined) return [1, 0, 0];
  const {order, u, t} = factor;
  if (order === 0) return [1, -2, 1];
  if (order === 1) return [(u + 1) / 2, (u - 1) / 2, 0];
  return [(u + 1) / 4 + t / 2, (u - 1) / 2, (u + 1) / 4 - t / 2];
}
