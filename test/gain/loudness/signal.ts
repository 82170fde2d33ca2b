import {factorFromDb} from '../../../src/model/decibel.ts';
import {samplesOf} from '../../samples.ts';

/** The synthetic signals of EBU Tech 3341 and 3342, made at any rate. */

/** A passage of a 1 kHz sine: peak level in dBFS (`-Infinity` for silence) and length in seconds. */
export type Passage = readonly [levelDb: number, seconds: number];

/** Passages one after the other, the phase of the sine going on across them. */
export function tone(sampleRate: number, passages: readonly Passage[], hertz = 1000): Float32Array {
  const ends: number[] = [];
  let seconds = 0;
  for (const [, length] of passages) {
    seconds += length;
    ends.push(Math.round(seconds * sampleRate));
  }
  const samples = new Float32Array(ends.at(-1) ?? 0);
  const wave = sineWave(sampleRate, hertz);
  let frame = 0;
  passages.forEach(([levelDb], index) => {
    const peak = factorFromDb(levelDb);
    const end = ends[index] ?? 0;
    if (peak === 0) frame = end;
    for (; frame < end; frame++) samples[frame] = peak * (wave[frame % wave.length] ?? 0);
  });
  return samples;
}

/** A sine for as many frames as it takes to come back to its beginning; after that it is the same again. */
function sineWave(sampleRate: number, hertz: number): Float64Array {
  const turns = Math.PI * 2 * hertz;
  return Float64Array.from({length: sampleRate / commonDivisor(sampleRate, hertz)}, (_, frame) =>
    Math.sin((turns * frame) / sampleRate),
  );
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}

export const silence = Number.NEGATIVE_INFINITY;

/** Passages, several times over. */
export function repeated(times: number, passages: readonly Passage[]): readonly Passage[] {
  return Array.from({length: times}, () => passages).flat();
}

/** A sine of a fraction of the rate, `amplitude` and a starting phase in degrees, with fades of 10 ms. */
export function phasedTone(sampleRate: number, divisor: number, amplitude: number, degrees: number): Float32Array {
  const samples = samplesOf(
    sampleRate / 2,
    (frame) => amplitude * Math.sin((2 * Math.PI * frame) / divisor + (degrees * Math.PI) / 180),
  );
  return faded(samples, Math.round(sampleRate / 100));
}

function faded(samples: Float32Array, frames: number): Float32Array {
  return samples.map((value, frame) => value * Math.min(1, frame / frames, (samples.length - 1 - frame) / frames));
}

/**
 * Tech 3341, cases 20 to 23: half a second of rate/6 at amplitude 0.5 with one period of rate/4 at 1.0 in its middle, the phase going on; made at four times
 * the rate, band-limited, and decimated from one of four offsets.
 */
export function burst(offset: number): Float32Array {
  const slow = 24;
  const fast = 16;
  const before = 500 * slow;
  const raw = Float64Array.from({length: 2 * before + fast}, (_, frame) => {
    if (frame < before) return 0.5 * Math.sin((2 * Math.PI * frame) / slow);
    if (frame < before + fast) return Math.sin((2 * Math.PI * (frame - before)) / fast);
    return 0.5 * Math.sin((2 * Math.PI * (frame - before - fast)) / slow);
  });
  const taps = blackmanSinc(257, 0.46 / 4);
  const decimated = samplesOf(Math.floor((raw.length - 4) / 4), (frame) =>
    taps.reduce((sum, factor, tap) => sum + factor * (raw[4 * frame + offset + 128 - tap] ?? 0), 0),
  );
  return faded(decimated, 100);
}

/** A low-pass of `length` factors, their sum 1; the cut-off is a fraction of the rate. */
function blackmanSinc(length: number, cutOff: number): number[] {
  const middle = (length - 1) / 2;
  const factors = Array.from({length}, (_, tap) => {
    const x = 2 * cutOff * (tap - middle);
    const turn = (2 * Math.PI * tap) / (length - 1);
    const window = 0.42 - 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn);
    return (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)) * window;
  });
  const sum = factors.reduce((all, factor) => all + factor, 0);
  return factors.map((factor) => factor / sum);
}
