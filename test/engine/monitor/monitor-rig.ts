import type {MonitorPath} from '../../../src/engine/monitor/monitor-path.ts';
import {type Monitor, newMonitor} from '../../../src/model/monitor.ts';
import {samplesOf} from '../../samples.ts';

export interface Sound {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** A monitor at rest but for what is given. */
export function monitorWith(values: Partial<Monitor>): Monitor {
  return {...newMonitor, ...values};
}

export function tone(frames: number, hertz: number, gain = 1, sampleRate = 48_000): Float32Array {
  return samplesOf(frames, (frame) => gain * Math.sin((2 * Math.PI * hertz * frame) / sampleRate));
}

export function noise(frames: number, seed: number): Float32Array {
  let state = seed;
  return samplesOf(frames, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** What is heard of a sound, block by block; `change` is asked before each block. */
export function heard(
  path: MonitorPath,
  {left, right}: Sound,
  change: (block: number) => Monitor | undefined = () => undefined,
): Sound {
  const out = {left: left.slice(), right: right.slice()};
  for (let from = 0; from < left.length; from += 512) {
    const monitor = change(from / 512);
    if (monitor) path.set(monitor);
    path.process(out.left.subarray(from, from + 512), out.right.subarray(from, from + 512));
  }
  return out;
}

/** The largest difference between two signals, from a frame on. */
export function difference(one: Float32Array, other: ArrayLike<number>, from = 0): number {
  let largest = 0;
  for (let frame = from; frame < one.length; frame++)
    largest = Math.max(largest, Math.abs((one[frame] ?? 0) - (other[frame] ?? 0)));
  return largest;
}

export function same(one: Float32Array, other: Float32Array): boolean {
  return one.length === other.length && one.every((sample, frame) => Object.is(sample, other[frame]));
}

/**
 * What lies beyond a tone's own neighbourhood, in dB under the tone: the loudest of many frequencies away from it, under a Hann window.
 * A click fills them all.
 */
export function splatterDb(signal: Float32Array, hertz: number, sampleRate: number): number {
  const frames = signal.length;
  const magnitude = (at: number): number => {
    const turn = (2 * Math.PI * at) / sampleRate;
    let [real, imaginary] = [0, 0];
    for (let frame = 0; frame < frames; frame++) {
      const sample = (signal[frame] ?? 0) * Math.sin((Math.PI * (frame + 0.5)) / frames) ** 2;
      real += sample * Math.cos(turn * frame);
      imaginary += sample * Math.sin(turn * frame);
    }
    return Math.hypot(real, imaginary);
  };
  const loudest = Math.max(...Array.from({length: 24}, (_, index) => magnitude(hertz + 500 + index * 833)));
  return 20 * Math.log10(loudest / (frames / 4));
}
