import {solveDamped} from './normal-equations.ts';

/**
 * Fits the magnitude of a cascade of digital sections to given powers. A factor c0 + c1/z + c2/z² has on the unit circle
 *
 *   |C|² = (u·c − s)² + 4t²·s·c,  s = sin²(ω/2), c = 1 − s,  u = C(DC), t = c0 − c2, both over C(Nyquist)
 *
 * and both its zeros lie inside the unit circle just when u and t are above 0 (the stability triangle). So the logarithms of u and t are free:
 * whatever a fit does with them, the result is stable and of minimum phase. They are found by least squares on ln |H|² (K. Levenberg 1944,
 * D. Marquardt 1963), reweighted (C. Lawson 1961) until the largest errors are nearly equal.
 */
export interface Factor {
  /** 2: u and t count; 1: c0 + c1/z, |C|² = u²·c + s, u alone counts; 0: fixed, (1 − 1/z)², a double zero at DC. */
  readonly order: 0 | 1 | 2;
  readonly side: 'numerator' | 'denominator';
  readonly u: number;
  readonly t: number;
}

/** A point to be met. */
export interface Point {
  /** sin²(π·f/fs), 0…1. */
  readonly s: number;
  /** ln |H|² that is wanted there. */
  readonly power: number;
  /** How much it counts, over 0 and up to 1. */
  readonly weight: number;
}

export interface Fit {
  /** ln of a factor of |H|². */
  readonly gain: number;
  readonly factors: readonly Factor[];
}

/** How strongly what the points leave open stays where it began: makes the result a smooth function of the points. */
const tether = 3e-4;
/** Largest step of a logarithm. */
const longestStep = 1.5;
/** An error of ln |H|² (0.002 dB) at which no more is asked for. */
const smallError = 5e-4;

/** The fit nearest to the points that is found from a start, with at most so many rounds of reweighting. */
export function fitMagnitude(start: Fit, points: readonly Point[], rounds: number): Fit {
  const anchor = parametersOf(start);
  const given = Float64Array.from(points, (point) => point.weight);
  const weights = Float64Array.from(given);
  let at = anchor;
  let best = anchor;
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds && least > smallError; round++) {
    at = descend({factors: start.factors, points, weights, anchor}, at, round === 0 ? 40 : 3);
    const errors = errorsOf(start.factors, points, at).map((error, index) => Math.abs(error) * (given[index] ?? 0));
    const largest = Math.max(...errors, Number.MIN_VALUE);
    if (largest < least) {
      least = largest;
      best = at;
    }
    errors.forEach((error, index) => {
      weights[index] = (weights[index] ?? 0) * Math.sqrt(error / largest + 0.02);
    });
    const scale = 1 / Math.max(...weights);
    weights.forEach((weight, index) => {
      weights[index] = weight * scale;
    });
  }
  return {gain: best[0] ?? 0, factors: withParameters(start.factors, best)};
}

/** ln |H|² of a fit at s. */
export function fittedPower({gain, factors}: Fit, s: number): number {
  let ratio = 1;
  for (const factor of factors) ratio *= factor.side === 'numerator' ? square(factor, s) : 1 / square(factor, s);
  return gain + Math.log(ratio);
}

function square({order, u, t}: Factor, s: number): number {
  const c = 1 - s;
  if (order === 0) return 16 * s * s;
  return order === 1 ? u * u * c + s : (u * c - s) ** 2 + 4 * t * t * s * c;
}

/** The gain, then ln u and ln t of each factor as far as they count. */
function parametersOf({gain, factors}: Fit): Float64Array {
  return Float64Array.from([gain, ...factors.flatMap(({order, u, t}) => [u, t].slice(0, order).map(Math.log))]);
}

function withParameters(factors: readonly Factor[], parameters: Float64Array): readonly Factor[] {
  let next = 1;
  return factors.map((factor) => {
    const u = factor.order > 0 ? Math.exp(parameters[next++] ?? 0) : factor.u;
    const t = factor.order > 1 ? Math.exp(parameters[next++] ?? 0) : factor.t;
    return {...factor, u, t};
  });
}

