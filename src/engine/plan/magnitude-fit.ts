/**
 * Fits the magnitude of a cascade of digital sections to given powers. A factor c0 + c1/z + c2/z² has on the unit circle
 *
 *   |C|² = (u·c − s)² + 4t²·s·c,  s = sin²(ω/2), c = 1 − s,  u = C(DC), t = c0 − c2, both over C(Nyquist)
 *
 * and both its zeros lie inside the unit circle just when u and t are above 0 (the stability triangle). So the logarithms of u and t are free:
 * whatever a fit does with them, the result is stable and of minimum phase. They are found by least squares on ln |H|² (K. Levenberg 1944,
 * D. Marquardt 1963), reweighted towards the largest error (C. Lawson 1961) until it is nearly equal everywhere.
 */
export interface Factor {
  /** 2: u and t; 1: c0 + c1/z, u alone; 0: fixed, (1 − 1/z)², a double zero at DC. */
  readonly order: 0 | 1 | 2;
  readonly side: 'numerator' | 'denominator';
  readonly u: number;
  readonly t: number;
}

/** A point to be met: s = sin²(π·f/fs) in 0…1, ln |H|² there, and how much it counts. */
export interface Point {
  readonly s: number;
  readonly power: number;
  readonly weight: number;
}

export interface Fit {
  /** ln of the factor before all, of powers. */
  readonly gain: number;
  readonly factors: readonly Factor[];
}

/** How strongly what the points leave open stays where it began: keeps the result a smooth function of the points. */
const tether = 3e-4;

/** The fit nearest to the points from a start; as many rounds of reweighting as asked. Pure; never worse than the start for the given weights. */
export function fitMagnitude(start: Fit, points: readonly Point[], rounds: number): Fit {
  const parameters = [start.gain, ...start.factors.flatMap(parametersOf)];
  let weights: readonly number[] = points.map((point) => point.weight);
  let found: readonly number[] = parameters;
  let best: readonly number[] = parameters;
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    found = descend(start.factors, points, weights, found, parameters, round === 0 ? 40 : 12);
    const errors = residuals(start.factors, points, found).map(
      (error, index) => Math.abs(error) * Math.min(1, points[index]?.weight ?? 0),
    );
    const largest = Math.max(...errors, 1e-12);
    if (largest < least) {
      least = largest;
      best = found;
    }
    const next = weights.map((weight, index) => weight * Math.sqrt((errors[index] ?? 0) / largest + 0.02));
    const scale = 1 / Math.max(...next);
    weights = next.map((weight) => weight * scale);
  }
  return {gain: best[0] ?? 0, factors: withParameters(start.factors, best)};
}

/** ln |H|² of a fit at s. */
export function fittedPower(fit: Fit, s: number): number {
  return fit.factors.reduce((sum, factor) => {
    const term = Math.log(square(factor, s));
    return factor.side === 'numerator' ? sum + term : sum - term;
  }, fit.gain);
}

function parametersOf({order, u, t}: Factor): readonly number[] {
  if (order === 0) return [];
  return order === 1 ? [Math.log(u)] : [Math.log(u), Math.log(t)];
}

function withParameters(factors: readonly Factor[], parameters: readonly number[]): readonly Factor[] {
  let next = 1;
  return factors.map((factor) => {
    const u = factor.order > 0 ? Math.exp(parameters[next++] ?? 0) : factor.u;
    const t = factor.order > 1 ? Math.exp(parameters[next++] ?? 0) : factor.t;
    return {...factor, u, t};
  });
}

function square({order, u, t}: Factor, s: number): number {
  const c = 1 - s;
  if (order === 0) return 16 * s * s;
  return order === 1 ? u * u * c + s : (u * c - s) ** 2 + 4 * t * t * s * c;
}

function residuals(factors: readonly Factor[], points: readonly Point[], parameters: readonly number[]): number[] {
  const fit = {gain: parameters[0] ?? 0, factors: withParameters(factors, parameters)};
  return points.map((point) => fittedPower(fit, point.s) - point.power);
}

