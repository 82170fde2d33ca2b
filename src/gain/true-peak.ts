/**
 * True peak (BS.1770-5, annex 2): the highest value the sound reaches between its samples, found by interpolation to four times the
 * rate. One point in four is the sample itself, so a true peak is never below the sample peak. The standard is content with twice the rate from
 * 96 kHz on; but then a burst at a quarter of the rate reads 0.52 dB low (Tech 3341 cases 21 and 23 allow 0.4), and four times costs little.
 */
export type TruePeakMeter = Float64Array;

const taps = 12;
const kaiserBeta = 5;

/**
 * The factors of the twelve samples around a point `fraction` of the way from the sixth to the seventh: a sinc under a
 * Kaiser window (β = 5, ±6 samples), scaled to a sum of 1.
 */
export function interpolator(fraction: number): readonly number[] {
  const raw = Array.from({length: taps}, (_, tap) => {
    const distance = tap - (taps / 2 - 1) - fraction;
    const share = 1 - (distance / (taps / 2)) ** 2;
    const window = share <= 0 ? 0 : bessel(kaiserBeta * Math.sqrt(share)) / bessel(kaiserBeta);
    return distance === 0 ? 1 : (Math.sin(Math.PI * distance) / (Math.PI * distance)) * window;
  });
  const sum = raw.reduce((all, factor) => all + factor, 0);
  return raw.map((factor) => factor / sum);
}

/** The modified Bessel function of the first kind and order 0, by its power series. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / 2 / k) ** 2;
    sum += term;
  }
  return sum;
}

const half = Float64Array.from(interpolator(0.5));
const quarter = interpolator(0.25);
/** Half of what the quarter's factors have in common with their mirror image, and half of what they differ by. */
const even = Float64Array.from(quarter, (factor, tap) => (factor + (quarter[taps - 1 - tap] ?? 0)) / 2);
const odd = Float64Array.from(quarter, (factor, tap) => (factor - (quarter[taps - 1 - tap] ?? 0)) / 2);

/** A meter of one channel at rest: the last eleven samples, oldest first, then the highest absolute value between samples. */
export function createTruePeakMeter(): TruePeakMeter {
  return new Float64Array(taps);
}

/** Highest absolute value between samples since the start, as an amplitude; what lies on samples is not in it. */
export function betweenSamples(meter: TruePeakMeter): number {
  return meter[taps - 1] ?? 0;
}

/** Begins a new highest value; the samples before go on. */
export function restTruePeak(meter: TruePeakMeter): void {
  meter[taps - 1] = 0;
}

/** Forgets everything. */
export function resetTruePeak(meter: TruePeakMeter): void {
  meter.fill(0);
}

/**
 * Takes the frames `from` … `to` of one channel; all must be finite. The three quarter points cost no three filters: the half is symmetric, and first and
 * last quarter mirror each other. With sums s and differences d of samples at equal distance, the two are Σ e·s ± Σ d·d, and the
 * larger of |a + b| and |a − b| is |a| + |b|.
 */
export function addToTruePeak(meter: TruePeakMeter, samples: Float32Array, from: number, to: number): void {
  const h0 = half[0] ?? 0;
  const h1 = half[1] ?? 0;
  const h2 = half[2] ?? 0;
  const h3 = half[3] ?? 0;
  const h4 = half[4] ?? 0;
  const h5 = half[5] ?? 0;
  const e0 = even[0] ?? 0;
  const e1 = even[1] ?? 0;
  const e2 = even[2] ?? 0;
  const e3 = even[3] ?? 0;
  const e4 = even[4] ?? 0;
  const e5 = even[5] ?? 0;
  const d0 = odd[0] ?? 0;
  const d1 = odd[1] ?? 0;
  const d2 = odd[2] ?? 0;
  const d3 = odd[3] ?? 0;
  const d4 = odd[4] ?? 0;
  const d5 = odd[5] ?? 0;
  let x0 = meter[0] ?? 0;
  let x1 = meter[1] ?? 0;
  let x2 = meter[2] ?? 0;
  let x3 = meter[3] ?? 0;
  let x4 = meter[4] ?? 0;
  let x5 = meter[5] ?? 0;
  let x6 = meter[6] ?? 0;
  let x7 = meter[7] ?? 0;
  let x8 = meter[8] ?? 0;
  let x9 = meter[9] ?? 0;
  let x10 = meter[10] ?? 0;
  let highest = meter[11] ?? 0;
  for (let frame = from; frame < to; frame++) {
    const x11 = samples[frame] ?? 0;
    const s0 = x0 + x11;
    const s1 = x1 + x10;
    const s2 = x2 + x9;
    const s3 = x3 + x8;
    const s4 = x4 + x7;
    const s5 = x5 + x6;
    const middle = Math.abs(h0 * s0 + h1 * s1 + h2 * s2 + h3 * s3 + h4 * s4 + h5 * s5);
    const sum = Math.abs(e0 * s0 + e1 * s1 + e2 * s2 + e3 * s3 + e4 * s4 + e5 * s5);
    const difference = Math.abs(
      d0 * (x0 - x11) + d1 * (x1 - x10) + d2 * (x2 - x9) + d3 * (x3 - x8) + d4 * (x4 - x7) + d5 * (x5 - x6),
    );
    highest = Math.max(highest, middle, sum + difference);
    x0 = x1;
    x1 = x2;
    x2 = x3;
    x3 = x4;
    x4 = x5;
    x5 = x6;
    x6 = x7;
    x7 = x8;
    x8 = x9;
    x9 = x10;
    x10 = x11;
  }
  meter[11] = highest;
  meter[0] = x0;
  meter[1] = x1;
  meter[2] = x2;
  meter[3] = x3;
  meter[4] = x4;
  meter[5] = x5;
  meter[6] = x6;
  meter[7] = x7;
  meter[8] = x8;
  meter[9] = x9;
  meter[10] = x10;
}
