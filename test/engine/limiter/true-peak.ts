/**
 * Meters that read true peaks, in double precision, straight from the definition. The example of BS.1770 and 24 taps with β 7 are among the limiter's own
 * filters; all other lengths and windows are not.
 */
export interface Meter {
  readonly name: string;
  /** One filter a phase; the signal between frames n and n + 1 from taps/2 samples on either side. */
  readonly phases: readonly Float64Array[];
}

/** A sinc under a Kaiser window, `factor` phases of `taps` taps, each with a gain of 1 at zero frequency. */
export function kaiserMeter(factor: number, taps: number, beta: number): Meter {
  const phases = Array.from({length: factor - 1}, (_, index) => {
    const fraction = (index + 1) / factor;
    const filter = Float64Array.from({length: taps}, (_, tap) => {
      const x = tap - taps / 2 + 1 - fraction;
      const place = (2 * x) / taps;
      return (Math.sin(Math.PI * x) / (Math.PI * x)) * besselI0(beta * Math.sqrt(1 - place * place));
    });
    const sum = filter.reduce((total, tap) => total + tap, 0);
    return filter.map((tap) => tap / sum);
  });
  return {name: `${factor}×${taps} (β ${beta})`, phases};
}

/** A sinc under a Hann window, as a widespread loudness library has it (4 phases of 12 taps). */
export function hannMeter(factor: number, taps: number): Meter {
  const phases = Array.from({length: factor - 1}, (_, index) => {
    const fraction = (index + 1) / factor;
    const filter = Float64Array.from({length: taps}, (_, tap) => {
      const x = tap - taps / 2 + 1 - fraction;
      return (Math.sin(Math.PI * x) / (Math.PI * x)) * (0.5 + 0.5 * Math.cos((2 * Math.PI * x) / taps));
    });
    const sum = filter.reduce((total, tap) => total + tap, 0);
    return filter.map((tap) => tap / sum);
  });
  return {name: `${factor}×${taps} (Hann)`, phases};
}

/** The example of BS.1770-5, Annex 2, from its table. */
export function annexMeter(): Meter {
  const first = [14, 90, -161, 272, -487, 1125, 7964, -838, 390, -218, 122, -68].map((tap) => tap / 8192);
  const second = [-239, 240, -424, 730, -1364, 3810, 6388, -1641, 832, -478, 271, -155].map((tap) => tap / 8192);
  const both = [first, second];
  return {
    name: 'BS.1770 example',
    phases: [...both, ...both.map((phase) => [...phase].reverse())].map((phase) => Float64Array.from(phase)),
  };
}

/** Highest magnitude of a signal, at its samples and between them; silence before and after it. */
export function truePeak(signal: Float32Array, {phases}: Meter): number {
  const taps = phases[0]?.length ?? 0;
  const padded = new Float64Array(signal.length + 2 * taps);
  padded.set(signal, taps);
  let peak = 0;
  for (const sample of signal) peak = Math.max(peak, Math.abs(sample));
  for (let at = 0; at + taps <= padded.length; at++) {
    let loudest = 0;
    for (let tap = 0; tap < taps; tap++) loudest = Math.max(loudest, Math.abs(padded[at + tap] ?? 0));
    // No filter here makes more than three times of what it reads.
    if (3 * loudest <= peak) continue;
    for (const phase of phases) {
      let sum = 0;
      for (let tap = 0; tap < taps; tap++) sum += (phase[tap] ?? 0) * (padded[at + tap] ?? 0);
      if (sum > peak || -sum > peak) peak = Math.abs(sum);
    }
  }
  return peak;
}

/** I₀ by its integral, (1/π)∫ exp(x cos t) dt over 0 … π: the trapezoid rule converges like a power series here. */
function besselI0(x: number): number {
  const steps = 64;
  let sum = (Math.exp(x) + Math.exp(-x)) / 2;
  for (let step = 1; step < steps; step++) sum += Math.exp(x * Math.cos((Math.PI * step) / steps));
  return sum / steps;
}
