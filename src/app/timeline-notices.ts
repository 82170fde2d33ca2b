import {formatClock, type Playback} from '../model/playback.ts';
import type {Timeline} from '../model/timeline.ts';

/** What of a session's markers and loop does not fit the tape that its stems make, a line each. */
export function timelineNotices(written: Timeline | undefined, playback: Playback): readonly string[] {
  const {lengthFrames, sampleRate, loop} = playback;
  const clock = (frame: number): string => formatClock(frame, sampleRate);
  const late = playback.markers.filter(({frame}) => frame > lengthFrames);
  return [
    ...late.map(
      ({name, frame}) =>
        `The marker "${name}" stands at ${clock(frame)}, after the end at ${clock(lengthFrames)}: jumps to it go to the end.`,
    ),
    ...(written?.loop !== undefined && loop === undefined
      ? [
          `The loop of the session ends at ${clock(written.loop.outFrame)}, after the end at ${clock(lengthFrames)}: the whole tape is looped instead.`,
        ]
      : []),
  ];
}
