import type {Engine} from '../engine/contract.ts';
import type {PlaybackCommand} from '../model/playback.ts';

/** What the tape did, with the last frame that was heard before it and the first after it. */
export interface TapeMoment {
  readonly type: 'tape.played' | 'tape.stopped' | 'tape.located' | 'tape.looped';
  readonly endFrame: number;
  readonly beginFrame: number;
}

/** Tells what the tape does, in the frames that were heard. */
export interface TapeWatch {
  readonly isPlaying: boolean;
  /** The engine obeys this: told of what it ends before, of what begins after. */
  obey(command: PlaybackCommand): void;
  /** The engine said that playing changed. */
  changed(): void;
  /** To be called often: notices where the tape went round. */
  look(): void;
}

/** Steps back by less than this are a clock that jitters, not a loop, in seconds. */
const jitterSeconds = 0.05;

export function createTapeWatch(engine: Engine, tell: (moment: TapeMoment) => void): TapeWatch {
  let isPlaying = engine.playback.state === 'playing';
  let lastFrame = engine.playback.frame;

  function look(): void {
    const {frame, state, sampleRate, looping, loop, lengthFrames} = engine.playback;
    if (isPlaying && state === 'playing' && frame < lastFrame - jitterSeconds * sampleRate) {
      const outFrame = loop?.outFrame ?? lengthFrames;
      // A tape that was past its loop goes round at its end.
      const endFrame = lastFrame > outFrame ? lengthFrames : outFrame;
      const moment = looping
        ? ({type: 'tape.looped', endFrame, beginFrame: loop?.inFrame ?? 0} as const)
        : ({type: 'tape.located', endFrame: lastFrame, beginFrame: frame} as const);
      lastFrame = frame;
      tell(moment);
      return;
    }
    lastFrame = isPlaying ? Math.max(lastFrame, frame) : frame;
  }

  function changed(): void {
    look();
    const {state, frame, lengthFrames} = engine.playback;
    if ((state === 'playing') === isPlaying) return;
    // A tape that has run out stands at its start.
    const endFrame = frame < lastFrame ? lengthFrames : lastFrame;
    isPlaying = state === 'playing';
    lastFrame = frame;
    tell({type: isPlaying ? 'tape.played' : 'tape.stopped', endFrame, beginFrame: frame});
  }

  return {
    get isPlaying() {
      return isPlaying;
    },
    obey(command) {
      look();
      const {frame: endFrame} = engine.playback;
      if (command.type === 'playback.stop' && isPlaying) {
        isPlaying = false;
        tell({type: 'tape.stopped', endFrame, beginFrame: endFrame});
        engine.apply(command);
        lastFrame = engine.playback.frame;
        return;
      }
      if (command.type !== 'playback.locate') {
        engine.apply(command);
        return;
      }
      // Before the jump: what is let go must stay where it was heard, and what is followed again must follow from there.
      tell({type: 'tape.located', endFrame, beginFrame: command.frame});
      lastFrame = command.frame;
      engine.apply(command);
      lastFrame = engine.playback.frame;
    },
    changed,
    look,
  };
}
