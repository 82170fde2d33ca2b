import type {PlaybackCommand} from '../../model/playback.ts';
import {blockFrames, type Motion} from '../graph.ts';
import type {Stem} from '../stem.ts';
import {chunkFrames} from '../stems/stem-window.ts';

/**
 * How far ahead of the tape stems are asked for: as much as they read at a time, so that end and start of a looping tape fit into their memory
 * together. Each is asked twice in that time.
 */
const prepareFrames = chunkFrames;
const askEveryFrames = chunkFrames / 2;
/** Stems that are read together before the tape starts. */
const cuedAtOnce = 4;

/** Where the tape stands and what it is meant to do; a value, so that one can go back to it. */
export interface TapeState {
  /** `cueing`: waits for the first samples of the cue `token`. */
  readonly type: 'still' | 'cueing' | 'rolling';
  readonly token: number;
  readonly frame: number;
  /** Where it goes as soon as it has stopped. */
  readonly located: number | undefined;
  readonly playing: boolean;
  readonly looping: boolean;
}

/** The tape moves through the stems in whole blocks; starts in mid-tape, stops and locates fade over one block, so that none of them clicks. */
export interface Tape {
  state: TapeState;
  command(command: PlaybackCommand): void;
  /** Decides what the next block does, and asks for what it will need. */
  next(): Motion;
  /** A block of that motion was rendered. */
  advance(motion: Motion): void;
}

export function createTape(stems: readonly (Stem | undefined)[], lengthFrames: number): Tape {
  const asked = stems.filter((stem) => stem !== undefined);
  const askedABlock = Math.ceil((asked.length * blockFrames) / askEveryFrames);
  const cued = new Set<number>();
  let nextAsked = 0;
  let lastToken = 0;

  /** All stems, a few at a time: what they bring from the disk must be converted here, and all at once it would hold up moves. */
  const prepareAll = async (atFrame: number): Promise<void> => {
    for (let first = 0; first < asked.length; first += cuedAtOnce) {
      const some = asked.slice(first, first + cuedAtOnce);
      await Promise.allSettled(some.map((stem) => stem.prepare(atFrame, prepareFrames)));
    }
  };
  const cue = (frame: number): number => {
    const token = ++lastToken;
    void prepareAll(frame).then(() => cued.add(token));
    return token;
  };
  /** Again a few stems a block, in turn. */
  const prepareAhead = ({frame, looping}: TapeState): void => {
    const wrapFrames = looping ? Math.max(0, frame + prepareFrames - lengthFrames) : 0;
    for (let ask = 0; ask < askedABlock; ask++) {
      const stem = asked[nextAsked++ % asked.length];
      stem?.prepare(frame, prepareFrames).catch(failedLater);
      if (wrapFrames > 0) stem?.prepare(0, wrapFrames).catch(failedLater);
    }
  };

  const tape: Tape = {
    state: {type: 'still', token: 0, frame: 0, located: undefined, playing: false, looping: false},
    command(command) {
      const {state} = tape;
      switch (command.type) {
        case 'playback.play':
          tape.state = {...state, playing: true};
          break;
        case 'playback.stop':
          tape.state = {...state, playing: false};
          break;
        case 'playback.locate': {
          if (Number.isNaN(command.frame)) return;
          const located = Math.min(Math.max(0, Math.round(command.frame)), Math.max(0, lengthFrames - 1));
          tape.state = {...state, located, type: state.type === 'cueing' ? 'still' : state.type};
          break;
        }
        case 'playback.setLooping':
          tape.state = {...state, looping: command.looping};
          break;
      }
    },
    next() {
      let {state} = tape;
      if (state.type === 'rolling') {
        prepareAhead(state);
        return !state.playing || state.located !== undefined ? 'stopping' : 'rolling';
      }
      if (state.located !== undefined) state = {...state, type: 'still', frame: state.located, located: undefined};
      if (!state.playing) state = {...state, type: 'still'};
      else if (state.type === 'still') state = {...state, type: 'cueing', token: cue(state.frame)};
      const isCued = state.type === 'cueing' && cued.has(state.token);
      tape.state = isCued ? {...state, type: 'rolling'} : state;
      if (!isCued) return 'still';
      return state.frame === 0 ? 'rolling' : 'starting';
    },
    advance(motion) {
      if (motion === 'still') return;
      const {state} = tape;
      const frame = state.frame + blockFrames;
      const type = motion === 'stopping' ? 'still' : state.type;
      if (frame < lengthFrames) tape.state = {...state, type, frame};
      else if (state.looping && motion !== 'stopping') tape.state = {...state, type, frame: 0};
      else tape.state = {...state, type: 'still', frame: 0, playing: false};
    },
  };
  return tape;
}

/** What a stem cannot bring is missing when it is read, and counted then; its source has told why. */
function failedLater(): void {}
