import type {Playback, PlaybackCommand} from '../../model/playback.ts';
import {applyTimelineCommand, isLoop, type Timeline} from '../../model/timeline.ts';

/** What the desk knows of the tape, ahead of the process that moves it. */
export interface PlayHead {
  readonly playback: Playback;
  /** Told by the process when it has opened the stems; a range that reaches beyond them is given up. */
  measured(lengthFrames: number): void;
  /** Obeys at once; false if the command asks for what is already so or cannot be, and the process need not hear of it. */
  command(command: PlaybackCommand): boolean;
  /** The process tells where the tape is; true if it has run out. */
  moved(frame: number, isPlaying: boolean): boolean;
  /** Stops without asking anyone. */
  stop(): void;
  /** What brings a fresh process to where this one is. */
  readonly commands: readonly PlaybackCommand[];
}

/** A tape that stands still at its start. */
export function createPlayHead(sampleRate: number, given: Timeline): PlayHead {
  let playback: Playback = {
    ...given,
    state: 'stopped',
    frame: 0,
    lengthFrames: 0,
    sampleRate,
    looping: false,
  };
  return {
    get playback() {
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
    moved(frame, isPlaying) {
      const ranOut = playback.state === 'playing' && !isPlaying;
      playback = {...playback, frame, state: ranOut ? 'stopped' : playback.state};
      return ranOut;
    },
    stop() {
      playback = {...playback, state: 'stopped'};
    },
    get commands() {
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
