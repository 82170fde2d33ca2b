import type {Playback, PlaybackCommand} from '../model/playback.ts';
import {applyTimelineCommand, isLoop, type Timeline} from '../model/timeline.ts';

/** A tape without sound: its place follows from a steady clock. */
export interface FreeHead {
  readonly playback: Playback;
  /** False if the command asks for what is already so or cannot be. */
  command(command: PlaybackCommand): boolean;
  /** How fast it goes: 1 as the clock does. Where it is it goes on from. */
  setSpeed(speed: number): void;
  /** Stops a tape that has run out, and puts it back to its start; true if it had. */
  ranOut(): boolean;
}

/** A clock in milliseconds meets a frame only nearly. */
const nearlyFrames = 1e-6;

/** A tape of so many frames that stands still at its start; `nowMs` is a steady clock. A loop that does not fit is given up. */
export function createFreeHead(
  sampleRate: number,
  lengthFrames: number,
  given: Timeline,
  nowMs: () => number,
): FreeHead {
  const {loop} = given;
  let playback: Playback = {
    ...given,
    loop: loop && isLoop(loop, lengthFrames) ? loop : undefined,
    ...{state: 'stopped', frame: 0, lengthFrames, sampleRate, looping: false},
  };
  /** From here it moves. */
  let anchor = {atMs: 0, frame: 0};
  let speed = 1;

  const place = (): number => {
    if (playback.state === 'stopped') return anchor.frame;
    const {looping, loop: range} = playback;
    const {inFrame, outFrame} = range ?? {inFrame: 0, outFrame: lengthFrames};
    const frame = anchor.frame + ((nowMs() - anchor.atMs) * sampleRate * speed) / 1000;
    const round = outFrame - inFrame;
    if (!looping || round <= 0) return Math.min(frame, lengthFrames);
    // What begins after the loop goes to the end of the tape first.
    const end = anchor.frame < outFrame ? outFrame : lengthFrames;
    return frame < end ? frame : inFrame + ((frame - end) % round);
  };
  const look = (): void => {
    const frame = Math.max(0, Math.floor(place() + nearlyFrames));
    if (frame !== playback.frame) playback = {...playback, frame};
  };
  const hold = (): void => {
    anchor = {atMs: nowMs(), frame: place()};
  };

  return {
    get playback() {
      look();
      return playback;
    },
    command(command) {
      look();
      switch (command.type) {
        case 'playback.play':
        case 'playback.stop': {
          const state = command.type === 'playback.play' ? 'playing' : 'stopped';
          if (state === playback.state) return false;
          hold();
          playback = {...playback, state};
          return true;
        }
        case 'playback.locate': {
          if (!Number.isFinite(command.frame)) return false;
          const frame = Math.min(Math.max(0, Math.round(command.frame)), lengthFrames);
          anchor = {atMs: nowMs(), frame};
          playback = {...playback, frame};
          return true;
        }
        case 'playback.setLooping':
          if (command.looping === playback.looping) return false;
          hold();
          playback = {...playback, looping: command.looping};
          return true;
        default: {
          const before = playback;
          const after = applyTimelineCommand(before, command, lengthFrames);
          if (after !== before) hold();
          playback = after;
          return playback !== before;
        }
      }
    },
    setSpeed(next) {
      if (!(next > 0) || next === speed) return;
      hold();
      speed = next;
    },
    ranOut() {
      if (playback.state === 'stopped' || playback.looping || place() + nearlyFrames < lengthFrames) return false;
      anchor = {atMs: nowMs(), frame: 0};
      playback = {...playback, state: 'stopped', frame: 0};
      return true;
    },
  };
}
