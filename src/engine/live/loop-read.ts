import type {LoopRange} from '../../model/timeline.ts';
import type {TapeSpan} from '../automation/lane-plan.ts';
import type {Stem} from '../stem.ts';

/**
 * Frames before the out point of a loop over which the sound goes over into what leads up to the in point: 5.8 ms at 44.1 kHz, 5.3 ms at 48 kHz,
 * 2.7 ms at 96 kHz. So nothing steps at the wrap, and what begins at the in point is heard whole.
 */
export const loopFadeFrames = 256;

/** Frames of the fade in a loop: half the loop at the most. */
export function fadeFramesOf({inFrame, outFrame}: LoopRange): number {
  return Math.min(loopFadeFrames, Math.floor((outFrame - inFrame) / 2));
}

/** Where the tape is so many frames after a frame that lies before the loop's out point. */
export function frameAfter(frame: number, frames: number, {inFrame, outFrame}: LoopRange): number {
  const end = frame + frames;
  return end < outFrame ? end : inFrame + ((end - outFrame) % (outFrame - inFrame));
}

/** The stretches of the tape from so many frames after a frame on, for so many frames: as it goes on, or round a loop. */
export function spansFrom(
  frame: number,
  fromFrame: number,
  frames: number,
  loop: LoopRange | undefined,
): readonly TapeSpan[] {
  const spans: TapeSpan[] = [];
  let at = loop ? frameAfter(frame, fromFrame, loop) : frame + fromFrame;
  for (let left = frames; left > 0; ) {
    const here = loop ? Math.min(left, loop.outFrame - at) : left;
    spans.push({frame: at, frames: here, moves: true});
    at = loop ? frameAfter(at, here, loop) : at + here;
    left -= here;
  }
  return spans;
}

/**
 * Reads a stem from `frame`, which lies before the loop's out point, through as many wraps as come. In the last `fadeFramesOf` frames t = 0 … n − 1
 * before the out point the sound is (1 − w) · tail + w · lead, w = (t + 1) / (n + 1); the lead ends just before the in point, and before the start of the tape
 * the first sample stands for it. No step is larger than the larger step of the two plus |tail − lead| / (n + 1). False if some frames were not prepared.
 */
export function readLooped(
  stem: Stem,
  frame: number,
  loop: LoopRange,
  left: Float32Array,
  right: Float32Array,
): boolean {
  const fadeFrames = fadeFramesOf(loop);
  const fadeFrom = loop.outFrame - fadeFrames;
  if (frame + left.length <= fadeFrom) return stem.read(frame, left, right);
  let whole = true;
  let at = frame;
  for (let done = 0; done < left.length; ) {
    const end = Math.min(left.length, done + loop.outFrame - at);
    const sides = [left.subarray(done, end), right.subarray(done, end)] as const;
    whole = stem.read(at, ...sides) && whole;
    const fadedAt = Math.max(at, fadeFrom);
    const faded = end - done - (fadedAt - at);
    if (faded > 0) {
      const first = fadedAt - fadeFrom;
      whole = readLead(stem, loop.inFrame - fadeFrames + first, faded) && whole;
      for (const [side, lead] of [leadLeft, leadRight].entries()) {
        const into = sides[side];
        if (into === undefined) continue;
        for (let index = 0; index < faded; index++) {
          const place = fadedAt - at + index;
          const weight = (first + index + 1) / (fadeFrames + 1);
          into[place] = (into[place] ?? 0) * (1 - weight) + (lead[index] ?? 0) * weight;
        }
      }
    }
    at = frameAfter(at, end - done, loop);
    done = end;
  }
  return whole;
}

const leadLeft = new Float32Array(loopFadeFrames);
const leadRight = new Float32Array(loopFadeFrames);

/** Fills the start of the lead's sides from a frame on; what lies before the tape is its first sample, held. */
function readLead(stem: Stem, frame: number, frames: number): boolean {
  const held = Math.min(frames, Math.max(0, -frame));
  // One sample more than is held: the first of the tape.
  const from = Math.min(held, frames - 1);
  const whole = stem.read(Math.max(0, frame), leadLeft.subarray(from, frames), leadRight.subarray(from, frames));
  leadLeft.fill(leadLeft[from] ?? 0, 0, from);
  leadRight.fill(leadRight[from] ?? 0, 0, from);
  return whole;
}
