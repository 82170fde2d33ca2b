import type {Lane, LaneKind} from '../model/lane.ts';
import {plainValue, travelOf, valueOfKind} from './travel.ts';

/** A hand that says nothing for so long rests: moving faders speak every 10 to 30 ms. */
const restMs = 40;
/** But a hand may move so slowly that its fader speaks as seldom as this, one small step at a time. */
const slowestMs = 500;
/** The largest such step: one of a fader with 7 bits. */
const smallTravel = 0.008;
/** How long the line takes for a jump: too short to be heard as a slide, long enough not to click. */
const jumpMs = 2;

/**
 * The line that a hand drew, from its samples. Samples that follow each other closely are joined straight. After a rest the line stays where it was until just
 * before the next sample, so that a jump stays a jump. Small steps in one direction that come at the pace of a slow hand are joined as well: the hand moved
 * between them, only the fader did not say so. Of steps every change is kept.
 */
export function drawnLine(samples: Lane, kind: LaneKind, sampleRate: number): Lane {
  const values = samples.values.map((value) => plainValue(valueOfKind(kind, value)));
  if (kind.curve === 'steps') return {frames: samples.frames, values};
  const travel = values.map((value) => travelOf(kind, value));
  const inFrames = (ms: number): number => Math.max(1, Math.round((ms * sampleRate) / 1000));
  const gap = (index: number): number => (samples.frames[index] ?? 0) - (samples.frames[index - 1] ?? 0);
  const way = (index: number): number => (travel[index] ?? Number.NaN) - (travel[index - 1] ?? Number.NaN);
  const isSlowStep = (index: number): boolean =>
    gap(index) <= inFrames(slowestMs) && Math.abs(way(index)) <= smallTravel;
  const isSlowMove = (index: number): boolean =>
    isSlowStep(index) && [index - 1, index + 1].some((beside) => isSlowStep(beside) && way(beside) * way(index) > 0);

  const frames: number[] = [];
  const drawn: number[] = [];
  const draw = (frame: number, value: number): void => {
    frames.push(frame);
    drawn.push(value);
  };
  for (const [index, frame] of samples.frames.entries()) {
    const value = values[index] ?? 0;
    if (index > 0 && gap(index) > inFrames(restMs) && !isSlowMove(index)) {
      draw(frame - inFrames(jumpMs), values[index - 1] ?? value);
    }
    draw(frame, value);
  }
  return {frames: Int32Array.from(frames), values: Float64Array.from(drawn)};
}
