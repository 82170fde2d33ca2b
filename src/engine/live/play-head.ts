import type {Playback, PlaybackCommand} from '../../model/playback.ts';
import {applyTimelineCommand, isLoop, type Timeline} from '../../model/timeline.ts';
import type {TapeSpan} from '../automation/lane-plan.ts';

/** What the desk knows of the tape, ahead of the process that moves it. */
export interface PlayHead {
  readonly playback: Playback;
  /** Told by the process when it has opened the stems; a range that reaches beyond them is given up. */
  measured(lengthFrames: number): void;
  /** Obeys at once; false if the command asks for what is already so or cannot be, and the process need not hear of it. */
  command(command: PlaybackCommand): boolean;
  /** The process tells how the tape is heard from a time on (`atMs` of the clock this was made with), as far as it knows; true if it has run out. */
  moved(heard: readonly TapeSpan[], atMs: number, isPlaying: boolean): boolean;
  /** Stops without asking anyone. */
  stop(): void;
  /** What brings a fresh process to where this one is. */
  readonly commands: readonly PlaybackCommand[];
}

/** Back by less than this is no way that a tape takes: clocks that are read one after the other disagree a little. */
const jitterSeconds = 0.03;

/** A tape that stands still at its start; `nowMs` is a steady clock. */
export function createPlayHead(sampleRate: number, given: Timeline, nowMs: () => number): PlayHead {
  let heard: readonly TapeSpan[] = [];
  let heardAtMs = 0;
  let playback: Playback = {
    ...given,
    state: 'stopped',
    frame: 0,
    lengthFrames: 0,
    sampleRate,
    looping: false,
  };
  /** Where the tape is heard now: on the way it was last told to take, and at its end if nothing new was told. */
  const look = (): void => {
    const {frame, moves} = placeIn(heard, ((nowMs() - heardAtMs) * sampleRate) / 1000) ?? {...playback, moves: false};
    const next = Math.min(Math.floor(frame), playback.lengthFrames);
    const back = playback.frame - next;
    if (back !== 0 && !(moves && back > 0 && back < jitterSeconds * sampleRate)) playback = {...playback, frame: next};
  };
  return {
    get playback() {
      look();
      return playback;
    },
    measured(lengthFrames) {
      const {loop} = playback;
      playback = {...playback, lengthFrames, loop: loop && isLoop(loop, lengthFrames) ? loop : undefined};
    },
    command(command) {
      const {lengthFrames} = playback;
      switch (command.type) {
        case 'playback.play':
          playback = {...playback, state: 'playing'};
          return true;
        case 'playback.stop':
          playback = {...playback, state: 'stopped'};
          return true;
        case 'playback.locate':
          if (!Number.isFinite(command.frame)) return false;
          playback = {...playback, frame: Math.min(Math.max(0, Math.round(command.frame)), lengthFrames)};
          heard = [];
          return true;
        case 'playback.setLooping':
          playback = {...playback, looping: command.looping};
          return true;
        default: {
          const before = playback;
          playback = applyTimelineCommand(before, command, lengthFrames);
          return playback !== before;
        }
      }
    },
    moved(spans, atMs, isPlaying) {
      heard = spans;
      heardAtMs = atMs;
      look();
      const ranOut = playback.state === 'playing' && !isPlaying;
      if (ranOut) playback = {...playback, state: 'stopped'};
      return ranOut;
    },
    stop() {
      playback = {...playback, state: 'stopped'};
    },
    get commands() {
      look();
      const {looping, loop, frame, state} = playback;
      const commands: readonly PlaybackCommand[] = [
        {type: 'playback.setLoop', loop},
        {type: 'playback.setLooping', looping},
        {type: 'playback.locate', frame},
        {type: 'playback.play'},
      ];
      return commands.slice(0, state === 'playing' ? 4 : 3);
    },
  };
}

/** Where the tape is so many frames (fractions count) into its spans, and whether it moves there; undefined without spans. */
function placeIn(
  spans: readonly TapeSpan[],
  frames: number,
): {readonly frame: number; readonly moves: boolean} | undefined {
  let left = Math.max(0, frames);
  for (const [index, {frame, frames: length, moves}] of spans.entries()) {
    if (left < length || index === spans.length - 1)
      return {frame: moves ? frame + Math.min(left, length) : frame, moves};
    left -= length;
  }
  return undefined;
}
