import type {Playback, PlaybackCommand} from '../model/playback.ts';
import {
  currentMarker,
  freshMarkerName,
  type LoopRange,
  nextMarker,
  previousMarker,
  sectionAround,
  withLoopIn,
  withLoopOut,
} from '../model/timeline.ts';
import type {PlaybackIntent} from '../surface/intent.ts';

/** Rewind and forward jump to whole multiples of this, in seconds. */
export const jumpSeconds = 5;
/** So soon after a multiple, or while the tape plays after a marker, in seconds, back means the one before it. */
export const rewindGraceSeconds = 1;
/** One detent of the jog wheel, in seconds: five frames of the time display. */
const nudgeSeconds = 0.2;

/** How rewind and forward go: by markers instead of by time, and how soon after a marker back means the one before it. */
export interface JumpManner {
  readonly byMarkers: boolean;
  readonly graceSeconds: number;
}

/** Where a jump from a frame leads, a whole frame within the tape; undefined if the intent asks for none, or for nonsense. */
export function jumpTarget(
  intent: PlaybackIntent,
  playback: Playback,
  frame: number,
  manner: JumpManner,
): number | undefined {
  const {lengthFrames} = playback;
  const to = targetOf(intent, playback, frame, manner);
  return to === undefined || Number.isNaN(to) ? undefined : Math.max(0, Math.min(Math.round(to), lengthFrames));
}

function targetOf(
  intent: PlaybackIntent,
  {state, markers, sampleRate}: Playback,
  frame: number,
  {byMarkers, graceSeconds}: JumpManner,
): number | undefined {
  const jumpFrames = jumpSeconds * sampleRate;
  const before = (): number => previousMarker(markers, frame - graceSeconds * sampleRate)?.frame ?? 0;
  switch (intent.type) {
    case 'playback.locate':
      return intent.frame;
    case 'playback.stop':
      return state === 'stopped' ? 0 : undefined;
    case 'playback.rewind':
      if (byMarkers) return before();
      return Math.floor((frame - rewindGraceSeconds * sampleRate) / jumpFrames) * jumpFrames;
    case 'playback.forward':
      if (byMarkers) return nextMarker(markers, frame)?.frame;
      return (Math.floor(frame / jumpFrames) + 1) * jumpFrames;
    case 'playback.nudge':
      return frame + intent.steps * nudgeSeconds * sampleRate;
    case 'playback.previousMarker':
      return before();
    case 'playback.nextMarker':
      return nextMarker(markers, frame)?.frame;
    case 'playback.toMarker':
      return markers[intent.number - 1]?.frame;
    default:
      return undefined;
  }
}

/** The commands with which an intent changes markers and loop, none if it asks for nothing of them or for what cannot be. */
export function timelineEdits(intent: PlaybackIntent, playback: Playback): readonly PlaybackCommand[] {
  const {frame, markers, loop, lengthFrames} = playback;
  const here = currentMarker(markers, frame);
  switch (intent.type) {
    case 'playback.setLoop':
    case 'playback.addMarker':
    case 'playback.removeMarker':
    case 'playback.renameMarker':
      return [intent];
    case 'playback.setIn':
      return looped(withLoopIn(loop, frame, lengthFrames), loop);
    case 'playback.setOut':
      return looped(withLoopOut(loop, frame, lengthFrames), loop);
    case 'playback.loopSection':
      return loopSection(playback);
    case 'playback.mark':
      return [{type: 'playback.addMarker', frame, name: freshMarkerName(markers)}];
    case 'playback.unmark':
      return here === undefined ? [] : [{type: 'playback.removeMarker', frame: here.frame}];
    case 'playback.nameMarker':
      return here === undefined ? [] : [{type: 'playback.renameMarker', frame: here.frame, name: intent.name}];
    default:
      return [];
  }
}

/** The section, and round it goes; the whole tape if it goes round there already. */
function loopSection({frame, markers, loop, looping, lengthFrames}: Playback): readonly PlaybackCommand[] {
  const section = sectionAround(markers, frame, lengthFrames);
  if (section === undefined) return [];
  const isThere = loop?.inFrame === section.inFrame && loop.outFrame === section.outFrame;
  if (isThere && looping) return [{type: 'playback.setLoop', loop: undefined}];
  const round: PlaybackCommand = {type: 'playback.setLooping', looping: true};
  return isThere ? [round] : [{type: 'playback.setLoop', loop: section}, round];
}

function looped(next: LoopRange | undefined, now: LoopRange | undefined): readonly PlaybackCommand[] {
  return next === undefined || next === now ? [] : [{type: 'playback.setLoop', loop: next}];
}
