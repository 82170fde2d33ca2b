import {factorFromDb} from '../../model/decibel.ts';
import {type Monitor, newMonitor, type Speaker} from '../../model/monitor.ts';
import {highestLevelDb, lowestLevelDb} from '../../model/taper.ts';
import {createGlide, type Glide} from './glide.ts';
import {speakerCurves} from './speaker-curves.ts';
import {createSpeakerFilter, type SpeakerFilter} from './speaker-filter.ts';

/** What the mix goes through on its way to the ears. Live only: a bounce never has one. */
export interface MonitorPath {
  /** Always 0. */
  readonly latencyFrames: number;
  /** New settings; every change takes 20 ms, without a click. The reference is not its business: see reference.ts. */
  set(monitor: Monitor): void;
  /** Treats a block in place, of any length, both sides equally long. With everything off no bit is changed. */
  process(left: Float32Array, right: Float32Array): void;
  /** All that outlives a block; the way back to it is the function that comes. */
  mark(): () => void;
}

const changeSeconds = 0.02;
/** Longest piece that is worked on at once. */
const chunkFrames = 1024;

interface SpeakerWay {
  readonly share: Glide;
  readonly filter: SpeakerFilter;
}

/**
 * Makes a monitor path. In order: swap, polarity, mono, level and dim as one matrix of four factors, then the speaker. Each factor glides, and
 * so does each speaker's share; the shares always add up to 1.
 */
export function createMonitorPath(sampleRate: number, monitor: Monitor = newMonitor): MonitorPath {
  const changeFrames = Math.max(2, Math.round(changeSeconds * sampleRate));
  const glide = (value: number): Glide => createGlide(value, changeFrames);
  const matrix = matrixOf(monitor).map(glide);
  const dry = glide(monitor.speaker === 'none' ? 1 : 0);
  const ways = (['phone', 'laptop', 'car'] as const).map((name): SpeakerWay & {readonly name: Speaker} => ({
    name,
    share: glide(monitor.speaker === name ? 1 : 0),
    filter: createSpeakerFilter(speakerCurves[name], sampleRate),
  }));
  const wetLeft = new Float64Array(chunkFrames);
  const wetRight = new Float64Array(chunkFrames);
  const sumLeft = new Float64Array(chunkFrames);
  const sumRight = new Float64Array(chunkFrames);

  const chunk = (left: Float32Array, right: Float32Array): void => {
    applyMatrix(matrix, left, right);
    if (isAt(dry, 1)) return;
    for (let frame = 0; frame < left.length; frame++) {
      const share = dry.next();
      sumLeft[frame] = share * (left[frame] ?? 0);
      sumRight[frame] = share * (right[frame] ?? 0);
    }
    for (const {share, filter} of ways) {
      if (isAt(share, 0)) continue;
      filter.process(left, right, wetLeft, wetRight);
      for (let frame = 0; frame < left.length; frame++) {
        const weight = share.next();
        sumLeft[frame] = (sumLeft[frame] ?? 0) + weight * (wetLeft[frame] ?? 0);
        sumRight[frame] = (sumRight[frame] ?? 0) + weight * (wetRight[frame] ?? 0);
      }
      if (isAt(share, 0)) filter.clear();
    }
    for (let frame = 0; frame < left.length; frame++) {
      left[frame] = sumLeft[frame] ?? 0;
      right[frame] = sumRight[frame] ?? 0;
    }
  };

  return {
    latencyFrames: 0,
    set(next) {
      const wanted = matrixOf(next);
      for (const [index, factor] of matrix.entries()) factor.send(wanted[index] ?? 0);
      dry.send(next.speaker === 'none' ? 1 : 0);
      for (const {name, share} of ways) share.send(next.speaker === name ? 1 : 0);
    },
    process(left, right) {
      if (matrix.every((factor, index) => isAt(factor, unity[index] ?? 0)) && isAt(dry, 1)) return;
      for (let from = 0; from < left.length; from += chunkFrames)
        chunk(left.subarray(from, from + chunkFrames), right.subarray(from, from + chunkFrames));
    },
    mark() {
      const parts = [...matrix, dry, ...ways.flatMap(({share, filter}) => [share, filter])];
      const back = parts.map((part) => part.mark());
      return () => {
        for (const goBack of back) goBack();
      };
    },
  };
}

/** Left from left, left from right, right from left, right from right. */
type Matrix = readonly [number, number, number, number];
const unity: Matrix = [1, 0, 0, 1];

/** The matrix of all that is not a filter. Mono is half the sum: what is alike on both sides stays as loud, one side alone falls by 6 dB. */
function matrixOf({swap, polarity, mono, dim, dimDb, levelDb}: Monitor): Matrix {
  const level = levelDb >= lowestLevelDb ? factorFromDb(Math.min(levelDb, highestLevelDb)) : 0;
  const dimming = dim && dimDb < 0 ? factorFromDb(dimDb) : 1;
  const gain = level * dimming;
  const left = polarity === 'left' ? -gain : gain;
  const sides: Matrix = swap ? [0, left, gain, 0] : [left, 0, 0, gain];
  if (!mono) return sides;
  const [fromLeft, fromRight] = [(sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2];
  return [fromLeft, fromRight, fromLeft, fromRight];
}

function isAt(glide: Glide, value: number): boolean {
  return glide.settled && glide.target === value;
}

function applyMatrix(
  [leftLeft, leftRight, rightLeft, rightRight]: readonly Glide[],
  left: Float32Array,
  right: Float32Array,
): void {
  if (!leftLeft || !leftRight || !rightLeft || !rightRight) return;
  if (isAt(leftLeft, 1) && isAt(leftRight, 0) && isAt(rightLeft, 0) && isAt(rightRight, 1)) return;
  const still = [leftLeft, leftRight, rightLeft, rightRight].every((factor) => factor.settled);
  if (still) {
    const [a, b, c, d] = [leftLeft.target, leftRight.target, rightLeft.target, rightRight.target];
    for (let frame = 0; frame < left.length; frame++) {
      const one = left[frame] ?? 0;
      const other = right[frame] ?? 0;
      left[frame] = a * one + b * other;
      right[frame] = c * one + d * other;
    }
    return;
  }
  for (let frame = 0; frame < left.length; frame++) {
    const one = left[frame] ?? 0;
    const other = right[frame] ?? 0;
    left[frame] = leftLeft.next() * one + leftRight.next() * other;
    right[frame] = rightLeft.next() * one + rightRight.next() * other;
  }
}
