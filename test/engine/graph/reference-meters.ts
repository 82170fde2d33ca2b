import type {Biquad} from '../../../src/engine/plan/plan.ts';
import {kWeighting} from '../../../src/gain/k-weighting.ts';
import {interpolator} from '../../../src/gain/true-peak.ts';

/** One side of a tap in plain double arithmetic: what the standards say, sample by sample. */
export interface ReferenceMeter {
  /** Takes a sample and returns it weighted; begin a block with `begin`. */
  add(value: number): number;
  begin(): void;
  /** Of the block so far. */
  readonly weighted: number;
  readonly truePeak: number;
}

export function referenceMeter(sampleRate: number): ReferenceMeter {
  const {shelf, highPass} = kWeighting(sampleRate);
  const filters = [referenceBiquad(shelf), referenceBiquad(highPass)];
  const fractions = sampleRate < 96_000 ? [0.25, 0.5, 0.75] : [0.5];
  const factors = fractions.map(interpolator);
  const past: number[] = Array.from({length: 12}, () => 0);
  let weighted = 0;
  let peak = 0;
  let between = 0;
  return {
    begin() {
      weighted = peak = between = 0;
    },
    add(value) {
      const loud = filters.reduce((sample, filter) => filter(sample), value);
      weighted += loud ** 2;
      past.shift();
      past.push(value);
      peak = Math.max(peak, Math.abs(value));
      for (const point of factors) {
        between = Math.max(between, Math.abs(point.reduce((sum, factor, tap) => sum + factor * (past[tap] ?? 0), 0)));
      }
      return loud;
    },
    get weighted() {
      return weighted;
    },
    get truePeak() {
      return peak >= 0.501187 ? Math.max(peak, between) : peak;
    },
  };
}

/** A biquad as it is written, sample by sample. */
export function referenceBiquad({b0, b1, b2, a1, a2}: Biquad): (value: number) => number {
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  return (x) => {
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    return y;
  };
}
