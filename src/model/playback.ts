import {currentMarker, type Marker, type Timeline, type TimelineCommand} from './timeline.ts';

/** Where the tape stands, and what it knows of the song. Frames are whole samples at the session's rate. */
export interface Playback extends Timeline {
  readonly state: 'stopped' | 'playing';
  /** The frame that is heard now. */
  readonly frame: number;
  readonly lengthFrames: number;
  readonly sampleRate: number;
  /** At the out point of `loop`: go on, or back to its in point. */
  readonly looping: boolean;
}

export type PlaybackCommand =
  | {readonly type: 'playback.play'}
  | {readonly type: 'playback.stop'}
  | {readonly type: 'playback.locate'; readonly frame: number}
  | {readonly type: 'playback.setLooping'; readonly looping: boolean}
  | TimelineCommand;

/** Whether a command is for the tape, not for the mixer. */
export function isPlaybackCommand(command: {readonly type: string}): command is PlaybackCommand {
  return command.type.startsWith('playback.');
}

/** For how long a marker is told of after the tape has passed it, in seconds. */
const freshSeconds = 1;

/** The marker that the tape stands on, or has passed within the last second. */
export function freshMarker({markers, frame, state, sampleRate}: Playback): Marker | undefined {
  const here = currentMarker(markers, frame);
  const since = here === undefined ? Number.POSITIVE_INFINITY : frame - here.frame;
  return since === 0 || (state === 'playing' && since < freshSeconds * sampleRate) ? here : undefined;
}

/** `0:42.5`: minutes, seconds and tenths, for people. */
export function formatClock(frame: number, sampleRate: number): string {
  const tenths = Math.max(0, Math.floor((frame * 10) / sampleRate));
  const minutes = Math.floor(tenths / 600);
  return `${minutes}:${String(Math.floor(tenths / 10) % 60).padStart(2, '0')}.${tenths % 10}`;
}

/** `HHMMSSFF` at 25 frames a second as a ten-character field `HHHMMSS0FF` of a surface's time display. */
export function timecodeDigits(frame: number, sampleRate: number): string {
  const seconds = Math.max(0, frame) / sampleRate;
  const field = (value: number, width: number): string => String(Math.floor(value)).padStart(width, '0');
  const hours = field(seconds / 3600, 3);
  const frames = field((seconds % 1) * 25, 3);
  return `${hours}${field((seconds / 60) % 60, 2)}${field(seconds % 60, 2)}${frames}`;
}
