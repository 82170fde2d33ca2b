import {createLoudnessMeter} from '../../gain/loudness.ts';
import {createLowShare} from '../../gain/low-share.ts';
import type {Stem} from '../stem.ts';
import type {ReferenceLoudness} from './reference.ts';

/** Frames that are measured in one go: the thread that renders must not wait for long. */
const stepFrames = 8192;

/**
 * How loud a whole track is: integrated loudness (BS.1770), true peak and low end, of what a stem at `sampleRate` brings. `pause` is awaited between steps of 8,192 frames, so
 * that sound goes on meanwhile; what it rejects with, or the file, ends the measurement. A mono track counts as heard from both sides.
 */
export async function measureReference(
  stem: Stem,
  sampleRate: number,
  pause: () => Promise<void>,
): Promise<ReferenceLoudness> {
  const meter = createLoudnessMeter({sampleRate, channels: 2});
  const lowShare = createLowShare(sampleRate);
  const left = new Float32Array(stepFrames);
  const right = new Float32Array(stepFrames);
  for (let frame = 0; frame < stem.lengthFrames; frame += stepFrames) {
    const frames = Math.min(stepFrames, stem.lengthFrames - frame);
    await stem.prepare(frame, frames);
    stem.read(frame, left, right);
    meter.push(left, right, frames);
    for (const side of [left, right]) silenceBroken(side);
    lowShare.push(left, right, frames);
    await pause();
  }
  const {integratedLufs, truePeakDb} = meter.reading();
  return {integratedLufs, truePeakDb, lowShareDb: lowShare.wholeDb()};
}

/** Samples that are no number count as 0, as in the loudness. */
function silenceBroken(side: Float32Array): void {
  for (let frame = 0; frame < side.length; frame++) if (!Number.isFinite(side[frame])) side[frame] = 0;
}