function errorsOf(factors: readonly Factor[], points: readonly Point[], parameters: Float64Array): Float64Array {
  const fit = {gain: parameters[0] ?? 0, factors: withParameters(factors, parameters)};
  const errors = new Float64Array(points.length);
  points.forEach(({s, power}, index) => {
    errors[index] = fittedPower(fit, s) - power;
  });
  return errors;
}

/** A least-squares problem: how far from the points, and a little how far from the anchor. */
interface Task {
  readonly factors: readonly Factor[];
  readonly points: readonly Point[];
  readonly weights: Float64Array;
  readonly anchor: Float64Array;
}

/** Levenberg–Marquardt: at most so many steps, fewer when little is gained any more. */
function descend(task: Task, from: Float64Array, steps: number): Float64Array {
  let at = from;
  let errors = errorsOf(task.factors, task.points, at);
  let cost = costOf(task, errors, at);
  let damping = 1e-3;
  for (let step = 0; step < steps; step++) {
    const equations = normalEquations(task, errors, at);
    const before = cost;
    for (let attempt = 0; attempt < 8 && cost === before; attempt++) {
      const change = solveDamped(equations.matrix, equations.vector, damping);
      const next = at.map((value, index) => value - clamp(change[index] ?? 0));
      const nextErrors = errorsOf(task.factors, task.points, next);
      const nextCost = costOf(task, nextErrors, next);
      if (nextCost < cost) {
        at = next;
        errors = nextErrors;
        cost = nextCost;
        damping = Math.max(1e-9, damping / 8);
      } else damping *= 6;
    }
    if (before - cost <= before * 1e-3) break;
  }
  return at;
}

function clamp(step: number): number {
  return Math.min(longestStep, Math.max(-longestStep, step));
}

function costOf({weights, anchor}: Task, errors: Float64Array, at: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < errors.length; index++) sum += ((errors[index] ?? 0) * (weights[index] ?? 0)) ** 2;
  for (let index = 0; index < at.length; index++) sum += (tether * ((at[index] ?? 0) - (anchor[index] ?? 0))) ** 2;
  return sum;
}

/** JᵀJ (its lower half, row by row) and Jᵀr of the weighted errors and of the tether. */
function normalEquations(
  {factors, points, weights, anchor}: Task,
  errors: Float64Array,
  at: Float64Array,
): {readonly matrix: Float64Array; readonly vector: Float64Array} {
  const size = at.length;
  const matrix = new Float64Array(size * size);
  const vector = new Float64Array(size);
  const slope = new Float64Array(size).fill(1);
  const current = withParameters(factors, at);
  for (let index = 0; index < points.length; index++) {
    slopesAt(current, points[index]?.s ?? 0, slope);
    const weight = (weights[index] ?? 0) ** 2;
    const error = errors[index] ?? 0;
    for (let row = 0; row < size; row++) {
      const scaled = weight * (slope[row] ?? 0);
      vector[row] = (vector[row] ?? 0) + scaled * error;
      for (let column = 0; column <= row; column++) {
        const cell = row * size + column;
        matrix[cell] = (matrix[cell] ?? 0) + scaled * (slope[column] ?? 0);
      }
    }
  }
  for (let row = 0; row < size; row++) {
    const cell = row * (size + 1);
    matrix[cell] = (matrix[cell] ?? 0) + tether * tether;
    vector[row] = (vector[row] ?? 0) + tether * tether * ((at[row] ?? 0) - (anchor[row] ?? 0));
  }
  return {matrix, vector};
}

/** How ln |H|² at s moves with each parameter after the gain. */
function slopesAt(factors: readonly Factor[], s: number, slope: Float64Array): void {
  const c = 1 - s;
  let next = 1;
  for (const factor of factors) {
    const {order, u, t} = factor;
    if (order === 0) continue;
    const over = (factor.side === 'numerator' ? 2 : -2) / square(factor, s);
    if (order === 1) slope[next++] = over * u * u * c;
    else {
      slope[next++] = over * (u * c - s) * u * c;
      slope[next++] = over * 4 * t * t * s * c;
    }
  }
}
