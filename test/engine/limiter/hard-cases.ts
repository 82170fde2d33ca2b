import {samplesOf} from '../../samples.ts';

/** A rising supply of numbers 0…1, the same for the same seed (a linear congruential generator). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

type Shape = (random: () => number, frames: number) => (frame: number) => number;

const between = (random: () => number, low: number, high: number): number => low + (high - low) * random();
/** A gain from −6 to +40 dB, evenly in dB. */
const anyGain = (random: () => number): number => 10 ** between(random, -0.3, 2);
const window = (random: () => number, frames: number): readonly [number, number] => {
  const from = Math.floor(between(random, 10, frames / 2));
  return [from, from + 1 + Math.floor(random() * (frames - from - 10))];
};

/** Signals that limiters let through: what peaks between the samples, what comes without notice, what is over again at once. */
export const hardShapes: Readonly<Record<string, Shape>> = {
  'a quarter of the rate at 45°': (random) => {
    const gain = anyGain(random);
    return (frame) => gain * Math.sin((Math.PI / 2) * frame + Math.PI / 4);
  },
  'a tone that starts and stops': (random, frames) => {
    const [from, to] = window(random, frames);
    const [turn, phase, gain] = [Math.PI * between(random, 0.001, 0.9), 7 * random(), anyGain(random)];
    return (frame) => (frame >= from && frame < to ? gain * Math.sin(turn * frame + phase) : 0);
  },
  impulses: (random, frames) => {
    const hits = new Map(
      Array.from({length: 1 + Math.floor(random() * 8)}, () => [
        Math.floor(random() * frames),
        anyGain(random) * (random() < 0.5 ? 1 : -1),
      ]),
    );
    return (frame) => hits.get(frame) ?? 0;
  },
  'a square wave': (random) => {
    const [period, gain] = [between(random, 2, 80), anyGain(random)];
    return (frame) => (Math.floor(frame / period) % 2 === 0 ? gain : -gain);
  },
  'a burst of noise': (random, frames) => {
    const [from, to] = window(random, frames);
    const gain = anyGain(random);
    return (frame) => (frame >= from && frame < to ? gain * between(random, -1, 1) : 0);
  },
  'random bits': (random, frames) => {
    const [from, to] = window(random, frames);
    const gain = anyGain(random);
    return (frame) => (frame >= from && frame < to ? gain * (random() < 0.5 ? 1 : -1) : 0);
  },
  'clipped music': (random) => {
    const drive = between(random, 1, 12);
    const partials = Array.from({length: 6}, () => [Math.PI * random() ** 3 * 0.8, 7 * random(), random()] as const);
    let low = 0;
    return (frame) => {
      low = 0.9 * low + 0.1 * between(random, -1, 1);
      const sum = partials.reduce((total, [turn, phase, gain]) => total + gain * Math.sin(turn * frame + phase), low);
      return Math.max(-1, Math.min(1, drive * sum));
    };
  },
  'a step of DC': (random, frames) => {
    const [from] = window(random, frames);
    const [before, after] = [between(random, -0.5, 0.5), anyGain(random) * (random() < 0.5 ? 1 : -1)];
    return (frame) => (frame < from ? before : after);
  },
  'a chirp': (random, frames) => {
    const [top, gain] = [Math.PI * between(random, 0.1, 0.9), anyGain(random)];
    return (frame) => gain * Math.sin((top * frame * frame) / (2 * frames));
  },
  'loud after quiet': (random, frames) => {
    const [from] = window(random, frames);
    const [turn, gain] = [Math.PI * between(random, 0.01, 0.8), anyGain(random)];
    return (frame) => (frame < from ? 0.7 : gain) * Math.sin(turn * frame);
  },
};

/** One hard case: left and right are two signals of the same shape. */
export function hardCase(shape: Shape, seed: number, frames: number): {left: Float32Array; right: Float32Array} {
  const random = randomNumbers(seed);
  const side = (): Float32Array => {
    const signal = shape(random, frames);
    return samplesOf(frames, (frame) => signal(frame));
  };
  return {left: side(), right: random() < 0.2 ? new Float32Array(frames) : side()};
}
