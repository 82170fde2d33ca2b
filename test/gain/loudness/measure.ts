import {createLoudnessMeter, type LoudnessMeter, type LoudnessReading} from '../../../src/gain/loudness.ts';
import {createLoudnessProgram, type LoudnessProgram} from '../../../src/gain/loudness-program.ts';

export const rates = [44_100, 48_000, 96_000] as const;
export const blockSizes = [1, 127, 128, 480, 4096] as const;

/** Hands a stereo signal to a meter in blocks of one size, or of several that take turns. */
export function feed(
  meter: LoudnessMeter,
  left: Float32Array,
  right: Float32Array,
  blockFrames: number | readonly number[],
): void {
  if (typeof blockFrames === 'object') {
    feedInTurns(meter, left, right, blockFrames);
    return;
  }
  if (blockFrames === 1) {
    feedSingly(meter, left, right);
    return;
  }
  for (let at = 0; at < left.length; at += blockFrames) {
    const end = at + blockFrames;
    meter.push(left.subarray(at, end), right.subarray(at, end), Math.min(blockFrames, left.length - at));
  }
}

/** Frame by frame: a view into an array for each would take longer than the measurement. */
function feedSingly(meter: LoudnessMeter, left: Float32Array, right: Float32Array): void {
  const one = new Float32Array(1);
  const other = new Float32Array(1);
  for (let frame = 0; frame < left.length; frame++) {
    one[0] = left[frame] ?? 0;
    other[0] = right[frame] ?? 0;
    meter.push(one, other, 1);
  }
}

function feedInTurns(meter: LoudnessMeter, left: Float32Array, right: Float32Array, sizes: readonly number[]): void {
  for (let at = 0, turn = 0; at < left.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    meter.push(left.subarray(at, at + size), right.subarray(at, at + size), Math.min(size, left.length - at));
    at += size;
  }
}

/** What a fresh meter reads of a signal, the same on both sides unless `right` is given. */
export function measured(
  sampleRate: number,
  left: Float32Array,
  {
    right = left,
    blockFrames = 480,
    truePeak = false,
  }: {right?: Float32Array; blockFrames?: number | readonly number[]; truePeak?: boolean} = {},
): LoudnessReading {
  const meter = createLoudnessMeter({sampleRate, channels: 2, truePeak});
  feed(meter, left, right, blockFrames);
  return meter.reading();
}

/** Lets a programme meter run over a signal in steps of 10 ms and calls back after each. */
export function walk(
  sampleRate: number,
  samples: Float32Array,
  visit: (program: LoudnessProgram, seconds: number) => void,
): void {
  const program = createLoudnessProgram({sampleRate, weights: [1, 1], truePeak: false});
  const step = sampleRate / 100;
  for (let at = 0; at + step <= samples.length; at += step) {
    const piece = samples.subarray(at, at + step);
    program.push([piece, piece], step);
    visit(program, (at + step) / sampleRate);
  }
}

export function isWithin(value: number, expected: number, tolerance: number): boolean {
  return Math.abs(value - expected) <= tolerance;
}