function cost(errors: readonly number[], weights: readonly number[], moved: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < errors.length; index++) sum += ((errors[index] ?? 0) * (weights[index] ?? 0)) ** 2;
  for (const way of moved) sum += (tether * way) ** 2;
  return sum;
}

/** Levenberg–Marquardt: at most so many steps, fewer when nothing is gained any more. */
function descend(
  factors: readonly Factor[],
  points: readonly Point[],
  weights: readonly number[],
  from: readonly number[],
  anchor: readonly number[],
  steps: number,
): readonly number[] {
  const away = (parameters: readonly number[]): number[] =>
    parameters.map((value, index) => value - (anchor[index] ?? 0));
  let at = from;
  let errors = residuals(factors, points, at);
  let now = cost(errors, weights, away(at));
  let damping = 1e-3;
  for (let step = 0; step < steps; step++) {
    const {matrix, vector} = normalEquations(withParameters(factors, at), points, weights, errors, away(at));
    let gained = 0;
    for (let attempt = 0; attempt < 8; attempt++) {
      const change = solve(matrix, vector, damping);
      const next = at.map((value, index) => value - Math.max(-1.5, Math.min(1.5, change[index] ?? 0)));
      const nextErrors = residuals(factors, points, next);
      const nextCost = cost(nextErrors, weights, away(next));
      if (nextCost < now) {
        gained = now - nextCost;
        at = next;
        errors = nextErrors;
        now = nextCost;
        damping = Math.max(1e-9, damping / 8);
        break;
      }
      damping *= 6;
    }
    if (gained <= now * 1e-7 || now < 1e-14) break;
  }
  return at;
}

/** JᵀJ and Jᵀr of the weighted residuals, tether included. */
function normalEquations(
  factors: readonly Factor[],
  points: readonly Point[],
  weights: readonly number[],
  errors: readonly number[],
  moved: readonly number[],
): {readonly matrix: Float64Array; readonly vector: Float64Array} {
  const size = moved.length;
  const matrix = new Float64Array(size * size);
  const vector = new Float64Array(size);
  const slope = new Float64Array(size);
  slope[0] = 1;
  points.forEach(({s}, index) => {
    const c = 1 - s;
    let place = 1;
    for (const factor of factors) {
      if (factor.order === 0) continue;
      const sign = factor.side === 'numerator' ? 1 : -1;
      const {u, t} = factor;
      const value = square(factor, s);
      if (factor.order === 1) slope[place++] = (sign * 2 * u * u * c) / value;
      else {
        slope[place++] = (sign * 2 * (u * c - s) * u * c) / value;
        slope[place++] = (sign * 8 * t * t * s * c) / value;
      }
    }
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
  });
  for (let row = 0; row < size; row++) {
    const cell = row * size + row;
    matrix[cell] = (matrix[cell] ?? 0) + tether * tether;
    vector[row] = (vector[row] ?? 0) + tether * tether * (moved[row] ?? 0);
  }
  return {matrix, vector};
}

/** Solves (M + damping·diag M)·x = v by Cholesky's method; M is its lower half. */
function solve(matrix: Float64Array, vector: Float64Array, damping: number): Float64Array {
  const size = vector.length;
  const lower = new Float64Array(size * size);
  const at = (row: number, column: number): number => lower[row * size + column] ?? 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column] ?? 0;
      if (row === column) sum *= 1 + damping;
      for (let inner = 0; inner < column; inner++) sum -= at(row, inner) * at(column, inner);
      lower[row * size + column] = row === column ? Math.sqrt(Math.max(sum, 1e-30)) : sum / at(column, column);
    }
  }
  const solution = Float64Array.from(vector);
  for (let row = 0; row < size; row++) {
    let sum = solution[row] ?? 0;
    for (let inner = 0; inner < row; inner++) sum -= at(row, inner) * (solution[inner] ?? 0);
    solution[row] = sum / at(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = solution[row] ?? 0;
    for (let inner = row + 1; inner < size; inner++) sum -= at(inner, row) * (solution[inner] ?? 0);
    solution[row] = sum / at(row, row);
  }
  return solution;
}
