/** Makes sound of one rate from sound of another, each frame by itself: it remembers nothing, so that one can begin anywhere. */
export interface RateConverter {
  /** Source frames before and behind a frame's place that it is made of. */
  readonly reachFrames: number;
  /** `frames` frames from `fromFrame` on (in the new rate), of a ring of source frames whose length is a power of two. */
  convert(ring: Float32Array, fromFrame: number, frames: number): Float32Array<ArrayBuffer>;
}

/** Zero crossings of the sinc on each side: with window and cutoff below flat to 0.89 of half the lower rate, and 90 dB down from 1.01 on. */
const crossings = 48;
/** Kaiser's window for 90 dB: β = 0.1102·(A − 8.7) (Kaiser 1974). */
const beta = 0.1102 * (90 - 8.7);
/** Where it is 6 dB down, as a share of half the lower rate. */
const cutoff = 0.95;
/** More phases than that are no ratio of rates that devices have. */
const mostPhases = 2048;

/**
 * A polyphase converter: of the reduced ratio L/M of the rates it has L phases of one windowed sinc. Libraries for this keep a state and only go
 * forward; the live output goes back whenever a hand moves something. Undefined where L is too large.
 */
export function createRateConverter(fromRate: number, toRate: number): RateConverter | undefined {
  const common = greatestDivisor(fromRate, toRate);
  const phases = toRate / common;
  const step = fromRate / common;
  if (!Number.isInteger(phases) || !Number.isInteger(step) || phases > mostPhases) return undefined;
  const scale = Math.min(1, toRate / fromRate);
  const reachFrames = Math.ceil(crossings / (scale * cutoff));
  const taps = 2 * reachFrames;
  const table = Array.from({length: phases}, (_, phase) => tapsOf(phase / phases, reachFrames, scale));
  return {
    reachFrames,
    convert(ring, fromFrame, frames) {
      const mask = ring.length - 1;
      const made = new Float32Array(frames);
      for (let index = 0; index < frames; index++) {
        const place = (fromFrame + index) * step;
        const whole = Math.floor(place / phases);
        const weights = table[place - whole * phases];
        if (weights === undefined) continue;
        const first = whole - reachFrames + 1;
        let sum = 0;
        for (let tap = 0; tap < taps; tap++) sum += (weights[tap] ?? 0) * (ring[(first + tap) & mask] ?? 0);
        made[index] = sum;
      }
      return made;
    },
  };
}

/** Weights for a place `fraction` behind the frame at index `reach − 1`; their sum is 1, so that a constant stays what it is. */
function tapsOf(fraction: number, reach: number, scale: number): Float64Array {
  const weights = Float64Array.from({length: 2 * reach}, (_, tap) => {
    const distance = tap - (reach - 1) - fraction;
    return sinc(distance * scale * cutoff) * kaiser(distance / reach);
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x: number): number {
  return x <= -1 || x >= 1 ? 0 : bessel(beta * Math.sqrt(1 - x * x)) / bessel(beta);
}

/** I₀(x), the modified Bessel function of order 0, by its series. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestDivisor(other, one % other);
}
