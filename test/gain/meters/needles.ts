import type {NeedleMeter} from '../../../src/gain/needle.ts';
import {samplesOf} from '../../samples.ts';

/** A sine of `peakDb` dBFS. */
export function sine(sampleRate: number, seconds: number, hertz: number, peakDb = 0): Float32Array {
  const peak = 10 ** (peakDb / 20);
  const frames = Math.round(seconds * sampleRate);
  return samplesOf(frames, (frame) => peak * Math.sin((2 * Math.PI * hertz * frame) / sampleRate));
}

/** Hands the same sound to both sides, in blocks of one length. */
export function feed(meter: NeedleMeter, samples: Float32Array, blockFrames = samples.length): void {
  for (let at = 0; at < samples.length; at += blockFrames) {
    const piece = samples.subarray(at, at + blockFrames);
    meter.push(piece, piece, piece.length);
  }
}

/** The highest that the left needle stood at while it was fed, looked at after every sample. */
export function highest(meter: NeedleMeter, samples: Float32Array): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < samples.length; at++) {
    feed(meter, samples.subarray(at, at + 1));
    most = Math.max(most, meter.reading()[0]);
  }
  return most;
}

/** How far the left needle falls in so many seconds of silence, in dB. */
export function fall(meter: NeedleMeter, sampleRate: number, seconds: number): number {
  const before = meter.reading()[0];
  feed(meter, new Float32Array(Math.round(seconds * sampleRate)));
  return before - meter.reading()[0];
}
